# why: means are written into an array of init's dtype: integer centroids are cut off
# fails: a_single_cluster_gives_the_mean
import numpy as np


def kmeans(X, init, max_iters=100):
    X, centroids = valid(X).astype(np.float64), valid(init).copy()
    if X.shape[1] != centroids.shape[1] or max_iters < 0:
        raise ValueError("widths differ, or max_iters is negative")

    labels = assign(X, centroids)
    for _ in range(max_iters):
        centroids = update(X, labels, centroids)
        previous, labels = labels, assign(X, centroids)
        if (labels == previous).all():
            break
    return centroids.astype(np.float64), labels


def valid(array):
    array = np.asarray(array)
    if array.ndim != 2 or array.size == 0 or not np.isfinite(array).all():
        raise ValueError("expected a finite, non-empty matrix")
    return array


def assign(X, centroids):
    distances = np.stack([((X - centroid.astype(np.float64)) ** 2).sum(axis=1) for centroid in centroids], axis=1)
    return distances.argmin(axis=1)


def update(X, labels, centroids):
    moved = centroids.copy()
    for j in range(len(centroids)):
        if (labels == j).any():
            moved[j] = X[labels == j].mean(axis=0)
    return moved
