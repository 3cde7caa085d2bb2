"""Hidden properties against a session: which hold, and the smallest counterexample to the first that does not.

A property runs in the judge's process; hypothesis draws its inputs and shrinks its failures; only the calls to
``solution`` cross the border. The judge keeps its own record of the smallest failing example, so that neither a
flaky submission nor an interrupted search loses it. The search is bounded by a count, not by a clock: the
same submission and seed give the same counterexample on every machine.
"""

from __future__ import annotations

import functools
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import hypothesis
import numpy as np
from hypothesis import HealthCheck, Phase
from hypothesis.errors import Flaky

from judge.authoring import Table
from judge.authoring.checks import Mismatch
from judge.authoring.paste import paste, paste_call
from judge.authoring.rules import Rule, rules_of
from judge.boxes.session import RemoteError
from judge.errors import JudgeError, PackageError
from judge.model import Correctness, Failure, PropertyResult, Status, Verdict
from judge.reproducible import calm_hypothesis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from judge.catalog import Problem

__all__ = ["Callee", "CorrectnessOutcome", "run_rules"]

SHRINK_EXAMPLES = 500
"""Examples tried after the first failure of a property; small arrays are minimal after 50 to 300."""
SHRINK_SECONDS = 1.0
"""A bound on the search for slow submissions only; fast ones never reach it."""
SHOWN_CALLS = 3
SHOWN_WIDTH = 2000

PASTE = "Paste the call above into a Python shell, with your file imported."
PASTE_SQL = "Paste the statements above into DuckDB, then run your query."

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done and how many there are."""


class _Stop(BaseException):
    """Ends hypothesis's search at once; not an `Exception`, so that hypothesis does not take it for a failing example."""


class _Enough(BaseException):
    """Ends a search that has found nothing in as many examples as were asked for."""


class _TooLarge(BaseException):
    """Leaves an example that cannot become the smallest."""


@dataclass(frozen=True)
class _Call:
    function: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]


@dataclass(frozen=True)
class _Failed:
    """A failing example: its calls and what was wrong with the last."""

    calls: tuple[_Call, ...]
    error: Exception
    size: tuple[int, int]


@dataclass
class CorrectnessOutcome:
    """The properties' results; where a required one failed, the verdict and what to tell the learner."""

    correctness: Correctness
    failure: Failure | None


class Callee(Protocol):
    """Where calls go; a `judge.boxes.session.Session` is one."""

    @property
    def over(self) -> bool:
        """Whether a failure has ended it."""

    def allow_time(self, seconds: float | None) -> None:
        """Set the CPU seconds of one call; None sets the problem's own limit again."""

    def call(self, function: str, *args: Any, **kwargs: Any) -> Any:
        """Call one function and return its result; raises `RemoteError` or `Failure`."""


