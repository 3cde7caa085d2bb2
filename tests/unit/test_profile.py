"""What is made of the times that a box tells: checked, bounded, and shown with the judge's own copy of the source."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.model import BoxInfo
from judge.profiling import FunctionTime, LineTime, OperatorTime, Profile, read_lines, read_plan, render, scaled
from judge.profiling.read import MAX_OPERATORS, MOST, summarize_lines, summarize_plan
from judge.sandbox.lines import Watch
from judge.sandbox.protocol import Column, Table
from judge.sandbox.sql import load_sql
from judge.submission import Submission

SOURCE = """\
def outer(x):
    y = helper(x)
    return y + 1


@decorated
def helper(x):
    return x * 2
"""
CALLS, MS = 2, 1_000_000
TOLD = (
    20 * MS,
    0,
    0,
    [(6, [(8, 2, 12 * MS)]), (1, [(2, 2, 13 * MS), (3, 2, 7 * MS)])],
)


def read(told, source=SOURCE, cpu_ns=10.0 * MS):
    return read_lines(told, source, CALLS, cpu_ns)


def lines_of(functions):
    return {line.line: line for function in functions for line in function.lines}


def profile(**parts):
    fields = {
        "problem": "double",
        "problem_version": "1",
        "submission_sha256": "0",
        "box": BoxInfo(name="bubblewrap"),
        "size": {"n": 3},
        "calls": CALLS,
        "cpu_ms": 10.0,
        "profiled_ms": 10.0,
        "summary": "line 8 takes 60 % of the time",
    }
    return Profile(**(fields | parts))


# -- what is right -------------------------------------------------------------------------------------------------


def test_times_are_per_call_and_a_called_function_counts_where_its_lines_are():
    ms, functions = read(TOLD)
    assert ms == 10.0
    assert [(function.name, function.line) for function in functions] == [("outer", 1), ("helper", 6)]
    lines = lines_of(functions)
    assert {line: round(time.ms, 2) for line, time in lines.items()} == {2: 0.5, 3: 3.5, 8: 6.0}
    assert sum(time.share for time in lines.values()) == pytest.approx(1.0)
    assert lines[8].hits == 1.0


def test_what_watching_costs_is_taken_off_until_the_cpu_time_is_met():
    source = "def f():\n    for i in x:\n        pass\n    return slow()\n"
    told = (1000 * MS, 100_000, 0, [(1, [(2, 3_000_000, 400 * MS), (3, 3_000_000, 400 * MS), (4, 1, 200 * MS)])])
    lines = lines_of(read_lines(told, source, 1, 250.0 * MS)[1])
    assert lines[4].ms == pytest.approx(200, rel=0.01)
    assert lines[4].share > 0.5 > lines[2].share + lines[3].share


def test_the_sentence_names_the_line_that_takes_most():
    assert summarize_lines(read(TOLD)[1]) == "line 8 takes 60 % of the time"


def test_where_no_line_stands_out_the_sentence_says_so():
    told = (10 * MS, 0, 0, [(1, [(line, 1, MS) for line in range(1, 9)])])
    assert summarize_lines(read(told)[1]).startswith("no line stands out: line ")
    assert "not one that the file defines" in summarize_lines(())


def test_real_functions_methods_and_inner_functions_are_watched():
    names: dict = {}
    source = (
        "import functools\n"
        "class K:\n    @staticmethod\n    def s(x):\n        return x\n"
        "@functools.lru_cache\ndef cached(x):\n    return x\n"
        "def f(x):\n    def g(y):\n        def h(z):\n            return z + x\n        return h(y)\n    return g(K.s(cached(x)))\n"
        "async def never(x):\n    return x\n"
    )
    exec(compile(source, "s.py", "exec"), names)  # noqa: S102 - as the worker does
    watch = Watch(names, "s.py")
    told = watch.run([lambda: names["f"](1), lambda: names["f"](2)])
    _, functions = read_lines((*told[:3], [(first, list(map(tuple, rows))) for first, rows in told[3]]), source, 2, 1000.0)
    assert {function.name: [line.line for line in function.lines] for function in functions} == {
        "s": [5],
        "cached": [8],
        "f": [10, 14],
        "g": [11, 13],
        "h": [12],
    }


def test_functions_from_elsewhere_are_not_watched():
    assert Watch({"scaled": scaled, "np": np, "n": 1}, "s.py").run([lambda: scaled({"n": 2}, (), 1.0)])[3] == []


def test_a_timed_plan_has_every_operator_with_its_rows():
    numbers = Table(("a",), (Column(np.arange(20_000), None, "BIGINT"),))
    _, operators = read_plan(load_sql(b"SELECT count(*) FROM t JOIN t u USING (a) -- end")["timed_plan"](t=numbers))
    assert operators[0].depth == 0
    assert [operator.subject for operator in operators if operator.name == "TABLE_SCAN"] == ["t", "t"]
    assert max(operator.rows for operator in operators) == 20_000
    assert sum(operator.share for operator in operators) == pytest.approx(1.0)
    assert " takes " in summarize_plan(operators)


def test_sizes_are_scaled_jointly_and_exact_ones_are_left():
    assert scaled({"n": 100, "d": 100, "rounds": 3}, ("rounds",), 4.0) == {"n": 200, "d": 200, "rounds": 3}
    assert scaled({"n": 1}, (), 0.25) == {"n": 1}
    assert scaled({"rounds": 3}, ("rounds",), 4.0) == {"rounds": 3}


# -- what is hostile -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        None,
        "lines",
        (),
        (1, 2, 3),
        (-1, 0, 0, []),
        (True, 0, 0, []),
        (1.5, 0, 0, []),
        (float("nan"), 0, 0, []),
        (MOST + 1, 0, 0, []),
        (MS, -1, 0, []),
        (MS, 0, "0", []),
        (MS, 0, 0, {}),
    ],
)
def test_what_is_no_profile_gives_nothing(told):
    assert read(told) == (0.0, ())


@pytest.mark.parametrize(
    "entry",
    [
        None,
        (0, [(1, 1, 1)]),
        (99, [(1, 1, 1)]),
        (True, [(1, 1, 1)]),
        ("1", [(1, 1, 1)]),
        (1, "rows"),
        (1, []),
        (1, [(0, 1, 1)]),
        (1, [(-1, 1, 1)]),
        (1, [(10, 1, 1)]),
        (1, [(10**30, 1, 1)]),
        (1, [(2, -1, 1)]),
        (1, [(2, 1, -1)]),
        (1, [(2, 1, 10**30)]),
        (1, [(2, 1, 1.5)]),
        (1, [(2, 1)]),
        (1, [(2, True, 1)]),
        (1, ["\x1b[2J"]),
        (6, [(2, 1, 1)]),
    ],
)
def test_entries_that_no_profiler_writes_are_left_out(entry):
    ms, functions = read((MS, 0, 0, [entry, *TOLD[3]]))
    assert ms == 0.5
    assert list(lines_of(functions)) == [2, 3, 8]


def test_a_line_counts_once():
    told = (MS, 0, 0, [(1, [(2, 1, MS)] * 3), (1, [(3, 1, MS)]), (2, [(2, 1, MS)])])
    assert lines_of(read(told)[1])[2].hits == 0.5
    assert list(lines_of(read(told)[1])) == [2]


COUNTS = st.integers(0, MOST) | st.integers(0, 12)
ROWS = st.lists(st.tuples(st.integers(-1, 12), COUNTS, COUNTS), max_size=12)


@given(told=st.tuples(COUNTS, COUNTS, COUNTS, st.lists(st.tuples(st.integers(-1, 12), ROWS), max_size=6)), source=st.text(max_size=80))
def test_no_figures_from_a_box_make_reading_or_showing_them_raise(told, source):
    ms, functions = read(told, source + SOURCE)
    lines = [line for function in functions for line in function.lines]
    assert all(0 <= line.share <= 1 and line.ms >= 0 for line in lines)
    found = profile(functions=functions, profiled_ms=ms, summary=summarize_lines(functions))
    for format_name in ("terminal", "json"):
        assert render(found, Submission("s.py", (source + SOURCE).encode("utf-8", "replace")), format_name)


@pytest.mark.parametrize(
    "row",
    [
        None,
        (0, "SCAN", "t", 1),
        (0, "SCAN\x1b[2J", "t", 1, 1),
        (0, "", "t", 1, 1),
        (0, "SCAN", "t\n::error", 1, 1),
        (0, 1, "t", 1, 1),
        (-1, "SCAN", "t", 1, 1),
        (10**6, "SCAN", "t", 1, 1),
        (0, "SCAN", "t", -1, 1),
        (0, "SCAN", "t", 1.0, 1),
        (0, "SCAN", "t", 1, 10**30),
    ],
)
def test_operators_that_no_plan_has_are_left_out(row):
    _, operators = read_plan([row, (0, "SCAN", "t", MS, 5)])
    assert operators == (OperatorTime(depth=0, name="SCAN", subject="t", ms=1.0, rows=5, share=1.0),)


def test_a_plan_has_a_largest_size_and_may_be_anything():
    assert len(read_plan([(0, "SCAN", "t", 1, 1)] * (MAX_OPERATORS + 5))[1]) == MAX_OPERATORS
    assert read_plan("SCAN") == (0.0, ())
    assert summarize_plan(()) == "the query has no plan that could be read"


# -- what is shown -------------------------------------------------------------------------------------------------


def test_the_screen_shows_the_code_of_the_judges_copy_within_its_function():
    screen = render(profile(functions=read(TOLD)[1]), Submission("s.py", SOURCE.encode()), "terminal")
    assert "line 8 takes 60 % of the time" in screen
    assert "▸     8        1     6.00   60 % ██████░░░░     return x * 2" in screen
    assert "def outer(x):" in screen
    assert "\x1b" not in screen


def test_the_source_cannot_write_to_the_terminal_nor_to_a_ci_system():
    source = "def f():\n    x = '\x1b[2J\u202e'\n::error::x\n    return 1\r    return 2\n"
    told = (MS, 0, 0, [(1, [(2, 1, MS), (3, 1, MS), (5, 1, MS)])])
    screen = render(profile(functions=read(told, source)[1]), Submission("s\x1b[2J\n::error::.py", source.encode()), "terminal")
    assert "\x1b" not in screen
    assert "\u202e" not in screen
    assert not any(line.lstrip().startswith("::") for line in screen.split("\n"))
    assert "return 2" in screen


def test_only_the_hottest_lines_of_a_long_function_are_shown():
    source = "def f():\n" + "".join(f"    x = {line}\n" for line in range(2, 1000))
    times = tuple(LineTime(line=line, hits=1.0, ms=float(line), share=line / 1000) for line in range(2, 1000))
    found = profile(functions=(FunctionTime(name="f", line=1, lines=times),))
    screen = render(found, Submission("s.py", source.encode()), "terminal")
    assert screen.count("▸") == 12
    assert "⋮" in screen
    assert "x = 500" not in screen


def test_the_json_document_has_its_schema():
    found = msgspec.json.decode(render(profile(functions=read(TOLD)[1]), Submission("s.py", SOURCE.encode()), "json"))
    assert found["schema"] == "judge/profile/v1"
    assert found["functions"][1] == {"name": "helper", "line": 6, "lines": [{"line": 8, "hits": 1.0, "ms": 6.0, "share": 0.6}]}
