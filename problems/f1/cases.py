"""Inputs: the timed case, and the strategies that the hidden tests share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from judge.authoring import check, check_array, check_close, check_float, check_tuple, relayout, seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

METRICS = ("precision", "recall", "f1")

Options = dict[str, Any]


# -- the timed case -----------------------------------------------------------------------------------------


def make_case(rng: np.random.Generator, n: int, k: int) -> tuple[tuple[np.ndarray, np.ndarray], Options]:
    """Make n samples of k labels below 2k, of which some are skipped; about six in ten predictions are right."""
    values = rng.permutation(2 * k)[:k]
    y_true = values[rng.integers(k, size=n)]
    y_pred = np.where(rng.random(n) < 0.6, y_true, values[rng.integers(k, size=n)])
    return (y_true, y_pred), {"average": None}


def check_case(args: Any, got: Any, want: Any) -> None:  # noqa: ARG001 - the engine's signature
    """Compare a timed answer with the reference's."""
    check_metrics(got, want)


# -- checks -------------------------------------------------------------------------------------------------


def check_form(got: Any, length: int | None) -> None:
    """Require three floats, or, where a length is given, three float64 arrays of that length."""
    check_tuple(got, 3)
    for name, value in zip(METRICS, got, strict=True):
        if length is None:
            check_float(value, name)
        else:
            check_array(value, (length,), np.float64, name)


def check_metrics(got: Any, want: Any, after: str = "") -> None:
    """Compare three metrics with the expected ones, structure first."""
    check_form(got, want[0].size if isinstance(want[0], np.ndarray) else None)
    for name, value, wanted in zip(METRICS, got, want, strict=True):
        check_close(value, wanted, name + after)


def check_range(got: Any, length: int | None) -> None:
    """Require the right structure and values from 0 to 1."""
    check_form(got, length)
    for name, value in zip(METRICS, got, strict=True):
        check(((np.asarray(value) >= 0) & (np.asarray(value) <= 1)).all(), f"{name} must lie between 0 and 1", actual=value)


# -- counting, independently of both references -------------------------------------------------------------


