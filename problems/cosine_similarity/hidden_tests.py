"""Hidden properties of ``cosine_similarity``: the plain contract, what is quickly told, then the relations.

The first that fails is what the learner reads.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from judge.authoring import check_array, check_equal, check_raises, made, rule

from .cases import (
    EMPTY,
    INVALID,
    PAIR_TOLERANCE,
    check_range,
    check_similarities,
    larger_pairs,
    pairs,
    pairs_of_dtypes,
    pairs_of_layouts,
    pairs_with_zero_rows,
    parallel_rows,
    scaled_pairs,
    turned,
)


@rule(group="base")
@given(case=pairs())
def every_entry_is_the_cosine_of_two_rows(solution: Any, oracle: Any, case: Any) -> None:
    """S[i, j] is the cosine of the angle between row i of X and row j of Y, as a float64 array (n, m)."""
    check_similarities(solution.cosine_similarity(*case), oracle.cosine_similarity(*case))


@rule(group="base")
@given(case=st.sampled_from(EMPTY))
def no_rows_give_an_empty_result(solution: Any, case: Any) -> None:
    """X or Y without rows is valid: the result has shape (n, m), with n or m zero."""
    X, Y = case
    check_equal(solution.cosine_similarity(X, Y), np.empty((len(X), len(Y))), "S")


@rule(group="base")
@given(case=st.sampled_from(INVALID))
def invalid_input_raises_value_error(solution: Any, case: Any) -> None:
    """ValueError when an input is not 2-D, has no columns, holds NaN or infinity, or when the widths differ."""
    because, X, Y = case
    check_raises(solution.cosine_similarity, X, Y, because=because)


@rule(group="base")
@given(case=pairs_with_zero_rows())
def a_zero_row_is_similar_to_nothing(solution: Any, oracle: Any, case: Any) -> None:
    """A zero row has similarity 0.0 with every row, itself and other zero rows included."""
    check_similarities(solution.cosine_similarity(*case), oracle.cosine_similarity(*case))


@rule(group="base")
@given(case=pairs_of_dtypes())
def every_dtype_counts_as_float64(solution: Any, oracle: Any, case: Any) -> None:
    """Integers of every width, bool and float32 act as float64: nothing wraps, and no digits are lost."""
    check_similarities(solution.cosine_similarity(*case), oracle.cosine_similarity(*case))


@rule(group="base")
@given(case=pairs_of_layouts())
def the_memory_layout_changes_nothing(solution: Any, oracle: Any, case: Any) -> None:
    """Fortran order, strides and negative strides change nothing: only values count."""
    check_similarities(solution.cosine_similarity(*case), oracle.cosine_similarity(*case))


@rule(group="base")
@given(case=parallel_rows())
def parallel_rows_have_one_or_minus_one(solution: Any, case: Any) -> None:
    """A row has similarity 1.0 with itself and with all of its direction, -1.0 with its opposite; -1 <= S <= 1 holds exactly."""
    X, Y, factor = case
    S = solution.cosine_similarity(X, Y)
    check_array(S, (len(X), len(X)), what="S")
    check_range(S)
    want = S.copy()
    np.fill_diagonal(want, np.sign(factor))
    check_similarities(S, want)


@rule(group="base")
@given(case=scaled_pairs())
def the_length_of_a_row_does_not_matter(solution: Any, oracle: Any, case: Any) -> None:
    """A row times a positive factor keeps its similarities, with entries from 1e-100 to 1e100; a negative one turns the signs."""
    plain, scaled, signs = case
    S_scaled = solution.cosine_similarity(*scaled)
    check_similarities(S_scaled, oracle.cosine_similarity(*scaled))
    S = solution.cosine_similarity(*plain)
    check_array(S, signs.shape, what="S")
    check_similarities(S_scaled, S * signs, "S_scaled", PAIR_TOLERANCE)


@rule(group="base")
@given(case=larger_pairs())
def the_order_of_rows_and_of_matrices_is_kept(solution: Any, case: Any) -> None:
    """Reordering the rows of X or Y reorders S in the same way, and S(Y, X) is the transpose of S(X, Y)."""
    X, Y, rng = case
    p, q = rng.permutation(len(X)), rng.permutation(len(Y))
    S, swapped = solution.cosine_similarity(X, Y), solution.cosine_similarity(Y[q], X[p])
    check_array(S, (len(X), len(Y)), what="S")
    check_similarities(swapped, S[p][:, q].T, "S_swapped", PAIR_TOLERANCE)


@rule(group="base")
@given(case=larger_pairs())
def zero_columns_and_rotations_change_nothing(solution: Any, case: Any) -> None:
    """Columns of zeros added to both matrices change nothing, nor does one rotation of all rows."""
    X, Y, rng = case
    padded, rotated = turned(rng, X, Y)
    S = solution.cosine_similarity(X, Y)
    check_array(S, (len(X), len(Y)), what="S")
    check_similarities(solution.cosine_similarity(*padded), S, "S_padded", PAIR_TOLERANCE)
    check_similarities(solution.cosine_similarity(*rotated), S, "S_rotated", PAIR_TOLERANCE)


@rule(group="base")
def large_matrices_obey_the_same_rules(solution: Any, oracle: Any) -> None:
    """120 and 90 rows of 300 columns: the same rules, within the limits of time and memory."""
    X, Y = made("np.random.default_rng(7).normal(size=(120, 300))"), made("np.random.default_rng(8).normal(size=(90, 300))")
    rows, columns = [0, 1, 31, 32, 63, 64, 99, 118, 119], [0, 31, 32, 63, 64, 88, 89]
    S = solution.cosine_similarity(X, Y)
    check_array(S, (120, 90), what="S")
    check_range(S)
    want = S.copy()
    want[np.ix_(rows, columns)] = oracle.cosine_similarity(X[rows], Y[columns])
    check_similarities(S, want)
