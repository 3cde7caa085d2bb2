"""Tables for the retention query, and what is checked of an answer.

A small world is drawn as six bytes; NumPy makes the rows from a seed, always for the largest world, and the drawn
counts cut off its front. So a world shrinks row by row and its first rows stay what they were. Times lie where
calendar days and elapsed hours disagree: around midnights, month and year ends, a leap day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain
from typing import Any

import numpy as np
from hypothesis import strategies as st

from judge.authoring import Column, Mismatch, Table, check

NAMES = ("cohort_date", "cohort_size", "d0", "d1", "d7", "r0", "r1", "r7")
TYPES = ("DATE", *["BIGINT"] * 4, *["DOUBLE"] * 3)
DTYPES = {"DATE": "M8[D]", "BIGINT": np.int64, "DOUBLE": np.float64}
COUNTS, RATES = NAMES[1:5], NAMES[5:]
INTEGERS = frozenset(f"{sign}{name}INT" for sign in ("", "U") for name in ("TINY", "SMALL", "BIG", "HUGE")) | {"INTEGER", "UINTEGER"}
CLOSE = 1e-9

MAX_USERS, MAX_EVENTS = 40, 100
HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
LATER = 400
"""Days after which every day asked for is over."""

ORIGINS = np.array(
    ["2023-05-01", "2024-02-23", "2023-02-21", "2023-12-25", "2024-12-24", "2024-02-29", "2023-10-22", "2000-02-22"], "M8[D]"
)
"""Days on which the first users sign up: a Monday in May, then about a week before month ends, year ends, leap days."""
MORNING, EVENING = np.array([9, 10]) * HOUR_US, np.array([15, 20]) * HOUR_US
"""Times of day, in microseconds, of signups and events where the time does not matter."""
EDGES = np.array([12 * HOUR_US, 0, DAY_US - 60_000_000, 60_000_000, DAY_US - 1, 1, 9 * HOUR_US + 1_234_567])
"""Times of day where it does: noon, midnight, 23:59, 00:01, the last and the second instant of the day."""
SHIFTS = np.array([0, 1, -1, HOUR_US, -HOUR_US, DAY_US, DAY_US - 1, 7 * DAY_US, 2 * DAY_US - 1, -DAY_US])
"""Distances in microseconds of an event from its user's signup."""
NEAR = (0, 1, 7, 6, 8, 2, -1, 3)
"""Days of events after their user's signup: those asked for and their neighbours."""
FAR = (0, 1, 7, 14, 29, 30, 31, 32, 28, 35, 36, 37, 38, 60, 61, 67, 365, 366, 367, 372, 373)
"""The same with those that an age in months and days, a day of the month or of the year, takes for 0, 1 or 7."""
EVENT_NAMES = np.array(["view", "purchase", "login", "", "sign-up", "Ärger ☕", "it's"], object)


