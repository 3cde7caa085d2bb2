"""Inputs for k-means, and what the right answer to each of them is.

Rounding is the difficulty of this problem. A point that lies halfway between two centroids may fall to either side in
the last bit, and the run then takes another path, although both solutions are right. So `follow` walks the algorithm
in the judge and stops where rounding could decide: a property asks the submission for that many updates and no more,
and compares the whole answer. An assignment is *settled* where

- the nearest centroid is nearer than any other by more than ``GAP`` times the longest row, far beyond the rounding
  of any method (expanding the square costs up to 7e-8 of the longest row); or
- the tie is exact: points and tied centroids have few bits, so that no method that computes in float64 rounds at all.
  That holds for integers and quarters, and for means of one or two of them. The number of points must be a power
  of two as well, so that a solution which first subtracts the mean of all points meets no rounding either.

Everything else is judged by conditions that hold for every run: `check_nearest`, `check_means`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from judge.authoring import LAYOUTS, Mismatch, check, check_array, check_close, check_tuple, fill, relayout, seeds

NEAR = 1e-6
"""How much farther than the nearest one a point's centroid may be, as a share of the longest row."""
CLOSE = 1e-9
"""How far a coordinate of a centroid may be off, as a share of the longest row."""
GAP = 2e-6
"""From this gap on, as a share of the longest row, no rounding decides an assignment."""
BITS = 22
"""Numbers of at most so many bits have exact squared distances in float64."""


# -- the algorithm, as the judge follows it -----------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """Where the algorithm stands.

    Parameters
    ----------
    updates : int
        To ask the submission for: as many as wanted, or fewer where rounding could decide what comes next.
    centroids : numpy.ndarray of shape (k, d)
    labels : numpy.ndarray of shape (n,)
    settled : numpy.ndarray of shape (n,), bool
        Points whose label no rounding decides.
    converged : bool
        Whether the assignment repeated, so that more updates change nothing.
    """

    updates: int
    centroids: np.ndarray
    labels: np.ndarray
    settled: np.ndarray
    converged: bool


def follow(X: np.ndarray, init: np.ndarray, max_iters: int) -> Answer:
    """Run Lloyd's algorithm for ``max_iters`` updates, or as far as no rounding can decide."""
    points, centroids = X.astype(np.float64), init.astype(np.float64)
    scale = longest_row(points, centroids)
    exact_points = len(points) & (len(points) - 1) == 0 and bool(_few_bits(points, scale).all())
    exact = _few_bits(centroids, scale) & exact_points
    squares = np.einsum("nd,nd->n", points, points)[:, None]
    labels, settled = _assign(points, squares, centroids, exact, GAP * scale)
    for updates in range(max_iters):
        if not settled.all():
            return Answer(updates, centroids, labels, settled, converged=False)
        counts = np.bincount(labels, minlength=len(centroids))
        centroids = _means(points, labels, counts, centroids)
        exact = np.where(counts == 0, exact, exact_points & (counts <= 2))
        before = labels
        labels, settled = _assign(points, squares, centroids, exact, GAP * scale)
        if (labels == before).all():
            done = bool(settled.all())
            return Answer(max_iters if done else updates + 1, centroids, labels, settled, converged=done)
    return Answer(max_iters, centroids, labels, settled, converged=False)


def longest_row(*matrices: np.ndarray) -> float:
    """Return the largest Euclidean norm of any row: the scale that tolerances refer to."""
    return float(max(np.sqrt(np.square(matrix, dtype=np.float64).sum(axis=1)).max() for matrix in matrices))


def distances(points: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    """Return the distance of every point to every centroid, by differences: no cancellation."""
    differences = points[:, None, :] - centroids
    return np.sqrt(np.einsum("nkd,nkd->nk", differences, differences))


def _few_bits(rows: np.ndarray, scale: float) -> np.ndarray:
    """Tell which rows hold only whole multiples of the unit that is 2**BITS below the longest row."""
    units = np.ldexp(rows, BITS - int(np.frexp(scale)[1]))
    return (units == np.rint(units)).all(axis=1)


def _assign(points: np.ndarray, squares: np.ndarray, centroids: np.ndarray, exact: np.ndarray, gap: float) -> tuple[np.ndarray, np.ndarray]:
    """Label every point, and tell which labels are settled."""
    squared = squares - 2.0 * (points @ centroids.T)
    squared += np.einsum("kd,kd->k", centroids, centroids)
    labels = squared.argmin(axis=1)
    lowest = squared[np.arange(len(points)), labels][:, None]
    near = np.sqrt(np.maximum(squared, 0.0)) <= np.sqrt(np.maximum(lowest, 0.0)) + gap
    if near.sum() == len(points):
        return labels, near.any(axis=1)
    doubtful = near & ~((squared == lowest) & exact)
    return labels, (near.sum(axis=1) == 1) | ~doubtful.any(axis=1)


def _means(points: np.ndarray, labels: np.ndarray, counts: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    sums = np.eye(len(centroids))[:, labels] @ points
    return np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], centroids)


