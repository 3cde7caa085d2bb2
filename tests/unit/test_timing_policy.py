"""The pure part of the timing protocol: jitter, interval, border, tier."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judgements import SPEED

from judge.catalog import Catalog
from judge.timing import SpeedOutcome, _Audit, decide_tier, interval, is_astonishing, is_borderline, is_clear, stratified_jitter

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


MS = 1_000_000


@pytest.mark.parametrize(
    ("outside", "excess"),
    [
        ([20, 20, 20, 20, 20], 0),  # what receiving the inputs takes
        ([20, 22, 24, 23, 21], 0),  # a little more
        ([120, 120, 120, 20, 20], 100),  # hidden work in most batches
        ([120, 120, 20, 20, 20], 0),  # in fewer than half, where the median speed owes it nothing
        ([27, 27, 27, 27, 27], 7),  # half a window's work
    ],
)
def test_work_outside_the_windows_is_found_in_the_median_batch(outside, excess):
    audit = _Audit([15 * MS] * 5, [ms * MS for ms in outside], [20 * MS] * 5)
    assert audit.unexplained("cpu") == (15 * MS, excess * MS)


def test_staging_is_compared_with_that_of_the_same_pair():
    """A machine that becomes slower does so for both."""
    costs = [10 * MS, 11 * MS, 40 * MS, 41 * MS, 42 * MS]
    assert _Audit([15 * MS] * 5, costs, costs).unexplained("cpu")[1] == 0


@pytest.mark.parametrize(
    ("slug", "speedup", "to_standard", "void", "astonishing"),
    [
        ("kmeans", 590.0, 590.0, None, False),
        ("kmeans", 610.0, 610.0, None, True),
        ("kmeans", 610.0, 610.0, "hidden work", False),
        ("bpe", 500.0, 2.9, None, False),
        ("bpe", 500.0, 3.1, None, True),
    ],
)
def test_the_reference_is_measured_only_where_it_may_be_beaten_by_far(slug, speedup, to_standard, void, astonishing):
    speed = msgspec.structs.replace(SPEED, speedup=speedup, void=void)
    assert is_astonishing(Catalog().problem(slug), SpeedOutcome(speed, to_standard=to_standard)) is astonishing


def test_a_failure_astonishes_nobody():
    assert not is_astonishing(Catalog().problem("kmeans"), SpeedOutcome(None))