# -- worlds -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """The three tables as arrays. NaT is a NULL time; an event without a user has user ``NOBODY``.

    Parameters
    ----------
    users, signups : numpy.ndarray of shape (users,), int64 and datetime64[us]
    event_users, event_times, event_names : numpy.ndarray of shape (events,), int64, datetime64[us] and object
    as_of : numpy.datetime64
        A day.
    event_ids : numpy.ndarray of shape (events,), int64
    """

    users: np.ndarray
    signups: np.ndarray
    event_users: np.ndarray
    event_times: np.ndarray
    event_names: np.ndarray
    as_of: np.datetime64
    event_ids: np.ndarray

    def tables(self) -> dict[str, Table]:
        """Return the tables by name, as the query is given them."""
        no_name = np.array([name is None for name in self.event_names], bool)
        return {
            "users": _table(user_id=("BIGINT", self.users, None), signup_at=_times(self.signups)),
            "events": _table(
                event_id=("BIGINT", self.event_ids, None),
                user_id=("BIGINT", self.event_users, self.event_users == NOBODY),
                event_at=_times(self.event_times),
                name=("VARCHAR", self.event_names, no_name),
            ),
            "params": _table(as_of=("DATE", np.array([self.as_of], "M8[D]"), None)),
        }

    def take(self, rows: np.ndarray) -> World:
        """Return the world with these rows of its events; repeated ones get an event id of their own."""
        first = np.zeros(len(rows), bool)
        first[np.unique(rows, return_index=True)[1]] = True
        ids = np.where(first, self.event_ids[rows], 10_000 + np.arange(len(rows)))
        return replace(
            self,
            event_users=self.event_users[rows],
            event_times=self.event_times[rows],
            event_names=self.event_names[rows],
            event_ids=ids,
        )

    def once_a_day(self) -> World:
        """Return the world with the first event only of each user and day."""
        days = self.event_times.astype("M8[D]").astype(np.int64)
        return self.take(np.sort(np.unique(np.stack((self.event_users, days)), axis=1, return_index=True)[1]))

    def of(self, chosen: np.ndarray) -> World:
        """Return the world with these users only, and only their events."""
        users = self.users[chosen]
        theirs = np.flatnonzero(np.isin(self.event_users, users))
        return replace(self.take(theirs), users=users, signups=self.signups[chosen])

    def shifted(self, days: int) -> World:
        """Return the world with all its dates shifted."""
        by = np.timedelta64(days, "D")
        return replace(self, signups=self.signups + by, event_times=self.event_times + by, as_of=self.as_of + by)

    def last_user(self) -> World:
        """Return the world with its last user only."""
        return self.of(np.arange(len(self.users)) == len(self.users) - 1)

    def with_idle_user(self, place: int) -> World:
        """Return the world with one user more, who signs up when another did and does nothing."""
        again = self.signups[place % len(self.signups)]
        return replace(self, users=np.append(self.users, IDLE), signups=np.append(self.signups, again))


NOBODY = -1
"""The user of an event whose ``user_id`` is NULL; no user has a negative id."""
STRANGER, IDLE = 7_000_000, 8_000_000
"""The user of events whose user is not in ``users``; a user without events."""


def few_rows() -> tuple[World, World]:
    """Return two worlds as of 2024-05-01: a user who is there on every day asked for, and no row at all."""
    times = np.array(["2024-04-20T12", "2024-04-20T18", "2024-04-21T12", "2024-04-27T12"], "M8[us]")
    names = np.array(["view"] * 3, object)
    numbers = np.arange(1, 4)
    as_of = np.datetime64("2024-05-01")
    one = World(numbers[:1], times[:1], np.ones(3, np.int64), times[1:], names, as_of, numbers)
    none = World(numbers[:0], times[:0], numbers[:0], times[:0], names[:0], as_of, numbers[:0])
    return one, none


@dataclass(frozen=True)
class Style:
    """What may happen in a world.

    Parameters
    ----------
    days : tuple of int
        The days after the signup's to choose from for events.
    spread : int
        The signups fall on so many days in a row.
    origins : int
        The first signup is on one of the first so many `ORIGINS`.
    edges : bool
        Whether times lie where the day changes, else in the morning (signups) and the evening (events).
    early : bool
        Whether events may come before the signup, and at the very instant.
    strange : float
        The share of NULL times, NULL users, unknown users and NULL names.
    once : bool
        Whether a user has at most one event a day.
    """

    days: tuple[int, ...] = NEAR
    spread: int = 20
    origins: int = len(ORIGINS)
    edges: bool = True
    early: bool = False
    strange: float = 0.0
    once: bool = False


Span = tuple[int, int]
"""The smallest and the largest value of a number that is drawn."""
RAW = st.binary(min_size=6, max_size=6)
"""What a world is made of. One draw: of several draws of one kind hypothesis copies one to another, and makes most worlds tiny."""


@st.composite
def worlds(
    draw: Any, style: Style = Style(), *, users: Span = (1, MAX_USERS), events: Span = (0, MAX_EVENTS), as_of: Span = (LATER, LATER)
) -> World:
    """Draw a world of some style: how many users and events it has, and how many days after the first signup ``as_of`` is."""
    raw = draw(RAW)
    rng = np.random.default_rng(raw[0] * 256 + raw[1])
    n, m, later = (low + byte % (high - low + 1) for byte, (low, high) in zip(raw[2:], (users, events, as_of), strict=False))
    origin = ORIGINS[raw[5] % style.origins]
    signup_days = origin + rng.integers(0, style.spread, MAX_USERS)
    signups = signup_days + _clocks(rng, EDGES if style.edges else MORNING, MAX_USERS)
    ids = np.sort(rng.choice(200, MAX_USERS, replace=False)) + 1
    whose = rng.integers(0, n, MAX_EVENTS)
    days = rng.choice(style.days, MAX_EVENTS)
    times = signup_days[whose] + days + _clocks(rng, EDGES if style.edges else EVENING, MAX_EVENTS)
    if style.edges:
        near = signups[whose] + _us(SHIFTS[rng.integers(0, len(SHIFTS), MAX_EVENTS)])
        times = np.where(rng.random(MAX_EVENTS) < 0.3, near, times)
    if not style.early:
        times = np.maximum(times, signups[whose] + np.timedelta64(1, "us"))
    world = World(
        users=ids[:n],
        signups=signups[:n],
        event_users=ids[whose][:m],
        event_times=times[:m],
        event_names=EVENT_NAMES[rng.integers(0, len(EVENT_NAMES), MAX_EVENTS)][:m],
        as_of=origin + later,
        event_ids=(rng.permutation(MAX_EVENTS) + 1)[:m],
    )
    if style.strange:
        _make_strange(world, rng, style.strange)
    return world.once_a_day() if style.once else world


def _make_strange(world: World, rng: np.random.Generator, share: float) -> None:
    """Put NULLs and unknown users into a world that has just been made."""
    none = np.datetime64("NaT")
    for array, value in (
        (world.event_users, NOBODY),
        (world.event_users, STRANGER),
        (world.event_times, none),
        (world.event_names, None),
        (world.signups, none),
    ):
        size = MAX_USERS if array is world.signups else MAX_EVENTS
        array[(rng.random(size) < share)[: len(array)]] = value


def _clocks(rng: np.random.Generator, clocks: np.ndarray, count: int) -> np.ndarray:
    return _us(clocks[rng.integers(0, len(clocks), count)])


def _us(microseconds: np.ndarray) -> np.ndarray:
    return microseconds.astype("m8[us]")


def _times(times: np.ndarray) -> tuple[str, np.ndarray, np.ndarray]:
    return "TIMESTAMP", times, np.isnat(times)


def _table(**columns: tuple[str, np.ndarray, np.ndarray | None]) -> Table:
    return Table(tuple(columns), tuple(Column(values, nulls, kind) for kind, values, nulls in columns.values()))


# -- the timed case -----------------------------------------------------------------------------------------


def make_case(rng: np.random.Generator, *, events: int, users: int) -> tuple[tuple[()], dict[str, Table]]:
    """Make tables as they are found: two months of signups, activity that fades, and one row in fifty out of order."""
    as_of = np.datetime64("2024-01-01") + rng.integers(0, 366)
    first = int(rng.integers(1, 1_000_000))
    signups = as_of + rng.integers(-60 * DAY_US, 2 * DAY_US, users).astype("m8[us]")
    whose = rng.integers(0, users + users // 50, events)
    ages = rng.standard_exponential(events, dtype=np.float32)
    ages *= 20 * DAY_US
    known = np.minimum(whose, users - 1)
    times = signups[known] + (ages.astype(np.int64) - HOUR_US).view("m8[us]")
    names = np.array(["view", "click", "search", "purchase", "login"], object)
    world = {
        "users": _table(
            user_id=("BIGINT", first + np.arange(users), None),
            signup_at=("TIMESTAMP", signups, rng.random(users, dtype=np.float32) < 0.01),
        ),
        "events": _table(
            event_id=("BIGINT", int(rng.integers(1, 1_000_000)) + np.arange(events), None),
            user_id=("BIGINT", first + whose, rng.random(events, dtype=np.float32) < 0.01),
            event_at=("TIMESTAMP", times, rng.random(events, dtype=np.float32) < 0.01),
            name=("VARCHAR", names[rng.integers(0, len(names), events, dtype=np.int8)], None),
        ),
        "params": _table(as_of=("DATE", np.array([as_of], "M8[D]"), None)),
    }
    return (), world


def check_case(case: Any, got: Any, want: Table) -> None:  # noqa: ARG001 - the answer alone decides
    """Check a timed answer against the reference's."""
    check_answer(got, want)


