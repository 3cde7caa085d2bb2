# why: makes windows with as_strided and takes the strides of a C-ordered array for granted
# fails: the_memory_layout_changes_nothing
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
    def rows(A):
        if A.size == 0:
            return A
        low = A[::-1] if A.strides[0] < 0 else A
        return np.lib.stride_tricks.as_strided(low, A.shape, (A.shape[1] * A.itemsize, A.itemsize))

    with np.errstate(all="ignore"):
        return np.clip(unit_rows(rows(X)) @ unit_rows(rows(Y)).T, -1.0, 1.0)
