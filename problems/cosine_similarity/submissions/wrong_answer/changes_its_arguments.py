# why: scales the caller's rows in place
# fails: every_entry_is_the_cosine_of_two_rows
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    for A in (X, Y):
        if A.dtype == np.float64:
            lengths = np.linalg.norm(A, axis=1, keepdims=True)
            lengths[lengths == 0] = 1
            A /= lengths
    S = X.astype(float) @ Y.astype(float).T
    return np.clip(S, -1.0, 1.0)
