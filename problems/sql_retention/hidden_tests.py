"""Hidden properties of the retention query.

A call costs five to ten milliseconds, most of them DuckDB's planning, where a NumPy problem's costs a tenth of one. So
a property draws 25 worlds and not 200. But a world is many cases at once: up to 40 users sign up on some ten different
days, and one user whose case breaks the rule shows in the row of that cohort. A property so meets more than 200
cohorts and 500 events. The plain contract comes first, then the rules one by one, then the relations.
"""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from judge.authoring import rule, seeds

from .cases import FAR, MAX_EVENTS, NEAR, Style, add, check_answer, few_rows, shift, worlds

WORLDS = 25
"""Examples of a property; each is one call."""
PLAIN = Style(origins=1, edges=False, once=True)
OFTEN = Style(origins=1, edges=False)
CLOCK = Style(origins=1)
LONG = Style(days=(*NEAR, *FAR))
STRANGE = Style(early=True, strange=0.15)
MANY_DAYS = Style(days=FAR[:16], spread=200, early=True, strange=0.05)


@rule()
def the_result_has_these_columns_and_types(solution, oracle):
    """The columns are cohort_date DATE, cohort_size, d0, d1, d7 of an integer type, r0, r1, r7 DOUBLE, also without rows."""
    for world in few_rows():
        tables = world.tables()
        check_answer(solution.query(**tables), oracle.query(**tables))


@rule(examples=WORLDS)
@given(world=worlds(PLAIN))
def a_cohort_is_everyone_who_signed_up_that_day(solution, oracle, world):
    """A cohort has one row and counts all who signed up that day, active or not; a count is 0 where nobody returned."""
    tables = world.tables()
    check_answer(solution.query(**tables), oracle.query(**tables))


@rule(examples=WORLDS)
@given(world=worlds(OFTEN, events=(1, MAX_EVENTS)), seed=seeds())
def repeated_events_count_once(solution, oracle, world, seed):
    """A user counts once a day however many events there are: repeating and shuffling events changes nothing."""
    count = len(world.event_ids)
    rows = np.random.default_rng(seed).permutation(np.concatenate((np.arange(count), np.arange(0, count, 2))))
    check_answer(solution.query(**world.take(rows).tables()), oracle.query(**world.tables()))


@rule(examples=WORLDS)
@given(world=worlds(CLOCK))
def day_k_is_a_calendar_day(solution, oracle, world):
    """Retained at day k means an event on exactly the date cohort_date + k: from 23:59 to 00:01 is one day."""
    tables = world.tables()
    check_answer(solution.query(**tables), oracle.query(**tables))


@rule(examples=WORLDS)
@given(world=worlds(LONG, events=(1, MAX_EVENTS)))
def days_are_counted_across_months_and_years(solution, oracle, world):
    """Days are counted across month and year ends and leap days; activity on another day does not count."""
    tables = world.tables()
    check_answer(solution.query(**tables), oracle.query(**tables))


@rule(examples=WORLDS)
@given(world=worlds(STRANGE, events=(1, MAX_EVENTS)))
def some_events_and_users_are_ignored(solution, oracle, world):
    """Events of unknown users, without time or user, or before the signup are ignored; no signup time, no cohort."""
    tables = world.tables()
    check_answer(solution.query(**tables), oracle.query(**tables))


@rule(group="as_of", examples=WORLDS)
@given(world=worlds(Style(), as_of=(-1, 24)))
def as_of_decides_what_is_known(solution, oracle, world):
    """Cohorts go up to and including as_of; a count and its rate are NULL where cohort_date + k is after as_of."""
    tables = world.tables()
    check_answer(solution.query(**tables), oracle.query(**tables))


@rule(group="as_of", examples=WORLDS)
@given(world=worlds(Style(), as_of=(8, 30)), days=st.integers(1, 9000))
def shifted_dates_shift_the_answer(solution, oracle, world, days):
    """Shifting all dates by some days, as_of too, shifts cohort_date and changes nothing else."""
    check_answer(solution.query(**world.shifted(days).tables()), shift(oracle.query(**world.tables()), days))


@rule(examples=WORLDS)
@given(world=worlds(MANY_DAYS), seed=seeds())
def groups_of_users_add_up(solution, oracle, world, seed):
    """Sizes and counts of disjoint groups of users add up; a user who is never active raises cohort_size only."""
    chosen = np.random.default_rng(seed).random(len(world.users)) < 0.5
    more = world.with_idle_user(seed)
    parts = (world.of(chosen), world.of(~chosen), more.last_user())
    check_answer(solution.query(**more.tables()), add(*(oracle.query(**part.tables()) for part in parts)))
