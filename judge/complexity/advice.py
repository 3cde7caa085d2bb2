"""Remarks on a submission, with the sections of the editorial to read: from the source, or from the query's plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judge.complexity.plan import boxed_plan
from judge.complexity.remarks import boxed_remarks, link_sections
from judge.model import Failure

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from judge.boxes import Session
    from judge.catalog import Problem
    from judge.model import Note

__all__ = ["remarks_on"]


def remarks_on(problem: Problem, source: bytes, open_box: Callable[[], Session], rng: np.random.Generator) -> tuple[Note, ...]:
    """Say what in a submission is likely to make it slow.

    Parameters
    ----------
    problem : Problem
        The problem: its language, its editorial, and for a query the tables of its timed case.
    source : bytes
        The submission, UTF-8; what it loads without a fault elsewhere.
    open_box : callable
        Opens a fresh box. The source is parsed there, or the query planned, never in this process; the box is closed again.
    rng : numpy.random.Generator
        Draws the tables.

    Returns
    -------
    tuple of Note
        Perhaps none. A submission never makes this raise.

    Raises
    ------
    BoxError
        When the box fails before it sees the submission.
    """
    with open_box() as session:
        if problem.manifest.language == "sql":
            _, tables = problem.cases.make_case(rng, **problem.manifest.speed.size)
            try:
                session.load(source, "query.sql", ("plan",))
            except Failure:
                return ()
            notes = boxed_plan(session, tables)
        else:
            notes = boxed_remarks(session, source.decode("utf-8-sig", "replace"))
    return link_sections(notes, problem.editorial) if problem.has_editorial else notes
