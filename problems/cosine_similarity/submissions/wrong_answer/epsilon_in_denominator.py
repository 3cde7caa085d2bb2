# why: adds 1e-8 to the denominator against division by zero, which shifts every value
# fails: every_entry_is_the_cosine_of_two_rows
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X, Y = X.astype(float), Y.astype(float)
    lengths = np.outer(np.linalg.norm(X, axis=1), np.linalg.norm(Y, axis=1))
    return np.clip(X @ Y.T / (lengths + 1e-8), -1.0, 1.0)
