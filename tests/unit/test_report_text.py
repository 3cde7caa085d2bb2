"""What a submission wrote is safe to show, and no more is told than the feedback level allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.catalog import Catalog
from judge.model import BoxInfo, Correctness, PropertyResult, Report, Status, Verdict
from judge.pipeline import Judgement
from judge.report import formats, render
from judge.report.escape import defuse, plain, quoted
from judge.report.feedback import Feedback
from judge.submission import Submission


@given(text=st.text())
def test_nothing_but_printable_characters_and_newlines_comes_out(text):
    assert all(character == "\n" or character.isprintable() for character in plain(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, äöü, 数, ✓", "plain, äöü, 数, ✓"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("admin\u202egpj.exe", "admin\\u202egpj.exe"),
        ("a\rb", "a\\rb"),
        ("\ud800", "\\ud800"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_controls_become_escapes(text, shown):
    assert plain(text) == shown


@given(text=st.text(alphabet=st.sampled_from(":#[ \nset-output")))
def test_no_line_can_be_read_as_a_command_of_a_ci_system(text):
    for safe in (quoted(text), defuse(text)):
        assert not any(line.lstrip().startswith(("::", "##[")) for line in safe.split("\n"))


def timed_failure() -> Judgement:
    """Return a judgement whose properties hold and whose timed call raised, quoting its input, after printing it."""
    problem = Catalog().problem("kmeans")
    report = Report(
        problem="kmeans",
        problem_version="1.0.0",
        submission_sha256="0" * 64,
        verdict=Verdict.RTE,
        reason="raised ValueError: 4.25 on the timed case",
        score=0.0,
        max_score=100.0,
        box=BoxInfo(name="bubblewrap"),
        seed=7,
        correctness=Correctness(passed=1, total=1, properties=(PropertyResult(name="a", group="base", status=Status.passed),)),
        speed=None,
        complexity=None,
        durations={},
    )
    return Judgement(report, problem, Submission("a.py", b"x"), detail="4.25", output="4.25", counterexample="4.25")


@pytest.mark.parametrize("level", [Feedback.property, Feedback.verdict])
@pytest.mark.parametrize("format_name", formats())
def test_no_input_reaches_a_learner_who_may_not_see_it_by_printing_or_raising_it(level, format_name):
    assert "4.25" not in render(timed_failure(), format_name, level)
