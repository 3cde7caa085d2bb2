# why: compares one column with many: broadcasting makes no error of it
# fails: wrong_shapes_are_refused
import numpy as np


def pairwise_distances(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] == 0 or Y.shape[1] == 0:
        raise ValueError("X and Y must be two-dimensional, with at least one column")
    X, Y = X.astype(np.float64), Y.astype(np.float64)
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("X and Y must be finite")
    D = np.empty((len(X), len(Y)))
    for i, x in enumerate(X):
        D[i] = np.sqrt(((x - Y) ** 2).sum(axis=1))
    return D
