"""Inputs for ``cosine_similarity``: the timed case, and the strategies that the hidden tests draw from."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from hypothesis import strategies as st

from judge.authoring import LAYOUTS, Mismatch, check_close, fill, relayout, seeds

TOLERANCE = 1e-9
PAIR_TOLERANCE = 2 * TOLERANCE
"""Between two answers of the submission, each of which may be off by the tolerance."""

STYLES = ("small integers", "quarters", "normal", "sparse")
DTYPES = ("int64", "int32", "int16", "int8", "uint64", "uint32", "uint16", "uint8", "bool", "float32", "float64")
NUMBERS = tuple((first, second, high) for high in (3, 1000, 2**53) for first in DTYPES for second in (*[first] * len(DTYPES), *DTYPES))
"""(dtype of X, dtype of Y, largest value): the same dtype twice in every other case, since that is where products wrap."""
ARRANGED = tuple(itertools.product(("float64", "float32", "int64"), LAYOUTS, LAYOUTS))
"""(dtype, layout of X, layout of Y)."""
SHAPES = tuple(sorted(itertools.product(range(1, 6), repeat=3), key=sum))
"""(n, m, d), the smallest first. One draw from a list costs less than three, and shrinks as well."""
LARGER_SHAPES = tuple(sorted(itertools.product((1, 2, 3, 5, 8, 9, 13, 18), repeat=3), key=sum))
"""The same for relations, which need no oracle: more rows and columns, since code often treats eight and more apart."""

Pair = tuple[np.ndarray, np.ndarray]
Draw = Any
"""Hypothesis's ``draw`` function."""

# -- the timed case -----------------------------------------------------------------------------------------


