# why: takes the mean of no points: NaN
# fails: a_run_goes_downhill_until_it_stands_still
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
    distances = np.stack([((X - centroid) ** 2).sum(axis=1) for centroid in centroids], axis=1)
    return distances.argmin(axis=1)


def update(X, labels, centroids):
    with np.errstate(all="ignore"):
        sums = np.stack([X[labels == j].sum(axis=0) for j in range(len(centroids))])
        return sums / np.bincount(labels, minlength=len(centroids))[:, None]
