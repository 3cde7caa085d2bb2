# why: subtracts in the input's own dtype: uint8 wraps
# fails: every_entry_is_the_distance_of_its_rows
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
    if X.dtype == bool or Y.dtype == bool:
        X, Y = X.astype(int), Y.astype(int)
    return np.array([np.sqrt(((Y - x).astype(np.float64) ** 2).sum(axis=1)) for x in X]).reshape(len(X), len(Y))
