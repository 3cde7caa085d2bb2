"""The timing protocol: the speedup of a submission over the baseline, by the kernel's CPU clock, from outside.

The submission and a *standard* (the baseline, or the reference where one baseline call is too long to repeat) run in
boxes of the same kind on the same core, in interleaved pairs of batches::

    stage inputs ──▶ │ clock  run  …  last byte of the last output  clock │ ──▶ check every output
                       the charged window

- Every timed call gets fresh input, drawn from the run's secret seed, its shape jittered by up to 10 %.
  The jitters of a batch are stratified: each variable's jitters cover the range evenly, so that the mean work of
  a batch is that of the nominal size. The standard is trusted and runs at the nominal size.
- The statistic is the median of the pair ratios, with a bootstrap interval.
- CPU is conserved: what the submission used since its last window must be explained by receiving its inputs. What that
  costs is measured in every pair, on the standard's box, which receives the same bytes. The tier must hold with what is
  not explained added to the windows.
- What seems too fast is compared with the reference, twice (`is_astonishing`).

See docs/measurement.md for the experiments behind the figures.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from judge.authoring.calls import as_call, as_case, size_in_bytes
from judge.authoring.checks import Mismatch
from judge.authoring.paste import paste_call
from judge.boxes.session import RemoteError
from judge.cores import apart
from judge.errors import JudgeError, PackageError
from judge.model import Failure, Speed, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from judge.boxes.session import Batch, Session
    from judge.catalog import Problem
    from judge.model import Call

__all__ = ["CEILING", "SpeedOutcome", "decide_tier", "interval", "is_astonishing", "measure_speed", "stratified_jitter"]

SUBMISSION_NS = 15_000_000
"""CPU nanoseconds that a submission's batch should take at least: 100 times the clock's jitter seen here."""
STANDARD_NS = 40_000_000
TIE_PAIRS, TIE_NS = 3, 250_000_000
"""The baseline is tied to a reference by so many pairs, or by fewer once it has used so many nanoseconds."""
MAX_CALLS = 400
MAX_STAGED = 48 << 20
"""Bytes of arguments staged in one batch; they lie in the box's memory beside the submission's own."""
MIN_PAIRS, MAX_PAIRS, BLOCK = 4, 9, 5
BORDER_LOW, BORDER_HIGH = 0.8, 1.05
"""Medians within these multiples of a target get two more blocks."""
JITTER = 0.1
RESAMPLES = 400
MIN_SPREAD = 0.03
"""Relative half-width below which an interval of a few pairs is not believed."""
TOLERATED = {"cpu": (0.1, 0.1, 500_000), "wall": (0.5, 0.5, 5_000_000)}
"""By kind of clock: shares of the window and of the calibrated staging, and nanoseconds, that a batch may use unexplained."""
CEILING = 3.0
"""Times as fast as the reference: beyond that a result is measured again, and then looked at by a person."""
ROOM = 2.0
"""Times the top target that a reference reaches at least, where the baseline is the standard: `judge verify` proves it."""


@dataclass(frozen=True)
class SpeedOutcome:
    """The measured speed, or the failure that a timed call ended in; with the counterexample where an output was wrong.

    ``to_standard`` is how many times as fast as the standard the submission is, whatever the standard is.
    """

    speed: Speed | None
    failure: Failure | None = None
    counterexample: str | None = None
    to_standard: float = 0.0


@dataclass
class _Runner:
    """One side of the pairs: a session, how many calls make a batch, and what was measured."""

    session: Session
    calls: int = 1
    per_call: list[float] = field(default_factory=list)


@dataclass
class _Audit:
    """What the submission used in each timed batch, and before it since the batch before; with what receiving inputs explains."""

    windows: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    staging: list[int] = field(default_factory=list)

    def add(self, batch: Batch, staging: int) -> None:
        """Keep the figures of a batch of the submission, and what receiving the same bytes cost elsewhere."""
        self.windows.append(batch.ns)
        self.outside.append(batch.outside_ns)
        self.staging.append(staging)

    def clear(self) -> None:
        """Forget all batches."""
        for figures in (self.windows, self.outside, self.staging):
            figures.clear()

    def unexplained(self, clock_kind: str) -> tuple[float, float]:
        """Return the nanoseconds of a window, and those used outside one that nothing explains: 0 where they are few.

        Medians, as the speedup is one: whoever hides work in fewer than half of the batches has gained nothing.
        """
        window, staging = float(np.median(self.windows)), float(np.median(self.staging))
        excess = float(np.median(np.subtract(self.outside, self.staging)))
        of_window, of_staging, nanoseconds = TOLERATED[clock_kind]
        return window, excess if excess > of_window * window + of_staging * staging + nanoseconds else 0.0


class _WrongOutput(Exception):  # noqa: N818 - a finding, turned into a verdict below
    def __init__(self, mismatch: Mismatch, call: Call) -> None:
        super().__init__(mismatch.message)
        self.mismatch = mismatch
        self.call = call


def measure_speed(
    problem: Problem,
    submission: Session,
    standard: Session,
    *,
    rng: np.random.Generator,
    tie: Session | None = None,
    most_pairs: int | None = None,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> SpeedOutcome:
    """Measure the speedup of a loaded submission.

    Parameters
    ----------
    problem : Problem
        The problem.
    submission, standard : Session
        Fresh sessions, loaded. The standard holds the baseline, or the reference where ``tie`` is given.
    rng : numpy.random.Generator
        The source of inputs and order; its seed must be unknown to the submission.
    tie : Session, optional
        The baseline, where the standard is the reference: one block ties the two.
    most_pairs : int, optional
        Run at most so many pairs, for a quick look.
    progress : callable
        Told the pair under way.

    Raises
    ------
    PackageError
        When the standard itself fails.
    """
    meter = _Meter(problem, submission, standard, rng)
    try:
        with apart([session.pid for session in (submission, standard, tie) if session is not None and session.pid]):
            meter.warm_up()
            ratios = meter.pairs(progress, tie, most_pairs)
    except RemoteError as error:
        return SpeedOutcome(None, Failure(Verdict.RTE, f"raised {error} on the timed case", "", error.traceback))
    except Failure as failure:
        return SpeedOutcome(None, failure)
    except _WrongOutput as wrong:
        name, args, kwargs = wrong.call
        verdict = Failure(Verdict.WA, f"on the timed case: {wrong.mismatch.message}", "Test on inputs of the timed size.")
        return SpeedOutcome(None, verdict, paste_call(name, args, dict(kwargs), 300))
    return SpeedOutcome(meter.summary(ratios), to_standard=float(np.median(ratios)))


def is_astonishing(problem: Problem, outcome: SpeedOutcome) -> bool:
    """Whether a submission may be more than `CEILING` times as fast as the reference.

    Where the standard is the reference, it is. Else the reference need not be measured for most: it is known to reach `ROOM`
    times the top target.
    """
    speed, spec = outcome.speed, problem.manifest.speed
    if speed is None or speed.void is not None:
        return False
    return outcome.to_standard > CEILING if spec.standard == "reference" else speed.speedup > CEILING * ROOM * max(spec.targets)


class _Meter:
    """The state of one measurement."""

    def __init__(self, problem: Problem, submission: Session, standard: Session, rng: np.random.Generator) -> None:
        self.problem = problem
        self.spec = problem.manifest.speed
        self.submission = _Runner(submission)
        self.standard = _Runner(standard)
        self.rng = rng
        self.factor = 1.0
        self.audit = _Audit()
        self.shares_inputs = self.spec.standard == "reference"

    # -- inputs ---------------------------------------------------------------------------------------------

    def make_calls(self, count: int, *, jitter: bool) -> list[Call]:
        """Draw fresh inputs for a batch."""
        sizes = dict(self.spec.size)
        shifts = {name: stratified_jitter(self.rng, count) for name in sizes if jitter and name not in self.spec.exact}
        calls = []
        for position in range(count):
            size = {name: max(1, round(value * (1 + shifts[name][position]))) if name in shifts else value for name, value in sizes.items()}
            calls.append(as_call(self.spec.function, self.problem.cases.make_case(self.rng, **size)))
        return calls

    # -- batches --------------------------------------------------------------------------------------------

    @cached_property
    def bytes_per_call(self) -> int:
        """The bytes of the arguments of one call."""
        _, args, kwargs = self.make_calls(1, jitter=False)[0]
        return sum(map(size_in_bytes, (*args, *(value for _, value in kwargs))))

    def run_submission(self, *, audited: bool = True) -> float:
        """Run one batch of the submission; return CPU nanoseconds a call."""
        runner = self.submission
        calls = self.make_calls(runner.calls, jitter=True)
        batch = runner.session.batch(calls)
        self.check(calls, batch, self.answers(calls))
        if audited:
            self.audit.add(batch, self.receive(calls))
        return batch.ns / len(calls)

    def receive(self, calls: Sequence[Call]) -> int:
        """Measure what receiving a batch costs, on the trusted side: the standard's box receives it and drops it.

        In every pair, since the cost follows what else the machine does.
        """
        session = self.standard.session
        with self.trusting("timing standard"):
            used = session.stage(calls)
            session.stage([])
        return used

    def run_standard(self) -> float:
        """Run one batch of the standard; its outputs are trusted."""
        runner = self.standard
        with self.trusting("timing standard"):
            return runner.session.batch(self.make_calls(runner.calls, jitter=False)).ns / runner.calls

    def run_both(self, *, audited: bool = True) -> tuple[float, float]:
        """Run the same batch of the submission and of a reference that is the standard; return CPU nanoseconds a call of each.

        The reference's outputs are what is wanted then, and its staging is what receiving costs.
        """
        calls = self.make_calls(self.submission.calls, jitter=True)
        first_standard = bool(self.rng.integers(2))
        theirs = self.run_reference(calls) if first_standard else None
        ours = self.submission.session.batch(calls)
        theirs = theirs or self.run_reference(calls)
        self.check(calls, ours, theirs.results)
        if audited:
            self.audit.add(ours, theirs.outside_ns)
        return ours.ns / len(calls), theirs.ns / len(calls)

    def run_reference(self, calls: Sequence[Call]) -> Batch:
        """Run a batch of a reference that is the standard."""
        with self.trusting("timing standard"):
            return self.standard.session.batch(calls)

    @contextmanager
    def trusting(self, name: str) -> Iterator[None]:
        """Turn a failure of one of the package's own solutions into a fault of the package."""
        try:
            yield
        except (RemoteError, Failure) as error:
            msg = f"problem {self.problem.slug}: the {name} failed: {error}"
            raise PackageError(msg) from error

    def answers(self, calls: Sequence[Call]) -> Iterator[Any]:
        """Compute what the reference answers, in this process."""
        want = getattr(self.problem.reference, self.spec.function)
        for _, args, kwargs in calls:
            try:
                answer = want(*args, **dict(kwargs))
            except Exception as error:
                # The reference is a plug-in, as the check is.
                msg = f"problem {self.problem.slug}: the reference raised {type(error).__name__}: {error}"
                raise PackageError(msg) from error
            yield answer

    def check(self, calls: Sequence[Call], batch: Batch, answers: Iterable[Any]) -> None:
        """Check every output of a timed batch against the reference's."""
        for call, got, want in zip(calls, batch.results, answers, strict=True):
            name, args, kwargs = call
            try:
                self.problem.cases.check_case(as_case(call), got, want)
            except Mismatch as mismatch:
                raise _WrongOutput(mismatch, (name, args, kwargs)) from mismatch
            except JudgeError:
                raise
            except Exception as error:
                # The check is a plug-in: what else it raises is a fault of the package and must not pass as a verdict.
                msg = f"problem {self.problem.slug}: check_case raised {type(error).__name__}: {error}"
                raise PackageError(msg) from error

    def warm_up(self) -> None:
        """Run batches that look like the timed ones and choose how many calls a batch gets."""
        for _ in range(2):
            ours, theirs = self.run_both(audited=False) if self.shares_inputs else (self.run_submission(audited=False), 0.0)
            self.submission.calls = self.fitting(ours, SUBMISSION_NS)
            if theirs > SUBMISSION_NS:
                break  # one call is a batch on both sides: a second one would tell no more
        self.standard.calls = self.fitting(theirs or self.run_standard(), STANDARD_NS)

    def fitting(self, per_call: float, wanted: int) -> int:
        """Return how many calls fill the wanted time without staging too much."""
        most = max(1, min(MAX_CALLS, MAX_STAGED // max(1, self.bytes_per_call)))
        return int(min(most, max(1, np.ceil(wanted / max(per_call, 1.0)))))

    def outgrown(self) -> bool:
        """Give a batch more calls where its window was too short; say whether that was so.

        The calls are as many as the warm-up asked for, and a submission may be slow in the warm-up on purpose: in a short
        window little hidden work is a lot.
        """
        window, calls = self.audit.windows[-1], self.submission.calls
        if window >= SUBMISSION_NS / 2:
            return False
        self.submission.calls = max(calls, self.fitting(window / calls, SUBMISSION_NS))
        return self.submission.calls > calls

    # -- pairs ----------------------------------------------------------------------------------------------

    def pairs(self, progress: Callable[[str, int, int], None], tie: Session | None, most: int | None = None) -> list[float]:
        """Run interleaved pairs until the interval is clear of every target, or the blocks are used up.

        The baseline is tied to a reference once the pairs have warmed both up, and before they are compared with a target.
        """
        ratios: list[float] = []
        budget = most or MAX_PAIRS
        while len(ratios) < budget:
            progress("measuring speed", len(ratios), budget)
            ratios.append(self.pair())
            if self.outgrown():
                ratios.clear()
                self.forget_pairs()
                continue
            if tie is not None and len(ratios) == min(MIN_PAIRS, budget):
                self.tie(tie)
            if len(ratios) >= MIN_PAIRS and is_clear([ratio * self.factor for ratio in ratios], self.spec.targets):
                break
            if len(ratios) == MAX_PAIRS and is_borderline(float(np.median(ratios)) * self.factor, self.spec.targets):
                budget = MAX_PAIRS + 2 * BLOCK
        return ratios

    def pair(self) -> float:
        """Run one batch of each side, in random order; return the ratio of CPU time a call."""
        if self.shares_inputs:
            submission, standard = self.run_both()
        else:
            first_standard = bool(self.rng.integers(2))
            standard = self.run_standard() if first_standard else 0.0
            submission = self.run_submission()
            standard = standard if first_standard else self.run_standard()
        self.submission.per_call.append(submission)
        self.standard.per_call.append(standard)
        return standard / max(submission, 1.0)

    def forget_pairs(self) -> None:
        """Start again with the pairs."""
        self.audit.clear()
        self.submission.per_call.clear()
        self.standard.per_call.clear()

    def tie(self, baseline: Session) -> None:
        """Measure how much slower the baseline is than the reference, in interleaved pairs: one will do for a long call."""
        ratios: list[float] = []
        spent = 0
        while len(ratios) < TIE_PAIRS and spent < TIE_NS:
            with self.trusting("baseline"):
                slow = baseline.batch(self.make_calls(1, jitter=False)).ns
            ratios.append(slow / max(1.0, float(np.median([*self.standard.per_call, self.run_standard()]))))
            spent += slow
        self.factor = float(np.median(ratios))

    # -- the result -----------------------------------------------------------------------------------------

    def summary(self, ratios: Sequence[float]) -> Speed:
        """Put the figures together and decide the tier."""
        low, median, high = interval(np.multiply(ratios, self.factor), self.rng)
        targets = self.spec.targets
        void = self.void(median)
        return Speed(
            clock="cpu" if self.submission.session.clock_kind == "cpu" else "wall",
            speedup=round(median, 3),
            low=round(low, 3),
            high=round(high, 3),
            targets=targets,
            tier=decide_tier(median, targets) if void is None else "below",
            borderline=is_borderline(median, targets),
            void=void,
            baseline_ms=round(float(np.median(self.standard.per_call)) * self.factor / 1e6, 4),
            submission_ms=round(float(np.median(self.submission.per_call)) / 1e6, 4),
            pairs=len(ratios),
        )

    def void(self, speedup: float) -> str | None:
        """Conserve CPU: say why the tier is void where it is owed to work outside the charged windows.

        The tier that holds with that work charged is kept: an honest submission may leave garbage to be collected.
        """
        session = self.submission.session
        window, excess = self.audit.unexplained(session.clock_kind)
        targets = self.spec.targets
        if decide_tier(speedup * window / max(window + excess, 1.0), targets) == decide_tier(speedup, targets):
            return None
        what = "CPU time" if session.clock_kind == "cpu" else "time"
        return (
            f"{excess / 1e6:.1f} ms of {what} a batch were used outside the timed calls and are not explained by receiving inputs; "
            f"inside the timed calls {window / 1e6:.1f} ms were used"
        )


# -- pure policy ----------------------------------------------------------------------------------------------


def stratified_jitter(rng: np.random.Generator, count: int) -> np.ndarray:
    """Draw ``count`` relative shifts within ±10 %, one in each equal part of the range, in random order."""
    edges = np.linspace(-JITTER, JITTER, count + 1)
    return rng.permutation(rng.uniform(edges[:-1], edges[1:]))


def interval(ratios: Sequence[float] | np.ndarray, rng: np.random.Generator) -> tuple[float, float, float]:
    """Return the 95 % bootstrap interval of the median and the median itself: low, median, high."""
    values = np.asarray(ratios, dtype=np.float64)
    medians = np.median(rng.choice(values, (RESAMPLES, len(values))), axis=1)
    median = float(np.median(values))
    low, high = np.percentile(medians, [2.5, 97.5])
    return float(low), median, float(high)


def is_clear(ratios: Sequence[float], targets: Sequence[float]) -> bool:
    """Whether every pair so far lies on the same side of every target, with room to spare."""
    low, high = min(ratios) * (1 - MIN_SPREAD), max(ratios) * (1 + MIN_SPREAD)
    return all(high < target * BORDER_LOW or low > target * BORDER_HIGH for target in targets)


def is_borderline(median: float, targets: Sequence[float]) -> bool:
    """Whether the median is within [0.8 T, 1.05 T] of a target T."""
    return any(target * BORDER_LOW <= median <= target * BORDER_HIGH for target in targets)


def decide_tier(median: float, targets: Sequence[float]) -> str:
    """Name the highest target reached, or ``below``."""
    reached = [target for target in targets if median >= target]
    return f"{max(reached):g}x" if reached else "below"