class Solution:
    """The submission as the properties see it: an object with a method for each function.

    Parameters
    ----------
    session : Callee
        Where the calls go.
    functions : tuple of str
        The functions that the problem asks for.
    shrink : bool
        Look for a smaller counterexample after the first.
    most : int or None
        Examples after which a search that has found nothing ends.
    """

    def __init__(self, session: Callee, functions: tuple[str, ...], *, shrink: bool = True, most: int | None = None) -> None:
        self._session = session
        self._functions = functions
        self._shrink = shrink
        self._left = most
        self._calls: list[_Call] = []
        self._spent = 0
        self._until = 0.0
        self._hunting = False
        self.smallest: _Failed | None = None

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return the remote function of this name."""
        if name.startswith("_") or name not in self._functions:
            raise AttributeError(name)
        return functools.partial(self._remote, name)

    def _remote(self, name: str, /, *args: Any, **kwargs: Any) -> Any:
        self._calls.append(_Call(name, args, kwargs))
        if self._hunting and self.smallest is not None and _size(self._calls) >= self.smallest.size:
            raise _TooLarge
        return self._session.call(name, *args, **kwargs)

    def example(self, run: Callable[[], None]) -> None:
        """Run one example and keep it if it fails smaller than those before."""
        if self.smallest is not None:
            self._spent += 1
            if self._spent > SHRINK_EXAMPLES or time.monotonic() > self._until:
                raise _Stop
        self._calls.clear()
        try:
            run()
        except _TooLarge:
            return
        except (AssertionError, RemoteError, Failure) as error:
            self._keep(error)
            if not self._shrink or not _can_shrink(error):
                raise _Stop from error
            if not self._hunting:
                raise
        self._passed()

    def _passed(self) -> None:
        """End a search that was to try only so many examples and has found nothing in them."""
        if self._left is not None and self.smallest is None:
            self._left -= 1
            if self._left <= 0:
                raise _Enough

    def hunt(self, search: Callable[[], None]) -> None:
        """Search again for a smaller failing example: failures are kept and not raised, larger calls are not made.

        Hypothesis shrinks shape and seed one at a time, and an array made from a seed changes whole with either. A
        second look at freshly drawn small ones finds what lies between.
        """
        self._hunting = True
        self._spent = -SHRINK_EXAMPLES
        search()

    def _keep(self, error: Exception) -> None:
        size = _size(self._calls)
        if self.smallest is None:
            self._until = time.monotonic() + SHRINK_SECONDS
        if self.smallest is None or size <= self.smallest.size:
            self.smallest = _Failed(tuple(self._calls), error, size)


def run_rules(
    problem: Problem,
    session: Callee,
    *,
    reopen: Callable[[], Callee],
    seed: int,
    keep_going: bool = False,
    shrink: bool = True,
    examples: int | None = None,
    rules: Sequence[Rule] | None = None,
    progress: Progress = lambda *_: None,
) -> CorrectnessOutcome:
    """Run the hidden properties in order; stop at the first required one that fails.

    Parameters
    ----------
    problem : Problem
        The problem.
    session : Callee
        A session with the submission loaded.
    reopen : callable
        Gives another such session, for when an optional property has ended the first.
    seed : int
        Fixes every example drawn.
    keep_going : bool
        Run the remaining properties even after a required one has failed.
    shrink : bool
        Look for the smallest counterexample; without, the first one found will do.
    examples : int, optional
        Try at most so many examples of a property, for a quick look.
    rules : sequence of Rule, optional
        The properties to run; by default all of the problem's.
    progress : callable
        Told the property under way.

    Raises
    ------
    PackageError
        When a property fails for a reason of its own.
    """
    calm_hypothesis()
    rules = rules_of(problem.hidden_tests) if rules is None else rules
    groups = problem.manifest.scoring.groups
    results: list[PropertyResult] = []
    verdict: Failure | None = None
    for position, rule in enumerate(rules):
        if rule.group not in groups:
            msg = f"problem {problem.slug}: property {rule.name} is in the undeclared group {rule.group!r}"
            raise PackageError(msg)
        if verdict is not None and not keep_going:
            results.append(PropertyResult(name=rule.name, group=rule.group, status=Status.skipped))
            continue
        progress(rule.name.replace("_", " "), position, len(rules))
        if session.over:
            session = reopen()
        session.allow_time(rule.time_limit)
        solution = Solution(session, problem.manifest.functions, shrink=shrink, most=examples)
        failed = _run_rule(rule, solution, problem, seed, shrink=shrink)
        results.append(_result(rule, failed))
        if failed is not None and groups[rule.group].required and verdict is None:
            verdict = _as_failure(rule, failed)
    passed = sum(result.status is Status.passed for result in results)
    return CorrectnessOutcome(Correctness(passed=passed, total=len(rules), properties=tuple(results)), verdict)


def _run_rule(rule: Rule, solution: Solution, problem: Problem, seed: int, *, shrink: bool) -> _Failed | None:
    test = _prepare(rule)
    arguments: dict[str, Any] = {"solution": solution}
    if rule.wants_oracle:
        arguments["oracle"] = problem.oracle

    def search(attempt: int) -> None:
        hypothesis.seed(zlib.crc32(f"{seed}:{rule.name}:{attempt}".encode()))(test)
        test(**arguments)

    with _plugin_errors(rule, problem, solution):
        if rule.examples > 1:
            search(0)
        else:
            solution.example(lambda: test(**arguments))
    if shrink and rule.examples > 1 and solution.smallest is not None and _can_shrink(solution.smallest.error):
        with _plugin_errors(rule, problem, solution):
            solution.hunt(lambda: search(1))
    return solution.smallest


def _can_shrink(error: Exception) -> bool:
    """Whether another try is worth it: not where the session is over, or where each costs as much again."""
    return not isinstance(error, Failure) or error.verdict is Verdict.WA


@contextmanager
def _plugin_errors(rule: Rule, problem: Problem, solution: Solution) -> Iterator[None]:
    """Let the findings pass, which the solution has kept; turn what else a property raises into a fault of its package."""
    try:
        yield
    except _Enough:
        return
    except (_Stop, AssertionError, RemoteError, Failure, Flaky) as error:
        if solution.smallest is None:
            msg = f"problem {problem.slug}: property {rule.name} cannot be decided: {error}"
            raise PackageError(msg) from error
    except JudgeError:
        raise
    except Exception as error:
        # The property is a plug-in: whatever else it raises is a fault of the package and must not pass as a verdict.
        msg = f"problem {problem.slug}: property {rule.name} raised {type(error).__name__}: {error}"
        raise PackageError(msg, "The property must check type and shape of a result before it uses it.") from error


def _prepare(rule: Rule) -> Callable[..., None]:
    """Give a hypothesis test our settings and our hook around each example, once."""
    test: Any = rule.test
    if rule.examples > 1 and not hasattr(test, "__judge_prepared__"):
        hypothesis.settings(
            max_examples=rule.examples,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            print_blob=False,
        )(test)
        inner = test.hypothesis.inner_test

        @functools.wraps(inner)
        def hooked(*args: Any, **kwargs: Any) -> None:
            kwargs["solution"].example(lambda: inner(*args, **kwargs))

        test.hypothesis.inner_test = hooked
        test.__judge_prepared__ = True
    return test  # type: ignore[no-any-return]


# -- words --------------------------------------------------------------------------------------------------


def _result(rule: Rule, failed: _Failed | None) -> PropertyResult:
    if failed is None:
        return PropertyResult(name=rule.name, group=rule.group, status=Status.passed)
    return PropertyResult(
        name=rule.name,
        group=rule.group,
        status=Status.failed,
        message=f"{rule.text}\n{_what_went_wrong(failed.error)}",
        counterexample=_counterexample(failed),
    )


def _as_failure(rule: Rule, failed: _Failed) -> Failure:
    error = failed.error
    if isinstance(error, Failure):
        return Failure(error.verdict, error.message, error.hint, error.detail)
    if isinstance(error, RemoteError) and "Unsendable" not in error.kinds:
        return Failure(Verdict.RTE, f"{_what_went_wrong(error)} on valid input", _hint(error, failed), error.traceback)
    return Failure(Verdict.WA, f"{rule.name.replace('_', ' ')}: {_what_went_wrong(error)}", _how_to_repeat(failed))


def _how_to_repeat(failed: _Failed) -> str:
    tables = any(isinstance(value, Table) for call in failed.calls for value in call.kwargs.values())
    return PASTE_SQL if tables else PASTE


def _hint(error: RemoteError, failed: _Failed) -> str:
    if "SystemExit" in error.kinds:
        return "Return the answer; do not call exit."
    if "TypeError" in error.kinds and "argument" in error.text:
        return "The signature must be as in the statement and the starter file."
    return _how_to_repeat(failed)


def _what_went_wrong(error: Exception) -> str:
    if isinstance(error, Failure):
        return error.message
    if isinstance(error, RemoteError):
        if "SystemExit" in error.kinds:
            return "called exit"
        return error.text if "Unsendable" in error.kinds else f"raised {error}"
    return str(error) or "the rule does not hold"


def _counterexample(failed: _Failed) -> str:
    calls = failed.calls[-SHOWN_CALLS:]
    lines = [paste_call(call.function, call.args, call.kwargs, SHOWN_WIDTH) for call in calls]
    if isinstance(failed.error, Mismatch):
        lines += [_shown(label, value) for label, value in failed.error.shown.items()]
    return "\n".join(lines)


def _shown(label: str, value: Any) -> str:
    text = paste(value, SHOWN_WIDTH)
    if isinstance(value, Table):
        return "\n".join(f"-- {line}" for line in (f"{label}:", *text.splitlines()))
    return f"# {label}: {text}"


def _size(calls: list[_Call]) -> tuple[int, int]:
    """Order examples by the elements of their arguments, then by how long they are to read."""
    values = [value for call in calls for value in (*call.args, *call.kwargs.values())]
    elements = sum(map(_elements, values))
    text = sum(len(paste(value, SHOWN_WIDTH)) for value in values) if elements <= SHOWN_WIDTH else 0
    return elements, text


def _elements(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return int(value.size)
    if isinstance(value, list | tuple):
        return sum(map(_elements, value)) + 1
    if isinstance(value, str | bytes):
        return len(value)
    with suppress(AttributeError):
        return sum(len(column.values) for column in value.columns)
    return 1
