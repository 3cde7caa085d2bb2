"""k-means by Lloyd's algorithm. The rules are in the statement: `judge show kmeans`."""

import numpy as np


def kmeans(X: np.ndarray, init: np.ndarray, max_iters: int = 100) -> tuple[np.ndarray, np.ndarray]:
    """Cluster points by Lloyd's algorithm from given initial centroids.

    Parameters
    ----------
    X : numpy.ndarray of shape (n, d)
        Points, of any real dtype and in any memory layout.
    init : numpy.ndarray of shape (k, d)
        Initial centroids.
    max_iters : int
        The most updates that may be made.

    Returns
    -------
    centroids : numpy.ndarray of shape (k, d), float64
    labels : numpy.ndarray of shape (n,), int64
        The index of each point's nearest centroid.

    Raises
    ------
    ValueError
        For invalid input; the statement says which.
    """
    raise NotImplementedError
