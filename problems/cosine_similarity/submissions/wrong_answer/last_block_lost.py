# why: works in blocks of 32 rows and loses the last, partial one
# fails: large_matrices_obey_the_same_rules
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
    for block in range(max(1, len(U) // 32)):
        rows = slice(32 * block, 32 * (block + 1))
        S[rows] = np.clip(U[rows] @ V.T, -1.0, 1.0)
    return S
