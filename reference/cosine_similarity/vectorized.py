"""Cosine similarity as one matrix product and one division."""

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
    A, B = _points(X, "X"), _points(Y, "Y")
    if A.shape[1] != B.shape[1]:
        msg = f"X has {A.shape[1]} columns and Y has {B.shape[1]}"
        raise ValueError(msg)
    S = A @ B.T
    S /= _lengths(A)[:, None]
    S /= _lengths(B)
    return np.clip(S, -1.0, 1.0, out=S)


def _points(values: np.ndarray, name: str) -> np.ndarray:
    """Return the values as float64, once they are known to be valid."""
    if values.ndim != 2 or values.shape[1] == 0:
        msg = f"{name} must have two dimensions and at least one column, not shape {values.shape}"
        raise ValueError(msg)
    if not np.isfinite(values).all():
        msg = f"{name} holds NaN or infinity"
        raise ValueError(msg)
    return values.astype(np.float64, copy=False)


def _lengths(A: np.ndarray) -> np.ndarray:
    """Return the length of each row; 1 for a zero row, whose products are zero whatever they are divided by."""
    lengths = np.sqrt(np.vecdot(A, A))
    lengths[lengths == 0.0] = 1.0
    return lengths
