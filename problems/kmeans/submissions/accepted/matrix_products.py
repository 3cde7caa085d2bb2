# why: one matrix product finds all nearest centroids, another adds up all clusters
# tier: 100x
# time: O(n*k*d*max_iters)
# space: O(n*k + n*d + k*d)
import numpy as np


def kmeans(X, init, max_iters=100):
    X, init = (np.asarray(a) for a in (X, init))
    if X.ndim != 2 or init.ndim != 2 or 0 in X.shape + init.shape:
        raise ValueError("X and init must be non-empty matrices")
    if X.shape[1] != init.shape[1]:
        raise ValueError("X and init must have the same number of columns")
    if max_iters < 0:
        raise ValueError("max_iters must not be negative")
    if not (np.isfinite(X).all() and np.isfinite(init).all()):
        raise ValueError("X and init must be finite")
    X, centroids = X.astype(float), init.astype(float)
    identity = np.eye(len(centroids))

    def assign():
        return (X @ centroids.T - 0.5 * np.einsum("kd,kd->k", centroids, centroids)).argmax(axis=1)

    labels = assign()
    for _ in range(max_iters):
        counts = np.bincount(labels, minlength=len(centroids))
        sums = identity[:, labels] @ X
        filled = counts > 0
        centroids[filled] = sums[filled] / counts[filled, None]
        new_labels = assign()
        if np.array_equal(new_labels, labels):
            break
        labels = new_labels
    return centroids, labels
