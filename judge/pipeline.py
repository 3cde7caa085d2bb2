"""The straight line of a judgement: read → correctness → speed → growth → grade.

Nothing here decides: every phase is a module of its own. This file starts boxes in time for the phase that
needs them, and turns the first failure into a verdict.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from judge.cores import apart, together
from judge.errors import PackageError
from judge.grading import score
from judge.model import HOLDS, Correctness, Failure, Report, Speed, Verdict
from judge.store import default_path
from judge.submission import check_source

if TYPE_CHECKING:
    import numpy as np

    from judge.boxes import Box, Session
    from judge.catalog import Problem
    from judge.complexity import Subject
    from judge.errors import JudgeError
    from judge.model import BoxInfo, Complexity, Curve
    from judge.submission import Submission
    from judge.timing import SpeedOutcome

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done and how many there are."""

QUICK_EXAMPLES, QUICK_PAIRS = 30, 2
SEED_BITS = 53
"""More than a submission can try while it runs, to learn what inputs will come; and what every reader of JSON keeps exact."""
LOOKS = 2
"""How often a submission must turn out too fast before a person is asked to look."""
HOLDS_QUICKLY = f"{HOLDS} on {QUICK_EXAMPLES} inputs each: a quick look, no full verdict"

__all__ = ["Judgement", "Options", "judge_error", "judge_submission"]


@dataclass(frozen=True)
class Options:
    """How to judge.

    Parameters
    ----------
    seed : int or None
        Fixes every input drawn; None draws a secret one.
    keep_going : bool
        Run all properties even after a required one has failed.
    speed : bool
        Measure speed after an accepted correctness phase, and then growth.
    growth : bool
        Measure how time and memory grow.
    curves : bool
        Measure what the picture in the HTML report shows.
    quick : bool
        Take a quick look: fewer examples of each property, a few timed pairs, no growth. Says so in the reason.
    """

    seed: int | None = None
    keep_going: bool = False
    speed: bool = True
    growth: bool = True
    curves: bool = False
    quick: bool = False


@dataclass(frozen=True)
class Judgement:
    """A report, and what belongs to it on a screen but not in the report: hint, traceback, printed output, curves."""

    report: Report
    problem: Problem
    submission: Submission
    hint: str = ""
    detail: str = ""
    output: str = ""
    counterexample: str = ""
    curves: tuple[Curve, ...] = ()


def judge_submission(
    problem: Problem,
    submission: Submission,
    box: Box,
    options: Options = Options(),
    progress: Progress = lambda *_: None,
) -> Judgement:
    """Judge one submission.

    Raises
    ------
    JudgeError
        When the judge, the machine or the problem package is at fault. A bad submission never raises.
    """
    return _Run(problem, submission, box, options, progress).judge()


def judge_error(problem: Problem, submission: Submission, box: BoxInfo, error: JudgeError) -> Judgement:
    """Write the report of a judgement that failed for a reason that is not the submission's: verdict ``JE``, retryable."""
    report = Report(
        problem=problem.slug,
        problem_version=problem.version,
        submission_sha256=submission.sha256,
        verdict=Verdict.JE,
        reason=error.message,
        score=0.0,
        max_score=problem.max_score,
        box=box,
        seed=0,
        correctness=Correctness(passed=0, total=0, properties=()),
        speed=None,
        complexity=None,
        durations={},
    )
    return Judgement(report, problem, submission, hint=error.hint or "This is not your fault; try again, or run `judge doctor`.")


@dataclass(frozen=True)
class _TimingBoxes:
    """The boxes after the properties: the reference's only where it is the standard, the reader's where growth is measured."""

    submission: Session
    baseline: Session
    reference: Session | None
    reader: Session | None


