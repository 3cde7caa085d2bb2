"""Precision, recall and F1 from three counts per label, each of them one call of `numpy.bincount`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

AVERAGES = (None, "binary", "micro", "macro", "weighted")


class Counts(NamedTuple):
    """What the metrics are made of, one entry per label: nothing else of the confusion matrix is needed."""

    hits: np.ndarray
    """True positives (whole numbers in float64)."""
    predicted: np.ndarray
    """Samples predicted as the label: true plus false positives."""
    support: np.ndarray
    """Samples that have the label: true positives plus false negatives."""

    def at(self, positions: np.ndarray, found: np.ndarray) -> Counts:
        """Return the counts at these positions, and zeros where nothing was found."""
        return Counts(*(np.where(found, column[positions], 0) for column in self))

    def total(self) -> Counts:
        """Return the counts of all labels together, as arrays of one entry."""
        return Counts(*(column.sum(keepdims=True) for column in self))


def precision_recall_f1(
    y_true: np.ndarray,
    y_pred: np.ndarray,
    *,
    average: Literal["binary", "micro", "macro", "weighted"] | None = "binary",
    labels: Sequence[int] | np.ndarray | None = None,
    pos_label: int = 1,
    zero_division: float = 0.0,
) -> tuple[float, float, float] | tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Compute precision, recall and F1.

    Parameters
    ----------
    y_true, y_pred : numpy.ndarray of shape (n,), any integer dtype or bool
        The true and the predicted label of each sample, n > 0.
    average : {None, "binary", "micro", "macro", "weighted"}
        How the labels' results become one; None keeps them apart.
    labels : list, tuple or array of distinct integers, optional
        Which labels to report, in this order. Default: the sorted union of both arrays. Not with ``"binary"``.
    pos_label : int
        The positive class of ``"binary"``; the other averages do not look at it.
    zero_division : {0.0, 1.0}
        The value of a metric whose own denominator is zero.

    Returns
    -------
    precision, recall, f1 : float, or numpy.ndarray of shape (n_labels,), float64
        Arrays for ``average=None``.

    Raises
    ------
    ValueError
        For input outside the contract.
    """
    _check_arrays(y_true, y_pred)
    _check_options(average, labels, zero_division)
    values, counts = _count(y_true, y_pred)
    if average == "binary":
        _check_binary(values, pos_label)
        labels = [pos_label]
    if labels is not None:
        counts = counts.at(*_locate(values, np.asarray(labels, dtype=np.int64)))
    if average == "micro":
        counts = counts.total()

    hits, predicted, support = counts
    metrics = (
        _divide(hits, predicted, zero_division),
        _divide(hits, support, zero_division),
        _divide(2 * hits, predicted + support, zero_division),  # 2 TP + FP + FN = (TP + FP) + (TP + FN)
    )
    if average is None:
        return metrics
    if average == "weighted" and not support.any():
        return (float(zero_division),) * 3
    weights = support if average == "weighted" else None
    precision, recall, f1 = (float(np.average(metric, weights=weights)) for metric in metrics)
    return precision, recall, f1


def _count(y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, Counts]:
    """Return the sorted values of both arrays and their counts.

    Each sample is turned into a small code, and the codes are counted. Where the values lie close to zero they are
    codes themselves, or become codes by a shift, which takes one pass and no sorting.
    """
    true, pred = (y.astype(np.int64, copy=False) for y in (y_true, y_pred))
    low, high = int(min(0, true.min(), pred.min())), int(max(true.max(), pred.max()))
    width = high - low + 1
    if width > 4 * true.size + 1000:
        values, codes = np.unique(np.concatenate((true, pred)), return_inverse=True)
        return values, _count_codes(codes[: true.size], codes[true.size :], values.size)
    if low < 0:
        true, pred = true - low, pred - low
    counts = _count_codes(true, pred, width)
    present = np.flatnonzero(counts.predicted + counts.support)
    return present + low, Counts(*(column[present] for column in counts))


def _count_codes(true: np.ndarray, pred: np.ndarray, size: int) -> Counts:
    """Count the codes 0 .. size - 1. Hits are weighed rather than picked out: ``true[true == pred]`` takes longer."""
    hits = np.bincount(true, weights=true == pred, minlength=size)
    return Counts(hits, np.bincount(pred, minlength=size), np.bincount(true, minlength=size))


def _locate(values: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each label's position in the sorted values, and whether it is there at all."""
    positions = np.searchsorted(values, labels).clip(max=values.size - 1)
    return positions, values[positions] == labels


def _divide(numerator: np.ndarray, denominator: np.ndarray, zero_division: float) -> np.ndarray:
    """Divide, with ``zero_division`` where the denominator is zero."""
    result = np.full(numerator.shape, float(zero_division))
    return np.divide(numerator, denominator, out=result, where=denominator != 0)


def _check_arrays(y_true: np.ndarray, y_pred: np.ndarray) -> None:
    if y_true.ndim != 1 or y_pred.ndim != 1:
        msg = f"y_true and y_pred must have one dimension, not {y_true.ndim} and {y_pred.ndim}"
        raise ValueError(msg)
    if y_true.size != y_pred.size:
        msg = f"y_true and y_pred must be equally long, not {y_true.size} and {y_pred.size}"
        raise ValueError(msg)
    if y_true.size == 0:
        msg = "y_true and y_pred must not be empty"
        raise ValueError(msg)


def _check_options(average: str | None, labels: Sequence[int] | np.ndarray | None, zero_division: float) -> None:
    if average not in AVERAGES:
        msg = f"average must be one of {AVERAGES}, not {average!r}"
        raise ValueError(msg)
    if zero_division not in (0, 1):
        msg = f"zero_division must be 0.0 or 1.0, not {zero_division!r}"
        raise ValueError(msg)
    if labels is None:
        return
    if average == "binary":
        msg = "labels cannot be given with average='binary'; pos_label names the positive class"
        raise ValueError(msg)
    if len(labels) == 0 or np.unique(labels).size != len(labels):
        msg = "labels must be distinct and at least one"
        raise ValueError(msg)


def _check_binary(values: np.ndarray, pos_label: int) -> None:
    if values.size > 2:
        msg = f"average='binary' needs at most two values, not {values.size}: choose another average"
        raise ValueError(msg)
    if values.size == 2 and pos_label not in values:
        msg = f"pos_label={pos_label} is not among the values {values.tolist()}"
        raise ValueError(msg)
