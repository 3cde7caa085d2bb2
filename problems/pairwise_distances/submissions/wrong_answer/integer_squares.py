# why: converts small integers to int64 and never to floats: squares of large integers overflow
# fails: values_act_as_float64
import numpy as np


def checked(X, Y):
    if X.ndim != 2 or Y.ndim != 2:
        raise ValueError("X and Y must be two-dimensional")
    if X.shape[1] == 0 or X.shape[1] != Y.shape[1]:
        raise ValueError("X and Y must have the same number of columns, at least one")
    X, Y = X.astype(np.float64), Y.astype(np.float64)
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("X and Y must be finite")
    return X, Y


def pairwise_distances(X, Y):
    checked(X, Y)
    wide = np.float64 if "f" in X.dtype.kind + Y.dtype.kind else np.int64
    X, Y = X.astype(wide), Y.astype(wide)
    D = np.empty((len(X), len(Y)))
    for i, x in enumerate(X):
        gap = Y - x
        D[i] = np.sqrt(np.maximum((gap * gap).sum(axis=1), 0))
    return D
