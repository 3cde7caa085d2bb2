"""Whether a mutant that no property rejects is another program at all: original and mutant side by side on many inputs.

The inputs are those that the hidden properties draw, with further seeds, and timed cases. They are drawn once, by running the
properties against the reference in this process; then the original and each mutant answer the same calls in a box::

    properties, more seeds ──▶ calls ─┬─▶ box: original ──▶ answers ─┐
    timed cases            ──▶ calls ─┴─▶ box: mutant   ──▶ answers ─┴─▶ the same?

A timed case that the mutant gets wrong rejects it, as it would in a judgement. Answers count as the same when they are equal, when
``check_case`` accepts the one for the other, or, for calls of another form than the timed ones, when they are close.
"""

from __future__ import annotations

import functools
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from judge.authoring import Mismatch, paste, paste_call, rules_of
from judge.authoring.calls import as_call, as_case
from judge.boxes import RemoteError
from judge.correctness import run_rules
from judge.errors import JudgeError, PackageError
from judge.model import Failure
from judge.verify.sameness import is_same
from judge.verify.trial import describe_error, open_source

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from judge.boxes import Session
    from judge.catalog import Problem
    from judge.model import Call
    from judge.verify.hand import Hand

__all__ = ["Doubt", "Ruling", "Word", "examine"]

TIMED_CASES = 3
CALLS_PER_BOX = 4000
"""A session lasts five minutes at most; beyond so many calls a fresh box goes on."""
LARGE = 1 << 20
"""Bytes of arguments beyond which a call is recorded a few times only."""
MOST_LARGE = 20
SHOWN = 1200


class Word(StrEnum):
    """What is said of a mutant."""

    killed = "killed by a timed case"
    equal = "observed to be equivalent"
    other = "survived"


@dataclass(frozen=True)
class Ruling:
    """A word on one mutant, with the call that shows it, and on how many calls it was compared."""

    word: Word
    calls: int
    evidence: str = ""


@dataclass(frozen=True)
class Doubt:
    """Mutants of one source that passed every property.

    Parameters
    ----------
    name : str
        The source's file name.
    original : bytes
        The source.
    mutants : tuple of bytes
        What became of it.
    seeds : tuple of int
        Seeds for further inputs.
    """

    name: str
    original: bytes
    mutants: tuple[bytes, ...]
    seeds: tuple[int, ...]


@dataclass(frozen=True)
class _Answer:
    """A result, or what a call ended in."""

    value: Any = None
    ended: str = ""


class _Recorder:
    """Answers the properties' calls by the reference in this process, and keeps the calls."""

    over = False

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._large = 0
        self.calls: list[Call] = []

    def allow_time(self, seconds: float | None) -> None:
        """Nothing is limited here."""

    def call(self, function: str, *args: Any, **kwargs: Any) -> Any:
        """Make the call."""
        large = sum(getattr(value, "nbytes", 0) or len(value) if hasattr(value, "__len__") else 0 for value in args) > LARGE
        self._large += large
        if not large or self._large <= MOST_LARGE:
            self.calls.append((function, args, tuple(kwargs.items())))
        try:
            return getattr(self._problem.reference, function)(*args, **kwargs)
        except Exception as error:
            raise RemoteError(tuple(kind.__name__ for kind in type(error).__mro__[:-1]), str(error)) from error


def examine(hand: Hand, problem: Problem, doubt: Doubt) -> tuple[Ruling, ...]:
    """Compare each mutant with the original.

    Raises
    ------
    PackageError
        When the package's checks fail for a reason of their own.
    """
    timed = _timed_calls(problem)
    calls = [*timed, *_property_calls(problem, doubt.seeds)]
    wanted = list(_Replay(hand, problem, doubt.name, doubt.original).answers(calls))
    rulings = []
    for mutant in doubt.mutants:
        with closing(_Replay(hand, problem, doubt.name, mutant).answers(calls)) as answers:
            rulings.append(_compare(problem, list(zip(calls, wanted, strict=True)), answers, timed))
    return tuple(rulings)


