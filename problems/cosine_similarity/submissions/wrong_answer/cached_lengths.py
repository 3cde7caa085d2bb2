# why: keeps the lengths of Y between calls by its shape, and uses stale ones
# fails: every_entry_is_the_cosine_of_two_rows
import numpy as np

known = {}


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X, Y = X.astype(float), Y.astype(float)
    a = np.linalg.norm(X, axis=1)
    if Y.shape not in known:
        known[Y.shape] = np.linalg.norm(Y, axis=1)
    b = known[Y.shape]
    return np.clip(X @ Y.T / np.where(a > 0, a, 1)[:, None] / np.where(b > 0, b, 1), -1.0, 1.0)
