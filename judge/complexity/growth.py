"""How CPU time and peak memory grow with each size variable: the slope of a line through logarithms.

For each variable a grid of sizes is chosen whose largest call costs about ten milliseconds, whatever the solution: the
other variables are made larger for a fast one, the grid ends earlier for a slow one. Every size is run once for
memory, in rising order, and a few times for time, in random order::

    stage ──▶ forget the peak ──▶ run ──▶ peak                        bytes that the call took on top of its arguments
    stage ──▶ │ clock  run  …  last byte of the last output  clock │  CPU nanoseconds of a call

An exponent is a slope over the measured range, not a proof: caches and fixed costs bend the line, and ``n log n`` looks
like ``n^1.1``. That is why each has an interval and is never more than a note.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from judge.authoring.calls import as_call, size_in_bytes
from judge.boxes.session import RemoteError
from judge.model import Exponent, Failure, Growth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from judge.boxes.session import Session
    from judge.catalog import Problem
    from judge.model import Call

__all__ = ["Subject", "fit", "measure_growth"]

TOP_NS = 10_000_000
"""CPU nanoseconds aimed at for one call of the largest size."""
MOST_NS = 60_000_000
"""And what it may cost where the smallest size costs much of that already."""
BATCH_NS = 1_000_000
"""CPU nanoseconds that a batch should take at least: the clock's jitter here is a hundredth of that."""
MAX_CALLS = 16
ARGUMENTS_SHARE = 16
"""The arguments of a batch take at most this part of the memory limit: results, temporaries and copies want room too."""
SIZES, LEAST_SIZES = 6, 4
RANGE, LEAST_RANGE = 16.0, 3.0
"""Largest over smallest size of a grid."""
STEEP = 1.4
"""Steeper than this, the largest call may cost `MOST_NS`: library calls show their power only at large sizes."""
COST_RANGE = 50.0
"""Largest over smallest cost: fixed costs bend the line where calls are short, so a steep one gets a narrower grid."""
STEP = 4.0
SCALES = 5
"""Steps from the smallest to the largest values of the other variables."""
ROUNDS = 3
ROUND_WALL = 0.25
"""Seconds after which no further round begins."""
SLOW_WALL = 0.15
"""Seconds of a call and its inputs beyond which a grid has few sizes, each run once: sending costs more than the calls."""
FLOOR = 48 << 10
"""Bytes below which a peak is the interpreter's own coming and going."""
CONSTANT = 160 << 10
"""A solution whose peak stays below so many bytes at every size needs no memory that grows, if its arguments are larger."""
MIN_HALF_WIDTH = 0.05
STUDENT = {1: 12.71, 2: 4.30, 3: 3.18, 4: 2.78, 5: 2.57}
"""97.5 % points of Student's t distribution, by degrees of freedom."""


@dataclass(frozen=True)
class Subject:
    """What is measured.

    Parameters
    ----------
    function : str
        The function to call.
    make_case : callable
        ``make_case(rng, **sizes)`` returns its arguments, as ``cases.make_case`` of a package.
    ranges : mapping of str to (int, int)
        Smallest and largest value of each variable.
    fixed : mapping of str to int
        The sizes that are no variables.
    most_bytes : int
        What the arguments of a call may take, so that the call still fits beside them in the memory limit.
    """

    function: str
    make_case: Callable[..., Any]
    ranges: Mapping[str, tuple[int, int]]
    fixed: Mapping[str, int]
    most_bytes: int = 32 << 20

    @classmethod
    def of(cls, problem: Problem) -> Subject:
        """Return the timed function of a problem, with the ranges of its manifest."""
        manifest = problem.manifest
        ranges = {name: (variable.low, variable.high) for name, variable in manifest.variables.items()}
        fixed = {name: value for name, value in manifest.speed.size.items() if name not in ranges}
        most_bytes = (manifest.limits.memory << 20) // ARGUMENTS_SHARE
        return cls(manifest.speed.function, problem.make_growth_case, ranges, fixed, most_bytes)

    def sizes(self, scale: float, variable: str, size: int) -> dict[str, int]:
        """Return all sizes: the variable's as given, the others' at this share (0 to 1) of the way through their ranges."""
        others = {name: round(low * (high / low) ** scale) for name, (low, high) in self.ranges.items()}
        return {**self.fixed, **others, variable: size}


