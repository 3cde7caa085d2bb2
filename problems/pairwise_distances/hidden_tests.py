"""The hidden properties: the plain contract, what is quickly told, then relations. Call the submission only through ``solution``."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from judge.authoring import DTYPES, check, check_array, check_close, check_raises, fill, made, rule

from .cases import (
    MALFORMED,
    NOT_FINITE,
    Sets,
    check_distances,
    exact_sets,
    extremes,
    near_copies,
    point_sets,
    tight_clusters,
    tolerance,
)


def distances(solution: Any, X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Call the submission and require an answer of the right form."""
    D: np.ndarray = solution.pairwise_distances(X, Y)
    check_array(D, (len(X), len(Y)), np.float64, "D")
    return D


@rule(group="base")
@given(sets=point_sets(layouts=True))
def every_entry_is_the_distance_of_its_rows(solution: Any, oracle: Any, sets: Sets) -> None:
    """D is a float64 array of shape (n, m), and D[i, j] is the Euclidean distance of X[i] and Y[j]."""
    check_distances(solution.pairwise_distances(*sets), oracle.pairwise_distances(*sets), tolerance(*sets))


@rule(group="base")
@given(shape=st.sampled_from(((0, 1, 1), (1, 0, 1), (0, 0, 1), (0, 3, 2), (4, 0, 3))), dtype=st.sampled_from(DTYPES))
def empty_sets_are_valid(solution: Any, shape: tuple[int, int, int], dtype: str) -> None:
    """An X or Y without rows is valid and gives shape (n, m)."""
    n, m, d = shape
    distances(solution, fill(0, (n, d), dtype=dtype), fill(0, (m, d), dtype=dtype))


@rule(group="base")
@given(case=st.sampled_from(MALFORMED))
def wrong_shapes_are_refused(solution: Any, case: tuple[str, tuple[int, ...], tuple[int, ...]]) -> None:
    """Unless X and Y both have ndim 2 and the same number of columns, at least 1: ValueError."""
    because, shape_x, shape_y = case
    check_raises(solution.pairwise_distances, np.ones(shape_x), np.ones(shape_y), because=because)


@rule(group="base")
@given(case=st.sampled_from(NOT_FINITE))
def nan_and_infinity_are_refused(solution: Any, case: tuple[str, np.ndarray, np.ndarray]) -> None:
    """NaN or infinity anywhere in X or Y: ValueError."""
    because, X, Y = case
    check_raises(solution.pairwise_distances, X, Y, because=because)


@rule(group="base")
@given(sets=extremes())
def values_act_as_float64(solution: Any, oracle: Any, sets: Sets) -> None:
    """Inputs of every dtype act as float64: nothing wraps or overflows in a narrower type."""
    check_distances(solution.pairwise_distances(*sets), oracle.pairwise_distances(*sets), tolerance(*sets))


@rule(group="base")
@given(sets=near_copies())
def nearly_equal_rows_have_a_distance(solution: Any, oracle: Any, sets: Sets) -> None:
    """Equal and nearly equal rows are at a finite distance of about 0, never NaN."""
    check_distances(solution.pairwise_distances(*sets), oracle.pairwise_distances(*sets), tolerance(*sets))


@rule(group="base")
@given(sets=exact_sets(), power=st.integers(-280, 280), shift=st.integers(-(2**20), 2**20))
def scaling_scales_and_moving_changes_nothing(solution: Any, sets: Sets, power: int, shift: int) -> None:
    """Multiplying X and Y by a power of two multiplies every distance by it; moving all rows alike leaves the distances as they are."""
    D = distances(solution, *sets)
    X, Y = (points * 2.0**power for points in sets)
    check_distances(distances(solution, X, Y), D * 2.0**power, 2 * tolerance(X, Y), "D of the scaled sets")
    vector = shift * (1.0 + np.arange(sets[0].shape[1]) % 2)
    X, Y = (points + vector for points in sets)
    check_distances(distances(solution, X, Y), D, tolerance(*sets) + tolerance(X, Y), "D of the moved sets")


@rule(group="base")
@given(sets=point_sets(6, 16), split=st.integers(1, 15))
def columns_add_up_and_no_detour_is_shorter(solution: Any, sets: Sets, split: int) -> None:
    """Squared distances add up over columns; and D(x, z) <= D(x, y) + D(y, z): no detour is shorter than the direct way."""
    X, Y = sets
    D = distances(solution, X, Y)
    split %= X.shape[1]
    if split:
        left = distances(solution, X[:, :split], Y[:, :split])
        right = distances(solution, X[:, split:], Y[:, split:])
        check_distances(D, np.hypot(left, right), 3 * tolerance(X, Y), "D of all columns")
    Z = np.where(np.arange(X.shape[1]) % 2, X[::-1], Y[:1])  # its columns are in turn from Y and from X
    direct, onward = distances(solution, X, Z), distances(solution, Y, Z)
    detour = (D[:, :, None] + onward).min(axis=1)
    message = "a detour is shorter than the direct way: the triangle inequality does not hold"
    check((direct <= detour + 3 * tolerance(X, Y, Z)).all(), message, expected=detour, actual=direct)


@rule(group="base")
@given(sets=point_sets(16, 20))
def swapping_and_reordering_only_reorder(solution: Any, sets: Sets) -> None:
    """Swapping X and Y transposes D; reordering their rows reorders the rows and columns of D."""
    X, Y = sets
    D = distances(solution, X, Y)
    check_distances(distances(solution, Y, X).T, D, 2 * tolerance(X, Y), "the transpose of D(Y, X)")
    rows, columns = np.arange(len(X))[::-1], np.roll(np.arange(len(Y)), 1)
    reordered = distances(solution, X[rows], Y[columns])
    check_distances(reordered, D[np.ix_(rows, columns)], 2 * tolerance(X, Y), "D of the reordered rows")


@rule(group="stable")
@given(sets=tight_clusters())
def tight_clusters_keep_six_digits(solution: Any, oracle: Any, sets: Sets) -> None:
    """In tight clusters far from the origin the relative error is at most 1e-6, and identical rows are at exactly 0."""
    got, want = distances(solution, *sets), oracle.pairwise_distances(*sets)
    check((got[want == 0] == 0).all(), "identical rows must be at distance exactly 0", expected=want, actual=got)
    check_close(got, want, "D", rtol=1e-6, atol=0.0)


@rule(group="memory")
def large_sets_fit_into_memory(solution: Any) -> None:
    """Sets of 300 rows and 384 columns fit into the memory limit; an intermediate of shape (n, m, d) does not.

    Distances are small against the norms, so that code which treats close rows apart meets 90,000 close pairs.
    """
    X = made("1e4 + np.random.default_rng(11).normal(size=(300, 384))")
    Y = made("1e4 + np.random.default_rng(12).normal(size=(300, 384))")
    got = solution.pairwise_distances(X, Y)
    A, B = X - 1e4, Y - 1e4  # exact; so centred, no row is close to another, and the expansion is exact enough
    squares = (A * A).sum(axis=1)[:, None] + (B * B).sum(axis=1) - 2 * A @ B.T
    check_distances(got, np.sqrt(squares), tolerance(X, Y))
