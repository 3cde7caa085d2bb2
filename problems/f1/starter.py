"""Precision, recall and F1 for any number of classes."""

from __future__ import annotations

import numpy as np


def precision_recall_f1(
    y_true: np.ndarray,
    y_pred: np.ndarray,
    *,
    average: str | None = "binary",
    labels: list[int] | tuple[int, ...] | np.ndarray | None = None,
    pos_label: int = 1,
    zero_division: float = 0.0,
) -> tuple[float, float, float] | tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Compute precision, recall and F1.

    Parameters
    ----------
    y_true, y_pred : array of shape (n,), integer or bool
        The true and the predicted label of each sample.
    average : None, "binary", "micro", "macro" or "weighted"
        How the labels' results become one; None keeps them apart.
    labels : list, tuple or array of distinct integers, optional
        Which labels to report, in this order. Default: the sorted union of both arrays.
    pos_label : int
        The positive class of "binary".
    zero_division : 0.0 or 1.0
        The value of a metric whose own denominator is zero.

    Returns
    -------
    precision, recall, f1
        Three floats; for ``average=None`` three float64 arrays of shape (n_labels,).

    Raises
    ------
    ValueError
        For invalid input; the statement lists it.
    """
    raise NotImplementedError
