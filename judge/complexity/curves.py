"""CPU time of one call against one size variable, around the timed case: for the picture in the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from judge.authoring.calls import as_call
from judge.boxes.session import RemoteError
from judge.model import Curve, Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from judge.boxes.session import Session
    from judge.complexity.growth import Subject

__all__ = ["measure_curves"]

FACTORS = (1 / 8, 1 / 4, 1 / 2, 1, 2, 4)
"""Multiples of the timed size."""
MOST_MS = 150.0
"""CPU milliseconds of a call after which a curve ends."""
REPEATS = 2


def measure_curves(
    session: Session,
    subject: Subject,
    size: Mapping[str, int],
    who: Literal["submission", "baseline", "reference"],
    rng: np.random.Generator,
) -> tuple[Curve, ...]:
    """Measure one solution.

    Parameters
    ----------
    session : Session
        Loaded.
    subject : Subject
        What to call; its ranges name the variables.
    size : mapping of str to int
        The timed case; each variable is changed alone, from an eighth of it to four times it, and never below 1.
    who : str
        Whose curve it is.
    rng : numpy.random.Generator
        The source of inputs.

    Returns
    -------
    tuple of Curve
        One for each variable with at least two points.
    """
    curves = []
    for variable in subject.ranges:
        points: dict[int, float] = {}
        for factor in FACTORS:
            value = max(1, round(size[variable] * factor))
            if value in points:
                continue
            try:
                call = as_call(subject.function, subject.make_case(rng, **{**size, variable: value}))
                cost = min(session.batch([call]).ns for _ in range(REPEATS)) / 1e6
            except (RemoteError, Failure):
                break
            points[value] = max(cost, 1e-6)
            if cost > MOST_MS:
                break
        if len(points) > 1:
            curves.append(Curve(who=who, variable=variable, sizes=tuple(map(float, points)), ms=tuple(points.values())))
    return tuple(curves)
