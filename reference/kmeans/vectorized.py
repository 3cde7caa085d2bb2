"""k-means as two matrix products per iteration."""

import numpy as np


def kmeans(X, init, max_iters=100):
    """Cluster points by Lloyd's algorithm from given initial centroids.

    Parameters
    ----------
    X : numpy.ndarray of shape (n, d)
        Points: finite numbers of any real dtype, in any layout.
    init : numpy.ndarray of shape (k, d)
        Initial centroids.
    max_iters : int
        How many times the centroids may be moved at most.

    Returns
    -------
    centroids : numpy.ndarray of shape (k, d), float64
        Each the mean of its cluster; an empty cluster keeps its centroid.
    labels : numpy.ndarray of shape (n,), int64
        The index of the nearest of these centroids; the lowest one where several are equally near.

    Raises
    ------
    ValueError
        When an input is empty, not two-dimensional or not finite, when the widths differ, or when ``max_iters < 0``.
    """
    points, centroids = _matrix(X, "X"), _matrix(init, "init")
    if points.shape[1] != centroids.shape[1]:
        raise ValueError(f"X has {points.shape[1]} columns, but init has {centroids.shape[1]}")
    if max_iters < 0:
        raise ValueError(f"max_iters must not be negative, but is {max_iters}")

    labels = _nearest(points, centroids)
    for _ in range(max_iters):
        centroids = _means(points, labels, centroids)
        before, labels = labels, _nearest(points, centroids)
        if np.array_equal(labels, before):
            break
    return centroids, labels


def _matrix(array, name):
    """Return a valid input as a float64 matrix; converted once, up front, so that no integer wraps later."""
    array = np.asarray(array)
    if array.ndim != 2:
        raise ValueError(f"{name} must have 2 dimensions, but has {array.ndim}")
    if array.size == 0:
        raise ValueError(f"{name} is empty: its shape is {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds NaN or infinity")
    return array.astype(np.float64, copy=False)


def _nearest(points, centroids):
    """Return the index of each point's nearest centroid.

    ``|x - c|^2 = |x|^2 - 2 (x.c - |c|^2 / 2)``, and ``|x|^2`` is the same for every centroid: the nearest centroid is the one
    with the largest ``x.c - |c|^2 / 2``. One matrix product finds all of these, and `argmax` takes the first of
    equals.
    """
    scores = points @ centroids.T
    scores -= 0.5 * np.square(centroids).sum(axis=1)
    return scores.argmax(axis=1).astype(np.int64, copy=False)


def _means(points, labels, centroids):
    """Return the mean of each cluster: a product with the (k, n) matrix that marks who belongs where."""
    member = (labels == np.arange(len(centroids))[:, None]).astype(np.float64)
    counts = member.sum(axis=1, keepdims=True)
    return np.where(counts > 0, member @ points / np.maximum(counts, 1.0), centroids)
