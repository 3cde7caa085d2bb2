"""Speed under the judge's own protocol, in this process and with nothing beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from judge.errors import PackageError
from judge.model import Failure
from judge.timing import SpeedOutcome, measure_speed
from judge.verify.hand import Hand
from judge.verify.trial import open_source

if TYPE_CHECKING:
    from judge.boxes import Session
    from judge.verify.bench import Bench

__all__ = ["measure"]


def measure(bench: Bench, name: str, source: bytes, seed: int) -> SpeedOutcome:
    """Measure the speedup of a source over the baseline, as a judgement does.

    Parameters
    ----------
    bench : Bench
        The work on the package.
    name : str
        A file name; its ending says the language.
    source : bytes
        The source.
    seed : int
        Fixes inputs and order.

    Raises
    ------
    PackageError
        When the package's own solutions fail.
    """
    hand = Hand(bench.box)
    try:
        with open_source(hand, bench.problem, name, source) as submission, _own(bench, hand, "naive.py") as baseline:
            rng = np.random.default_rng([seed, 1])
            if bench.problem.manifest.speed.standard == "baseline":
                return measure_speed(bench.problem, submission, baseline, rng=rng)
            with _own(bench, hand, f"vectorized{bench.problem.suffix}") as reference:
                return measure_speed(bench.problem, submission, reference, rng=rng, tie=baseline)
    except Failure as failure:
        return SpeedOutcome(None, failure)
    finally:
        hand.rest()


def _own(bench: Bench, hand: Hand, name: str) -> Session:
    """Open one of the package's own solutions."""
    try:
        return open_source(hand, bench.problem, name, bench.originals[name])
    except Failure as failure:
        msg = f"problem {bench.problem.slug}: {name} does not load: {failure.message}"
        raise PackageError(msg) from failure
