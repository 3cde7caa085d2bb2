# why: the expansion, with its doubtful pairs computed again in blocks of pairs: fast and numerically stable
# tier: 100x
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


PAIRS_AT_ONCE = 4096


def pairwise_distances(X, Y):
    X, Y = checked(X, Y)
    x2, y2 = np.einsum("ij,ij->i", X, X), np.einsum("ij,ij->i", Y, Y)
    squares = np.add.outer(x2, y2)
    doubtful_below = 1e-4 * squares
    squares -= 2 * X @ Y.T
    rows, columns = np.nonzero(squares <= doubtful_below)
    for start in range(0, len(rows), PAIRS_AT_ONCE):
        i, j = rows[start : start + PAIRS_AT_ONCE], columns[start : start + PAIRS_AT_ONCE]
        squares[i, j] = ((X[i] - Y[j]) ** 2).sum(axis=1)
    return np.sqrt(squares)
