"""``judge profile``, as a learner meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_bank import NAIVE

ROOT = Path(__file__).parents[2]
SLOW = """
import numpy as np


def helper(x):
    total = 0.0
    for value in x:
        total += sum(range(100))
    return total


def double(x):
    helper(x)
    return x * 2.0
"""
HOT = SLOW.splitlines().index("        total += sum(range(100))") + 1


@pytest.fixture
def profile(judge, tmp_path):
    """Profile a source as a solution of the small problem."""

    def run(source, *arguments, problem="double", name="solution.py", **options):
        (tmp_path / name).write_text(source)
        return judge("profile", problem, name, *arguments, **options)

    return run


def test_the_hottest_line_is_named_and_marked_in_its_function(profile):
    process = profile(SLOW)
    assert process.returncode == 0, process.stderr
    assert f"line {HOT} takes " in process.stdout
    marked = [line for line in process.stdout.splitlines() if "▸" in line]
    assert any("total += sum(range(100))" in line and "█" in line for line in marked)
    assert "def helper(x):" in process.stdout
    assert "ms of CPU a call" in process.stdout
    assert "\x1b" not in process.stdout


@pytest.mark.docker
@pytest.mark.usefixtures("docker_image")
@pytest.mark.parametrize("box", ["bubblewrap", "docker"])
def test_both_boxes_find_the_same_line(profile, box):
    found = json.loads(profile(SLOW, "--box", box, "--format", "json").stdout)
    assert (found["schema"], found["box"]["name"], found["size"]) == ("judge/profile/v1", box, {"n": 20000})
    assert found["summary"].startswith(f"line {HOT} takes ")
    lines = {line["line"]: line for function in found["functions"] for line in function["lines"]}
    assert lines[HOT]["hits"] == 20000
    assert found["cpu_ms"] == pytest.approx(sum(line["ms"] for line in lines.values()), rel=0.5)


def test_the_size_of_the_inputs_can_be_chosen(profile):
    assert json.loads(profile(NAIVE, "--size", "small", "--format", "json").stdout)["size"] == {"n": 5000}
    assert "n = 80000" in profile(NAIVE, "--size", "large").stdout


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def f(:", "✗ CE: SyntaxError"),
        ("1/0", "✗ RTE: importing the file raised ZeroDivisionError"),
        ("def other(): pass", "✗ CE: the file defines no function double"),
        ("def double(x): return 1/0", "✗ RTE: raised ZeroDivisionError: division by zero"),
        ("def double(x):\n  while True: pass", "✗ TLE: "),
        ("def double(x):\n  return bytearray(1 << 30)", "✗ MLE: "),
        ("def double(x):\n  import os; os._exit(3)", "✗ RTE: the submission ended the process"),
    ],
)
def test_a_solution_that_fails_is_told_in_a_line(profile, source, words):
    process = profile(source)
    assert process.returncode == 1
    assert process.stdout.startswith(words)
    assert "Traceback" not in process.stderr


def test_a_failure_under_the_profiler_only_is_told_as_well(profile):
    source = "calls = []\ndef double(x):\n    calls.append(1)\n    if len(calls) > 2:\n        raise KeyError('third')\n    return x\n"
    process = profile(source)
    assert (process.returncode, process.stdout.splitlines()[0]) == (1, "✗ RTE: raised KeyError: 'third' on an input of the timed kind")


def test_a_function_that_is_not_of_the_file_has_no_lines(profile):
    process = profile("from numpy import negative as double\n")
    assert process.returncode == 0
    assert "no line of the file could be watched" in process.stdout


def test_forged_times_are_shown_as_figures_and_nothing_else(profile):
    forged = (
        "import sys\n"
        "w = sys.modules['sandbox.lines'].Watch\n"
        "w.run = lambda self, calls: (10**15, 0, 0, [(1, [(99, 1, 1), (2, 1, 10**15), (5, 'x', '\\x1b[2J')]), ('\\x1b', [])])\n"
        "def double(x):\n"
        "    return x\n"
    )
    process = profile(forged)
    assert process.returncode == 0, process.stderr
    assert "line 2 takes 100 % of the time" in process.stdout
    assert "\x1b" not in process.stdout


def test_kmeans_with_loops_spends_its_time_in_the_innermost(judge):
    process = judge("profile", "kmeans", ROOT / "reference" / "kmeans" / "naive.py", "--format", "json")
    source = (ROOT / "reference" / "kmeans" / "naive.py").read_text().splitlines()
    found = json.loads(process.stdout)
    top = max((line for function in found["functions"] for line in function["lines"]), key=lambda line: line["ms"])
    assert source[top["line"] - 1].strip() in {
        "for a, b in zip(point, centroid):",
        "difference = a - b",
        "distance += difference * difference",
    }


def test_a_query_shows_its_plan_with_milliseconds_and_rows(judge):
    process = judge("profile", "sql_retention", ROOT / "reference" / "sql_retention" / "vectorized.sql", "--size", "small")
    assert process.returncode == 0, process.stderr
    assert " takes " in process.stdout
    assert "table scan events" in process.stdout
    found = json.loads(
        judge("profile", "sql_retention", ROOT / "reference/sql_retention/vectorized.sql", "--size", "small", "--format", "json").stdout
    )
    assert found["functions"] == []
    assert any(operator["name"] == "TABLE_SCAN" and operator["rows"] > 1000 for operator in found["operators"])


def test_help_has_examples_and_is_quick_to_load(judge):
    process = judge("profile", "--help")
    assert process.returncode == 0
    assert "judge profile kmeans kmeans.py --size large" in process.stdout
