# why: calls norm without an axis and divides by the length of the whole matrix
# fails: every_entry_is_the_cosine_of_two_rows
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X, Y = X.astype(float), Y.astype(float)
    length = np.linalg.norm(X) * np.linalg.norm(Y)
    if length == 0:
        return np.zeros((len(X), len(Y)))
    return np.clip(X @ Y.T / length, -1.0, 1.0)
