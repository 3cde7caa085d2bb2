"""What a box says of times becomes checked values.

A submission can forge every figure, so nothing here is believed beyond its type and its bounds: what is malformed is
left out, lines outside the file do not exist, shares end at 1, and all text but the names of a plan's operators is the judge's own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from judge.profiling.model import FunctionTime, LineTime, OperatorTime

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["read_lines", "read_plan", "source_lines", "summarize_lines", "summarize_plan"]

LEAST_LEFT = 0.6
"""A line keeps at least this multiple of what it would have if all times were shortened alike: costs differ from line to line."""
MOST_COST, HALVINGS = 16.0, 20
"""Watching costs at most so many times what the box found with its own short lines."""
MAX_FUNCTIONS, MAX_OPERATORS, MAX_DEPTH = 2000, 1000, 200
MOST = 10**15
"""The largest count, and the largest number of nanoseconds (eleven days), that is taken."""
DECORATED = 50
"""Lines from the first decorator of a function to its name, at most."""
OUTSTANDS = 0.2
"""A share from which on a line or an operator is said to take the time."""
DEFINITION = re.compile(r"\s*(?:async\s+)?def\s+(\w{1,200})")
CALL = re.compile(r"\b(\w{1,200}) ?\(")
OPERATOR = re.compile(r"[A-Z_]{1,40}")
SUBJECT = re.compile(r"[A-Za-z0-9_-]{1,60}")


@dataclass
class _Function:
    """One function as the box told of it: line to how often it ran, and to its nanoseconds."""

    line: int
    name: str
    hits: dict[int, int] = field(default_factory=dict)
    ns: dict[int, int] = field(default_factory=dict)


def source_lines(source: str) -> list[str]:
    """Split a source as Python counts its lines."""
    return re.split(r"\r\n|\r|\n", source)


def read_lines(found: Any, source: str, calls: int, cpu_ns: float) -> tuple[float, tuple[FunctionTime, ...]]:
    """Read the times of lines.

    Parameters
    ----------
    found : object
        What ``sandbox/lines.py`` sends: nanoseconds of all calls, picoseconds that watching a line costs, in its own time and in its
        caller's, and for each function its first line and rows of (line, hits, nanoseconds). Anything else will do, and gives nothing.
    source : str
        The judge's copy of the file.
    calls : int
        How many calls that was.
    cpu_ns : float
        Nanoseconds of a call that is not watched, as measured from outside.

    Returns
    -------
    ms : float
        Milliseconds of one call, watched; 0 where nothing can be read.
    functions : tuple of FunctionTime
        In the order of the source; without those of which no line ran.
    """
    match found:
        case (total, inside, outside, list() as told) if all(map(_is_count, (total, inside, outside))):
            text = source_lines(source)
            functions = sorted(_functions(told, text), key=lambda function: function.line)
        case _:
            return 0.0, ()
    watched = _Watched(functions, text, inside / 1000, outside / 1000)
    own = watched.shortened(cpu_ns * calls)
    per_call = 1e6 * calls
    whole = max(sum(own.values()), 1.0)
    return total / per_call, tuple(
        FunctionTime(
            name=function.name,
            line=function.line,
            lines=tuple(
                LineTime(
                    line=line,
                    hits=function.hits[line] / calls,
                    ms=own[function.line, line] / per_call,
                    share=own[function.line, line] / whole,
                )
                for line in sorted(function.ns)
            ),
        )
        for function in functions
    )


def read_plan(found: Any) -> tuple[float, tuple[OperatorTime, ...]]:
    """Read the operators of a timed plan.

    Parameters
    ----------
    found : object
        What ``timed_plan`` in ``sandbox/sql.py`` returns: rows of (depth, name, subject, nanoseconds, rows). Anything else will do;
        rows that are no such thing are left out.

    Returns
    -------
    ms : float
        Milliseconds of all operators.
    operators : tuple of OperatorTime
        The operators, each before those that feed it.
    """
    rows = [row for row in (found if isinstance(found, list) else [])[:MAX_OPERATORS] if _is_operator(row)]
    total = sum(row[3] for row in rows)
    return total / 1e6, tuple(
        OperatorTime(depth=depth, name=name, subject=subject, ms=ns / 1e6, rows=count, share=ns / max(total, 1))
        for depth, name, subject, ns, count in rows
    )


def summarize_lines(functions: Sequence[FunctionTime]) -> str:
    """Say in one sentence which line takes most."""
    lines = [line for function in functions for line in function.lines]
    if not lines:
        return "no line of the file could be watched: the function is not one that the file defines"
    top = max(lines, key=lambda line: line.ms)
    took = f"line {top.line} takes {_percent(top.share)} of the time"
    return took if top.share >= OUTSTANDS else f"no line stands out: {took}, and no other takes more"


def summarize_plan(operators: Sequence[OperatorTime]) -> str:
    """Say in one sentence which operator takes most."""
    if not operators:
        return "the query has no plan that could be read"
    top = max(operators, key=lambda operator: operator.ms)
    what = top.name.replace("_", " ").lower() + (f" of {top.subject}" if not re.fullmatch(r"-|\d+", top.subject) else "")
    took = f"the {what} takes {_percent(top.share)} of the time"
    return took if top.share >= OUTSTANDS else f"no operator stands out: {took}, and no other takes more"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MOST


def _is_operator(row: Any) -> bool:
    match row:
        case (depth, str() as name, str() as subject, ns, count) if all(map(_is_count, (depth, ns, count))):
            return depth <= MAX_DEPTH and OPERATOR.fullmatch(name) is not None and SUBJECT.fullmatch(subject) is not None
    return False


def _functions(told: list[Any], text: list[str]) -> Iterator[_Function]:
    """Read functions; each line of the file belongs to the first that claims it."""
    taken: set[int] = set()
    seen: set[int] = set()
    for entry in told[:MAX_FUNCTIONS]:
        match entry:
            case (int() as first, list() as rows) if _is_line(first, text) and first not in seen:
                function = _Function(first, _name(text, first))
                for line, hits, ns in _rows(rows, text):
                    if line >= first and line not in taken:
                        taken.add(line)
                        function.hits[line], function.ns[line] = hits, ns
                if function.ns:
                    seen.add(first)
                    yield function


def _rows(rows: list[Any], text: list[str]) -> Iterator[tuple[int, int, int]]:
    """Return the rows that are about a line of the file; there is one for each line."""
    for row in rows[: len(text)]:
        match row:
            case (line, hits, ns) if _is_line(line, text) and _is_count(hits) and _is_count(ns):
                yield line, hits, ns


def _is_line(value: Any, text: list[str]) -> bool:
    return type(value) is int and 1 <= value <= len(text)


def _name(text: list[str], first: int) -> str:
    """Return the name of the function that begins at a line, perhaps with its decorators."""
    names = (DEFINITION.match(line) for line in text[first - 1 : first - 1 + DECORATED])
    return next((found[1] for found in names if found), "?")


class _Watched:
    """The times of lines, from which the time of the functions that they call is taken, and what watching costs.

    The profiler's time of a line is with all that it calls, and it does not say which line called what. So the time of a function
    is taken from the lines that name it, in proportion to their own.

    Parameters
    ----------
    functions : list
        The functions with their lines.
    text : list of str
        The source.
    inside, outside : float
        Nanoseconds that watching a line once adds to its own time, and to that of the line that called its function, as found
        with short lines in the box.
    """

    def __init__(self, functions: list[_Function], text: list[str], inside: float, outside: float) -> None:
        self.inside, self.outside = inside, outside
        self.ns = {(function.line, line): ns for function in functions for line, ns in function.ns.items()}
        self.hits = {(function.line, line): hits for function in functions for line, hits in function.hits.items()}
        self.total: dict[str, int] = defaultdict(int)
        self.count: dict[str, int] = defaultdict(int)
        for function in functions:
            self.total[function.name] += sum(function.ns.values())
            self.count[function.name] += sum(function.hits.values())
        self.calls = {
            (function.line, line): {name for name in CALL.findall(text[line - 1]) if name in self.total and name != function.name}
            for function in functions
            for line in function.ns
        }
        self.naming: dict[str, int] = defaultdict(int)
        for place, names in self.calls.items():
            for name in names:
                self.naming[name] += self.ns[place]

    def own(self, cost: float, least: float) -> dict[tuple[int, int], float]:
        """Return nanoseconds by first line of the function and line.

        Parameters
        ----------
        cost : float
            What watching costs, as a multiple of what the box found.
        least : float
            The least share of its time that a line keeps when that is taken off.
        """
        own = {}
        for place, ns in self.ns.items():
            called = sum(
                (self.total[name] + cost * self.outside * self.count[name]) * ns / max(self.naming[name], 1) for name in self.calls[place]
            )
            left = max(0.0, ns - called)
            own[place] = max(least * left, left - cost * self.inside * self.hits[place])
        return own

    def shortened(self, wanted: float) -> dict[tuple[int, int], float]:
        """Take off so much for watching that the rest adds up to what the calls take unwatched, as far as that goes."""
        seen = sum(self.own(0.0, 0.0).values())
        least = LEAST_LEFT * min(1.0, wanted / max(seen, 1.0))
        low, high = 0.0, MOST_COST
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            if sum(self.own(middle, least).values()) > wanted:
                low = middle
            else:
                high = middle
        return self.own(high, least)
