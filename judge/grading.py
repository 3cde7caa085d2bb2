"""From results to verdict and score. Pure policy: no input, no output, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judge.model import Status

if TYPE_CHECKING:
    from judge.catalog import Scoring
    from judge.model import Correctness, Speed

__all__ = ["score"]


def score(scoring: Scoring, correctness: Correctness, speed: Speed | None, *, accepted: bool) -> float:
    """Add up the points: each group whose properties all passed, and the best speed tier of an accepted submission.

    A group without properties gives nothing; a void speed gives nothing.
    """
    points = 0.0
    for name, group in scoring.groups.items():
        results = [result.status for result in correctness.properties if result.group == name]
        if results and all(status is Status.passed for status in results):
            points += group.points
    if accepted and speed is not None and speed.void is None:
        points += scoring.tiers.get(speed.tier, 0.0)
    return points
