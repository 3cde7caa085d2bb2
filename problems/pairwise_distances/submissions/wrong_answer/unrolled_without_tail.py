# why: adds up eight columns at a time and forgets those after the last eight
# fails: columns_add_up_and_no_detour_is_shorter
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
    d = X.shape[1]
    step = 8 if d >= 8 else 1
    squares = np.zeros((len(X), len(Y)))
    for start in range(0, d - step + 1, step):
        gaps = X[:, None, start : start + step] - Y[:, start : start + step]
        squares += (gaps**2).sum(axis=2)
    return np.sqrt(squares)
