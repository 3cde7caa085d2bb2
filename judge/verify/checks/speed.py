"""The targets are honest: the reference clears the highest with room to spare, and the baseline is as fast as itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from judge.errors import PackageError
from judge.verify.meter import measure
from judge.verify.model import Check, Figures, Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from judge.verify.bench import Bench

__all__ = ["needed", "run"]

ROOM, ROOM_TIED = 2.0, 1.3
"""Multiples of the top target that the reference must reach. Where the reference is itself the standard, the targets stand
close below what can be reached at sizes that can be timed, and the smaller one holds for Python."""
NAIVE_LOW, NAIVE_HIGH = 0.8, 1.2
ATTEMPTS = 3
"""A measurement that misses is repeated, and the median decides: a busy machine is no reason to fail."""


def needed(bench: Bench) -> float:
    """Return the speedup that the reference must reach."""
    manifest = bench.problem.manifest
    tied = manifest.speed.standard == "reference" and manifest.language == "python"
    return (ROOM_TIED if tied else ROOM) * max(manifest.speed.targets)


def run(bench: Bench) -> Check:
    """Measure reference and baseline under the protocol."""
    least = needed(bench)
    reference, naive = f"vectorized{bench.problem.suffix}", "naive.py"
    fast = _speedup(bench, reference, lambda value: value >= least)
    slow = _speedup(bench, naive, lambda value: NAIVE_LOW <= value <= NAIVE_HIGH)
    findings = []
    if fast < least:
        hint = "Make it faster, or lower [speed] targets in problem.toml."
        findings.append(Finding(title=f"{reference} reaches {fast:.3g}x, but must reach {least:.3g}x", detail=hint))
    if not NAIVE_LOW <= slow <= NAIVE_HIGH:
        hint = "It is measured against itself: look for work that is saved when inputs repeat, or sizes too small to measure."
        findings.append(Finding(title=f"{naive} reaches {slow:.3g}x of itself, but must stay at 1 within 20 %", detail=hint))
    return Check(
        name="speed",
        summary=f"reference {fast:.3g}x (must reach {least:.3g}x), naive {slow:.3g}x of itself",
        findings=tuple(findings),
        figures=Figures(reference=fast, naive=slow, needed=least),
    )


def _speedup(bench: Bench, name: str, holds: Callable[[float], bool]) -> float:
    """Measure until it holds, at most three times; the median of the three decides then."""
    speeds: list[float] = []
    for attempt in range(ATTEMPTS):
        bench.progress(f"speed of {name}", attempt, ATTEMPTS)
        outcome = measure(bench, name, bench.originals[name], attempt)
        if outcome.speed is None or outcome.speed.void is not None:
            reason = outcome.speed.void if outcome.speed is not None else outcome.failure and outcome.failure.message
            msg = f"problem {bench.problem.slug}: {name} cannot be measured: {reason}"
            raise PackageError(msg)
        speeds.append(outcome.speed.speedup)
        if holds(outcome.speed.speedup):
            return speeds[-1]
    return float(np.median(speeds))
