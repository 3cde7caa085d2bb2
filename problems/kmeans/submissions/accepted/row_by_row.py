# why: one point at a time against all centroids; stops when the centroids stand still, which comes to the same
import numpy as np


def kmeans(X, init, max_iters=100):
    X, init = check(X), check(init)
    if X.shape[1] != init.shape[1]:
        raise ValueError(f"{X.shape[1]} columns against {init.shape[1]}")
    if max_iters < 0:
        raise ValueError("max_iters is negative")
    centroids = init
    for _ in range(max_iters):
        labels = nearest(X, centroids)
        moved = np.array([X[labels == j].mean(axis=0) if j in labels else centroids[j] for j in range(len(init))])
        if np.array_equal(moved, centroids):
            break
        centroids = moved
    return centroids, nearest(X, centroids)


def check(matrix):
    if matrix.ndim != 2 or min(matrix.shape) < 1:
        raise ValueError("not a matrix with entries")
    if np.isnan(matrix).any() or np.isinf(matrix).any():
        raise ValueError("not finite")
    return matrix.astype(np.float64)


def nearest(X, centroids):
    return np.array([np.argmin(np.sum((centroids - x) ** 2, axis=1)) for x in X], dtype=np.int64)
