# why: adds up eight columns at a time and, beyond the first eight, drops what is left over
# fails: zero_columns_and_rotations_change_nothing
import numpy as np


def unit_rows(A):
    A = A.astype(np.float64)
    lengths = np.linalg.norm(A, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return A / lengths


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    d = X.shape[1]
    if d > 8:
        X, Y = X[:, : d - d % 8], Y[:, : d - d % 8]
    return np.clip(unit_rows(X) @ unit_rows(Y).T, -1.0, 1.0)
