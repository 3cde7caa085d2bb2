"""How much time each line of a Python submission takes, by line_profiler: deterministic, without signals.

Watched are the functions of the submission's own file: those at module level, methods of its classes, and functions
defined inside these. Comprehensions and lambdas count as part of the line that holds them. The time of a line includes that of
what it calls, and what watching costs, a multiple of what a short line takes; the judge takes off both, as far as it can be done.
"""

from __future__ import annotations

import time
import types
from typing import TYPE_CHECKING, Any

from line_profiler import LineProfiler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Watch"]

STEPS, TRIALS = 5_000, 3


class Watch:
    """Watches the functions of one module.

    Parameters
    ----------
    namespace : dict
        The module's names, after its import.
    filename : str
        What its code was compiled as; functions from elsewhere are left alone.
    """

    def __init__(self, namespace: dict[str, Any], filename: str) -> None:
        self._profiler = LineProfiler()
        self._filename = filename
        seen: set[int] = set()
        for function in functions_of(list(namespace.values())):
            if id(function) not in seen and function.__code__.co_filename == filename:
                seen.add(id(function))
                self._watch(function)

    def _watch(self, function: types.FunctionType) -> None:
        """Watch a function and those defined in it: the profiler knows functions by their code, which it replaces by a copy."""
        code = function.__code__
        constants = tuple(map(self._watched, code.co_consts))
        if constants != code.co_consts:
            function.__code__ = code.replace(co_consts=constants)
        self._profiler.add_function(function)

    def _watched(self, constant: Any) -> Any:
        """Return a constant of some code, watched where it is the code of a named function."""
        if not isinstance(constant, types.CodeType) or constant.co_name.startswith("<"):
            return constant
        stand_in = types.FunctionType(constant, {}, closure=tuple(types.CellType() for _ in constant.co_freevars))
        self._watch(stand_in)
        return stand_in.__code__

    def run(self, calls: Sequence[Callable[[], Any]]) -> tuple[int, int, int, list[tuple[int, list[tuple[int, int, int]]]]]:
        """Make the calls, watched.

        Returns
        -------
        ns : int
            Nanoseconds of all calls on the wall.
        inside, outside : int
            Picoseconds that watching a line once adds to its own time, and to that of the line that called its function.
        functions : list of (int, list of (int, int, int))
            The first line of each function that ran; its lines, how often each ran, and its nanoseconds.
        """
        inside, outside = watching_costs()
        began = time.perf_counter_ns()
        self._profiler.enable_by_count()
        try:
            for call in calls:
                call()
        finally:
            self._profiler.disable_by_count()
        ns = time.perf_counter_ns() - began
        return ns, inside, outside, [(first, lines) for filename, first, lines in times_of(self._profiler) if filename == self._filename]


def times_of(profiler: LineProfiler) -> list[tuple[str, int, list[tuple[int, int, int]]]]:
    """Return, for each function that ran, its file, its first line, and (line, hits, nanoseconds) of its lines."""
    stats = profiler.get_stats()
    scale = stats.unit * 1e9
    return [
        (filename, first, [(line, hits, round(ticks * scale)) for line, hits, ticks in lines])
        for (filename, first, _), lines in stats.timings.items()
        if lines
    ]


def count_to(steps: int) -> None:
    """Run short lines, to find out what watching one costs."""
    for _ in range(steps):
        pass


def watching_costs() -> tuple[int, int]:
    """Measure what watching a line once costs, in picoseconds: what becomes part of its time, and what does not."""
    alone = min(ns_of(count_to) for _ in range(TRIALS))
    trials = []
    for _ in range(TRIALS):
        watched = types.FunctionType(count_to.__code__, {"range": range})
        profiler = LineProfiler()
        profiler.add_function(watched)
        profiler.enable_by_count()
        ns = ns_of(watched)
        profiler.disable_by_count()
        ((_, _, lines),) = times_of(profiler)
        hits, seen = sum(line[1] for line in lines), sum(line[2] for line in lines)
        trials.append((max(0, seen - alone) * 1000 // hits, max(0, ns - seen) * 1000 // hits))
    return min(trials)


def ns_of(function: Callable[[int], None]) -> int:
    """Return the nanoseconds that so many steps take."""
    began = time.perf_counter_ns()
    function(STEPS)
    return time.perf_counter_ns() - began


def functions_of(values: list[Any]) -> Iterator[types.FunctionType]:
    """Find the functions among values, in classes, and beneath decorators."""
    seen: set[int] = set()
    while values:
        value = values.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, types.FunctionType):
            yield value
        if isinstance(value, type):
            values += vars(value).values()
        elif isinstance(value, property):
            values += [value.fget, value.fset]
        if type(value).__module__ in BENEATH:
            values += [getattr(value, name, None) for name in ("__wrapped__", "__func__", "func")]


BENEATH = frozenset({"builtins", "functools"})
"""Where the types live that are looked beneath: functions, static and class methods, caches, partial functions."""
