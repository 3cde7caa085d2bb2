"""What seems more than three times as fast as the reference is timed again, kept, and flagged for a person."""

from __future__ import annotations

import json
import re

import pytest
from clock_bank import ROWS, SORTED, write_bank

from judge.boxes.bubblewrap import BubblewrapBox
from judge.catalog import Catalog
from judge.model import HOLDS
from judge.pipeline import Options, judge_submission
from judge.report import render
from judge.report.feedback import Feedback
from judge.submission import Submission

pytestmark = pytest.mark.timing

SLOW_REFERENCE = SORTED.replace("def spread(x)", "def once(x)") + """

def spread(x):
    for _ in range(8):
        out = once(x)
    return out
"""  # fmt: skip
FLAG = re.compile(HOLDS + r"; [4-9]\.\d times as fast as the reference, twice: a person should look at how")


@pytest.fixture
def judged(tmp_path):
    """Judge a source where the reference and the standard are as given."""

    def run(source, reference, standard="baseline", **options):
        bank = write_bank(tmp_path / "bank", reference=reference, standard=standard)
        problem = Catalog((bank,)).problem("spread")
        return judge_submission(
            problem, Submission("solution.py", source.encode()), BubblewrapBox(), Options(growth=False, **options)
        )  # fmt: skip

    return run


@pytest.mark.parametrize("standard", ["baseline", "reference"])
def test_a_speed_far_beyond_the_reference_is_kept_and_flagged_in_every_report(judged, standard):
    judgement = judged(SORTED, SLOW_REFERENCE, standard)
    report = judgement.report
    assert FLAG.fullmatch(report.reason), report
    assert (report.verdict, report.speed.tier, report.speed.void, report.score) == ("AC", "40x", None, 90.0)
    assert json.loads(render(judgement, "json", Feedback.full))["reason"] == report.reason
    for kind in ("terminal", "html"):
        assert "times as fast as the reference, twice: a person should look at how" in " ".join(
            render(judgement, kind, Feedback.verdict).split()
        )


@pytest.mark.parametrize(
    ("source", "reference"), [(SORTED, SORTED), (ROWS, SLOW_REFERENCE)], ids=["as fast as a fast reference", "slower than a slow one"]
)
def test_a_speed_near_the_references_is_not_flagged(judged, source, reference):
    assert judged(source, reference).report.reason == HOLDS


def test_a_quick_look_does_not_look_twice(judged):
    report = judged(SORTED, SLOW_REFERENCE, quick=True).report
    assert "as fast as the reference" not in report.reason
