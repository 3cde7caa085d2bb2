"""Geometry of the report's pictures: from figures to places in a frame. Pure, and no markup: the template draws it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from judge.report.words import figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from judge.model import Curve, Speed

__all__ = ["Axis", "Frame", "Plot", "Series", "SpeedBar", "Target", "Tick", "draw_growth", "draw_speed", "duration", "spread", "ticks"]

# Of log axes. Anything beyond is no time or size that was measured, and is left out; a ratio is moved to the edge.
SMALLEST, LARGEST = 1e-12, 1e12
DECADE = 10.0
PADDING = 1.12
X_TICKS, Y_TICKS = 6, 7
LABEL_HEIGHT = 14.0
NEAR = 18.0
"""Per cent of the bar's width; the labels of targets nearer than this stand in two rows."""
NAMES = {"baseline": "baseline", "reference": "reference", "submission": "yours"}
"""In the order of drawing, the learner's own on top."""


@dataclass(frozen=True)
class Frame:
    """The frame of a growth plot in user units, inside a picture of ``width`` by ``height``; y points down."""

    width: float = 320.0
    height: float = 236.0
    left: float = 50.0
    right: float = 250.0
    top: float = 26.0
    bottom: float = 196.0


@dataclass(frozen=True)
class Axis:
    """A logarithmic axis from ``low`` to ``high``, drawn from ``start`` to ``end``.

    Raises
    ------
    ValueError
        When the range is empty or not positive.
    """

    low: float
    high: float
    start: float
    end: float

    def __post_init__(self) -> None:
        if not 0 < self.low < self.high:
            raise ValueError(f"no logarithmic range: {self.low} to {self.high}")

    def at(self, value: float) -> float:
        """Return the place of a positive value; beyond the ends, the end."""
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return round(self.start + min(1.0, max(0.0, share)) * (self.end - self.start), 2)


@dataclass(frozen=True)
class Tick:
    """A place on an axis and what is written there."""

    at: float
    label: str


@dataclass(frozen=True)
class Series:
    """One solution's points, from left to right, and where its name stands."""

    who: str
    name: str
    points: tuple[tuple[float, float], ...]
    label_y: float


@dataclass(frozen=True)
class Plot:
    """CPU time against one size variable, both axes logarithmic."""

    variable: str
    frame: Frame
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    series: tuple[Series, ...]
    words: str


@dataclass(frozen=True)
class Target:
    """A target's mark on the bar; ``row`` 1 is above row 0."""

    at: float
    label: str
    reached: bool
    row: int


@dataclass(frozen=True)
class SpeedBar:
    """The speedup on a logarithmic axis; all places in per cent of its width."""

    one: float
    value: float
    low: float
    high: float
    ticks: tuple[Tick, ...]
    targets: tuple[Target, ...]
    rows: int
    words: str


def draw_growth(curves: Sequence[Curve], frame: Frame = Frame()) -> tuple[Plot, ...]:
    """Lay out one plot for each size variable, in the order in which they come.

    Sizes and times that are not positive and finite have no place on a logarithmic axis and are left out; a curve
    without any point is left out, and so is a variable without any curve.
    """
    variables = dict.fromkeys(curve.variable for curve in curves)
    plots = (_plot(variable, [curve for curve in curves if curve.variable == variable], frame) for variable in variables)
    return tuple(plot for plot in plots if plot is not None)


def draw_speed(speed: Speed) -> SpeedBar:
    """Lay out the bar: from 1x, or below it where the submission is slower, to beyond the top target."""
    value, low, high = (min(LARGEST, max(SMALLEST, ratio)) for ratio in (speed.speedup, speed.low, speed.high))
    targets = [target for target in speed.targets if _drawable(target)]
    axis = Axis(min(1.0, value / PADDING, low / PADDING), max([2.0, value * PADDING, high * PADDING, *(2 * t for t in targets)]), 0, 100)
    marks: list[Target] = []
    for target in targets:
        at = axis.at(target)
        crowded = bool(marks) and at - marks[-1].at < NEAR
        marks.append(Target(at, f"{target:g}x", speed.speedup >= target, 1 - marks[-1].row if crowded else 0))
    return SpeedBar(
        one=axis.at(1.0),
        value=axis.at(value),
        low=axis.at(low),
        high=axis.at(high),
        ticks=tuple(Tick(axis.at(tick), f"{tick:g}x") for tick in ticks(axis.low, axis.high, X_TICKS)),
        targets=tuple(marks),
        rows=1 + max((mark.row for mark in marks), default=0),
        words=f"{figure(value)} times as fast as the baseline, interval {figure(low)} to {figure(high)}; targets "
        + (", ".join(mark.label for mark in marks) or "none"),
    )


def ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return round values between two positive ones for a logarithmic axis: at most ``most``, as dense as that allows.

    The values are 1, 2, 5 of each decade; or 1, 3; or the decades; or every n-th decade.
    """
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for digits in ("125", "13", "1"):
        found = _between(low, high, digits, range(first, last + 1))
        if len(found) <= most:
            return found
    step = 2
    while True:
        found = _between(low, high, "1", [power for power in range(first, last + 1) if power % step == 0])
        if len(found) <= most:
            return found
        step += 1


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Move places apart so that neighbours are ``gap`` apart, in the same order, each within the bounds if there is room."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    places = [min(high, max(low, wanted[index])) for index in order]
    for left, right in pairwise(range(len(places))):
        places[right] = max(places[right], places[left] + gap)
    ceiling = high
    for index in reversed(range(len(places))):
        places[index] = max(low, min(places[index], ceiling))
        ceiling = places[index] - gap
    moved = dict(zip(order, places, strict=True))
    return tuple(round(moved[index], 2) for index in range(len(wanted)))


def duration(ms: float) -> str:
    """Write milliseconds with the unit that suits: ``20 μs``, ``1.5 ms``, ``3 s``."""
    for unit, factor in (("s", 1e-3), ("ms", 1.0), ("μs", 1e3)):
        if ms * factor >= 1:
            return f"{figure(ms * factor)} {unit}"
    return f"{figure(ms * 1e6)} ns"


def _plot(variable: str, curves: Sequence[Curve], frame: Frame) -> Plot | None:
    found = {who: [point for curve in curves if curve.who == who for point in _points(curve)] for who in NAMES}
    drawn = {who: sorted(points) for who, points in found.items() if points}
    if not drawn:
        return None
    sizes, times = zip(*(point for points in drawn.values() for point in points), strict=True)
    x = Axis(*_range(sizes), frame.left, frame.right)
    y = Axis(*_range(times), frame.bottom, frame.top)
    ends = spread([y.at(points[-1][1]) for points in drawn.values()], LABEL_HEIGHT, frame.top, frame.bottom)
    return Plot(
        variable=variable,
        frame=frame,
        x_ticks=tuple(Tick(x.at(size), _count(size)) for size in ticks(x.low, x.high, X_TICKS)),
        y_ticks=tuple(Tick(y.at(ms), duration(ms)) for ms in ticks(y.low, y.high, Y_TICKS)),
        series=tuple(
            Series(who, NAMES[who], tuple((x.at(size), y.at(ms)) for size, ms in points), end)
            for (who, points), end in zip(drawn.items(), ends, strict=True)
        ),
        words="; ".join(_described(NAMES[who], variable, points) for who, points in reversed(drawn.items())),
    )


def _points(curve: Curve) -> list[tuple[float, float]]:
    pairs = zip(curve.sizes, curve.ms, strict=False)  # a picture is no place to fail
    return [(size, ms) for size, ms in pairs if _drawable(size) and _drawable(ms)]


def _drawable(value: float) -> bool:
    return SMALLEST <= value <= LARGEST  # a NaN is not


def _range(values: Sequence[float]) -> tuple[float, float]:
    """Return the range of an axis: a little more than the values', and a decade at least, which has ticks to read."""
    low, high = min(values), max(values)
    centre, half = math.sqrt(low * high), max(math.sqrt(high / low) * PADDING, math.sqrt(DECADE))
    return centre / half, centre * half


def _between(low: float, high: float, digits: str, powers: Sequence[int]) -> tuple[float, ...]:
    values = (float(f"{digit}e{power}") for power in powers for digit in digits)
    return tuple(value for value in values if low <= value <= high)


def _described(name: str, variable: str, points: Sequence[tuple[float, float]]) -> str:
    (first, fast), (last, slow) = points[0], points[-1]
    end = f" to {duration(slow)} at {_count(last)}" if len(points) > 1 else ""
    return f"{name}: {duration(fast)} at {variable} = {_count(first)}{end}"


def _count(size: float) -> str:
    for unit, factor in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if size >= factor:
            return f"{size / factor:.4g}{unit}"
    return f"{size:.4g}"
