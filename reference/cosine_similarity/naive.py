"""Cosine similarity in plain Python loops: the baseline that speed is measured against, and the oracle."""

import math

import numpy as np


def cosine_similarity(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Compute the cosine of the angle between every row of X and every row of Y.

    Parameters
    ----------
    X : numpy.ndarray of shape (n, d)
        Any real dtype; the values act as float64.
    Y : numpy.ndarray of shape (m, d)
        Likewise.

    Returns
    -------
    numpy.ndarray of shape (n, m), float64
        Between -1 and 1; 0 wherever one of the two rows is zero.

    Raises
    ------
    ValueError
        When an input is not 2-D, has no columns or holds NaN or infinity, or when the widths differ.
    """
    if X.ndim != 2 or Y.ndim != 2:
        msg = "X and Y must have two dimensions"
        raise ValueError(msg)
    if X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        msg = "X and Y must have the same number of columns, at least one"
        raise ValueError(msg)
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        msg = "X and Y must not hold NaN or infinity"
        raise ValueError(msg)
    rows, others = X.astype(np.float64).tolist(), Y.astype(np.float64).tolist()
    lengths, other_lengths = [_length(row) for row in rows], [_length(other) for other in others]
    S = np.zeros((len(rows), len(others)))
    for i, row in enumerate(rows):
        for j, other in enumerate(others):
            if lengths[i] > 0.0 and other_lengths[j] > 0.0:
                cosine = _dot(row, other) / (lengths[i] * other_lengths[j])
                S[i, j] = max(-1.0, min(1.0, cosine))
    return S


def _dot(a: list[float], b: list[float]) -> float:
    total = 0.0
    for p, q in zip(a, b, strict=True):
        total += p * q
    return total


def _length(a: list[float]) -> float:
    return math.sqrt(_dot(a, a))