# -- answers ------------------------------------------------------------------------------------------------


def answer(rows: list[tuple[Any, ...]]) -> Table:
    """Make the result that has these rows: cohort_date, cohort_size, d0, d1, d7; the rates follow."""
    full = [(*row, *(None if count is None else count / row[1] for count in row[2:])) for row in rows]
    columns = []
    for place, kind in enumerate(TYPES):
        values = [row[place] for row in full]
        nulls = np.array([value is None for value in values], bool)
        columns.append(Column(np.array([0 if value is None else value for value in values], DTYPES[kind]), nulls, kind))
    return Table(NAMES, tuple(columns))


def counts_of(table: Table) -> list[tuple[Any, ...]]:
    """Return cohort_date, cohort_size, d0, d1 and d7 of each row."""
    return list(zip(*read_columns(table)[:5], strict=True))


def shift(table: Table, days: int) -> Table:
    """Return an answer with its dates shifted."""
    return answer([(date + timedelta(days), *counts) for date, *counts in counts_of(table)])


def add(*tables: Table) -> Table:
    """Add up the sizes and counts of answers, cohort by cohort."""
    total: dict[Any, list[Any]] = {}
    for date, *counts in chain.from_iterable(map(counts_of, tables)):
        before = total.get(date, [0] * 4)
        total[date] = [None if count is None else count + old for count, old in zip(counts, before, strict=True)]
    return answer([(date, *counts) for date, counts in total.items()])


