# why: leaves float32 inputs in float32: squares beyond 3.4e38 become infinity
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
    X, Y = (points if points.dtype == np.float32 else points.astype(np.float64) for points in (X, Y))
    D = np.empty((len(X), len(Y)))
    for i, x in enumerate(X):
        D[i] = np.sqrt(((Y - x) ** 2).sum(axis=1))
    return D
