"""What in a query's plan makes it slow.

The plan is made in the box (``plan`` in ``sandbox/sql.py``), for the learner's SQL is not planned on the host. What comes
back is an outline that a hostile box may have written: it is bounded, its lines are taken or left one by one, and of what
they say only names of operators and tables, and counts of rows, are looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from judge.boxes.session import RemoteError
from judge.complexity.remarks import sentence
from judge.model import Failure, Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from judge.boxes import Session

__all__ = ["boxed_plan", "plan_remarks"]

MAX_PLAN = 64 << 10
"""Characters of a plan that are read."""
LINE = re.compile(r"( {0,500})([A-Z_]{1,40}) ([\w-]{1,40}) ([0-9]{1,18}|\?)")
SIDE, PAIRS = 100, 1_000_000
"""Each side must have so many rows, and both together so many pairs: a table of one row, or of three days, may be paired with all."""
OFTEN = 3
"""A table read so many times is read often; twice is a self-join."""

JOINS_OF_ALL = {"CROSS_PRODUCT": "cross", "NESTED_LOOP_JOIN": "compared", "BLOCKWISE_NL_JOIN": "compared"}
DEPENDENT = frozenset({"DELIM_CTE", "LEFT_DELIM_JOIN", "RIGHT_DELIM_JOIN", "DELIM_JOIN", "DEPENDENT_JOIN"})
SCANS = frozenset({"SEQ_SCAN", "TABLE_SCAN"})
STEPS = frozenset({"CTE", "DELIM_CTE"})
"""A step with a name: the first operator below makes its rows, the second one uses them."""
FEWER = ("GROUP_BY", "AGGREGATE", "LIMIT", "TOP_N")
"""Operators that end with fewer rows than they begin with, so that the planner's estimate is all there is to go by."""


@dataclass
class Operator:
    """One line of the plan, and what feeds it."""

    name: str
    subject: str
    estimate: int
    inputs: list[Operator] = field(default_factory=list)
    rows: int = 0
    """How many rows leave it at most, as far as one can tell."""


def boxed_plan(session: Session, tables: Mapping[str, Any]) -> tuple[Note, ...]:
    """Have a query planned in its box, and say what in the plan is likely to be slow.

    Parameters
    ----------
    session : Session
        The box, with the query loaded and ``"plan"`` among the functions asked for.
    tables : mapping of str to judge.authoring.Table
        The tables by name, of the size that matters: the plan depends on it.

    Returns
    -------
    tuple of Note
        As `plan_remarks`; empty where planning fails.
    """
    try:
        plan = session.call("plan", **tables)
    except (Failure, RemoteError):
        return ()
    return plan_remarks(plan) if isinstance(plan, str) else ()


def plan_remarks(plan_text: str) -> tuple[Note, ...]:
    """Say what in a plan is likely to be slow.

    Parameters
    ----------
    plan_text : str
        The outline that ``plan`` in ``sandbox/sql.py`` writes; any other text gives no remark, or a wrong one, and nothing worse.

    Returns
    -------
    tuple of Note
        A remark of each kind at most once, apart from tables that are read often.
    """
    operators = _read(plan_text)
    _count_rows(operators)
    found: dict[str, str] = {}
    for operator in operators:
        sides = sorted((side.rows for side in operator.inputs), reverse=True)[:2]
        if operator.name in DEPENDENT:
            found.setdefault("correlated", "")
        elif operator.name in JOINS_OF_ALL and len(sides) > 1 and sides[1] >= SIDE and sides[0] * sides[1] >= PAIRS:
            found.setdefault(JOINS_OF_ALL[operator.name], f"about {sides[0]:,} with {sides[1]:,}")
    notes = [Note(text=sentence(kind, name)) for kind, name in found.items()]
    scans = Counter(operator.subject for operator in operators if operator.name in SCANS and operator.rows >= SIDE)
    notes += [Note(text=sentence("scans", f"{table} {count} times")) for table, count in sorted(scans.items()) if count >= OFTEN]
    return tuple(notes)


def _read(plan_text: str) -> list[Operator]:
    """Read the lines of an outline; each operator stands before what feeds it."""
    operators: list[Operator] = []
    above: list[tuple[int, Operator]] = []
    for line in plan_text[:MAX_PLAN].split("\n"):
        match = LINE.fullmatch(line)
        if match is None:
            continue
        depth = len(match[1])
        operator = Operator(match[2], match[3], 0 if match[4] == "?" else int(match[4]))
        while above and above[-1][0] >= depth:
            above.pop()
        if above:
            above[-1][1].inputs.append(operator)
        above.append((depth, operator))
        operators.append(operator)
    return operators


def _count_rows(operators: list[Operator]) -> None:
    """Work out how many rows leave each operator at most.

    The planner's own estimates behind a filter are guesses, off by hundreds where the condition is an inequality; the
    sizes of the tables below are not.
    """
    steps = {operator.subject: operator.inputs[0] for operator in operators if operator.name in STEPS and operator.inputs}
    # Backwards, inputs come before what they feed, except for steps: those are made last and used before. Hence twice.
    for operator in [*reversed(operators), *reversed(operators)]:
        operator.rows = _rows(operator, steps)


def _rows(operator: Operator, steps: Mapping[str, Operator]) -> int:
    below = [one.rows for one in operator.inputs]
    if operator.name == "CTE_SCAN" and operator.subject in steps:
        return max(steps[operator.subject].rows, operator.estimate)
    if not below or operator.name.endswith(FEWER):
        return max(operator.estimate, 1)
    if operator.name == "CROSS_PRODUCT":
        return min(max(below) * min(below), 10**18) if len(below) > 1 else below[0]
    return below[-1] if operator.name in STEPS else max(below)
