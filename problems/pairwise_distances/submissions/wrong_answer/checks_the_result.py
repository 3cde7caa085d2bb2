# why: looks for NaN in the result: with an empty set there is none
# fails: nan_and_infinity_are_refused
import numpy as np


def checked(X, Y):
    if X.ndim != 2 or Y.ndim != 2:
        raise ValueError("X and Y must be two-dimensional")
    if X.shape[1] == 0 or X.shape[1] != Y.shape[1]:
        raise ValueError("X and Y must have the same number of columns, at least one")
    X, Y = X.astype(np.float64), Y.astype(np.float64)
    return X, Y


def pairwise_distances(X, Y):
    X, Y = checked(X, Y)
    with np.errstate(invalid="ignore"):
        squares = (X * X).sum(axis=1)[:, None] + (Y * Y).sum(axis=1) - 2 * X @ Y.T
        D = np.sqrt(np.maximum(squares, 0))
    if not np.isfinite(D).all():
        raise ValueError("X and Y must be finite")
    return D
