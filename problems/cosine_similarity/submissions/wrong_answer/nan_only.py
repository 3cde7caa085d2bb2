# why: looks for NaN but not for infinity
# fails: invalid_input_raises_value_error
import numpy as np


def unit_rows(A):
    A = A.astype(np.float64)
    lengths = np.linalg.norm(A, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return A / lengths


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("shapes")
    if np.isnan(X).any() or np.isnan(Y).any():
        raise ValueError("NaN")
    with np.errstate(invalid="ignore"):
        return np.clip(unit_rows(X) @ unit_rows(Y).T, -1.0, 1.0)
