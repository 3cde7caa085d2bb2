# why: takes rows shorter than 1e-8 for zero rows
# fails: the_length_of_a_row_does_not_matter
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X, Y = X.astype(float), Y.astype(float)
    a, b = np.linalg.norm(X, axis=1), np.linalg.norm(Y, axis=1)
    S = np.clip(X @ Y.T / np.maximum(a, 1e-8)[:, None] / np.maximum(b, 1e-8), -1.0, 1.0)
    return S
