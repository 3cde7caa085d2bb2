"""Pairwise Euclidean distances as they are written first: three plain loops. Baseline and oracle."""

import math

import numpy as np


def pairwise_distances(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Return the Euclidean distance of every row of X to every row of Y.

    Parameters
    ----------
    X : numpy.ndarray of shape (n, d)
        One point per row, of any real dtype.
    Y : numpy.ndarray of shape (m, d)
        One point per row, of any real dtype.

    Returns
    -------
    numpy.ndarray of shape (n, m), float64
        ``D[i, j]`` is the distance of ``X[i]`` and ``Y[j]``.

    Raises
    ------
    ValueError
        Unless X and Y are two-dimensional, of one width ``d >= 1``, and finite.
    """
    if X.ndim != 2 or Y.ndim != 2:
        raise ValueError("X and Y must be two-dimensional")
    if X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must have the same number of columns, at least one")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("X and Y must be finite")
    rows = X.astype(np.float64).tolist()
    others = Y.astype(np.float64).tolist()
    D = np.zeros((len(rows), len(others)))
    for i, x in enumerate(rows):
        for j, y in enumerate(others):
            total = 0.0
            for a, b in zip(x, y, strict=True):
                gap = a - b
                total += gap * gap
            D[i, j] = math.sqrt(total)
    return D
