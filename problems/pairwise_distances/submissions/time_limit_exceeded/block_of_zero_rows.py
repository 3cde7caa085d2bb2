# why: an eighth of the rows at a time: for fewer than eight rows that is none, and the loop never ends
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
    X, Y = checked(X, Y)
    D = np.empty((len(X), len(Y)))
    step, start = len(X) // 8, 0
    while start < len(X):
        D[start : start + step] = np.sqrt(((X[start : start + step, None] - Y) ** 2).sum(axis=2))
        start += step
    return D