@dataclass(frozen=True)
class _Grid:
    """The sizes of one variable, and where the others stand."""

    variable: str
    scale: float
    sizes: tuple[int, ...]


def measure_growth(session: Session, subject: Subject, rng: np.random.Generator) -> Growth:
    """Measure a loaded submission.

    A variable is left out where its calls fail or where no grid of sizes suits it.

    Parameters
    ----------
    session : Session
        Loaded with ``measured=True``; for memory the host must see its process.
    subject : Subject
        What to call, and with what.
    rng : numpy.random.Generator
        The source of inputs and order.

    Returns
    -------
    Growth
        Exponents of CPU time and of peak memory beyond the arguments.
    """
    meter = _Meter(session, subject, rng)
    growth = Growth(time={}, space={})
    for variable in subject.ranges:
        if session.over:
            break
        try:
            grid = meter.grid(variable)
            if grid is None:
                continue
            calls = [meter.case(grid.scale, variable, size) for size in grid.sizes]
            peaks, first = zip(*map(meter.peak, calls), strict=True)
            times = meter.times(calls, first) if meter.wall < SLOW_WALL else first
        except (RemoteError, Failure):
            continue
        if exponent := fit(grid.sizes, times):
            growth.time[variable] = exponent
        if meter.sees_memory and (exponent := fit_memory(grid.sizes, peaks, size_in_bytes(calls[-1]))):
            growth.space[variable] = exponent
    return growth


