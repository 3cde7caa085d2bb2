# why: stops like scikit-learn, when centroids move less than 1e-4 of the variance
import numpy as np


def kmeans(X, init, max_iters=100):
    X, centroids = valid(X), valid(init)
    if X.shape[1] != centroids.shape[1] or max_iters < 0:
        raise ValueError("widths differ, or max_iters is negative")

    tolerance = 1e-4 * X.var(axis=0).mean()
    labels = assign(X, centroids)
    for _ in range(max_iters):
        previous, centroids = centroids, update(X, labels, centroids)
        before, labels = labels, assign(X, centroids)
        if ((centroids - previous) ** 2).sum() <= tolerance or (labels == before).all():
            break
    return centroids, labels


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
