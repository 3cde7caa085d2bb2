"""The other commands, as a learner meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_bank import VECTORIZED

ROOT = Path(__file__).parents[2]


def test_help_names_every_command_and_shows_the_way(judge):
    process = judge("--help")
    assert process.returncode == 0
    for command in ("submit", "list", "show", "start", "test", "doctor", "box"):
        assert f"\n  {command}" in process.stdout


@pytest.mark.parametrize("command", ["submit", "list", "show", "start", "test", "doctor", "box"])
def test_every_command_explains_itself(judge, command):
    process = judge(command, "--help")
    assert process.returncode == 0
    assert "Usage:" in process.stdout


def test_the_engine_is_not_imported_for_help(judge, tmp_path):
    heavy = ("numpy", "hypothesis", "docker", "msgspec", "rich")
    report = f"print([name for name in {heavy} if name in sys.modules])"
    (tmp_path / "sitecustomize.py").write_text(f"import atexit, sys\natexit.register(lambda: {report})\n")
    assert judge("--help", PYTHONPATH=f"{tmp_path}:{ROOT}").stdout.endswith("[]\n")


def test_list_shows_title_difficulty_and_par_time(judge):
    line = next(line for line in judge("list").stdout.splitlines() if line.startswith("double"))
    assert "★☆☆☆☆" in line
    assert "5 min" in line
    assert "Double" in line


def test_show_prints_the_statement(judge):
    assert "Return twice x." in judge("show", "double").stdout


@pytest.mark.parametrize("arguments", [("show", "dubble"), ("submit", "dubble", "x.py"), ("start", "dubble")])
def test_a_misspelt_problem_suggests_the_nearest(judge, arguments):
    process = judge(*arguments)
    assert process.returncode == 2
    assert "Did you mean double?" in process.stderr


def test_start_copies_the_starter_and_never_overwrites(judge, tmp_path):
    assert judge("start", "double").returncode == 0
    (tmp_path / "double.py").write_text("my work")
    again = judge("start", "double")
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert (tmp_path / "double.py").read_text() == "my work"
    assert judge("start", "double", "--force").returncode == 0


def test_the_public_examples_pass_for_a_right_solution(judge, tmp_path):
    (tmp_path / "s.py").write_text(VECTORIZED)
    process = judge("test", "double", "s.py")
    assert process.returncode == 0
    assert "✓ one two" in process.stdout
    assert "judge submit double s.py" in process.stdout


def test_a_public_example_that_fails_shows_call_expected_and_actual(judge, tmp_path):
    (tmp_path / "s.py").write_text("def double(x): return x")
    process = judge("test", "double", "s.py")
    assert process.returncode == 1
    for words in ("✗ one two", "double(np.array([1.0, 2.0]))", "# expected: np.array([2.0, 4.0])", "# actual:   np.array([1.0, 2.0])"):
        assert words in process.stdout


@pytest.mark.parametrize("source", ["", "def f(:", "1/0", "def other(): pass", "def double(x):\n  while True: pass"])
def test_test_explains_a_file_that_does_not_work(judge, tmp_path, source):
    (tmp_path / "s.py").write_text(source)
    process = judge("test", "double", "s.py")
    assert process.returncode == 1
    assert "✗" in process.stdout
    assert "judge/" not in process.stdout + process.stderr


def test_doctor_says_which_boxes_work(judge):
    process = judge("doctor")
    assert process.returncode == 0
    assert "✓ bubblewrap works" in process.stdout


@pytest.mark.parametrize("arguments", [(), ("submit",), ("submit", "double"), ("submit", "double", "x.py", "--box", "none"), ("nonsense",)])
def test_wrong_usage_exits_with_two(judge, arguments):
    assert judge(*arguments).returncode == 2
