"""Which sizes suit a machine, given what a call costs at any sizes. Pure policy: what measures is passed in.

Costs are taken to be about powers of the sizes, so that the next size to try comes from a line through logarithms of
what has been measured; nothing is proposed that was not measured itself.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

__all__ = ["Band", "Cost", "Ranges", "SizeTrial", "find_scale", "propose_ranges", "propose_size", "rounded", "scale"]

Sizes = Mapping[str, int]
Cost = Callable[[Sizes], float | None]
"""Milliseconds of a call at these sizes; None where it cannot be made: invalid, or too large for the memory."""

STEPS = 8
"""Measurements of one search."""
FIRST_SLOPE, LEAST_SLOPE = 2.0, 0.3
MOST_STEP, MOST_RISE = 4.0, 8.0
"""The largest factor from one measurement to the next outside of what is known, and how much more a call may then cost."""
FARTHEST, FARTHEST_RANGE = 8.0, 64.0
"""How far a timed size, and an end of a range, may go from where it was."""
GAIN = 1.1
"""How much better the ratio must be for the shape of the sizes to change."""
SMALLEST_MS, LARGEST_MS = (0.3, 1.0), (5.0, 10.0)
"""What the baseline's smallest call and the reference's largest should take for growth to be measured."""


@dataclass(frozen=True)
class Band:
    """The costs that suit, in milliseconds."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The cost aimed at."""
        return math.sqrt(self.low * self.high)

    def holds(self, ms: float) -> bool:
        """Say whether a cost lies within."""
        return self.low <= ms <= self.high


@dataclass(frozen=True)
class SizeTrial:
    """A timed size that was tried: milliseconds of the baseline there, and how many times faster the reference is."""

    size: dict[str, int]
    ms: float
    ratio: float


@dataclass(frozen=True)
class Ranges:
    """Ranges of the variables.

    Parameters
    ----------
    low, high : dict of str to int
        The smallest and the largest sizes.
    low_ms, high_ms : float or None
        Milliseconds of the baseline with all variables at their smallest, and of the reference with all at their largest; None
        where no such call can be made.
    """

    low: dict[str, int]
    high: dict[str, int]
    low_ms: float | None
    high_ms: float | None


def rounded(value: float) -> int:
    """Round to two significant digits, and to 1 at least."""
    if value < 1:
        return 1
    digits = int(10 ** max(0, math.floor(math.log10(value)) - 1))
    return round(value / digits) * digits


def scale(sizes: Sizes, names: frozenset[str], factor: float) -> dict[str, int]:
    """Multiply the named sizes, and round them; a factor of 1 changes nothing."""
    return {name: rounded(value * factor) if name in names and factor != 1 else value for name, value in sizes.items()}


def find_scale(cost: Callable[[float], float | None], band: Band, farthest: float, enough: Callable[[], bool]) -> float | None:
    """Find a factor, 1 at first, at which the cost lies in the band.

    Parameters
    ----------
    cost : callable
        Milliseconds for a factor, or None where that is too large or not possible.
    band : Band
        What is wanted.
    farthest : float
        The largest factor, and one over the smallest.
    enough : callable
        Says when the time is up; the first measurement is made all the same.

    Returns
    -------
    float or None
        The factor that came closest; None where no call could be made.
    """
    known: dict[float, float] = {}
    barrier = math.inf
    factor = 1.0
    for step in range(STEPS):
        if step and enough():
            break
        ms = cost(factor)
        if ms is None:
            barrier = min(barrier, factor)
        else:
            known[factor] = max(ms, 1e-6)
            if band.holds(ms):
                return factor
        following = min(max(_next(known, barrier, band.middle), 1 / farthest), farthest)
        if following in known or following >= barrier:
            break
        factor = following
    return min(known, key=lambda one: abs(math.log(known[one] / band.middle)), default=None)


