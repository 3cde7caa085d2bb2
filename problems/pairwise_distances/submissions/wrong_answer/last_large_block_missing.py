# why: works in blocks of 128 rows and forgets the rows after the last full one
# fails: large_sets_fit_into_memory
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


BLOCK = 128


def pairwise_distances(X, Y):
    X, Y = checked(X, Y)
    D = np.zeros((len(X), len(Y)))
    block = min(BLOCK, max(1, len(X)))
    for start in range(0, len(X) - block + 1, block):
        for i in range(start, start + block):
            D[i] = np.sqrt(((Y - X[i]) ** 2).sum(axis=1))
    return D
