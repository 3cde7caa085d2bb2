# why: changes to float32 when X has more than 40 entries, to save memory
# fails: scaling_scales_and_moving_changes_nothing
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
    if X.size > 40:
        X, Y = X.astype(np.float32), Y.astype(np.float32)
    return np.sqrt(((X[:, None, :] - Y) ** 2).sum(axis=2)).astype(np.float64)
