"""Which sizes are proposed, for solutions whose cost is known: powers of the sizes."""

from __future__ import annotations

import math
import tomllib

import pytest

from judge.catalog import Catalog
from judge.verify.calibration import Calibration, toml_fragment
from judge.verify.proposals import Band, Ranges, find_scale, propose_ranges, propose_size, rounded, scale
from judge.verify.sizes import Sizes

BAND = Band(60.0, 90.0)


def power(factor, fixed=0.0, most=math.inf, **powers):
    """Return a cost: ``fixed + factor * product of sizes to their powers`` milliseconds, and none beyond a product of sizes."""

    def cost(sizes):
        if math.prod(sizes.values()) > most:
            return None
        return fixed + factor * math.prod(sizes[name] ** exponent for name, exponent in powers.items())

    return cost


class Counted:
    """A cost that counts how often it is asked."""

    def __init__(self, cost):
        self.cost, self.asked = cost, 0

    def __call__(self, sizes):
        self.asked += 1
        return self.cost(sizes)


@pytest.mark.parametrize(("value", "want"), [(0.2, 1), (1.4, 1), (9.6, 10), (99.4, 99), (123, 120), (126, 130), (98_765, 99_000)])
def test_sizes_are_round(value, want):
    assert rounded(value) == want


def test_a_factor_of_one_changes_nothing():
    assert scale({"n": 1234, "k": 3}, frozenset({"n"}), 1.0) == {"n": 1234, "k": 3}
    assert scale({"n": 1234, "k": 3}, frozenset({"n"}), 2.0) == {"n": 2500, "k": 3}


# -- one factor ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exponent", [0.5, 1, 2, 3])
@pytest.mark.parametrize("start", [1, 3, 70, 2000])
def test_the_factor_is_found_in_a_few_measurements_for_any_power(exponent, start):
    asked = Counted(lambda factor: start * factor**exponent)
    found = find_scale(asked, BAND, 1e9, lambda: False)
    assert asked.asked <= 8
    assert BAND.holds(start * found**exponent)


def test_what_cannot_be_called_is_not_proposed():
    assert find_scale(lambda factor: factor if factor < 10 else None, BAND, 1e9, lambda: False) < 10
    assert find_scale(lambda factor: 300 * factor if factor < 0.5 else None, BAND, 1e9, lambda: False) == pytest.approx(0.25, rel=0.2)
    assert find_scale(lambda _: None, BAND, 8.0, lambda: False) is None


def test_a_cost_that_does_not_change_ends_the_search():
    assert find_scale(lambda _: 5.0, BAND, 8.0, lambda: False) is not None


def test_when_time_is_up_there_was_one_measurement():
    asked = []
    assert find_scale(lambda factor: asked.append(factor) or 5.0, BAND, 8.0, lambda: True) == 1.0
    assert asked == [1.0]


# -- the timed size ------------------------------------------------------------------------------------------------


def test_sizes_are_scaled_jointly_into_the_band():
    trial = propose_size({"n": 100, "d": 100}, frozenset(), power(1e-3, n=1, d=1), power(1e-5, n=1, d=1), band=BAND)
    assert BAND.holds(trial.ms)
    assert trial.size["n"] == trial.size["d"] > 200
    assert trial.ratio == pytest.approx(100)


def test_the_shape_changes_where_the_ratio_gains():
    # The reference pays for every n, and next to nothing for d: the best shape has few rows and many columns.
    reference = power(1e-3, n=1)
    trial = propose_size({"n": 256, "d": 256}, frozenset(), power(1e-3, n=1, d=1), reference, band=BAND)
    assert BAND.holds(trial.ms)
    assert trial.size["d"] > 4 * trial.size["n"]
    assert trial.size["d"] <= 8 * 256


def test_exact_sizes_are_left_alone():
    trial = propose_size({"n": 50, "rounds": 3}, frozenset({"rounds"}), power(1e-2, n=2, rounds=1), power(1e-4, n=2), band=BAND)
    assert trial.size["rounds"] == 3
    assert BAND.holds(trial.ms)


def test_a_memory_bound_is_respected():
    slow = power(1e-4, most=20_000, n=1, d=1)
    trial = propose_size({"n": 100, "d": 100}, frozenset(), slow, power(1e-6, most=20_000, n=1, d=1), band=BAND)
    assert trial.size["n"] * trial.size["d"] <= 20_000
    assert trial.ms > 1.0


def test_no_size_is_proposed_where_no_call_can_be_made():
    assert propose_size({"n": 5}, frozenset(), lambda _: None, lambda _: 1.0, band=BAND) is None
    assert propose_size({"n": 5}, frozenset(), lambda _: 70.0, lambda _: None, band=BAND) is None


def test_the_search_ends_when_its_time_is_up():
    cost = Counted(power(1e-3, n=1, d=1))
    assert propose_size({"n": 300, "d": 300}, frozenset(), cost, power(1e-5, n=1), band=BAND, enough=lambda: True)
    assert cost.asked <= 3


# -- the ranges ----------------------------------------------------------------------------------------------------


def test_ranges_suit_the_baseline_below_and_the_reference_above():
    slow, fast = power(1e-3, n=1, d=1), power(1e-5, fixed=0.01, n=1, d=1)
    ranges = propose_ranges({"n": 100, "d": 100}, {"n": 200, "d": 200}, frozenset(), slow, fast)
    assert 0.3 <= ranges.low_ms <= 1.0
    assert 5.0 <= ranges.high_ms <= 10.0
    assert ranges.low_ms == slow(ranges.low)
    assert ranges.high_ms == fast(ranges.high)
    assert all(ranges.high[name] > 16 * ranges.low[name] for name in ranges.low)


def test_the_largest_sizes_stop_at_the_memory():
    fast = power(1e-9, most=10**7, n=1, d=1)
    ranges = propose_ranges({"n": 20, "d": 20}, {"n": 1000, "d": 1000}, frozenset(), power(1e-3, n=1, d=1), fast)
    assert 10**6 <= ranges.high["n"] * ranges.high["d"] <= 10**7
    assert ranges.high_ms < 5.0


def test_ranges_that_cannot_be_called_are_left_and_said_so():
    ranges = propose_ranges({"n": 2}, {"n": 3}, frozenset(), lambda _: None, lambda _: None)
    assert ranges == Ranges({"n": 2}, {"n": 3}, None, None)


def test_a_range_never_ends_before_it_begins():
    ranges = propose_ranges({"n": 10}, {"n": 10}, frozenset(), power(1e-4, n=1), power(1.0, n=1))
    assert ranges.low["n"] <= ranges.high["n"]


# -- the fragment --------------------------------------------------------------------------------------------------


def test_the_fragment_is_toml_and_keeps_what_is_not_proposed():
    problem = Catalog().problem("kmeans")
    sizes = Sizes(70.0, 300.0, 200.0, 0.03, tied=False)
    ranges = Ranges({"n": 10, "k": 2}, {"n": 1000, "k": 64}, 0.5, 7.0)
    found = tomllib.loads(toml_fragment(Calibration(problem, sizes, sizes, {"n": 7, "max_iters": 2}, ranges)))
    assert found["speed"] == {"function": "kmeans", "size": {"n": 7, "max_iters": 2}, "targets": [10, 100], "exact": ["max_iters"]}
    assert found["variables"]["k"] == {"title": "clusters", "low": 2, "high": 64}
