# why: the (n, k, d) differences, but for a block of rows at a time so that they fit in memory
# tier: 10x
import numpy as np

BLOCK = 1 << 16


def nearest(X, centroids):
    rows = max(1, BLOCK // centroids.size)
    labels = np.empty(len(X), dtype=np.int64)
    for start in range(0, len(X), rows):
        differences = X[start : start + rows, np.newaxis] - centroids
        labels[start : start + rows] = np.linalg.norm(differences, axis=2).argmin(axis=1)
    return labels


def kmeans(X, init, max_iters=100):
    for a in (X, init):
        if a.ndim != 2 or 0 in a.shape or not np.isfinite(a).all():
            raise ValueError("not a finite, non-empty matrix")
    if X.shape[1] != init.shape[1]:
        raise ValueError("widths differ")
    if max_iters < 0:
        raise ValueError("max_iters < 0")
    X, centroids = X.astype(np.float64), init.astype(np.float64)
    labels = nearest(X, centroids)
    for _ in range(max_iters):
        member = (labels[:, np.newaxis] == np.arange(len(init))).astype(np.float64)
        counts = member.sum(axis=0)[:, np.newaxis]
        centroids = np.where(counts == 0, centroids, member.T @ X / np.where(counts == 0, 1, counts))
        before, labels = labels, nearest(X, centroids)
        if (before == labels).all():
            break
    return centroids, labels
