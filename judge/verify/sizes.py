"""Whether the sizes of a timed case suit a machine: the baseline long enough to measure, the harness too small to matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from judge.authoring.calls import as_call
from judge.errors import PackageError
from judge.verify.checks.speed import needed
from judge.verify.hand import Hand
from judge.verify.meter import measure
from judge.verify.trial import open_source

if TYPE_CHECKING:
    from judge.verify.bench import Bench

__all__ = ["Sizes", "measure_sizes"]

BASELINE_MS = (40.0, 100.0)
HARNESS_SHARE = 0.05
CALLS, BATCHES = 50, 5
ECHO = """

_answers = []
_honest = {function}


def {function}(*args, **kwargs):
    if not _answers:
        _answers.append(_honest(*args, **kwargs))
    return _answers[0]
"""
"""Behind the reference: after the first call, a function that does nothing and returns as much as the real one."""


@dataclass(frozen=True)
class Sizes:
    """What the timed case takes.

    Parameters
    ----------
    baseline_ms : float
        CPU milliseconds of a call of the baseline.
    reference, needed : float
        The reference's speedup, and what it must be.
    share : float or None
        CPU of a call that does nothing, as a share of a call that just meets the top target; None for SQL.
    tied : bool
        Whether the reference is the standard, so that the baseline may take long.
    """

    baseline_ms: float
    reference: float
    needed: float
    share: float | None
    tied: bool

    @property
    def complaints(self) -> tuple[str, ...]:
        """What does not suit."""
        low, high = BASELINE_MS
        found = []
        if not self.tied and not low <= self.baseline_ms <= high:
            found.append(
                f"a baseline call should take {low:g} to {high:g} ms: make [speed] size {'larger' if self.baseline_ms < low else 'smaller'}"
            )
        if self.reference < self.needed:
            found.append(f"the reference should reach {self.needed:g}x")
        if self.share is not None and self.share > HARNESS_SHARE:
            found.append(f"the harness should take less than {HARNESS_SHARE:.0%} of a call that just meets the top target")
        return tuple(found)


def measure_sizes(bench: Bench) -> Sizes:
    """Measure the timed case of a package.

    Raises
    ------
    PackageError
        When the package's own solutions fail.
    """
    problem = bench.problem
    spec = problem.manifest.speed
    name = f"vectorized{problem.suffix}"
    outcome = measure(bench, name, bench.originals[name], 0)
    if outcome.speed is None:
        msg = f"problem {problem.slug}: {name} cannot be measured: {outcome.failure and outcome.failure.message}"
        raise PackageError(msg)
    baseline_ms = outcome.speed.baseline_ms
    share = None
    if problem.manifest.language == "python":
        share = _empty_call_ms(bench, name) * max(spec.targets) / baseline_ms
    return Sizes(baseline_ms, outcome.speed.speedup, needed(bench), share, spec.standard == "reference")


def _empty_call_ms(bench: Bench, name: str) -> float:
    """Measure a call that does nothing: inputs staged outside the window, an output of the real size."""
    problem, hand = bench.problem, Hand(bench.box)
    spec = problem.manifest.speed
    source = bench.originals[name] + ECHO.format(function=spec.function).encode()
    rng = np.random.default_rng(0)
    calls = [as_call(spec.function, problem.cases.make_case(rng, **spec.size)) for _ in range(2)]
    try:
        with open_source(hand, problem, name, source) as session:
            session.batch(calls)
            batches = [session.batch([calls[0]] * CALLS) for _ in range(BATCHES)]
    finally:
        hand.rest()
    return float(np.median([batch.ns for batch in batches])) / CALLS / 1e6
