# why: three plain loops over Python floats
# tier: below
import math

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
    others = Y.tolist()
    D = np.zeros((len(X), len(Y)))
    for i, x in enumerate(X.tolist()):
        for j, y in enumerate(others):
            total = 0.0
            for a, b in zip(x, y):
                total += (a - b) * (a - b)
            D[i, j] = math.sqrt(total)
    return D
