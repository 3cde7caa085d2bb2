"""``judge calibrate``, as an author meets it."""

from __future__ import annotations

import tomllib

import pytest
from tiny_bank import write_bank


@pytest.mark.timing
def test_sizes_are_proposed_and_no_file_is_changed(judge, tmp_path):
    bank = write_bank(tmp_path / "bank")
    before = {path: path.read_bytes() for path in sorted(bank.rglob("*")) if path.is_file() and "__pycache__" not in path.parts}
    process = judge("calibrate", "double", JUDGE_PROBLEMS=str(bank))
    assert process.returncode == 0, process.stderr
    table, _, fragment = process.stdout.partition("For problem.toml:\n")
    assert "present" in table
    assert "n = 20000" in table
    assert "a baseline call should take 40 to 100 ms" in table
    found = tomllib.loads(fragment)
    assert found["speed"]["function"] == "double"
    assert found["speed"]["size"]["n"] > 20_000
    assert found["variables"]["n"]["title"] == "n"
    assert 16 * found["variables"]["n"]["low"] < found["variables"]["n"]["high"]
    after = {path: path.read_bytes() for path in sorted(bank.rglob("*")) if path.is_file() and "__pycache__" not in path.parts}
    assert after == before


def test_a_solution_of_the_package_that_fails_is_the_packages_fault(judge, tmp_path):
    bank = write_bank(tmp_path / "bank")
    (bank / "reference" / "double" / "vectorized.py").write_text("def double(x): return 1/0")
    process = judge("calibrate", "double", JUDGE_PROBLEMS=str(bank))
    assert process.returncode == 3
    assert "vectorized.py cannot be measured" in process.stderr


def test_help_has_examples(judge):
    process = judge("calibrate", "--help")
    assert process.returncode == 0
    assert "judge calibrate moving_average --problems bank" in process.stdout
