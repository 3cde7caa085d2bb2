# why: counts rows from 1 and runs past the end
# fails: every_entry_is_the_cosine_of_two_rows
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    S = np.zeros((len(X), len(Y)))
    for i in range(1, len(X) + 1):
        for j in range(1, len(Y) + 1):
            length = np.linalg.norm(X[i]) * np.linalg.norm(Y[j])
            S[i, j] = X[i] @ Y[j] / length if length else 0.0
    return np.clip(S, -1.0, 1.0)
