"""Retention with plain loops over fetched rows, as most people write it first."""

from datetime import timedelta

import numpy as np

DAYS = (0, 1, 7)
NAMES = ("cohort_date", "cohort_size", "d0", "d1", "d7", "r0", "r1", "r7")
TYPES = ("DATE", "BIGINT", "BIGINT", "BIGINT", "BIGINT", "DOUBLE", "DOUBLE", "DOUBLE")


def query(users, events, params):
    """Answer as the query does: a table with one row per cohort; see the statement for the rules."""
    ((as_of,),) = fetch(params)
    signups = {}
    cohorts = {}
    for user_id, signup_at in fetch(users):
        if signup_at is not None and signup_at.date() <= as_of:
            signups[user_id] = signup_at
            cohorts.setdefault(signup_at.date(), []).append(user_id)
    active_days = find_active_days(signups, events)

    rows = []
    for cohort_date, members in sorted(cohorts.items()):
        counts = []
        for day in DAYS:
            if cohort_date + timedelta(days=day) > as_of:
                counts.append(None)
            else:
                counts.append(sum(day in active_days[user_id] for user_id in members))
        rates = [None if count is None else count / len(members) for count in counts]
        rows.append((cohort_date, len(members), *counts, *rates))
    return as_table(rows, like=users)


def find_active_days(signups, events):
    """Return, for each user, on which days after the signup's there were events."""
    active_days = {user_id: set() for user_id in signups}
    for _event_id, user_id, event_at, _name in fetch(events):
        if user_id not in signups or event_at is None:
            continue
        signup_at = signups[user_id]
        if event_at >= signup_at:
            active_days[user_id].add((event_at.date() - signup_at.date()).days)
    return active_days


def fetch(table):
    """Return the table's rows as tuples of Python values, None where NULL."""
    columns = []
    for column in table.columns:
        values = column.values.tolist()
        if column.nulls is not None:
            for row in np.flatnonzero(column.nulls).tolist():
                values[row] = None
        columns.append(values)
    return zip(*columns)


def as_table(rows, like):
    """Turn the rows into a table of the same class as another."""
    make_table, make_column = type(like), type(like.columns[0])
    columns = []
    for place, kind in enumerate(TYPES):
        values = [row[place] for row in rows]
        dtype = {"DATE": "M8[D]", "BIGINT": "i8", "DOUBLE": "f8"}[kind]
        array = np.array([0 if value is None else value for value in values], dtype=dtype)
        nulls = np.array([value is None for value in values], dtype=bool)
        columns.append(make_column(array, nulls, kind))
    return make_table(NAMES, tuple(columns))
