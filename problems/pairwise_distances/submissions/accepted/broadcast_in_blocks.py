# why: the broadcast, in blocks of at most 16 MiB
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


BLOCK_BYTES = 16 << 20


def pairwise_distances(X, Y):
    X, Y = checked(X, Y)
    D = np.empty((len(X), len(Y)))
    step = max(1, BLOCK_BYTES // max(1, Y.nbytes))
    for start in range(0, len(X), step):
        gaps = X[start : start + step, np.newaxis, :] - Y[np.newaxis, :, :]
        D[start : start + step] = np.sqrt(np.einsum("ijk,ijk->ij", gaps, gaps))
    return D
