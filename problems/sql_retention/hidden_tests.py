"""Hidden properties of the retention query.

A call costs five to ten milliseconds, most of them DuckDB's planning, where a NumPy problem's costs a tenth of one. So
a property draws 20 worlds and not 200. But each world holds up to 30 users and 80 events, and one user whose case
breaks the rule shows in the row of that cohort: a property still sees some hundred users and five hundred events.
"""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from judge.authoring import rule, seeds

from .cases import FAR, MAX_EVENTS, MAX_USERS, NEAR, Style, add, check_answer, few_rows, shift, worlds

WORLDS = 20
"""Examples of a property; each is one call."""
PLAIN = Style(origins=1, edges=False)
CLOCK = Style(origins=1)
LONG = Style(days=(*NEAR, *FAR), spread=4)
STRANGE = Style(early=True, strange=0.15)
ANY = Style(days=FAR[:16], spread=4, early=True, strange=0.05)


@rule()
def the_result_has_these_columns_and_types(solution, oracle):
    """The columns are cohort_date DATE, cohort_size, d0, d1, d7 of an integer type, r0, r1, r7 DOUBLE, also without rows."""
    for world in few_rows():
        tables = world.tables()
        check_answer(solution.query(**tables), oracle.query(**tables))


@rule(examples=WORLDS)
@given(world=worlds(PLAIN, users=st.integers(1, MAX_USERS), events=st.integers(0, 20)))
def a_cohort_is_everyone_who_signed_up_that_day(solution, oracle, world):
    """A cohort has one row and counts all who signed up that day, active or not; a count is 0 where nobody returned."""
    tables = world.tables()
    check_answer(solution.query(**tables), oracle.query(**tables))


@rule(examples=WORLDS)
@given(world=worlds(PLAIN, users=st.integers(1, 5), events=st.integers(1, 40)), seed=seeds())
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
@given(world=worlds(LONG, events=st.integers(1, MAX_EVENTS)))
def days_are_counted_across_months_and_years(solution, oracle, world):
    """Days are counted across month and year ends and leap days; activity on another day does not count."""
    tables = world.tables()
    check_answer(solution.query(**tables), oracle.query(**tables))


@rule(examples=WORLDS)
@given(world=worlds(STRANGE, events=st.integers(1, MAX_EVENTS)))
def some_events_and_users_are_ignored(solution, oracle, world):
    """Events of unknown users, without time or user, or before the signup are ignored; no signup time, no cohort."""
    tables = world.tables()
    check_answer(solution.query(**tables), oracle.query(**tables))


@rule(group="as_of", examples=WORLDS)
@given(world=worlds(Style(spread=10), users=st.integers(1, MAX_USERS), as_of=st.integers(-1, 12)))
def as_of_decides_what_is_known(solution, oracle, world):
    """Cohorts go up to and including as_of; a count and its rate are NULL where cohort_date + k is after as_of."""
    tables = world.tables()
    check_answer(solution.query(**tables), oracle.query(**tables))


@rule(group="as_of", examples=WORLDS)
@given(world=worlds(Style(spread=6), as_of=st.integers(3, 12)), days=st.integers(1, 800))
def shifted_dates_shift_the_answer(solution, oracle, world, days):
    """Shifting all dates by some days, as_of too, shifts cohort_date and changes nothing else."""
    check_answer(solution.query(**world.shifted(days).tables()), shift(oracle.query(**world.tables()), days))


@rule(examples=WORLDS)
@given(world=worlds(ANY, users=st.integers(1, 6)), place=st.integers(0, 5))
def an_inactive_user_raises_only_cohort_size(solution, oracle, world, place):
    """One more user who is never active raises the cohort's size by one and leaves its counts alone."""
    more = world.with_idle_user(place)
    want = add(oracle.query(**world.tables()), oracle.query(**more.last_user().tables()))
    check_answer(solution.query(**more.tables()), want)


@rule(examples=WORLDS)
@given(world=worlds(ANY, users=st.integers(2, MAX_USERS), events=st.integers(1, MAX_EVENTS)), seed=seeds())
def disjoint_user_sets_add_up(solution, oracle, world, seed):
    """The sizes and counts of two groups of users add up to those of all users together."""
    chosen = np.random.default_rng(seed).random(len(world.users)) < 0.5
    parts = (oracle.query(**world.of(group).tables()) for group in (chosen, ~chosen))
    check_answer(solution.query(**world.tables()), add(*parts))
