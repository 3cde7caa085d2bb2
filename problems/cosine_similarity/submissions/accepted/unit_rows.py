# why: scales both matrices to unit rows, then takes one matrix product
# tier: 100x
import numpy as np


def unit_rows(A):
    A = A.astype(np.float64)
    lengths = np.linalg.norm(A, axis=1, keepdims=True)
    return np.divide(A, lengths, out=np.zeros_like(A), where=lengths > 0)


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    return np.clip(unit_rows(X) @ unit_rows(Y).T, -1.0, 1.0)
