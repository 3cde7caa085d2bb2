"""The pure part of the timing protocol: jitter, interval, border, tier."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.timing import decide_tier, interval, is_borderline, is_clear, stratified_jitter

TARGETS = (10.0, 100.0)


@given(seed=st.integers(0, 2**32), count=st.integers(1, 200))
def test_jitters_cover_the_range_evenly_and_stay_within_ten_per_cent(seed, count):
    jitter = stratified_jitter(np.random.default_rng(seed), count)
    assert np.all(np.abs(jitter) <= 0.1)
    strata = np.floor((np.sort(jitter) + 0.1) / 0.2 * count)
    assert np.all(np.abs(strata - np.arange(count)) <= 1)


@given(ratios=st.lists(st.floats(0.01, 1e4), min_size=1, max_size=19), seed=st.integers(0, 1000))
def test_the_interval_holds_the_median_and_stays_within_the_data(ratios, seed):
    low, median, high = interval(ratios, np.random.default_rng(seed))
    assert min(ratios) <= low <= median <= high <= max(ratios)
    assert median == pytest.approx(float(np.median(ratios)))


def test_the_interval_of_equal_ratios_is_a_point():
    assert interval([7.0] * 5, np.random.default_rng(0)) == (7.0, 7.0, 7.0)


@pytest.mark.parametrize(
    ("median", "tier"), [(0.5, "below"), (9.99, "below"), (10.0, "10x"), (99.9, "10x"), (100.0, "100x"), (5000.0, "100x")]
)
def test_the_tier_is_the_highest_target_reached(median, tier):
    assert decide_tier(median, TARGETS) == tier


BORDERS = [(7.9, False), (8.0, True), (10.5, True), (10.6, False), (79, False), (80, True), (106, False)]


@pytest.mark.parametrize(("median", "border"), BORDERS)
def test_the_border_reaches_from_a_fifth_below_a_target_to_a_twentieth_above(median, border):
    assert is_borderline(median, TARGETS) is border


def test_pairs_are_clear_only_when_all_lie_on_one_side_of_every_target():
    assert is_clear([20.0, 22.0, 19.0], TARGETS)
    assert not is_clear([9.0, 20.0, 22.0], TARGETS)
    assert not is_clear([95.0, 96.0, 97.0], TARGETS)
    assert is_clear([300.0, 350.0], TARGETS)