class _Meter:
    """Runs calls of one subject."""

    def __init__(self, session: Session, subject: Subject, rng: np.random.Generator) -> None:
        self.session = session
        self.subject = subject
        self.rng = rng
        self.sees_memory = session.peak_memory() > 0
        self.given = 1
        """Bytes of the arguments of the last call."""
        self.wall = 0.0
        """Seconds that the slowest call so far took with all that belongs to it."""

    def case(self, scale: float, variable: str, size: int) -> Call:
        """Draw a call of this size."""
        sizes = self.subject.sizes(scale, variable, size)
        return as_call(self.subject.function, self.subject.make_case(self.rng, **sizes))

    def ns(self, call: Call, count: int = 1) -> float:
        """Run a call so often in one batch; return nanoseconds of one."""
        return max(1.0, self.session.batch([call] * count).ns / count)

    def peak(self, call: Call) -> tuple[int, int]:
        """Run a call for its memory.

        Returns
        -------
        peak, ns : int
            The bytes that it took on top of its arguments; and its nanoseconds, among them
            those for memory that a call in its stride would find warm.
        """
        self.session.stage([call])
        self.session.forget_peak()
        before = self.session.peak_memory()
        batch = self.session.run(1)
        return self.session.peak_memory() - before, batch.ns

    def times(self, calls: Sequence[Call], about: Sequence[float]) -> list[float]:
        """Run every call a few times in random order; return the nanoseconds of each: the median, by wall time the least."""
        typical = np.median if self.session.clock_kind == "cpu" else np.min
        room = [max(1, self.subject.most_bytes // size_in_bytes(call)) for call in calls]
        counts = [min(MAX_CALLS, fit_in, math.ceil(BATCH_NS / max(ns, 1))) for ns, fit_in in zip(about, room, strict=True)]
        measured: list[list[float]] = [[] for _ in calls]
        end = time.monotonic() + ROUND_WALL
        for _ in range(ROUNDS):
            for position in self.rng.permutation(len(calls)):
                measured[position].append(self.ns(calls[position], counts[position]))
            if time.monotonic() > end:
                break
        return [float(typical(values)) for values in measured]

    def grid(self, variable: str) -> _Grid | None:
        """Find sizes whose largest call costs about `TOP_NS`, or up to `MOST_NS` where the smallest is slow already."""
        low, high = self.subject.ranges[variable]
        at = partial(self.cost, variable)
        steps = [(low, at(0.0, low))]
        if steps[0][1] > MOST_NS / LEAST_RANGE:
            return None
        wanted = TOP_NS if steps[0][1] < TOP_NS / LEAST_RANGE else MOST_NS
        while steps[-1][1] < wanted and steps[-1][0] < high:
            size = min(high, round(steps[-1][0] * min(STEP, self.room())))
            if size <= steps[-1][0]:
                break
            steps.append((size, at(0.0, size)))
        top, cost = steps[-1]
        slope = _slope(*steps[-2:]) if len(steps) > 1 else 1.0
        if cost > wanted and len(steps) > 1:
            wanted = MOST_NS if slope > STEEP else wanted
            top = min(high, round(_between(steps[-2], steps[-1], wanted)), int(top * self.room()))
            return self.spaced(variable, 0.0, low, top, slope)
        return self.enlarged(variable, low, top, cost, slope)

    def enlarged(self, variable: str, low: int, top: int, cost: float, slope: float) -> _Grid | None:
        """Make the other variables larger for a solution that is fast even at the largest size of this one."""
        scale = 0.0
        while cost < TOP_NS / 2 and scale < 1.0:
            if size_in_bytes(self.case(scale + 1 / SCALES, variable, top)[1:]) > self.subject.most_bytes:
                break
            before, scale = (math.exp(scale), cost), scale + 1 / SCALES
            cost = self.cost(variable, scale, top)
            if cost > TOP_NS:
                scale = math.log(_between(before, (math.exp(scale), cost), TOP_NS))
        if scale:
            lower = max(low, round(top / STEP))
            slope = _slope((lower, self.cost(variable, scale, lower)), (top, self.cost(variable, scale, top)))
        return self.spaced(variable, scale, low, top, slope)

    def room(self) -> float:
        """Return how many times larger the arguments of the last call may become."""
        return self.subject.most_bytes / self.given

    def spaced(self, variable: str, scale: float, low: int, top: int, slope: float) -> _Grid | None:
        """Space sizes evenly in logarithm, fewer where inputs are slow to send; none where too few would be left."""
        bottom = max(low, top / min(RANGE, COST_RANGE ** (1 / max(slope, 0.1))))
        if top < LEAST_RANGE * bottom * 0.99:
            return None
        wanted = SIZES if self.wall < SLOW_WALL else LEAST_SIZES
        sizes = tuple(int(size) for size in np.unique(np.round(np.geomspace(bottom, top, wanted)).astype(int)))
        return _Grid(variable, scale, sizes) if len(sizes) >= LEAST_SIZES else None

    def cost(self, variable: str, scale: float, size: int) -> float:
        """Return about what a call costs: nanoseconds of a single one."""
        call = self.case(scale, variable, size)
        self.given = size_in_bytes(call[1:])
        began = time.monotonic()
        ns = self.ns(call)
        self.wall = max(self.wall, time.monotonic() - began)
        return ns


def _slope(first: tuple[float, float], second: tuple[float, float]) -> float:
    (low, cost), (high, more) = first, second
    return math.log(more / cost) / math.log(high / low)


def _between(first: tuple[float, float], second: tuple[float, float], wanted: float) -> float:
    """Return the size at which a power law through two (size, cost) points costs ``wanted``."""
    (low, cost), (high, more) = first, second
    share = math.log(wanted / cost) / math.log(more / cost) if more > cost else 1.0
    return float(low * (high / low) ** share)


# -- lines through logarithms -----------------------------------------------------------------------------------


def fit(sizes: Sequence[float], values: Sequence[float]) -> Exponent | None:
    """Fit ``value = c * size**exponent`` by least squares on logarithms, with its 95 % interval.

    Returns None for fewer than four points.
    """
    if len(sizes) < LEAST_SIZES:
        return None
    x, y = np.log(np.asarray(sizes, dtype=float)), np.log(np.asarray(values, dtype=float))
    x = x - x.mean()
    spread = float(x @ x)
    slope = float(x @ y) / spread
    residuals = y - y.mean() - slope * x
    freedom = len(x) - 2
    error = math.sqrt(float(residuals @ residuals) / freedom / spread)
    half = max(MIN_HALF_WIDTH, STUDENT.get(freedom, 2.0) * error)
    return Exponent(exponent=round(slope, 3), low=round(slope - half, 3), high=round(slope + half, 3))


def fit_memory(sizes: Sequence[int], peaks: Sequence[int], given: int) -> Exponent | None:
    """Fit the growth of peaks, in bytes.

    Where they stay too small to be told from the interpreter's own needs, the answer is 0 if the largest arguments
    (``given``, bytes) are so large that memory which grows with them would have been seen, else None.
    """
    if max(peaks) < CONSTANT:
        return Exponent(exponent=0.0, low=0.0, high=0.0) if given > 2 * CONSTANT else None
    seen = [(size, peak) for size, peak in zip(sizes, peaks, strict=True) if peak >= FLOOR]
    if len(seen) < LEAST_SIZES:
        return None
    return fit(*zip(*seen, strict=True))
