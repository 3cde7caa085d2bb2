# why: computes every close pair again in one array: as large as the broadcast where all pairs are close
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
    norms = (X * X).sum(axis=1)[:, None] + (Y * Y).sum(axis=1)
    squares = norms - 2 * X @ Y.T
    i, j = np.nonzero(squares <= 1e-3 * norms)
    squares[i, j] = ((X[i] - Y[j]) ** 2).sum(axis=1)
    return np.sqrt(squares)
