"""A ``.sql`` file as a function: what is refused, what is kept out, and how values cross."""

from __future__ import annotations

import numpy as np
import pytest

from judge.catalog import Catalog
from judge.sandbox.protocol import Column, Table

duckdb = pytest.importorskip("duckdb")

from judge.sandbox.sql import FEW_ROWS, Refused, load_sql  # noqa: E402 - it imports DuckDB


def table(**columns: tuple[str, np.ndarray, np.ndarray | None]) -> Table:
    return Table(tuple(columns), tuple(Column(values, nulls, kind) for kind, values, nulls in columns.values()))


def numbers(count: int = 3) -> Table:
    texts = np.array(["a", "", "it's"] * count, object)[:count]
    nulls = np.arange(count) % 3 == 1
    times = np.datetime64("2024-02-29T23:59:59.999999") + np.arange(count).astype("m8[us]")
    return table(n=("BIGINT", np.arange(count), None), at=("TIMESTAMP", times, nulls), t=("VARCHAR", texts, nulls))


def ask(text: str, **tables: Table) -> Table:
    return load_sql(text.encode())["query"](**(tables or {"numbers": numbers()}))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-- nothing", "no statement"),
        ("SELECT 1; SELECT 2", "2 statements"),
        ("DELETE FROM numbers", "type DELETE"),
        ("SET threads = 2", "type SET"),
        ("ATTACH ':memory:' AS other", "type ATTACH"),
        ("COPY numbers TO '/tmp/numbers.csv'", "type COPY"),
        ("EXPLAIN SELECT 1", "type EXPLAIN"),
        ("PIVOT numbers ON n", "PIVOT without IN"),
    ],
)
def test_what_is_not_one_select_is_refused_with_the_reason(text, reason):
    with pytest.raises(Refused, match=reason):
        load_sql(text.encode())


def test_a_syntax_error_names_the_line_and_the_place():
    with pytest.raises(SyntaxError) as caught:
        load_sql(b"SELECT n\nFROM numbers\nWHERE (n >", "mine.sql")
    assert (caught.value.filename, caught.value.lineno) == ("mine.sql", 3)


@pytest.mark.parametrize(
    "text",
    [
        "WITH gone AS (DELETE FROM numbers RETURNING *) SELECT * FROM gone",
        "WITH more AS (INSERT INTO numbers VALUES (9, NULL, NULL) RETURNING *) SELECT * FROM more",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/proc/self/environ')",
        "SELECT * FROM glob('/*')",
    ],
)
def test_a_select_that_writes_or_reads_files_is_not_permitted(text):
    with pytest.raises(duckdb.PermissionException):
        ask(text)


def test_the_tables_are_whole_after_a_query_that_tried_to_write():
    query = load_sql(b"WITH gone AS (DELETE FROM numbers RETURNING *) SELECT * FROM gone")["query"]
    for _ in range(2):
        with pytest.raises(duckdb.PermissionException):
            query(numbers=numbers())


def test_variables_of_the_interpreter_are_no_tables():
    secret = table(n=("BIGINT", np.arange(2), None))
    with pytest.raises(duckdb.CatalogException):
        ask("SELECT * FROM secret")
    assert secret.nbytes == 16


def test_the_settings_are_in_force_and_locked():
    text = "SELECT name, value FROM duckdb_settings() WHERE name IN ('enable_external_access', 'lock_configuration', 'threads', 'TimeZone')"
    names, values = (column.values.tolist() for column in ask(text).columns)
    settings = dict(zip(names, values, strict=True))
    assert settings == {"enable_external_access": "false", "lock_configuration": "true", "threads": "1", "TimeZone": "UTC"}


@pytest.mark.parametrize("count", [0, 3, FEW_ROWS + 1])
def test_tables_arrive_as_they_were_sent(count):
    sent = numbers(count)
    got = ask("SELECT * FROM numbers ORDER BY n", numbers=sent)
    assert (got.names, [column.type for column in got.columns]) == (sent.names, ["BIGINT", "TIMESTAMP", "VARCHAR"])
    for was, now in zip(sent.columns, got.columns, strict=True):
        nulls = np.zeros(count, bool) if was.nulls is None else was.nulls
        assert (nulls if now.nulls is None else nulls == now.nulls).all() or not nulls.any()
        assert (was.values[~nulls] == now.values[~nulls]).all()


def test_integers_of_128_bits_cross_exactly():
    got = ask("SELECT sum(n) AS small, 170141183460469231731687303715884105727::HUGEINT AS large FROM numbers")
    assert [column.type for column in got.columns] == ["HUGEINT", "HUGEINT"]
    assert [column.values.tolist() for column in got.columns] == [[3], ["170141183460469231731687303715884105727"]]


def test_unusual_types_cross_as_text_under_their_own_name():
    got = ask("SELECT [1, 2] AS a, 1.50 AS b, TIMESTAMPTZ '2024-01-01 00:00:00+00' AS a; -- and a comment")
    assert [column.values.tolist() for column in got.columns] == [["[1, 2]"], ["1.50"], ["2024-01-01 00:00:00+00"]]
    assert got.columns[1].type == "DECIMAL(3,2)"


def test_a_staged_query_runs_on_the_tables_it_was_staged_with():
    query = load_sql(b"SELECT count(*) AS n FROM numbers")["query"]
    first, second = query.staged(numbers=numbers(2)), query.staged(numbers=numbers(900))
    assert query(numbers=numbers(5)).columns[0].values.tolist() == [5]
    assert [first().columns[0].values.tolist(), second().columns[0].values.tolist()] == [[2], [900]]


def test_a_mistake_is_told_in_one_line_with_its_place_as_a_note():
    with pytest.raises(duckdb.BinderException) as caught:
        ask("SELECT nope FROM numbers")
    assert str(caught.value) == 'Referenced column "nope" not found in FROM clause!'
    assert "LINE 1" in caught.value.__notes__[0]


# -- the retention problem, whose examples stand in the statement as tables ------------------------------------


def test_reference_baseline_and_examples_of_the_retention_problem_agree():
    problem = Catalog().problem("sql_retention")
    for example in problem.examples.EXAMPLES:
        for solution in (problem.reference, problem.oracle):
            problem.examples.check_example(example, solution.query(**example.kwargs))


def test_the_results_in_the_statement_are_those_of_the_examples():
    problem = Catalog().problem("sql_retention")
    blocks = [block.strip().splitlines() for block in problem.statement.split("```\n") if block.startswith("cohort_date ")]
    assert len(blocks) == 2
    for block, example in zip(blocks, problem.examples.EXAMPLES, strict=False):
        rows = zip(*problem.cases.read_columns(example.want), strict=True)
        want = [["NULL" if value is None else str(value) for value in row] for row in rows]
        assert [line.split() for line in block] == [list(example.want.names), *want]
