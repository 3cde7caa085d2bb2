"""A trial: the hidden properties against one source, in a box, without speed. What every check but speed is made of."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judge.correctness import run_rules
from judge.errors import PackageError
from judge.model import Failure, Status, Verdict
from judge.submission import Submission, check_source

if TYPE_CHECKING:
    from judge.boxes import RemoteError, Session
    from judge.catalog import Problem
    from judge.model import Correctness
    from judge.verify.hand import Hand

__all__ = ["Outcome", "Patient", "Trial", "open_source", "try_source"]


@dataclass(frozen=True)
class Trial:
    """What to try.

    Parameters
    ----------
    name : str
        A file name; its ending says the language.
    source : bytes
        The source.
    seed : int
        Fixes the inputs.
    shrink : bool
        Look for the smallest counterexample, as a learner's judgement does. The verdict is that of the smallest.
    keep_going : bool
        Run every property even after one has failed.
    patience : float or None
        CPU seconds of one call, where the problem's own limit is more than need be waited for.
    """

    name: str
    source: bytes
    seed: int
    shrink: bool = False
    keep_going: bool = False
    patience: float | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a trial.

    Parameters
    ----------
    verdict : Verdict
        ``JE`` where the package broke.
    message : str
        Why, in one line.
    first : str
        The property that decided: the first of a required group that failed; where none did, the first that failed at all.
    groups : frozenset of str
        The scoring groups whose properties all hold.
    seconds : tuple of (str, str, float)
        Each property that ran: its name, its group and how long it took.
    slowest : float
        CPU seconds of the slowest call that returned; 0 where the trial had a patience.
    """

    verdict: Verdict
    message: str = ""
    first: str = ""
    groups: frozenset[str] = frozenset()
    seconds: tuple[tuple[str, str, float], ...] = ()
    slowest: float = 0.0

    @property
    def broke(self) -> bool:
        """Whether the package itself is at fault."""
        return self.verdict is Verdict.JE

    @property
    def words(self) -> str:
        """The outcome in a few words."""
        where = f" in {self.first}" if self.first else ""
        return f"{self.verdict}{where}: {self.message}" if self.message else str(self.verdict)


class Patient:
    """A session that is waited for no longer than need be. Without a bound of its own it finds out what its slowest call takes.

    Parameters
    ----------
    session : Session
        The session.
    patience : float or None
        CPU seconds of one call at most; None leaves the limits as they are.
    """

    def __init__(self, session: Session, patience: float | None) -> None:
        self._session = session
        self._patience = patience
        self._limit = session.time_limit
        self.slowest = 0.0

    @property
    def over(self) -> bool:
        """Whether a failure has ended the session."""
        return self._session.over

    def allow_time(self, seconds: float | None) -> None:
        """Set the CPU seconds of one call, within the patience."""
        wanted = self._limit if seconds is None else seconds
        self._session.allow_time(wanted if self._patience is None else min(wanted, self._patience))

    def call(self, function: str, *args: Any, **kwargs: Any) -> Any:
        """Make the call."""
        if self._patience is not None:
            return self._session.call(function, *args, **kwargs)
        began = self._session.used_ns()
        result = self._session.call(function, *args, **kwargs)
        self.slowest = max(self.slowest, (self._session.used_ns() - began) / 1e9)
        return result


def open_source(hand: Hand, problem: Problem, name: str, source: bytes) -> Session:
    """Load a source into a box.

    Raises
    ------
    Failure
        When it does not load, or a function is missing.
    """
    if name.endswith(problem.suffix):  # the baseline of an SQL problem is Python, and trusted
        check_source(Submission(name, source), problem.suffix)
    session = hand.session(problem.manifest.limits)
    try:
        found, _ = session.load(source, Path(name).name, problem.manifest.functions)
    except BaseException:
        session.close()
        raise
    missing = [wanted for wanted in problem.manifest.functions if wanted not in found]
    if missing:
        session.close()
        raise Failure(Verdict.CE, f"the file defines no function {missing[0]}")
    return session


def try_source(hand: Hand, problem: Problem, trial: Trial) -> Outcome:
    """Run the hidden properties.

    Raises
    ------
    BoxError
        When a box fails. Neither a bad source nor a bad property raises.
    """
    sessions: list[Patient] = []
    clock = _Clock()
    with ExitStack() as stack:

        def reopen() -> Patient:
            session = stack.enter_context(open_source(hand, problem, trial.name, trial.source))
            sessions.append(Patient(session, trial.patience))
            return sessions[-1]

        try:
            outcome = run_rules(
                problem,
                reopen(),
                reopen=reopen,
                seed=trial.seed,
                keep_going=trial.keep_going,
                shrink=trial.shrink,
                progress=clock.begin,
            )
        except Failure as refused:
            return Outcome(refused.verdict, refused.message)
        except PackageError as error:
            return Outcome(Verdict.JE, error.message)
        clock.end()
    failed = [result for result in outcome.correctness.properties if result.status is Status.failed]
    required = [result for result in failed if problem.manifest.scoring.groups[result.group].required]
    return Outcome(
        verdict=Verdict.AC if outcome.failure is None else outcome.failure.verdict,
        message="" if outcome.failure is None else outcome.failure.message,
        first=next((result.name for result in (*required, *failed)), ""),
        groups=_groups(outcome.correctness),
        seconds=clock.seconds(outcome.correctness),
        slowest=max(session.slowest for session in sessions),
    )


def describe_error(error: RemoteError | Failure) -> str:
    """Name what a call ended in: the verdict, or the exception; a subclass of ValueError is one."""
    if isinstance(error, Failure):
        return str(error.verdict)
    return "ValueError" if "ValueError" in error.kinds else error.kinds[0]


class _Clock:
    """Notes when each property begins, from the progress that `run_rules` tells."""

    def __init__(self) -> None:
        self._marks: list[tuple[int, float]] = []

    def begin(self, _what: str, position: int, _total: int) -> None:
        self._marks.append((position, time.monotonic()))

    def end(self) -> None:
        self._marks.append((-1, time.monotonic()))

    def seconds(self, correctness: Correctness) -> tuple[tuple[str, str, float], ...]:
        """Pair the properties that ran with their durations."""
        ran = zip(self._marks, self._marks[1:], strict=False)
        return tuple(
            (correctness.properties[place].name, correctness.properties[place].group, round(end - began, 4))
            for (place, began), (_, end) in ran
        )


def _groups(correctness: Correctness) -> frozenset[str]:
    every = {result.group for result in correctness.properties}
    return frozenset(every - {result.group for result in correctness.properties if result.status is not Status.passed})
