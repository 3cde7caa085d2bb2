"""The measurement of growth as a policy, on solutions whose cost is a formula: a session that computes instead of running."""

from __future__ import annotations

import itertools
import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.boxes.session import RemoteError
from judge.complexity import Subject, measure_growth
from judge.complexity.growth import FLOOR, MOST_NS, fit, fit_memory
from judge.model import Failure, Verdict

RANGES = {"n": (100, 1_000_000), "d": (4, 4096)}


class Formula:
    """Stands in for a session: what a call costs follows from its sizes."""

    clock_kind = "cpu"
    over = False

    def __init__(self, ns, peak=lambda **_: 0):
        self.ns, self.peak = ns, peak
        self.staged, self.resident = [], 10 << 20
        self.dearest = 0.0
        self.calls = 0

    def stage(self, calls):
        self.staged = [dict(zip(RANGES, args, strict=False)) for _, args, _ in calls]

    def run(self, count):
        assert count == len(self.staged)
        costs = [self.ns(**sizes) for sizes in self.staged]
        self.calls += count
        self.dearest = max(self.dearest, *costs)
        self.resident += max(self.peak(**sizes) for sizes in self.staged)
        return SimpleNamespace(ns=sum(costs))

    def batch(self, calls):
        self.stage(calls)
        return self.run(len(calls))

    def forget_peak(self):
        self.resident = 10 << 20

    def peak_memory(self):
        return self.resident


def measured(ns, peak=lambda **_: 0, ranges=RANGES):
    """Measure a formula."""
    session = Formula(ns, peak)
    names = list(ranges)
    subject = Subject("f", lambda _, **sizes: tuple(sizes[name] for name in names), ranges, {})
    return measure_growth(session, subject, np.random.default_rng(0)), session


@given(
    power=st.sampled_from([0.5, 1.0, 1.5, 2.0]),
    other=st.sampled_from([0.0, 0.5, 1.0]),
    unit=st.floats(0.3, 3.0),
)
def test_the_powers_of_a_product_are_found(power, other, unit):
    growth, _ = measured(lambda n, d: unit * n**power * d**other)
    assert growth.time["n"].exponent == pytest.approx(power, abs=0.02)
    assert growth.time["d"].exponent == pytest.approx(other, abs=0.02)


def test_a_fixed_cost_does_not_hide_the_growth_of_a_fast_solution():
    growth, _ = measured(lambda n, d: 30_000 + 0.05 * n * d)
    assert growth.time["n"].exponent == pytest.approx(1.0, abs=0.1)
    assert growth.time["d"].exponent == pytest.approx(1.0, abs=0.1)


def test_a_logarithmic_factor_looks_like_a_little_more_than_the_power():
    growth, _ = measured(lambda n, d: 20 * n * math.log(n) + d)
    assert 1.0 < growth.time["n"].exponent < 1.2


@given(power=st.floats(0.5, 3.0), unit=st.floats(0.1, 1e5))
def test_no_call_costs_much_more_than_the_most_that_is_allowed(power, unit):
    growth, session = measured(lambda n, d: unit * n**power + d)
    assert session.dearest < max(MOST_NS, unit * 100**power) * 4**power * 1.1
    assert session.calls < 1000
    assert all(value.low <= value.exponent <= value.high for value in growth.time.values())


def test_a_size_whose_smallest_call_is_slow_already_is_left_out():
    growth, session = measured(lambda n, d: 1e9 * n * d)
    assert growth.time == {}
    assert session.calls < 10


def test_a_size_at_which_calls_fail_is_left_out_and_the_others_are_measured():
    def ns(n, d):
        if d > 4:
            raise RemoteError(("ValueError",), "only four columns")
        return 100.0 * n

    growth, _ = measured(ns)
    assert list(growth.time) == ["n"]


def test_a_session_that_ends_ends_the_measurement():
    class Ending(Formula):
        def run(self, count):  # noqa: ARG002 - its interface
            self.over = True
            raise Failure(Verdict.TLE, "too long")

    subject = Subject("f", lambda _, **sizes: tuple(sizes.values()), RANGES, {})
    growth = measure_growth(Ending(lambda **_: 1.0), subject, np.random.default_rng(0))
    assert (growth.time, growth.space) == ({}, {})


def test_peaks_give_the_powers_of_memory():
    growth, _ = measured(lambda n, d: 10.0 * n * d, peak=lambda n, d: 8 * n + 64 * d)
    assert growth.space["n"].exponent == pytest.approx(1.0, abs=0.1)


def test_memory_that_cannot_be_seen_gives_no_power():
    class Blind(Formula):
        def peak_memory(self):
            return 0

    subject = Subject("f", lambda _, **sizes: tuple(sizes.values()), RANGES, {})
    growth = measure_growth(Blind(lambda n, d: 10.0 * n * d), subject, np.random.default_rng(0))
    assert growth.space == {}
    assert set(growth.time) == set(RANGES)


def test_small_peaks_mean_constant_memory_only_beside_large_arguments():
    peaks = [8 << 10] * 6
    assert fit_memory(range(1, 7), peaks, given=10 << 20).exponent == 0.0
    assert fit_memory(range(1, 7), peaks, given=10 << 10) is None
    assert fit_memory(range(1, 7), [1, 1, 1, FLOOR, 2 * FLOOR, 40 * FLOOR], given=10 << 20) is None


@given(
    power=st.floats(-1.0, 4.0),
    scale=st.floats(1e-3, 1e6),
    noise=st.lists(st.floats(-0.05, 0.05), min_size=6, max_size=6),
)
def test_a_fit_recovers_a_power_law_within_its_noise(power, scale, noise):
    sizes = [10 * 2**step for step in range(6)]
    found = fit(sizes, [scale * size**power * math.exp(error) for size, error in zip(sizes, noise, strict=True)])
    assert found.exponent == pytest.approx(power, abs=0.06)
    assert found.low < found.exponent < found.high


def test_three_points_are_no_line():
    assert fit([1, 2, 4], [1.0, 2.0, 4.0]) is None


def test_the_same_seed_draws_the_same_inputs():
    def draws():
        seen = []
        session = Formula(lambda n, d: 10.0 * n * d)
        subject = Subject("f", lambda rng, **sizes: (seen.append(rng.integers(1 << 30)), tuple(sizes.values()))[1], RANGES, {})
        measure_growth(session, subject, np.random.default_rng(5))
        return seen

    first, second = draws(), draws()
    assert first == second
    assert len(set(first)) == len(first)
    assert all(a != b for a, b in itertools.pairwise(first))
