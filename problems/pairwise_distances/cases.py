"""The timed case, and the inputs and checks that the hidden tests share."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from hypothesis import strategies as st

from judge.authoring import DTYPES, LAYOUTS, check, check_array, check_close, fill, relayout, seeds

__all__ = [
    "MALFORMED",
    "NOT_FINITE",
    "Sets",
    "check_case",
    "check_distances",
    "exact_sets",
    "extremes",
    "make_case",
    "near_copies",
    "point_sets",
    "tight_clusters",
    "tolerance",
]

Sets = tuple[np.ndarray, ...]

EXACT_STYLES = ("small integers", "quarters")
"""Styles whose values can be shifted by an integer and scaled by a power of two without rounding."""
STYLES = (*EXACT_STYLES, "normal", "sparse", "one scale", "far from the origin", "magnitudes")
DTYPE_PAIRS = (
    *((dtype, dtype) for dtype in (*DTYPES[1:], "uint64")),
    ("float64", "uint8"),
    ("bool", "float64"),
    ("float32", "float64"),
    ("uint8", "int8"),
    ("int64", "uint64"),
)
KINDS = (*((style, "float64", "float64") for style in STYLES), *(("normal", *pair) for pair in DTYPE_PAIRS))
"""Style, dtype of X, dtype of Y; plainest first. Drawn at one go: a draw costs more than the array it decides."""
EXTREME_DTYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "int64", "uint64", "float32")
LAYOUT_PAIRS = tuple((x, y) for x in LAYOUTS for y in LAYOUTS)


def _shapes(least: int, rows: int, columns: int) -> st.SearchStrategy[tuple[int, int, int]]:
    """Draw n, m and d at one go, the smallest first, those without rows last."""
    sizes = range(least, rows + 1)
    shapes = ((n, m, d) for n in sizes for m in sizes for d in range(1, columns + 1))
    return st.sampled_from(sorted(shapes, key=lambda shape: (0 in shape, sum(shape), shape)))


# -- the timed case -----------------------------------------------------------------------------------------


def make_case(rng: np.random.Generator, n: int, m: int, d: int) -> Sets:
    """Make two sets of points; one row of Y in forty is a copy of a row of X, or nearly one.

    The copies make the answer tell: single precision and the unclamped expansion are visibly wrong on them.
    """
    X, Y = rng.normal(size=(n, d)), rng.normal(size=(m, d))
    copies = max(1, m // 40)
    Y[rng.integers(0, m, copies)] = X[rng.integers(0, n, copies)] + rng.choice([0.0, 1e-4], (copies, 1))
    return X, Y


def check_case(args: Sets, got: Any, want: np.ndarray) -> None:
    """Check a timed call with the statement's tolerance."""
    check_distances(got, want, tolerance(*args))


# -- checks -------------------------------------------------------------------------------------------------


def tolerance(*sets: np.ndarray) -> float:
    """Return one millionth of the largest row norm among the sets."""
    floats = [points.astype(np.float64, copy=False) for points in sets]
    return 1e-6 * float(max(np.sqrt(np.einsum("ij,ij->i", points, points)).max(initial=0.0) for points in floats))


def check_distances(got: Any, want: np.ndarray, atol: float, what: str = "D") -> None:
    """Require a float64 array of finite, non-negative distances within the absolute tolerance."""
    check_array(got, want.shape, np.float64, what)
    shown = {"expected": want, "actual": got}
    check(np.isfinite(got).all(), f"{what} holds NaN or infinity, but every distance is finite", **shown)
    check((got >= 0).all(), f"{what} holds a negative number, but no distance is negative", **shown)
    check_close(got, want, what, rtol=0.0, atol=atol)


# -- inputs of the hidden tests -----------------------------------------------------------------------------


def _points(seed: int, shape: tuple[int, int], style: str, dtype: str) -> np.ndarray:
    """Fill a set of points; in "one scale" all entries are near one power of ten, which the seed decides."""
    if style != "one scale" or dtype not in ("float64", "float32"):
        return fill(seed, shape, "normal" if style == "one scale" else style, dtype)
    reach = 97 if dtype == "float64" else 30
    mantissa = fill(seed, shape, "normal")
    points: np.ndarray = np.copysign(1.0 + np.abs(mantissa), mantissa) * 10.0 ** (seed % (2 * reach + 1) - reach)
    return points.astype(dtype)


def point_sets(
    rows: int = 5,
    columns: int = 4,
    *,
    least: int = 1,
    kinds: tuple[tuple[str, str, str], ...] = KINDS,
    layouts: bool = False,
) -> st.SearchStrategy[Sets]:
    """Draw X and Y of one width: ``least`` to ``rows`` rows, 1 to ``columns`` columns, C-ordered unless ``layouts``."""

    def build(shape: tuple[int, int, int], kind: tuple[str, str, str], layout: tuple[str, str], seed: int) -> Sets:
        n, m, d = shape
        style, *dtypes = kind
        X, Y = (_points(seed + i, (size, d), style, dtypes[i]) for i, size in enumerate((n, m)))
        return relayout(X, layout[0]), relayout(Y, layout[1])

    layout_pairs = st.sampled_from(LAYOUT_PAIRS) if layouts else st.just(LAYOUT_PAIRS[0])
    return st.builds(build, _shapes(least, rows, columns), st.sampled_from(kinds), layout_pairs, seeds())


def exact_sets() -> st.SearchStrategy[Sets]:
    """Draw X and Y whose values can be shifted and scaled without rounding."""
    return point_sets(8, 12, kinds=KINDS[: len(EXACT_STYLES)])