def _next(known: Mapping[float, float], barrier: float, wanted: float) -> float:
    """Return the factor to try next: on a line through the two known points that are nearest to the wanted cost."""
    below = max((factor for factor, ms in known.items() if ms < wanted), default=None)
    above = min((factor for factor, ms in known.items() if ms >= wanted), default=None)
    if below is None and above is None:
        return barrier / MOST_STEP
    if below is not None and above is not None and below < above:
        share = math.log(wanted / known[below]) / math.log(known[above] / known[below])
        return float(below * (above / below) ** min(0.9, max(0.1, share)))
    near = below if below is not None else above
    assert near is not None  # noqa: S101 - one of them is there
    slope = _slope(known)
    most = min(MOST_STEP, MOST_RISE ** (1 / slope))
    following = near * min(most, max(1 / most, (wanted / known[near]) ** (1 / slope)))
    return math.sqrt(near * barrier) if following >= barrier else following


def _slope(known: Mapping[float, float]) -> float:
    """Return the power with which the cost grows between the first and the last of the factors."""
    low, high = min(known), max(known)
    if low == high:
        return FIRST_SLOPE
    return max(LEAST_SLOPE, math.log(known[high] / known[low]) / math.log(high / low))


def propose_size(
    present: Sizes, exact: frozenset[str], baseline: Cost, reference: Cost, *, band: Band, enough: Callable[[], bool] = lambda: False
) -> SizeTrial | None:
    """Find a timed size at which the baseline's call suits and the reference's ratio is best.

    All sizes are scaled jointly; then one after the other is doubled or halved against the rest, as long as the ratio gains.

    Parameters
    ----------
    present : mapping of str to int
        The present size.
    exact : frozenset of str
        The sizes that are left as they are.
    baseline, reference : callable
        What a call of each costs.
    band : Band
        What the baseline's call should cost, in milliseconds.
    enough : callable
        Says when the time is up.

    Returns
    -------
    SizeTrial or None
        The best that was found, perhaps outside the band where nothing came closer; None where no call could be made.
    """
    free = frozenset(present) - exact

    def at_cost(sizes: Sizes, names: frozenset[str]) -> SizeTrial | None:
        factor = find_scale(lambda factor: baseline(scale(sizes, names, factor)), band, FARTHEST, enough)
        if factor is None:
            return None
        size = scale(sizes, names, factor)
        slow, fast = baseline(size), reference(size)
        return None if slow is None or fast is None else SizeTrial(size, slow, slow / max(fast, 1e-6))

    best = at_cost(present, free)
    gained = best is not None and len(free) > 1
    while gained and not enough():
        gained = False
        for name, factor in itertools.product(sorted(free), (2.0, 0.5)):
            assert best is not None  # noqa: S101 - checked above
            turned = scale(best.size, frozenset({name}), factor)
            if enough() or turned == best.size or not 1 / FARTHEST <= turned[name] / present[name] <= FARTHEST:
                continue
            trial = at_cost(turned, free - {name})
            if trial is not None and _suits_better(trial, best, band):
                best, gained = trial, True
    return best


def _suits_better(trial: SizeTrial, best: SizeTrial, band: Band) -> bool:
    return (band.holds(trial.ms) or not band.holds(best.ms)) and trial.ratio > GAIN * best.ratio


def propose_ranges(
    low: Sizes, high: Sizes, exact: frozenset[str], baseline: Cost, reference: Cost, *, enough: Callable[[], bool] = lambda: False
) -> Ranges:
    """Find ranges of the variables over which growth can be measured, whatever the solution.

    Growth is measured from the smallest sizes on, with the others larger for a fast solution. So the smallest sizes together should
    suit the baseline, and the largest together the reference.

    Parameters
    ----------
    low, high : mapping of str to int
        The present ends, or a guess; each end is scaled as a whole.
    exact : frozenset of str
        The variables that are left as they are.
    baseline, reference : callable
        What a call of each costs.
    enough : callable
        Says when the time is up.
    """
    names = frozenset(low) - exact

    def end(sizes: Sizes, cost: Cost, band: Band) -> tuple[dict[str, int], float | None]:
        factor = find_scale(lambda factor: cost(scale(sizes, names, factor)), band, FARTHEST_RANGE, enough)
        found = scale(sizes, names, 1.0 if factor is None else factor)
        return found, cost(found)

    bottom, low_ms = end(low, baseline, Band(*SMALLEST_MS))
    top, high_ms = end(high, reference, Band(*LARGEST_MS))
    return Ranges(bottom, {name: max(value, bottom[name]) for name, value in top.items()}, low_ms, high_ms)
