# why: divides by the sum of absolute values instead of the Euclidean length
# fails: every_entry_is_the_cosine_of_two_rows
import numpy as np


def unit_rows(A):
    A = A.astype(np.float64)
    lengths = np.abs(A).sum(axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return A / lengths


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    return np.clip(unit_rows(X) @ unit_rows(Y).T, -1.0, 1.0)
