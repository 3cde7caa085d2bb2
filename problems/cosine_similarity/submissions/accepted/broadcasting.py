# why: multiplies all pairs of rows at once in an (n, m, d) array
# tier: 10x
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X = X.astype(np.float64)
    Y = Y.astype(np.float64)
    dots = (X[:, None, :] * Y[None, :, :]).sum(axis=2)
    a = np.sqrt((X * X).sum(axis=1))
    b = np.sqrt((Y * Y).sum(axis=1))
    a[a == 0] = np.inf
    b[b == 0] = np.inf
    return np.clip(dots / a[:, None] / b[None, :], -1.0, 1.0)
