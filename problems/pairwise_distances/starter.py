"""Pairwise distances: your solution goes here."""

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
    raise NotImplementedError
