"""Hidden properties of k-means. They compare whole runs where no rounding decides, and check conditions elsewhere.

The plain contract comes first, then what is quickly told, then whole runs, then the large cases.
"""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from judge.authoring import check, check_close, check_equal, check_raises, made, rule

from .cases import (
    ANY_LOOK,
    CLOSE,
    NEAR,
    SETTLED_LOOK,
    cases,
    check_answer,
    check_form,
    check_means,
    check_nearest,
    distances,
    follow,
    longest_row,
    make_case,
    ties,
)

FEW, MANY = st.integers(1, 16), st.integers(1, 30)
"""Numbers of points."""


@rule()
@given(case=cases(FEW, k=st.integers(1, 8), looks=SETTLED_LOOK))
def no_updates_return_init_and_its_assignment(solution, case):
    """With max_iters=0 the centroids are init, and every point has its nearest one; a tie goes to the lowest index."""
    X, init = case
    check_answer(solution.kmeans(X, init, max_iters=0), X, init, follow(X, init, 0))


INVALID = {
    "X has no rows": (np.empty((0, 2)), np.zeros((1, 2))),
    "init has no rows": (np.zeros((3, 2)), np.empty((0, 2))),
    "X and init have no columns": (np.empty((3, 0)), np.empty((1, 0))),
    "X has 1 dimension": (np.arange(3.0), np.zeros((1, 3))),
    "X has 3 dimensions": (np.zeros((3, 2, 2)), np.zeros((1, 2))),
    "init has 1 dimension": (np.zeros((3, 2)), np.zeros(2)),
    "init has 3 dimensions": (np.zeros((3, 2)), np.zeros((1, 2, 2))),
    "X has 0 dimensions": (np.array(1.0), np.zeros((1, 1))),
    "X has 2 columns, init 3": (np.zeros((3, 2)), np.zeros((1, 3))),
    "X has 3 columns, init 1": (np.arange(6.0).reshape(2, 3), np.zeros((2, 1))),
    "X has 1 column, init 3": (np.arange(3.0)[:, None], np.zeros((2, 3))),
    "NaN in X": (np.array([[0.0, 1.0], [2.0, np.nan]]), np.zeros((1, 2))),
    "NaN in init": (np.ones((3, 2)), np.array([[0.0, 1.0], [np.nan, 2.0]])),
    "infinity in X": (np.array([[0.0, np.inf], [1.0, 2.0]]), np.zeros((1, 2))),
    "infinity in init": (np.ones((3, 2)), np.array([[0.0, 1.0], [2.0, np.inf]])),
    "minus infinity in X": (np.array([[0.0, 1.0], [-np.inf, 2.0]]), np.zeros((1, 2))),
    "minus infinity in init": (np.ones((3, 2)), np.array([[-np.inf, 1.0]])),
    "NaN in a float32 X": (np.array([[0.0], [np.nan]], dtype=np.float32), np.zeros((1, 1))),
}


@rule(group="input")
def invalid_input_raises_value_error(solution):
    """Empty, of other than two dimensions, of different widths, NaN or infinity, max_iters < 0: ValueError."""
    for because, (X, init) in INVALID.items():
        check_raises(solution.kmeans, X, init, because=because)
        check_raises(solution.kmeans, X, init, max_iters=0, because=f"{because}, with max_iters=0")
    check_raises(solution.kmeans, np.zeros((3, 2)), np.zeros((1, 2)), max_iters=-1, because="max_iters < 0")


@rule()
def a_run_stops_when_the_assignment_repeats(solution):
    """The run stops when an assignment repeats the one before it: not later, however large max_iters is, nor before."""
    X = np.array([[7.0, 2.0], [7.0, 3.0], [3.0, 2.0], [2.0, 0.0], [0.0, 3.0]])
    init = X[:2].copy()
    check_answer(solution.kmeans(X, init, max_iters=10**9), X, init, follow(X, init, 10))


@rule()
def a_tie_goes_to_the_lowest_index_in_every_assignment(solution):
    """A tie goes to the lowest index in every assignment, wherever the point was before."""
    for sign in (1.0, -1.0):
        X, init = sign * np.array([[-0.25], [0.25], [1.0], [3.0]]), sign * np.array([[-1.0], [2.0]])[:: int(sign)]
        check_answer(solution.kmeans(X, init), X, init, follow(X, init, 100))  # one update makes the tie


