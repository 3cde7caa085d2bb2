# why: checks its input with assert: AssertionError is no ValueError
# fails: invalid_input_raises_value_error
import numpy as np


def unit_rows(A):
    A = A.astype(np.float64)
    lengths = np.linalg.norm(A, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return A / lengths


def cosine_similarity(X, Y):
    assert X.ndim == Y.ndim == 2
    assert X.shape[1] == Y.shape[1] > 0
    assert np.isfinite(X).all() and np.isfinite(Y).all()
    return np.clip(unit_rows(X) @ unit_rows(Y).T, -1.0, 1.0)
