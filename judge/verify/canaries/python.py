"""Canaries of a Python problem: the reference behind a disguise, for each of its functions."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import numpy as np

from judge.authoring.calls import as_call
from judge.errors import PackageError
from judge.verify.canaries import Canary, disguises
from judge.verify.sameness import is_same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judge.catalog import Problem
    from judge.model import Call

__all__ = ["canaries_of"]


def canaries_of(problem: Problem) -> Iterator[Canary]:
    """Yield every disguise that changes anything, for each function."""
    raises = b"raise" in problem.reference_source
    for function in problem.manifest.functions:
        calls = _calls(problem, function)
        for title in (*disguises.DISGUISES, *disguises.STATEFUL):
            if _changes(problem, title, function, calls) or (title == "no errors" and raises):
                yield Canary(function, title, _source(problem, title, function))


def _source(problem: Problem, title: str, function: str) -> bytes:
    """Append to the reference what replaces its function by a disguised one."""
    tail = f"\n\n_box = {{'__name__': 'disguises'}}\nexec({inspect.getsource(disguises)!r}, _box)\n"
    return problem.reference_source + f"{tail}{function} = _box['disguise']({title!r}, {function})\n".encode()


def _calls(problem: Problem, function: str) -> list[Call]:
    """Return calls of the function with valid input: the public examples, and a timed case."""
    calls: list[Call] = [
        (function, example.args, tuple(example.kwargs.items())) for example in problem.examples.EXAMPLES if example.function == function
    ]
    spec = problem.manifest.speed
    if spec.function == function:
        calls.append(as_call(function, problem.cases.make_case(np.random.default_rng(0), **spec.size)))
    return calls


def _changes(problem: Problem, title: str, function: str, calls: list[Call]) -> bool:
    """Whether the disguise makes any of the answers another, or changes an argument. Each call is made twice."""
    honest = getattr(problem.reference, function)
    disguised = disguises.disguise(title, honest)
    for call in [*calls, *calls]:
        try:
            if not _same(honest, disguised, call):
                return True
        except (TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
            msg = f"problem {problem.slug}: the canary {title!r} of {function} raised {type(error).__name__}: {error}"
            raise PackageError(msg, "Does the reference answer the public examples?") from error
    return False


def _same(honest: Any, disguised: Any, call: Call) -> bool:
    _, args, kwargs = call
    mine, theirs = _copied(args), _copied(args)
    return is_same(disguised(*theirs, **dict(kwargs)), honest(*mine, **dict(kwargs))) and is_same(theirs, mine)


def _copied(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(value.copy() if isinstance(value, np.ndarray | list) else value for value in values)
