# why: means by a pandas group-by; returns a named tuple, which is a tuple
from collections import namedtuple

import numpy as np
import pandas as pd

Result = namedtuple("Result", "centroids labels")


def kmeans(X, init, max_iters=100):
    for name, matrix in {"X": X, "init": init}.items():
        if matrix.ndim != 2 or 0 in matrix.shape:
            raise ValueError(f"{name}: shape {matrix.shape}")
        if not np.isfinite(matrix.astype(float)).all():
            raise ValueError(f"{name}: not finite")
    if X.shape[1] != init.shape[1] or max_iters < 0:
        raise ValueError("widths or max_iters")
    points = pd.DataFrame(np.ascontiguousarray(X, dtype=np.float64))
    centroids = pd.DataFrame(np.ascontiguousarray(init, dtype=np.float64))
    labels = assign(points, centroids)
    for _ in range(max_iters):
        centroids = points.groupby(labels).mean().reindex(centroids.index).fillna(centroids)
        new = assign(points, centroids)
        if (new == labels).all():
            break
        labels = new
    return Result(centroids.to_numpy(), labels)


def assign(points, centroids):
    X, C = points.to_numpy(), centroids.to_numpy()
    return np.stack([np.sqrt(((X - c) ** 2).sum(axis=1)) for c in C]).argmin(axis=0)