def _compare(problem: Problem, wanted: Sequence[tuple[Call, _Answer]], answers: Iterator[_Answer], timed: Sequence[Call]) -> Ruling:
    form = _form(timed[0])
    for place, ((call, want), got) in enumerate(zip(wanted, answers, strict=True)):
        if not _agree(problem, call, got, want, checked=_form(call) == form):
            return Ruling(Word.killed if place < len(timed) else Word.other, place + 1, _evidence(call, got, want))
    return Ruling(Word.equal, len(wanted))


class _Replay:
    """Makes the calls in boxes, one after the other.

    Parameters
    ----------
    hand : Hand
        Opens the boxes.
    problem : Problem
        The problem.
    name : str
        The source's file name.
    source : bytes
        The source.
    """

    def __init__(self, hand: Hand, problem: Problem, name: str, source: bytes) -> None:
        self._open = functools.partial(open_source, hand, problem, name, source)
        limits = [problem.manifest.limits.time_limit, problem.manifest.speed.time_limit or 0.0]
        self._longest = max(*limits, *(rule.time_limit or 0.0 for rule in rules_of(problem.hidden_tests)))

    def answers(self, calls: Sequence[Call]) -> Generator[_Answer]:
        """Yield the answer to each call. A box that has ended is replaced."""
        made = 0
        while made < len(calls):
            with self._open() as session:
                session.allow_time(self._longest)
                for call in calls[made : made + CALLS_PER_BOX]:
                    yield _answer(session, call)
                    made += 1
                    if session.over:
                        break


# -- calls --------------------------------------------------------------------------------------------------


def _timed_calls(problem: Problem) -> list[Call]:
    spec = problem.manifest.speed
    rng = np.random.default_rng(20_000)
    return [as_call(spec.function, problem.cases.make_case(rng, **spec.size)) for _ in range(TIMED_CASES)]


def _property_calls(problem: Problem, seeds: Sequence[int]) -> list[Call]:
    """Run the properties against the reference with each seed; a fixed case, always the same, with the first only."""
    recorder = _Recorder(problem)
    rules = rules_of(problem.hidden_tests)
    for place, seed in enumerate(seeds):
        chosen = [rule for rule in rules if rule.examples > 1 or not place]
        run_rules(problem, recorder, reopen=lambda: recorder, seed=seed, keep_going=True, shrink=False, rules=chosen)
    return recorder.calls


def _answer(session: Session, call: Call) -> _Answer:
    function, args, kwargs = call
    try:
        return _Answer(session.call(function, *args, **dict(kwargs)))
    except (RemoteError, Failure) as error:
        return _Answer(ended=describe_error(error))


# -- answers ------------------------------------------------------------------------------------------------


def _form(call: Call) -> tuple[str, int, tuple[str, ...]]:
    """Return the function, how many arguments it gets by position, and which by name."""
    function, args, kwargs = call
    return function, len(args), tuple(name for name, _ in kwargs)


def _agree(problem: Problem, call: Call, got: _Answer, want: _Answer, *, checked: bool) -> bool:
    """Compare two answers; ``checked`` says whether the call looks like a timed one, which ``check_case`` is written for."""
    if got.ended or want.ended:
        return got.ended == want.ended
    if is_same(got.value, want.value):
        return True
    if not checked:
        return is_same(got.value, want.value, exact=False)
    try:
        problem.cases.check_case(as_case(call), got.value, want.value)
    except Mismatch:
        return False
    except JudgeError:
        raise
    except Exception as error:
        # The check is a plug-in, met here with answers that it may not have been written for.
        msg = f"problem {problem.slug}: check_case raised {type(error).__name__}: {error}"
        raise PackageError(msg) from error
    return True


def _evidence(call: Call, got: _Answer, want: _Answer) -> str:
    function, args, kwargs = call
    lines = [paste_call(function, args, dict(kwargs), SHOWN)]
    lines += [f"# {label}: {answer.ended or paste(answer.value, SHOWN)}" for label, answer in (("original", want), ("mutant", got))]
    return "\n".join(lines)