@rule()
def a_single_cluster_gives_the_mean(solution):
    """With k = 1 the centroid is the mean of all points, whatever init was."""
    X = made("(np.arange(900) * 37 % 251).astype(np.uint8).reshape(300, 3)")
    for init in (np.array([[250, 0, 1]], dtype=np.uint8), np.array([[-1e6, 0.5, 1e6]])):
        centroids, labels = check_form(solution.kmeans(X, init), X, init)
        check_equal(labels, np.zeros(300, np.int64), "labels")
        mean = X.astype(np.float64).mean(axis=0, keepdims=True)
        check_close(centroids, mean, "with k = 1, centroids", rtol=0.0, atol=CLOSE * longest_row(X, init))


@rule()
@given(case=cases(MANY, k=st.integers(1, 6), looks=ANY_LOOK), first=st.integers(0, 4))
def a_run_goes_downhill_until_it_stands_still(solution, case, first):
    """Inertia never rises; at convergence centroids are means, and starting again, even with every point twice, changes nothing."""
    X, init = case
    before = _inertia(X, init, *check_form(solution.kmeans(X, init, max_iters=first), X, init))
    centroids, labels = check_form(solution.kmeans(X, init, max_iters=1000), X, init)
    after = _inertia(X, init, centroids, labels)
    slack = 5 * NEAR * longest_row(X, init) ** 2 * len(X)
    check(after <= before + slack, f"inertia rises from {before:.9g} with max_iters={first} to {after:.9g} at convergence")
    check_means(X, init, centroids, labels)
    twice = np.repeat(X, 2, axis=0)
    if follow(twice, centroids, 0).settled.all():
        again, same = check_form(solution.kmeans(twice, centroids, max_iters=3), twice, centroids)
        what = "started again from a converged result, with every point twice,"
        check_close(again, centroids, f"{what} centroids", rtol=0.0, atol=CLOSE * longest_row(X, init))
        check_equal(same, np.repeat(labels, 2), f"{what} labels")


def _inertia(X, init, centroids, labels):
    """Return the sum of squared distances to the points' own centroids, once they are known to be the nearest."""
    check_nearest(X, init, centroids, labels)
    return float((distances(X.astype(np.float64), centroids)[np.arange(len(X)), labels] ** 2).sum())


@rule()
@given(case=st.one_of(cases(MANY, k=st.integers(1, 6), looks=SETTLED_LOOK), ties()), max_iters=st.integers(1, 20))
def a_run_takes_the_steps_of_the_algorithm(solution, case, max_iters):
    """An update moves each centroid to the mean of its points, an empty cluster keeps its own; then assign again."""
    X, init = case
    want = follow(X, init, max_iters)
    check_answer(solution.kmeans(X, init, want.updates), X, init, want)


@rule()
def the_default_is_100_updates(solution):
    """Without max_iters the run ends after 100 updates at the latest; with a larger one it goes on."""
    X = made("np.tan(np.arcsin(np.arange(-449, 450, 2) / 450))[:, None]")
    init = X[:2].copy()
    check_answer(solution.kmeans(X, init), X, init, follow(X, init, 100))
    check_answer(solution.kmeans(X, init, 1000), X, init, follow(X, init, 1000))


@rule()
def the_timed_size_is_solved_too(solution):
    """Larger inputs follow the same rules: 240 points, 16 clusters, 120 dimensions."""
    X, init, max_iters = make_case(np.random.default_rng(1), n=240, k=16, d=120, max_iters=2)
    check_answer(solution.kmeans(X, init, max_iters), X, init, follow(X, init, max_iters))


@rule()
def a_large_case_fits_in_memory(solution):
    """800 points, 300 clusters and 100 dimensions fit in the memory limit; an (n, k, d) array does not."""
    X = made("np.cos(np.arange(80_000) ** 2 % 7919).reshape(800, 100)")
    init = made("np.cos(np.arange(80_000) ** 2 % 7919).reshape(800, 100)[700:400:-1].copy()")
    check_answer(solution.kmeans(X, init, max_iters=0), X, init, follow(X, init, 0))
