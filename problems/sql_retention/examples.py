"""The statement's examples, and two for the rules that are easiest to miss."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from judge.authoring import Column, Example, Table

from .cases import answer, check_answer


def tables(users: list[tuple[int, str | None]], events: list[tuple[int, int | None, str | None, str]], as_of: str) -> dict[str, Table]:
    """Make the three tables of rows as the statement writes them; None is NULL."""
    return {
        "users": _table(users, user_id="BIGINT", signup_at="TIMESTAMP"),
        "events": _table(events, event_id="BIGINT", user_id="BIGINT", event_at="TIMESTAMP", name="VARCHAR"),
        "params": _table([(as_of,)], as_of="DATE"),
    }


def _table(rows: list[tuple[Any, ...]], **types: str) -> Table:
    values = zip(*rows, strict=True) if rows else [()] * len(types)
    return Table(tuple(types), tuple(map(_column, values, types.values())))


def _column(values: tuple[Any, ...], kind: str) -> Column:
    empty, dtype = {"BIGINT": (0, "i8"), "TIMESTAMP": ("NaT", "M8[us]"), "DATE": ("NaT", "M8[D]"), "VARCHAR": ("", object)}[kind]
    array = np.array([empty if value is None else value for value in values], dtype)
    return Column(array, np.array([value is None for value in values], bool), kind)


def check_example(example: Example, got: Any) -> None:
    """Compare an answer with the example's as the hidden tests do."""
    check_answer(got, example.want)


EXAMPLES = [
    Example(
        title="calendar days, not elapsed hours",
        function="query",
        args=(),
        kwargs=tables(
            users=[(1, "2024-02-28 23:59:00"), (2, "2024-02-28 08:00:00"), (3, "2024-02-29 12:00:00")],
            events=[
                (10, 1, "2024-02-29 00:01:00", "view"),
                (11, 1, "2024-02-29 18:00:00", "view"),
                (12, 2, "2024-02-28 08:00:00", "sign-up"),
                (13, 2, "2024-03-06 23:59:59", "purchase"),
                (14, 3, "2024-02-29 11:59:59", "view"),
            ],
            as_of="2024-03-06",
        ),
        want=answer([(date(2024, 2, 28), 2, 1, 1, 1), (date(2024, 2, 29), 1, 0, 0, None)]),
    ),
    Example(
        title="what is not there",
        function="query",
        args=(),
        kwargs=tables(
            users=[(1, "2024-05-01 09:00:00"), (2, "2024-05-01 10:00:00"), (3, None), (4, "2024-05-03 07:00:00")],
            events=[
                (20, 1, "2024-05-01 09:00:00", "sign-up"),
                (21, 1, None, "view"),
                (22, None, "2024-05-02 12:00:00", "view"),
                (23, 3, "2024-05-02 12:00:00", "view"),
                (24, 9, "2024-05-02 12:00:00", "view"),
            ],
            as_of="2024-05-02",
        ),
        want=answer([(date(2024, 5, 1), 2, 1, 0, None)]),
    ),
    Example(
        title="a cohort without any event, on the last day",
        function="query",
        args=(),
        kwargs=tables(users=[(7, "2023-12-31 23:59:59")], events=[], as_of="2023-12-31"),
        want=answer([(date(2023, 12, 31), 1, 0, None, None)]),
    ),
    Example(
        title="nobody has signed up yet",
        function="query",
        args=(),
        kwargs=tables(users=[(1, "2024-05-02 00:00:00")], events=[(1, 1, "2024-05-02 00:00:00", "view")], as_of="2024-05-01"),
        want=answer([]),
    ),
]
