"""Points: whole groups, and the best tier of an accepted submission."""

from __future__ import annotations

import pytest

from judge.catalog import Group, Scoring
from judge.grading import score
from judge.model import Correctness, PropertyResult, Speed, Status

SCORING = Scoring(groups={"base": Group(60), "stable": Group(10, required=False)}, tiers={"10x": 10, "100x": 30})


def correctness(**statuses):
    results = tuple(
        PropertyResult(name=f"{group}{number}", group=group, status=Status(status))
        for group, marks in statuses.items()
        for number, status in enumerate(marks)
    )
    return Correctness(passed=sum(result.status == "passed" for result in results), total=len(results), properties=results)


def speed(tier, void=None):
    figures = {"speedup": 1, "low": 1, "high": 1, "baseline_ms": 1, "submission_ms": 1, "pairs": 4}
    return Speed(clock="cpu", targets=(10, 100), tier=tier, borderline=False, void=void, **figures)


P, F, S = "passed", "failed", "skipped"


@pytest.mark.parametrize(
    ("results", "measured", "accepted", "points"),
    [
        ({"base": [P, P], "stable": [P]}, speed("100x"), True, 100),
        ({"base": [P, P], "stable": [F]}, speed("10x"), True, 70),
        ({"base": [P, P], "stable": [P]}, speed("below"), True, 70),
        ({"base": [P, F], "stable": [P]}, None, False, 10),
        ({"base": [F, S], "stable": [S]}, None, False, 0),
        ({"base": [P, P], "stable": [P]}, None, True, 70),
        ({"base": [P, P]}, speed("10x"), True, 70),
    ],
)
def test_points_are_whole_groups_and_the_best_tier(results, measured, accepted, points):
    assert score(SCORING, correctness(**results), measured, accepted=accepted) == points


def test_a_void_speed_gives_nothing():
    assert score(SCORING, correctness(base=[P]), speed("100x", void="work elsewhere"), accepted=True) == 60


def test_speed_gives_nothing_to_a_rejected_submission():
    assert score(SCORING, correctness(base=[F]), speed("100x"), accepted=False) == 0
