"""``judge new`` makes a package that works as it is."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def mine(judge, tmp_path):
    assert judge("new", "Row-Power", "--into", "mine").returncode == 0
    return tmp_path / "mine"


@pytest.mark.parametrize(
    ("file", "verdict", "failing"),
    [
        ("problems/row_power/submissions/accepted/numpy.py", "AC", None),
        ("reference/row_power/vectorized.py", "AC", None),
        ("reference/row_power/naive.py", "AC", None),
        ("problems/row_power/submissions/wrong_answer/wrapping_dtype.py", "WA", "every_row_has_its_sum_of_squares"),
        ("problems/row_power/submissions/wrong_answer/missing_guard.py", "WA", "invalid_input_is_refused"),
        ("problems/row_power/starter.py", "RTE", "every_row_has_its_sum_of_squares"),
    ],
)
def test_every_file_of_a_new_package_gets_the_verdict_it_should(judge, mine, file, verdict, failing):
    process = judge("submit", "row-power", mine / file, "--problems", mine, "--format", "json", "--no-speed")
    report = json.loads(process.stdout)
    failed = [item["name"] for item in report["correctness"]["properties"] if item["status"] == "failed"]
    assert (report["verdict"], failed[:1]) == (verdict, [failing] if failing else [])


def test_a_new_package_says_what_is_left_to_do(mine):
    assert "to do" in (mine / "problems" / "row_power" / "problem.toml").read_text().lower()


def test_an_existing_package_is_never_overwritten(judge, mine):
    process = judge("new", "row_power", "--into", mine)
    assert process.returncode == 2
    assert "exists already" in process.stderr


@pytest.mark.parametrize("name", ["3d", "a b", "x/../y", "", "é"])
def test_a_name_that_cannot_be_a_function_is_refused(judge, name):
    assert judge("new", name).returncode == 2
