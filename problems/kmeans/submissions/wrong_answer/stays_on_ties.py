# why: a point changes its cluster only for a strictly nearer centroid, so a tie keeps the old label
# fails: a_tie_goes_to_the_lowest_index_in_every_assignment
import numpy as np


def kmeans(X, init, max_iters=100):
    X, centroids = valid(X), valid(init)
    if X.shape[1] != centroids.shape[1] or max_iters < 0:
        raise ValueError("widths differ, or max_iters is negative")

    labels = assign(X, centroids)
    for _ in range(max_iters):
        centroids = update(X, labels, centroids)
        previous, labels = labels, assign(X, centroids, labels)
        if (labels == previous).all():
            break
    return centroids, labels


def valid(array):
    array = np.asarray(array)
    if array.ndim != 2 or array.size == 0 or not np.isfinite(array).all():
        raise ValueError("expected a finite, non-empty matrix")
    return array.astype(np.float64)


def assign(X, centroids, current=None):
    distances = np.stack([((X - centroid) ** 2).sum(axis=1) for centroid in centroids], axis=1)
    labels = distances.argmin(axis=1)
    if current is not None:
        rows = np.arange(len(X))
        labels = np.where(distances[rows, labels] < distances[rows, current], labels, current)
    return labels


def update(X, labels, centroids):
    moved = centroids.copy()
    for j in range(len(centroids)):
        if (labels == j).any():
            moved[j] = X[labels == j].mean(axis=0)
    return moved
