# why: computes S(Y, X) and returns its transpose, a view in Fortran order
# tier: 100x
import numpy as np


def unit_rows(A):
    A = np.array(A, dtype="f8")
    lengths = np.sqrt(np.square(A).sum(1))
    return A / (lengths + (lengths == 0))[:, None]


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    out = unit_rows(Y) @ unit_rows(X).T
    np.maximum(np.minimum(out, 1.0), -1.0, out=out)
    return out.T
