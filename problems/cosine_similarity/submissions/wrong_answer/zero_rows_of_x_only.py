# why: guards the zero rows of X and forgets those of Y
# fails: a_zero_row_is_similar_to_nothing
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X, Y = X.astype(float), Y.astype(float)
    a, b = np.linalg.norm(X, axis=1, keepdims=True), np.linalg.norm(Y, axis=1)
    a[a == 0] = 1
    return np.clip(X @ Y.T / a / b, -1.0, 1.0)
