"""What in a query's plan is remarked on. The plans are DuckDB's own, over tables of the size that is timed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.catalog import Catalog
from judge.complexity.plan import MAX_PLAN, plan_remarks
from judge.sandbox.protocol import Column, Table

pytest.importorskip("duckdb")

from judge.sandbox.sql import PLAN_SIZE, Refused, load_sql

CROSS = "the plan pairs every row of one side with every row of the other"
COMPARED = "the plan compares every row of one side with every row of the other"
CORRELATED = "a subquery depends on the row around it, and the plan keeps it apart"


def numbers(count):
    return Table(("a", "b"), (Column(np.arange(count), None, "BIGINT"), Column(np.arange(count) % 7, None, "BIGINT")))


TABLES = {"t": numbers(20_000), "u": numbers(5_000), "days": numbers(3), "params": numbers(1)}


def plan(text, **tables):
    return load_sql(text.encode())["plan"](**(tables or TABLES))


def findings(text, **tables):
    return [note.text.rpartition("; ")[0] for note in plan_remarks(plan(text, **tables))]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("SELECT count(*) FROM t, u", f"{CROSS}, about 20,000 with 5,000"),
        ("WITH m AS MATERIALIZED (SELECT a FROM t WHERE b <> 8) SELECT count(*) FROM m x, m y", f"{CROSS}, about 20,000 with 20,000"),
        ("SELECT count(*) FROM t JOIN u ON t.a <> u.b", f"{COMPARED}, about 20,000 with 5,000"),
        ("SELECT count(*) FROM t JOIN u ON t.a + u.b = 7 OR t.b = u.b", f"{COMPARED}, about 20,000 with 5,000"),
        ("SELECT a, (SELECT count(*) FROM u WHERE u.a < t.a) FROM t", CORRELATED),
        ("SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a < t.a AND u.b > t.b)", CORRELATED),
        ("SELECT (SELECT max(a) FROM t), (SELECT min(b) FROM t WHERE a > 5), (SELECT sum(a) FROM t)", "the plan reads the table t 3 times"),
    ],
)
def test_what_is_likely_to_be_slow_is_remarked_on(text, finding):
    assert finding in findings(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM t JOIN u USING (a)",
        "SELECT count(*) FROM t, params WHERE t.a <= params.a",
        "SELECT count(*) FROM t, days",
        "SELECT * FROM (SELECT b FROM t GROUP BY b), days",
        "SELECT a, (SELECT max(b) FROM u WHERE u.a = t.a) FROM t",
        "SELECT a FROM t WHERE a IN (SELECT b FROM u)",
        "SELECT x.a FROM t x JOIN t y USING (a)",
        "SELECT p.a, q.a, r.a FROM params p, params q, params r, params s",
        "SELECT 'CROSS_PRODUCT t 100000', '\n CROSS_PRODUCT - 1\n' AS \"LEFT_DELIM_JOIN - 1\" FROM t",
        "SELECT a FROM t -- with a comment at the end",
    ],
)
def test_joins_by_lookup_and_with_small_tables_are_left_alone(text):
    assert findings(text) == []


# -- the retention problem -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def retention():
    problem = Catalog().problem("sql_retention")
    _, tables = problem.cases.make_case(np.random.default_rng(1), events=50_000, users=5_000)
    return problem, tables


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("accepted/activity_flags", []),
        ("accepted/table_of_days", []),
        ("accepted/three_unions", []),
        ("accepted/window_functions", []),
        ("accepted/exists_per_day", [CORRELATED, "the plan reads the table events 3 times"]),
        ("accepted/lateral_counts", [CORRELATED]),
        ("time_limit_exceeded/every_pair_counted", [COMPARED, CROSS]),
    ],
)
def test_the_labelled_queries_get_the_remarks_that_explain_them(retention, name, kinds):
    problem, tables = retention
    got = findings((problem.folder / "submissions" / f"{name}.sql").read_text(), **tables)
    assert [finding.partition(", about")[0] for finding in got] == kinds


def test_the_reference_gets_no_remark(retention):
    problem, tables = retention
    assert findings(problem.reference_source.decode(), **tables) == []


# -- the way of the plan -------------------------------------------------------------------------------------------


def test_a_plan_is_an_outline_of_operators_tables_and_counts():
    lines = plan("SELECT count(*) FROM t, params WHERE t.a <= params.a").splitlines()
    assert lines[0] == "UNGROUPED_AGGREGATE - 1"
    assert lines[-2:] == ["  SEQ_SCAN t 20000", "  SEQ_SCAN params 1"]


def test_planning_does_not_run_the_query():
    assert plan("WITH RECURSIVE c AS (SELECT 0 AS k UNION ALL SELECT k + 1 FROM c) SELECT count(*) FROM c, t")


def test_what_may_not_run_is_not_planned():
    with pytest.raises(Refused):
        plan("EXPLAIN ANALYZE SELECT 1")


def test_a_plan_has_a_largest_size():
    text = plan(" UNION ALL ".join(["SELECT a FROM t"] * 4_000))
    assert len(text) == PLAN_SIZE
    assert "the plan reads the table t" in plan_remarks(text)[0].text


LINES = st.sampled_from(["CTE 0 1", "CTE_SCAN 0 ?", "CROSS_PRODUCT - ?", "SEQ_SCAN t 999999999999999999", "UNION - 7"])


@given(
    text=st.text() | st.lists(st.tuples(st.integers(0, 5), LINES)).map(lambda lines: "\n".join(" " * depth + line for depth, line in lines))
)
def test_no_text_from_a_box_makes_reading_it_raise(text):
    for note in plan_remarks(text):
        assert note.text.isprintable()


@pytest.mark.parametrize(
    "line", ["SEQ_SCAN \x1b[2J 500", "SEQ_SCAN {0.x} 500", f"SEQ_SCAN {'t' * 50} 500", "SEQ_SCAN t -1", "seq_scan t 500"]
)
def test_lines_that_no_plan_has_are_left_out(line):
    assert plan_remarks("\n".join([line] * 10)) == ()


def test_only_the_beginning_of_a_large_text_is_read():
    assert plan_remarks("x" * MAX_PLAN + "\n" + "SEQ_SCAN t 500\n" * 5) == ()
    assert plan_remarks(" " * 10_000_000 + "CROSS_PRODUCT - 1") == ()
