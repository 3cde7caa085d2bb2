# why: the first vectorization: NumPy within a centroid, a loop over the centroids
# tier: 10x
import numpy as np


def kmeans(X, init, max_iters=100):
    X, centroids = valid(X), valid(init)
    if X.shape[1] != centroids.shape[1] or max_iters < 0:
        raise ValueError("widths differ, or max_iters is negative")

    labels = assign(X, centroids)
    for _ in range(max_iters):
        centroids = update(X, labels, centroids)
        previous, labels = labels, assign(X, centroids)
        if (labels == previous).all():
            break
    return centroids, labels


def valid(array):
    array = np.asarray(array)
    if array.ndim != 2 or array.size == 0 or not np.isfinite(array).all():
        raise ValueError("expected a finite, non-empty matrix")
    return array.astype(np.float64)


def assign(X, centroids):
    squares = np.empty((len(X), len(centroids)))
    for j, centroid in enumerate(centroids):
        gaps = X - centroid
        squares[:, j] = np.einsum("nd,nd->n", gaps, gaps)
    return squares.argmin(axis=1)


def update(X, labels, centroids):
    moved = centroids.copy()
    for j in range(len(centroids)):
        if (labels == j).any():
            moved[j] = X[labels == j].mean(axis=0)
    return moved
