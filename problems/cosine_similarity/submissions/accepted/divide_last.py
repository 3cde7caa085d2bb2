# why: divides the matrix product by the outer product of the lengths and turns 0/0 into 0
# tier: 100x
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X = np.asarray(X, dtype=float)
    Y = np.asarray(Y, dtype=float)
    lengths = np.outer(np.sqrt((X**2).sum(axis=1)), np.sqrt((Y**2).sum(axis=1)))
    with np.errstate(invalid="ignore"):
        S = np.dot(X, Y.T) / lengths
    return np.nan_to_num(S, nan=0.0).clip(-1, 1)