class _Run:
    """One judgement under way."""

    def __init__(self, problem: Problem, submission: Submission, box: Box, options: Options, progress: Progress) -> None:
        self.problem = problem
        self.submission = submission
        self.box = box
        self.options = replace(options, growth=options.growth and not options.quick)
        self.progress = progress
        self.seed = secrets.randbits(SEED_BITS) if options.seed is None else options.seed
        self.began = time.monotonic()
        self.durations: dict[str, float] = {}
        self.boxes = ExitStack()
        self.output = ""
        self.counterexample = ""
        self.flag = ""
        self.curves: tuple[Curve, ...] = ()

    def judge(self) -> Judgement:
        """Go down the line; the first failure is the verdict."""
        correctness = Correctness(passed=0, total=0, properties=())
        speed: Speed | None = None
        complexity: Complexity | None = None
        failure: Failure | None = None
        with self.boxes:
            try:
                check_source(self.submission, self.problem.suffix)
                self.progress("starting the box", 0, 0)
                session = self.load(self.open())
                timing = self.open_timing() if self.options.speed else None
                correctness, failure = self.check(session)
                if failure is None and timing is not None:
                    session.close()
                    speed, failure = self.time(timing)
                    if failure is None and timing.reader is not None:
                        complexity = self.grow(timing, timing.reader)
            except Failure as caught:
                failure = caught
        return self.conclude(correctness, speed, complexity, failure)

    # -- boxes ----------------------------------------------------------------------------------------------

    def open(self) -> Session:
        """Start a box; it is closed with the run."""
        return self.boxes.enter_context(self.box.open(self.problem.manifest.limits))

    def load(self, session: Session, *, measured: bool = False) -> Session:
        """Load the submission and require the functions that the problem asks for."""
        names = self.problem.manifest.functions
        try:
            found, others = session.load(self.submission.source, _plain_name(self.submission.name), names, measured=measured)
        finally:
            self.output = session.output or self.output
        missing = [name for name in names if name not in found]
        if missing:
            defined = f"it defines {', '.join(others[:5])}" if others else "it defines no function"
            hint = "The name must be exactly as in the statement."
            raise Failure(Verdict.CE, f"the file defines no function {missing[0]}: {defined}", hint)
        return session

    def load_trusted(self, session: Session, source: bytes, name: str) -> Session:
        """Load one of the package's own solutions."""
        try:
            found, _ = session.load(source, name, self.problem.manifest.functions, measured=True)
        except Failure as failure:
            msg = f"problem {self.problem.slug}: {name} does not load: {failure.message}"
            raise PackageError(msg) from failure
        if self.problem.manifest.speed.function not in found:
            msg = f"problem {self.problem.slug}: {name} defines no {self.problem.manifest.speed.function}"
            raise PackageError(msg)
        return session

    # -- phases ---------------------------------------------------------------------------------------------

    def check(self, session: Session) -> tuple[Correctness, Failure | None]:
        """Run the hidden properties."""
        from judge.correctness import run_rules  # noqa: PLC0415 - hypothesis is imported while the box starts

        began = time.monotonic()
        with together(session.pid):
            outcome = run_rules(
                self.problem,
                session,
                reopen=lambda: self.load(self.open()),
                seed=self.seed,
                keep_going=self.options.keep_going,
                examples=QUICK_EXAMPLES if self.options.quick else None,
                progress=self.progress,
            )
        self.durations["correctness_s"] = round(time.monotonic() - began, 3)
        self.output = session.output or self.output
        return outcome.correctness, outcome.failure

    def open_timing(self) -> _TimingBoxes:
        """Start the boxes of the timing phase; they become ready while the properties run."""
        by_reference = self.problem.manifest.speed.standard == "reference"
        return _TimingBoxes(
            submission=self.open(),
            baseline=self.open(),
            reference=self.open() if by_reference else None,
            reader=self.open() if self.options.growth else None,
        )

    def time(self, boxes: _TimingBoxes) -> tuple[Speed | None, Failure | None]:
        """Measure speed in fresh boxes."""
        import numpy as np  # noqa: PLC0415 - not needed where the verdict fell before

        from judge.timing import is_astonishing, measure_speed  # noqa: PLC0415 - the same

        began = time.monotonic()
        self.progress("measuring speed", 0, 0)
        baseline = self.load_trusted(boxes.baseline, self.problem.baseline_source, "naive.py")
        standard, tie = baseline, None
        if boxes.reference is not None:
            standard, tie = self.load_reference(boxes.reference), baseline
        rng = np.random.default_rng([self.seed, 1])
        submission = self.load(boxes.submission, measured=True)
        pairs = QUICK_PAIRS if self.options.quick else None
        outcome = measure_speed(self.problem, submission, standard, rng=rng, tie=tie, most_pairs=pairs, progress=self.progress)
        if is_astonishing(self.problem, outcome) and not self.options.quick:
            outcome = self.look_again(outcome, boxes.baseline)
        self.durations["speed_s"] = round(time.monotonic() - began, 3)
        self.counterexample = outcome.counterexample or ""
        return outcome.speed, outcome.failure

    def look_again(self, first: SpeedOutcome, baseline: Session) -> SpeedOutcome:
        """Time what seems too fast against the reference, in fresh boxes and with new shapes, until that is known twice.

        The result is kept, and flagged where it is still too fast; a wrong answer or hidden work that comes to light counts.
        """
        import numpy as np  # noqa: PLC0415 - not needed where the verdict fell before

        from judge.timing import CEILING, measure_speed  # noqa: PLC0415 - the same

        ratios = [first.to_standard] if self.problem.manifest.speed.standard == "reference" else []
        while len(ratios) < LOOKS:
            rng = np.random.default_rng([self.seed, 3 + len(ratios)])
            with self.open() as fresh, self.open_reference() as reference:
                submission = self.load(fresh, measured=True)
                again = measure_speed(self.problem, submission, reference, rng=rng, tie=baseline, progress=self.progress)
            if again.speed is None or again.speed.void is not None:
                return again
            if again.to_standard <= CEILING:
                return first
            ratios.append(again.to_standard)
        self.flag = f"; {min(ratios):.1f} times as fast as the reference, twice: a person should look at how"
        return first

    def grow(self, boxes: _TimingBoxes, reader: Session) -> Complexity:
        """Measure growth in the box of the timing phase, where everything is warm, and put it beside claim and reference."""
        import numpy as np  # noqa: PLC0415 - not needed where the verdict fell before

        from judge.complexity import Subject, describe, known_growth, measure_growth, remarks_on  # noqa: PLC0415 - the same

        began = time.monotonic()
        self.progress("measuring growth", 0, 0)
        problem, rng = self.problem, np.random.default_rng([self.seed, 2])
        subject = Subject.of(problem)
        with apart([boxes.submission.pid] if boxes.submission.pid else []):
            growth = measure_growth(boxes.submission, subject, rng)
        folder = default_path().with_name("growth")
        reference = known_growth(folder, problem, self.box.info().name, lambda: measure_growth(self.open_reference(), subject, rng))
        if self.options.curves:
            self.draw(boxes, subject, rng)
        remarks = remarks_on(problem, self.submission.source, lambda: reader, rng)
        self.durations["growth_s"] = round(time.monotonic() - began, 3)
        return describe(problem, self.submission.source.decode("utf-8-sig", "replace"), growth, reference, remarks)

    def draw(self, boxes: _TimingBoxes, subject: Subject, rng: np.random.Generator) -> None:
        """Measure the curves of the picture."""
        from judge.complexity import measure_curves  # noqa: PLC0415 - for the HTML report only

        size = self.problem.manifest.speed.size
        self.progress("measuring curves", 0, 0)
        self.curves = (
            *measure_curves(boxes.submission, subject, size, "submission", rng),
            *measure_curves(boxes.baseline, subject, size, "baseline", rng),
            *measure_curves(self.open_reference(), subject, size, "reference", rng),
        )

    def open_reference(self) -> Session:
        """Start a box with the reference in it."""
        return self.load_reference(self.open())

    def load_reference(self, session: Session) -> Session:
        """Load the reference."""
        return self.load_trusted(session, self.problem.reference_source, f"vectorized{self.problem.suffix}")

    # -- the end --------------------------------------------------------------------------------------------

    def conclude(self, correctness: Correctness, speed: Speed | None, complexity: Complexity | None, failure: Failure | None) -> Judgement:
        """Grade and write the report."""
        self.durations["total_s"] = round(time.monotonic() - self.began, 3)
        accepted = failure is None
        manifest = self.problem.manifest
        report = Report(
            problem=self.problem.slug,
            problem_version=self.problem.version,
            submission_sha256=self.submission.sha256,
            verdict=Verdict.AC if failure is None else failure.verdict,
            reason=(HOLDS_QUICKLY if self.options.quick else HOLDS) + self.flag if failure is None else failure.message,
            score=score(manifest.scoring, correctness, speed, accepted=accepted),
            max_score=self.problem.max_score,
            box=self.box.info(),
            seed=self.seed,
            correctness=correctness,
            speed=speed,
            complexity=complexity,
            durations=self.durations,
        )
        return Judgement(
            report,
            self.problem,
            self.submission,
            hint="" if failure is None else failure.hint,
            detail="" if failure is None else failure.detail,
            output=self.output,
            counterexample=self.counterexample,
            curves=self.curves,
        )


def _plain_name(name: str) -> str:
    """Reduce a file name to what is safe in a traceback."""
    kept = "".join(character if character.isalnum() or character in "._-" else "_" for character in name)
    return kept[-80:]