# -- the timed case -----------------------------------------------------------------------------------------


def make_case(rng: np.random.Generator, n: int, k: int, d: int, max_iters: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Make a cloud drawn out along one direction, with all initial centroids at one end.

    The centroids take dozens of updates to spread along the cloud, so that every run lasts ``max_iters`` updates. The
    rare cloud on which rounding could decide, or which converges sooner, is drawn again.
    """
    for _ in range(20):
        X, init, _ = make_growth_case(rng, n, k, d, max_iters)
        answer = follow(X, init, max_iters)
        if answer.updates == max_iters and answer.settled.all() and not answer.converged:
            break
    return X, init, max_iters


def make_growth_case(rng: np.random.Generator, n: int, k: int, d: int, max_iters: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Make such a cloud without looking at it: what growth is measured on is not compared."""
    along = rng.random(n)
    direction = rng.normal(size=d)
    X = np.outer(100.0 * along, direction / np.linalg.norm(direction)) + rng.uniform(-2.0, 2.0, (n, d))
    return X, X[np.argsort(along)[:k]], max_iters


def check_case(args: tuple[Any, ...], got: Any, want: Any) -> None:
    """Check a timed output: the cases leave nothing to rounding, so labels are exact and centroids nearly so."""
    X, init, max_iters = args
    centroids, labels = check_form(got, X, init)
    check_close(centroids, want[0], f"after {_updates(max_iters)}, centroids", rtol=0.0, atol=CLOSE * longest_row(X, init))
    _check_labels(X, centroids, labels, want[1], np.True_)


# -- checks that the hidden tests share ---------------------------------------------------------------------


def check_form(got: Any, X: np.ndarray, init: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Require a tuple of finite (k, d) float64 centroids and (n,) int64 labels in 0 .. k-1; return the two."""
    check_tuple(got, 2)
    centroids, labels = got
    check_array(centroids, init.shape, np.float64, "centroids")
    check_array(labels, (len(X),), np.int64, "labels")
    check(np.isfinite(centroids).all(), "every centroid must be finite; an empty cluster keeps its centroid", actual=centroids)
    check(((labels >= 0) & (labels < len(init))).all(), f"labels must lie between 0 and {len(init) - 1}", actual=labels)
    return centroids, labels


def check_answer(got: Any, X: np.ndarray, init: np.ndarray, want: Answer) -> None:
    """Require the state that the algorithm reaches; where rounding decides a label, any near enough centroid will do."""
    centroids, labels = check_form(got, X, init)
    what = f"after {'convergence' if want.converged else _updates(want.updates)}, centroids"
    check_close(centroids, want.centroids, what, rtol=0.0, atol=CLOSE * longest_row(X, init))
    _check_labels(X, centroids, labels, want.labels, want.settled)
    if not want.settled.all():
        check_nearest(X, init, centroids, labels)


def check_nearest(X: np.ndarray, init: np.ndarray, centroids: np.ndarray, labels: np.ndarray) -> None:
    """Require that no point's centroid is farther than its nearest one, by more than `NEAR` of the longest row."""
    with np.errstate(over="ignore"):
        table = distances(X.astype(np.float64), centroids)
    own = table[np.arange(len(X)), labels]
    bad = own > table.min(axis=1) + NEAR * longest_row(X, init)
    if bad.any():
        point = int(bad.argmax())
        _raise_label(point, labels, table[point], int(table[point].argmin()))


def check_means(X: np.ndarray, init: np.ndarray, centroids: np.ndarray, labels: np.ndarray) -> None:
    """Require of a converged run that every centroid with points is their mean."""
    counts = np.bincount(labels, minlength=len(centroids))
    means = _means(X.astype(np.float64), labels, counts, centroids)
    what = "a converged run does not return the means of its clusters: centroids"
    check_close(centroids, means, what, rtol=0.0, atol=CLOSE * longest_row(X, init))


def _check_labels(X: np.ndarray, centroids: np.ndarray, labels: np.ndarray, want: np.ndarray, settled: Any) -> None:
    bad = (labels != want) & settled
    if bad.any():
        point = int(bad.argmax())
        _raise_label(point, labels, distances(X[point : point + 1].astype(np.float64), centroids)[0], int(want[point]))


def _raise_label(point: int, labels: np.ndarray, row: np.ndarray, best: int) -> None:
    """Say why this label is wrong: there is a nearer centroid, or an equally near one with a lower index."""
    given = int(labels[point])
    if row[best] == row[given]:
        why = f"centroids[{best}] is just as near, and a tie goes to the lowest index"
    else:
        why = f"centroids[{best}] is nearer: {row[best]:.6g} against {row[given]:.6g}"
    msg = f"labels[{point}] is {given}, but {why}"
    raise Mismatch(msg, expected=best, actual=labels)


def _updates(count: int) -> str:
    return "1 update" if count == 1 else f"{count} updates"


# -- inputs -------------------------------------------------------------------------------------------------


def _line(seed: int, n: int, d: int) -> np.ndarray:
    """Points in order along a line: started from one end, the centroids creep."""
    rng = np.random.default_rng(seed)
    return np.sort(rng.random(n))[:, None] * rng.normal(size=d)


LOOKS = {
    "small integers": lambda seed, n, d: fill(seed, (n, d), "small integers"),
    "quarters": lambda seed, n, d: fill(seed, (n, d), "quarters"),
    "normal": lambda seed, n, d: fill(seed, (n, d), "normal"),
    "sparse": lambda seed, n, d: fill(seed, (n, d), "sparse"),
    "on a line": _line,
    "float32": lambda seed, n, d: fill(seed, (n, d), dtype="float32"),
    "int64": lambda seed, n, d: fill(seed, (n, d), dtype="int64"),
    "int32": lambda seed, n, d: fill(seed, (n, d), dtype="int32"),
    "int8": lambda seed, n, d: fill(seed, (n, d), dtype="int8"),
    "uint8": lambda seed, n, d: fill(seed, (n, d), dtype="uint8"),
    "bool": lambda seed, n, d: fill(seed, (n, d), dtype="bool"),
    "far from the origin": lambda seed, n, d: fill(seed, (n, d), "far from the origin"),
    "tiny": lambda seed, n, d: np.ldexp(fill(seed, (n, d), "quarters"), -320),
    "huge": lambda seed, n, d: np.ldexp(fill(seed, (n, d), "quarters"), 320),
    "very far from the origin": lambda seed, n, d: 1e5 + fill(seed, (n, d), "normal"),
    "magnitudes": lambda seed, n, d: fill(seed, (n, d), "magnitudes"),
}
"""What points look like, the plainest first; ``(seed, n, d)`` to an ``(n, d)`` array."""

ANY_LOOK = st.sampled_from(tuple(LOOKS))
SETTLED_LOOK = st.sampled_from([look for look in LOOKS if look not in {"very far from the origin", "magnitudes"}])
"""The looks on which whole runs can be compared; on the others rounding decides from the start."""

STARTS = ("first rows", "any rows", "elsewhere", "elsewhere, integers")
"""Where initial centroids come from."""

ORIGINS = st.sampled_from([(start, layout) for layout in LAYOUTS for start in STARTS])
DIMENSIONS = st.integers(1, 3)
SEEDS = seeds()


def _init(start: str, look: str, seed: int, X: np.ndarray, k: int) -> np.ndarray:
    if start == "first rows":
        return X[np.arange(k) % len(X)]
    if start == "any rows":
        return X[np.random.default_rng(seed + 1).integers(0, len(X), k)]
    other = LOOKS[look](seed + 1, k, X.shape[1]).astype(np.float64)
    return np.rint(other).astype(np.int64) if start == "elsewhere, integers" and np.abs(other).max() < 1e9 else other


@st.composite
def cases(
    draw: Any,
    n: st.SearchStrategy[int],
    k: st.SearchStrategy[int],
    looks: st.SearchStrategy[str],
) -> tuple[np.ndarray, np.ndarray]:
    """Draw points and initial centroids; start and layout in one draw, since every draw costs time."""
    look, (start, layout) = draw(looks), draw(ORIGINS)
    rows, clusters, dimensions, seed = draw(n), draw(k), draw(DIMENSIONS), draw(SEEDS)
    X = LOOKS[look](seed, rows, dimensions)
    return relayout(X, layout), relayout(_init(start, look, seed, X, clusters), layout)


@st.composite
def ties(draw: Any) -> tuple[np.ndarray, np.ndarray]:
    """Draw integers on which exact ties are frequent; every other case is built so that the first update makes one.

    Built: points at 0, 0, 1 and 3 steps from somewhere, centroids at -1 and 2. The point at 1 is nearer to the second
    centroid at first; after one update the centroids are at 0 and 2, and it lies halfway.
    """
    dimensions, seed, built = draw(DIMENSIONS), draw(SEEDS), draw(st.booleans())
    rng = np.random.default_rng(seed)
    if built:
        start, step = rng.integers(-4, 5, dimensions), rng.integers(1, 4, dimensions)
        X, init = (start + np.outer(rng.permutation(places), step) for places in ([0, 0, 1, 3], [-1, 2]))
    else:
        n, k = draw(st.sampled_from((1, 2, 4, 8))), draw(st.integers(2, 6))
        X, init = rng.integers(-3, 4, (n, dimensions)), rng.integers(-3, 4, (k, dimensions))
    return X.astype(np.float64), init.astype(np.float64)
