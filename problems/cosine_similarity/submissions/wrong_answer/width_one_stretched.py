# why: multiplies with broadcasting and never compares widths: a single column is stretched
# fails: invalid_input_raises_value_error
import numpy as np


def unit_rows(A):
    A = A.astype(np.float64)
    lengths = np.linalg.norm(A, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return A / lengths


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] == 0 or Y.shape[1] == 0:
        raise ValueError("shapes")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    return np.clip((unit_rows(X)[:, None, :] * unit_rows(Y)).sum(axis=2), -1.0, 1.0)