def make_case(rng: np.random.Generator, n: int, m: int, d: int) -> Pair:
    """Make fresh input of the timed size.

    It holds what the small cases hold, so that no shortcut for large input escapes: a quarter of Y's rows are
    parallel to rows of X, and each matrix has a zero row.
    """
    X, Y = rng.normal(size=(n, d)), rng.normal(size=(m, d))
    parallel = min(n, m) // 4
    Y[:parallel] = X[:parallel] * rng.choice([-3.0, 0.7], (parallel, 1))
    X[n // 2] = 0.0
    Y[m // 2] = 0.0
    return X, Y


def check_case(args: Pair, got: Any, want: np.ndarray) -> None:  # noqa: ARG001 - the judge hands the arguments to every package
    """Check one timed output against the reference's."""
    check_similarities(got, want)
    check_range(got)


# -- checks -------------------------------------------------------------------------------------------------


def check_similarities(got: Any, want: np.ndarray, what: str = "S", atol: float = TOLERANCE) -> None:
    """Require a float64 array of the right shape whose entries are within the absolute tolerance."""
    check_close(got, want, what, rtol=0.0, atol=atol)


def check_range(S: np.ndarray) -> None:
    """Require ``-1 <= S <= 1``, to the last bit."""
    outside = ~((S >= -1.0) & (S <= 1.0))
    if outside.any():
        i, j = (int(axis[0]) for axis in np.nonzero(outside))
        msg = f"S[{i}, {j}] is {float(S[i, j])!r}: a cosine never leaves -1 to 1, not even by the last digit"
        raise Mismatch(msg, actual=S)


# -- strategies: a shape, a style and a seed are drawn, and NumPy makes the rest ------------------------------

shapes, larger_shapes = st.sampled_from(SHAPES), st.sampled_from(LARGER_SHAPES)
styles = st.sampled_from(STYLES)


def pair(seed: int, shape: tuple[int, int, int], style: str) -> Pair:
    """Make X (n, d) and Y (m, d) of float64, without zero rows."""
    n, m, d = shape
    both = without_zero_rows(fill(seed, (n + m, d), style))
    return both[:n], both[n:]


def without_zero_rows(A: np.ndarray) -> np.ndarray:
    """Put a 1 at the start of every zero row, in place."""
    A[~A.any(axis=1), 0] = 1
    return A


@st.composite
def pairs(draw: Draw) -> Pair:
    """Draw a pair without zero rows."""
    return pair(draw(seeds()), draw(shapes), draw(styles))


@st.composite
def larger_pairs(draw: Draw) -> tuple[np.ndarray, np.ndarray, np.random.Generator]:
    """Draw a pair of up to 18 rows and columns, without zero rows, and a generator for what a property does with it."""
    seed = draw(seeds())
    return *pair(seed, draw(larger_shapes), draw(styles)), np.random.default_rng([seed, 1])


@st.composite
def pairs_with_zero_rows(draw: Draw) -> Pair:
    """Draw a pair in which each matrix has a zero row."""
    seed = draw(seeds())
    X, Y = pair(seed, draw(shapes), draw(styles))
    X[seed % len(X)] = 0.0
    Y[seed % len(Y)] = 0.0
    return X, Y


@st.composite
def parallel_rows(draw: Draw) -> tuple[np.ndarray, np.ndarray, float]:
    """Draw X, Y and a factor such that row i of Y is the factor times row i of X."""
    seed, (n, _, d), factor = draw(seeds()), draw(shapes), draw(st.sampled_from((1.0, -1.0, 3.0, -0.7)))
    X = pair(seed, (n, 0, d), draw(styles))[0]
    return X, X * factor, factor


def numbers(rng: np.random.Generator, shape: tuple[int, int], dtype: str, high: int) -> np.ndarray:
    """Make numbers of any dtype, up to ``high`` where the dtype can hold it."""
    if dtype == "bool":
        return rng.integers(0, 2, shape).astype(bool)
    if dtype.startswith("float"):
        return (rng.normal(size=shape) * high).astype(dtype)
    info = np.iinfo(dtype)
    return rng.integers(max(info.min, -high), min(info.max, high), shape, endpoint=True).astype(dtype)


@st.composite
def pairs_of_dtypes(draw: Draw) -> Pair:
    """Draw a pair of two dtypes, often the same. Integers reach as far as dtype and contract allow: their products wrap."""
    seed, (n, m, d) = draw(seeds()), draw(shapes)
    first, second, high = draw(st.sampled_from(NUMBERS))
    rng = np.random.default_rng(seed)
    return numbers(rng, (n, d), first, high), numbers(rng, (m, d), second, high)


@st.composite
def pairs_of_layouts(draw: Draw) -> Pair:
    """Draw a pair in which each matrix has a memory layout of its own."""
    X, Y = pair(draw(seeds()), draw(shapes), "small integers")
    dtype, first, second = draw(st.sampled_from(ARRANGED))
    return relayout(X.astype(dtype), first), relayout(Y.astype(dtype), second)


@st.composite
def scaled_pairs(draw: Draw) -> tuple[Pair, Pair, np.ndarray]:
    """Draw a pair, the pair with rows scaled by powers of two of either sign, and the signs that S takes on by that.

    Some pairs have rows that mix magnitudes. The nonzero entries reach from 4.6e-100 to 6.6e99.
    """
    seed, power, mixed = draw(seeds()), 10 * draw(st.integers(0, 33)), draw(st.booleans())
    X, Y = pair(seed, draw(shapes), "small integers")
    rng = np.random.default_rng([seed, 1])
    if mixed:
        X, Y = (A * 2.0 ** ((330 - power) * rng.integers(0, 2, A.shape)) for A in (X, Y))
    p, q = (rng.choice([-1.0, 1.0], (len(A), 1)) * 2.0 ** (power * rng.integers(-1, 2, (len(A), 1))) for A in (X, Y))
    return (X, Y), (X * p, Y * q), np.sign(p) * np.sign(q).T


def turned(rng: np.random.Generator, X: np.ndarray, Y: np.ndarray) -> tuple[Pair, Pair]:
    """Put columns of zeros into both matrices; then rotate all rows alike: two reflections are one rotation."""
    places = np.sort(rng.integers(0, X.shape[1] + 1, 2))
    padded = np.insert(X, places, 0.0, axis=1), np.insert(Y, places, 0.0, axis=1)
    mirror = rng.normal(size=padded[0].shape[1])
    rotated = tuple(A - np.outer(A @ mirror, 2.0 / (mirror @ mirror) * mirror) for A in padded)
    for A in rotated:
        A[:, 0] *= -1.0
    return padded, (rotated[0], rotated[1])


# -- the few cases that can be listed -----------------------------------------------------------------------


def _matrix(*shape: int) -> np.ndarray:
    return np.arange(1.0, np.prod(shape, dtype=int) + 1).reshape(shape)


def _with(value: float, *shape: int) -> np.ndarray:
    """Make a matrix whose last entry is the value."""
    A = _matrix(*shape)
    A[-1, -1] = value
    return A


def _empty_pairs(d: int) -> list[Pair]:
    return [(_matrix(n, d), _matrix(m, d)) for n, m in ((0, 1), (1, 0), (0, 0), (0, 3), (3, 0))]


def _invalid_pairs(n: int, m: int, d: int) -> dict[str, Pair]:
    """Make invalid input for every reason, in the statement's words."""
    X, Y, nothing = _matrix(n, d), _matrix(m, d), np.empty((0, d))
    return {
        "X has one dimension": (X[0], Y),
        "Y has one dimension": (X, Y[0]),
        "X and Y have one dimension": (X[0], Y[0]),
        "X has three dimensions": (X[None], Y),
        "Y has three dimensions": (X, Y[:, :, None]),
        "X has no dimension": (np.array(1.0), Y),
        "d == 0": (X[:, :0], Y[:, :0]),
        "d == 0, and X has no rows": (nothing[:, :0], Y[:, :0]),
        "the widths differ": (X, _matrix(m, d + 1)),
        "the widths differ, and one is 1": (_matrix(n, d + 1), Y[:, :1]),
        "the widths differ, and X has no rows": (nothing, _matrix(m, d + 1)),
        "X holds NaN": (_with(np.nan, n, d), Y),
        "Y holds NaN": (X, _with(np.nan, m, d)),
        "X holds infinity": (_with(np.inf, n, d), Y),
        "Y holds -infinity": (X, _with(-np.inf, m, d)),
        "X holds NaN, and Y has no rows": (_with(np.nan, n, d), nothing),
        "Y holds infinity, and X has no rows": (nothing, _with(np.inf, m, d)),
    }


EMPTY = (*_empty_pairs(1), *_empty_pairs(3), *((X.astype(np.uint8), Y.astype(np.uint8)) for X, Y in _empty_pairs(2)))
"""Pairs (X, Y) in which one has no rows, or both."""

INVALID = tuple(
    (because, X, Y) for shape in ((1, 1, 1), (1, 2, 2), (2, 2, 2), (3, 2, 4)) for because, (X, Y) in _invalid_pairs(*shape).items()
)
"""(because, X, Y): every reason at several shapes."""
