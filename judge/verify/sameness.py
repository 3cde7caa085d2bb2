"""Whether two answers are the same: exactly, or within the tolerance that statements fall back on."""

from __future__ import annotations

from typing import Any

import numpy as np

from judge.authoring import Column, Table

__all__ = ["is_same"]

TOLERANCE = 1e-9
"""Absolute and relative, where a problem does not say otherwise."""


def is_same(got: Any, want: Any, *, exact: bool = True) -> bool:
    """Compare two plain values: type, shape and dtype, then values; NaN is the same as NaN.

    Parameters
    ----------
    got, want : object
        What crosses the border: numbers, text, arrays, tables, and lists and tuples of them.
    exact : bool
        Whether floats must be equal, or only close.
    """
    if type(got) is not type(want):
        return False
    if isinstance(want, np.ndarray):
        return got.shape == want.shape and got.dtype == want.dtype and _same_values(got, want, exact=exact)
    if isinstance(want, list | tuple):
        return len(got) == len(want) and all(is_same(one, other, exact=exact) for one, other in zip(got, want, strict=True))
    if isinstance(want, Table):
        return _same_tables(got, want, exact=exact)
    if isinstance(want, float | np.floating):
        return _same_values(np.asarray(got), np.asarray(want), exact=exact)
    return bool(got == want)


def _same_values(got: np.ndarray, want: np.ndarray, *, exact: bool) -> bool:
    floats = want.dtype.kind in "fc"
    if exact or not floats:
        return bool(np.array_equal(got, want, equal_nan=floats or want.dtype.kind in "mM"))
    return bool(np.allclose(got, want, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True))


def _same_tables(got: Table, want: Table, *, exact: bool) -> bool:
    if got.names != want.names:
        return False
    for one, other in zip(got.columns, want.columns, strict=True):
        nulls, wanted = _nulls(one), _nulls(other)
        if one.type != other.type or not np.array_equal(nulls, wanted):
            return False
        if not _same_values(one.values[~nulls], other.values[~nulls], exact=exact):
            return False
    return True


def _nulls(column: Column) -> np.ndarray:
    return np.zeros(len(column.values), bool) if column.nulls is None else column.nulls
