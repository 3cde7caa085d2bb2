# why: subtracts the mean of all points first, and adds up clusters as runs of the rows sorted by label
# tier: 100x
import numpy as np


class KMeans:
    def __init__(self, X, init):
        self.shift = X.mean(axis=0)
        self.X = X - self.shift
        self.centroids = init - self.shift
        self.labels = self.assign()

    def assign(self):
        half = np.einsum("kd,kd->k", self.centroids, self.centroids) / 2
        return np.argmin(half - self.X @ self.centroids.T, axis=1)

    def step(self):
        """Move the centroids and assign again; tell whether anything changed."""
        counts = np.bincount(self.labels, minlength=len(self.centroids))
        used = np.flatnonzero(counts)
        by_label = self.X[np.argsort(self.labels, kind="stable")]
        first = (np.cumsum(counts) - counts)[used]
        self.centroids[used] = np.add.reduceat(by_label, first, axis=0) / counts[used, None]
        before, self.labels = self.labels, self.assign()
        return not np.array_equal(before, self.labels)


def kmeans(X, init, max_iters=100):
    X, init = np.asarray(X), np.asarray(init)
    if not (X.ndim == init.ndim == 2 and X.size and init.size and X.shape[1] == init.shape[1] and max_iters >= 0):
        raise ValueError("bad shapes or max_iters")
    X, init = X.astype(np.float64, order="C"), init.astype(np.float64, order="C")
    if not np.isfinite(X).all() or not np.isfinite(init).all():
        raise ValueError("NaN or infinity")
    run = KMeans(X, init)
    while max_iters > 0 and run.step():
        max_iters -= 1
    return run.centroids + run.shift, run.labels
