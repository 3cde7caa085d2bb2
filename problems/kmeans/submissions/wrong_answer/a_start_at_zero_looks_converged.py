# why: starts with all labels 0 and stops when nothing changes, so a single cluster never moves
# fails: a_single_cluster_gives_the_mean
import numpy as np


def kmeans(X, init, max_iters=100):
    X, centroids = valid(X), valid(init)
    if X.shape[1] != centroids.shape[1] or max_iters < 0:
        raise ValueError("widths differ, or max_iters is negative")

    labels = np.zeros(len(X), dtype=np.int64)
    for _ in range(max_iters):
        current = assign(X, centroids)
        if (current == labels).all():
            break
        labels = current
        centroids = update(X, labels, centroids)
    return centroids, assign(X, centroids)


def valid(array):
    array = np.asarray(array)
    if array.ndim != 2 or array.size == 0 or not np.isfinite(array).all():
        raise ValueError("expected a finite, non-empty matrix")
    return array.astype(np.float64)


def assign(X, centroids):
    distances = np.stack([((X - centroid) ** 2).sum(axis=1) for centroid in centroids], axis=1)
    return distances.argmin(axis=1)


def update(X, labels, centroids):
    moved = centroids.copy()
    for j in range(len(centroids)):
        if (labels == j).any():
            moved[j] = X[labels == j].mean(axis=0)
    return moved
