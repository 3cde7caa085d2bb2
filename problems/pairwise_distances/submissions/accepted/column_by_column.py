# why: adds up one column at a time in (n, m) arrays, in place
# tier: 10x
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
    squares = np.zeros((len(X), len(Y)))
    gap = np.empty_like(squares)
    for x, y in zip(X.T, Y.T):
        np.subtract.outer(x, y, out=gap)
        np.multiply(gap, gap, out=gap)
        squares += gap
    return np.sqrt(squares, out=squares)