def check_answer(got: Any, want: Table) -> None:
    """Require the rows of the wanted table in any order: exact dates, counts and NULLs, rates within 1e-9."""
    columns = read_columns(got)
    rows, wanted = list(zip(*columns, strict=True)), list(zip(*read_columns(want), strict=True))
    if rows == wanted:
        return
    by_date, wanted_by_date = {row[0]: row for row in rows}, {row[0]: row for row in wanted}
    try:
        _check_dates(rows, by_date, wanted_by_date)
        for date, row in wanted_by_date.items():
            _check_row(date, by_date[date], row)
    except Mismatch as mismatch:
        raise Mismatch(mismatch.message, expected=want, actual=got) from None


def read_columns(got: Any) -> list[list[Any]]:
    """Require the columns, their order and their types; return their values, None where NULL."""
    check(isinstance(got, Table), "the result must be a table")
    names = tuple(name.lower() for name in got.names)
    check(names == NAMES, f"the columns must be {', '.join(NAMES)}, not {', '.join(got.names)}", actual=got)
    return [_values(name, column, got) for name, column in zip(NAMES, got.columns, strict=True)]


def _values(name: str, column: Column, got: Table) -> list[Any]:
    if name in COUNTS:
        right, wanted = column.type in INTEGERS, "an integer type, such as BIGINT"
    else:
        wanted = "DOUBLE" if name in RATES else "DATE"
        right = column.type == wanted
    check(right, f"column {name} must have {wanted}, not {column.type}", actual=got)
    values = column.values.tolist()
    if column.nulls is not None and column.nulls.any():
        values = [None if null else value for value, null in zip(values, column.nulls.tolist(), strict=True)]
    return values


def _check_dates(rows: list[Any], by_date: dict[Any, Any], wanted: dict[Any, Any]) -> None:
    check(None not in by_date, "a row has no cohort_date: users without a signup time belong to no cohort")
    for date in wanted:
        check(date in by_date, f"there is no row for the cohort of {date}")
    for date in by_date:
        check(date in wanted, f"there is a row for {date}, which is no cohort")
    check(len(rows) == len(by_date), "a cohort has more than one row")


def _check_row(date: Any, row: tuple[Any, ...], wanted: tuple[Any, ...]) -> None:
    for name, value, want in zip(NAMES[1:], row[1:], wanted[1:], strict=True):
        if name in RATES and isinstance(value, float) and isinstance(want, float):
            same = abs(value - want) <= CLOSE + CLOSE * abs(want)
        else:
            same = type(value) is type(want) and value == want
        check(same, f"{name} of the cohort of {date} is {_shown(value)}, expected {_shown(want)}")


def _shown(value: Any) -> str:
    return "NULL" if value is None else str(value)
