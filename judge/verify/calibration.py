"""Sizes proposed for this machine: for the timed case, and for the ranges over which growth is measured."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from judge.authoring.calls import as_call, size_in_bytes
from judge.boxes import RemoteError
from judge.complexity import Subject
from judge.model import Failure
from judge.verify.bench import Bench, Options
from judge.verify.crew import Crew
from judge.verify.hand import Hand
from judge.verify.proposals import Band, Ranges, propose_ranges, propose_size
from judge.verify.sizes import Sizes, measure_sizes
from judge.verify.trial import open_source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from judge.boxes import Box, Session
    from judge.catalog import Problem

__all__ = ["Calibration", "calibrate", "toml_fragment"]

SIZE_SECONDS, RANGE_SECONDS = 25.0, 15.0
"""How long sizes are tried; measuring the present and the proposed size comes on top, some seconds each."""
AIM_MS = (60.0, 90.0)
"""Milliseconds of a baseline call aimed at: the upper part of what suits, where ratios are better."""
TIED_AIM = (0.8, 1.25)
"""Where the baseline may take long, it should take about as long as now."""
GAIN = 1.1
"""A present size that suits is kept unless the proposed one is so much better."""
MAX_STAGED, MEMORY_SHARE = 24 << 20, 0.25
"""Bytes of a call's arguments at most, and as a share of the problem's memory."""
BATCH_MS, MAX_CALLS, BATCHES = 5.0, 16, 3
LONG_MS = 300.0
"""A call that takes longer is made once."""
GUESS = 8
"""Without a range, a variable is tried from so many times less than its timed size to so many times more."""


@dataclass(frozen=True)
class Calibration:
    """What the present sizes give here, and what is proposed.

    Parameters
    ----------
    problem : Problem
        The package as it is.
    present, proposed : Sizes
        What the timed case takes at the present and at the proposed size, by the judge's own protocol.
    size : dict of str to int
        The proposed size; the present one where that suits as well.
    ranges : Ranges
        The proposed ranges.
    """

    problem: Problem
    present: Sizes
    proposed: Sizes
    size: dict[str, int]
    ranges: Ranges

    @property
    def keeps_size(self) -> bool:
        """Whether the present size is as good."""
        return self.size == dict(self.problem.manifest.speed.size)


class _Gauge:
    """Milliseconds of one solution's call at any sizes; each is measured once.

    Parameters
    ----------
    start : callable
        Opens a session with the solution loaded; called again where a call has ended it.
    function : str
        The function to call.
    make_case : callable
        ``make_case(rng, **sizes)``.
    most : float
        Bytes of arguments at most.
    """

    def __init__(self, start: Callable[[], Session], function: str, make_case: Callable[..., Any], most: float) -> None:
        self._start = start
        self._function = function
        self._make_case = make_case
        self._most = most
        self._session: Session | None = None
        self._known: dict[tuple[tuple[str, int], ...], float | None] = {}

    def __call__(self, sizes: Mapping[str, int]) -> float | None:
        """Return the milliseconds, or None where no such call can be made."""
        key = tuple(sorted(sizes.items()))
        if key not in self._known:
            self._known[key] = self._measure(sizes)
        return self._known[key]

    def _measure(self, sizes: Mapping[str, int]) -> float | None:
        try:
            call = as_call(self._function, self._make_case(np.random.default_rng(0), **sizes))
        except (ValueError, IndexError, TypeError, ArithmeticError, MemoryError):  # sizes that do not go together
            return None
        bytes_ = size_in_bytes(call)
        if bytes_ > self._most:
            return None
        if self._session is None or self._session.over:
            self.close()
            self._session = self._start()
            self._session.batch([call])  # the first call of a box warms it up
        try:
            first = self._session.batch([call]).ns / 1e6
            if first > LONG_MS:
                return first
            count = max(1, min(MAX_CALLS, math.ceil(BATCH_MS / max(first, 1e-3)), int(self._most / bytes_)))
            return min(self._session.batch([call] * count).ns / count for _ in range(BATCHES)) / 1e6
        except (RemoteError, Failure):
            return None

    def close(self) -> None:
        """End the session."""
        if self._session is not None:
            self._session.close()
            self._session = None


def calibrate(problem: Problem, box: Box, progress: Callable[[str, int, int], None]) -> Calibration:
    """Measure the present sizes and propose better ones. About a minute at most.

    Parameters
    ----------
    problem : Problem
        The package; not changed.
    box : Box
        Where its own solutions run.
    progress : callable
        Told what is being done.

    Raises
    ------
    PackageError
        When the package's own solutions fail.
    """
    spec = problem.manifest.speed
    tied = spec.standard == "reference"
    progress("measuring the present size", 0, 0)
    present = measure_sizes(_bench(problem, box))
    band = Band(*(factor * present.baseline_ms for factor in TIED_AIM)) if tied else Band(*AIM_MS)
    exact = frozenset(spec.exact)
    hand = Hand(box)
    gauges: list[_Gauge] = []

    def gauge(name: str, source: bytes, make_case: Callable[..., Any]) -> _Gauge:
        most = min(MAX_STAGED, MEMORY_SHARE * (problem.manifest.limits.memory << 20))
        gauges.append(_Gauge(lambda: open_source(hand, problem, name, source), spec.function, make_case, most))
        return gauges[-1]

    def counted(what: str, cost: _Gauge) -> Callable[[Mapping[str, int]], float | None]:
        def measure(sizes: Mapping[str, int]) -> float | None:
            progress(f"{what}: {', '.join(f'{name} = {value}' for name, value in sizes.items())}", 0, 0)
            return cost({**subject.fixed, **sizes})

        return measure

    subject = _subject(problem)
    reference_name = f"vectorized{problem.suffix}"
    try:
        slow = gauge("naive.py", problem.baseline_source, problem.cases.make_case)
        fast = gauge(reference_name, problem.reference_source, problem.cases.make_case)
        trial = propose_size(
            spec.size, exact, counted("timed size", slow), counted("timed size", fast), band=band, enough=_timer(SIZE_SECONDS)
        )
        if subject.make_case is not problem.cases.make_case:
            slow = gauge("naive.py", problem.baseline_source, subject.make_case)
            fast = gauge(reference_name, problem.reference_source, subject.make_case)
        low = {name: smallest for name, (smallest, _) in subject.ranges.items()}
        high = {name: largest for name, (_, largest) in subject.ranges.items()}
        ranges = propose_ranges(
            low, high, exact, counted("smallest sizes", slow), counted("largest sizes", fast), enough=_timer(RANGE_SECONDS)
        )
    finally:
        for one in gauges:
            one.close()
        hand.rest()
    size, proposed = dict(spec.size), present
    if trial is not None and trial.size != size:
        progress("measuring the proposed size", 0, 0)
        manifest = msgspec.structs.replace(problem.manifest, speed=msgspec.structs.replace(spec, size=trial.size))
        tried = measure_sizes(_bench(replace(problem, manifest=manifest), box))
        if _is_better(tried, present):
            size, proposed = trial.size, tried
    return Calibration(problem, present, proposed, size, ranges)


def _is_better(tried: Sizes, present: Sizes) -> bool:
    """Say whether a size is worth the change."""
    fewer = len(present.complaints) - len(tried.complaints)
    return fewer > 0 or (fewer == 0 and tried.reference > GAIN * present.reference)


def _subject(problem: Problem) -> Subject:
    """Return what growth is measured of; a size without a range gets a guess, if the manifest names no variables at all."""
    subject = Subject.of(problem)
    if subject.ranges:
        return subject
    spec = problem.manifest.speed
    ranges = {name: (max(1, value // GUESS), value * GUESS) for name, value in spec.size.items() if name not in spec.exact}
    return replace(subject, ranges=ranges, fixed={name: value for name, value in spec.size.items() if name not in ranges})


def _bench(problem: Problem, box: Box) -> Bench:
    return Bench(problem, box, Crew((), box.name, 1), Options(), lambda *_: None)


def _timer(seconds: float) -> Callable[[], bool]:
    """Return what says when the time is up; it begins with the first question."""
    end: list[float] = []

    def enough() -> bool:
        if not end:
            end.append(time.monotonic() + seconds)
        return time.monotonic() > end[0]

    return enough


def toml_fragment(calibration: Calibration) -> str:
    """Write the proposal as it stands in ``problem.toml``: the tables ``[speed]`` and ``[variables]``, complete."""
    manifest = calibration.problem.manifest
    spec = manifest.speed
    sizes = ", ".join(f"{name} = {value}" for name, value in calibration.size.items())
    rows = ["[speed]", f'function = "{spec.function}"', f"size = {{ {sizes} }}"]
    rows += [f"targets = [{', '.join(f'{target:g}' for target in spec.targets)}]"]
    if spec.exact:
        rows.append("exact = [" + ", ".join(f'"{name}"' for name in spec.exact) + "]")
    if spec.standard != "baseline":
        rows.append(f'standard = "{spec.standard}"')
    if spec.time_limit is not None:
        rows.append(f"time_limit = {spec.time_limit}")
    for name, low in calibration.ranges.low.items():
        title = manifest.variables[name].title if name in manifest.variables else name
        rows += [
            "",
            f"[variables.{name}]",
            f"title = {msgspec.json.encode(title).decode()}",
            f"low = {low}",
            f"high = {calibration.ranges.high[name]}",
        ]
    return "\n".join(rows) + "\n"
