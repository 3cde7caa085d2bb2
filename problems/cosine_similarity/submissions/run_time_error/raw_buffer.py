# why: reads the memory itself with frombuffer, which refuses an array that is not C-contiguous
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
    U, V = (np.frombuffer(A.astype(np.float64)).reshape(A.shape) if A.size else A for A in (X, Y))
    return np.clip(unit_rows(U) @ unit_rows(V).T, -1.0, 1.0)