class Counts(NamedTuple):
    """True positives, predicted samples (TP + FP) and support (TP + FN) of some labels: int64 arrays."""

    tp: np.ndarray
    predicted: np.ndarray
    support: np.ndarray

    def metrics(self, zero_division: float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return precision, recall and F1 of each label."""
        tp, predicted, support = self
        pairs = ((tp, predicted), (tp, support), (2 * tp, predicted + support))
        precision, recall, f1 = (np.where(below > 0, above / np.maximum(below, 1), zero_division) for above, below in pairs)
        return precision, recall, f1


def counts(y_true: np.ndarray, y_pred: np.ndarray, labels: Any) -> Counts:
    """Count by comparing every sample with every label."""
    listed = np.asarray(labels, dtype=np.int64)[:, None]
    true, pred = y_true.astype(np.int64) == listed, y_pred.astype(np.int64) == listed
    return Counts((true & pred).sum(1), pred.sum(1), true.sum(1))


def union(y_true: np.ndarray, y_pred: np.ndarray) -> list[int]:
    """Return the sorted values of both arrays."""
    return sorted({int(value) for value in y_true.tolist()} | {int(value) for value in y_pred.tolist()})


# -- strategies ---------------------------------------------------------------------------------------------

PALETTES = {
    "small": (0, 1, 2, 3, 4),
    "gaps": (10, 3, 42, 7, 100),
    "signed": (1, -1, 0, -2, 5),
    "wide": (100, -100, 0, -128, 127),
    "far apart": (0, 2_000_000_000, -2_000_000_000, 7, 1_000_000_000),
    "huge": (5, 10**15, 10**9, 0, 10**12),
}
"""Label values by style, plainest first. ``wide`` fills int8 and ``far apart`` int32: differences wrap there."""

KINDS = (
    ("small", "int64", "int64"),
    ("gaps", "int64", "int64"),
    ("small", "bool", "bool"),
    ("small", "uint8", "uint8"),
    ("small", "int8", "int64"),
    ("small", "bool", "int64"),
    ("gaps", "uint8", "int8"),
    ("gaps", "int16", "uint16"),
    ("gaps", "uint64", "uint64"),
    ("signed", "int64", "int64"),
    ("signed", "int8", "uint8"),
    ("signed", "uint64", "int64"),
    ("wide", "int8", "int8"),
    ("wide", "int16", "int8"),
    ("far apart", "int64", "int64"),
    ("far apart", "int32", "int32"),
    ("huge", "int64", "int64"),
    ("huge", "uint64", "int64"),
)
"""Style of the values and dtype of either array. A value that a dtype cannot hold is left out of its array."""


LAYOUTS = ("C", "strided", "reversed")

LISTINGS: dict[str, Callable[[tuple[int, ...]], Options]] = {
    "default": lambda _: {},
    "downwards": lambda palette: {"labels": sorted(palette, reverse=True)},
    "upwards": lambda palette: {"labels": np.array(sorted(palette))},
    "some": lambda palette: {"labels": palette[:0:-1] or palette},
    "one": lambda palette: {"labels": np.array(palette[-1:])},
    "with absent": lambda palette: {"labels": [300, *palette, -7, 6]},
    "only absent": lambda _: {"labels": np.array([-7, 300])},
}
"""The option ``labels``, as list, tuple or array. No palette holds -7, 6 or 300, and not every dtype could."""

ZERO_DIVISIONS: tuple[Options, ...] = ({}, {"zero_division": 1.0}, {"zero_division": 1}, {"zero_division": 0})


class Samples(NamedTuple):
    """Two arrays, the values that they may hold, and options."""

    y_true: np.ndarray
    y_pred: np.ndarray
    palette: tuple[int, ...]
    options: Options


def samples(*, values: tuple[int, int] = (1, 5), most: int = 25, listings: Sequence[str] = ("default",)) -> st.SearchStrategy[Samples]:
    """Draw up to ``most`` samples over a number of distinct values; either array may lack some of them.

    The options hold perhaps ``zero_division`` and one of the ``listings``.
    """
    choices = [(listing, option) for option in ZERO_DIVISIONS for listing in listings]
    return st.tuples(st.sampled_from(choices), st.sampled_from(KINDS), st.integers(*values), st.integers(1, most), seeds()).map(_samples)


def _samples(drawn: tuple[Any, ...]) -> Samples:
    (listing, option), (style, *dtypes), count, n, seed = drawn
    palette = PALETTES[style][:count]
    rng = np.random.default_rng(seed)
    held, guesses = (_held(rng, palette, dtype) for dtype in dtypes)
    y_true = held[rng.integers(held.size, size=n)]
    position = rng.integers(guesses.size, size=n)
    y_pred = guesses[position]
    if rng.random() < 0.3:
        y_pred = np.where(y_pred == y_true, guesses[position - 1], y_pred)
    else:
        possible = (y_true >= _bounds(dtypes[1])[0]) & (y_true <= _bounds(dtypes[1])[1])
        y_pred = np.where(possible & (rng.random(n) < 0.5), y_true, y_pred)
    layout = LAYOUTS[seed % len(LAYOUTS)]
    y_true, y_pred = (relayout(array.astype(dtype), layout) for array, dtype in zip((y_true, y_pred), dtypes, strict=True))
    return Samples(y_true, y_pred, palette, {**LISTINGS[listing](palette), **option})


def _held(rng: np.random.Generator, palette: tuple[int, ...], dtype: str) -> np.ndarray:
    """Choose values of the palette that the dtype holds; some may be left out."""
    low, high = _bounds(dtype)
    fits = [value for value in palette if low <= value <= high]
    kept = [value for value, chance in zip(fits, rng.random(len(fits)).tolist(), strict=True) if chance < 0.85]
    return np.array(kept or fits)


@cache
def _bounds(dtype: str) -> tuple[int, int]:
    if dtype == "bool":
        return 0, 1
    info = np.iinfo(dtype)
    return int(info.min), int(min(info.max, 2**53))
