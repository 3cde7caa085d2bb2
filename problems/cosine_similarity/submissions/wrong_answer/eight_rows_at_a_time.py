# why: takes the rows of Y eight at a time and leaves zeros where fewer are left
# fails: the_order_of_rows_and_of_matrices_is_kept
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
    U, V = unit_rows(X), unit_rows(Y)
    S = np.zeros((len(U), len(V)))
    for first in range(0, max(1, len(V) - 7), 8):
        S[:, first : first + 8] = np.clip(U @ V[first : first + 8].T, -1.0, 1.0)
    return S