def extremes() -> st.SearchStrategy[Sets]:
    """Draw X and Y over the whole range of one narrow dtype (integers up to 2^53): squares overflow in it."""

    def build(dtype: str, shape: tuple[int, int, int], seed: int) -> Sets:
        n, m, d = shape
        rng = np.random.default_rng(seed)
        both: np.ndarray
        if dtype == "float32":
            both = rng.choice([-1.0, 1.0], (n + m, d)) * 10.0 ** rng.uniform(18, 38, (n + m, d))
        else:
            info = np.iinfo(dtype)
            both = rng.integers(max(info.min, -(2**53)), min(info.max, 2**53), (n + m, d), endpoint=True)
        X, Y = both[:n].astype(dtype), both[n:].astype(dtype)
        return X, Y

    return st.builds(build, st.sampled_from(EXTREME_DTYPES), _shapes(1, 4, 4), seeds())


def near_copies() -> st.SearchStrategy[Sets]:
    """Draw X, and Y whose rows are those of X but for the last bits."""

    def build(shape: tuple[int, int, int], style: str, seed: int) -> Sets:
        n, _, d = shape
        X = _points(seed, (n, d), style, "float64")
        last_bits = np.random.default_rng(seed).integers(-2, 3, (n, d))
        return X, X * (1.0 + np.finfo(np.float64).eps * last_bits)

    styles = ("quarters", "normal", "one scale", "far from the origin")
    return st.builds(build, _shapes(1, 5, 7), st.sampled_from(styles), seeds())


def tight_clusters() -> st.SearchStrategy[Sets]:
    """Draw X and Y from three clusters far from the origin and from each other; some rows of Y are copies from X.

    A cluster's radius is 1e-2 to 1e-12 of its distance from the origin: distinct rows still differ by many units in
    the last place, as int64 too.
    """

    def build(shape: tuple[int, int, int], dtype: str, tightness: int, seed: int) -> Sets:
        n, m, d = shape
        rng = np.random.default_rng(seed)
        far = 1e13 if dtype == "int64" else 10.0 ** (seed % 181 - 85)
        radius = far * 10.0**-tightness
        centres = rng.choice([-far, far], (3, d)) * rng.uniform(1.0, 1.2, (3, d)) * np.array([[1.0], [2.0], [4.0]])
        X, Y = (centres[np.arange(size) % 3] + radius * rng.uniform(-1, 1, (size, d)) for size in (n, m))
        copied = np.flatnonzero(rng.integers(0, 3, m) == 0)
        Y[copied] = X[copied % n]
        return X.astype(dtype), Y.astype(dtype)

    return st.builds(build, _shapes(1, 6, 5), st.sampled_from(("float64", "int64")), st.integers(2, 12), seeds())


MALFORMED: tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...] = (
    ("X has ndim 1", (3,), (2, 3)),
    ("Y has ndim 1", (2, 3), (3,)),
    ("both have ndim 1", (3,), (3,)),
    ("X has ndim 0", (), (2, 1)),
    ("Y has ndim 0", (2, 1), ()),
    ("both have ndim 0", (), ()),
    ("X has ndim 3", (2, 1, 3), (2, 3)),
    ("Y has ndim 3", (2, 3), (1, 2, 3)),
    ("both have ndim 3", (2, 4, 3), (2, 5, 3)),
    ("d == 0", (2, 0), (3, 0)),
    ("d == 0", (1, 0), (1, 0)),
    ("d == 0, and X is empty", (0, 0), (3, 0)),
    ("d == 0, and Y is empty", (2, 0), (0, 0)),
    ("d == 0, and both are empty", (0, 0), (0, 0)),
    ("X has 2 columns and Y has 3", (2, 2), (2, 3)),
    ("X has 3 columns and Y has 2", (4, 3), (1, 2)),
    ("X has 1 column and Y has 3", (2, 1), (2, 3)),
    ("X has 3 columns and Y has 1", (2, 3), (2, 1)),
    ("X has 2 columns and Y has 3, and X has 3 rows", (3, 2), (2, 3)),
    ("X has 2 columns and Y has none", (2, 2), (2, 0)),
    ("X has no column and Y has 1", (2, 0), (2, 1)),
    ("X is empty with 2 columns and Y has 3", (0, 2), (2, 3)),
    ("X has 3 columns and Y is empty with 2", (2, 3), (0, 2)),
    ("both are empty, with 1 and 2 columns", (0, 1), (0, 2)),
)
"""Why the input is invalid, the shape of X, the shape of Y."""


def _not_finite() -> tuple[tuple[str, np.ndarray, np.ndarray], ...]:
    """List sets of which one holds NaN or infinity at its first or last place: why, X, Y."""
    listed = []
    for (size, others, d), value, dtype in itertools.product(
        ((1, 1, 1), (2, 1, 1), (1, 2, 3), (3, 4, 2), (2, 0, 2)), ("NaN", "infinity", "-infinity"), ("float64", "float32")
    ):
        for at in {0, size * d - 1}:
            spoilt, other = np.ones((size, d), dtype), np.ones((others, d), dtype)
            spoilt.flat[at] = float(value.replace("infinity", "inf"))
            tail = "" if others else ", and the other set is empty"
            listed += [(f"X holds {value}{tail}", spoilt, other), (f"Y holds {value}{tail}", other, spoilt)]
    return tuple(listed)


NOT_FINITE = _not_finite()
