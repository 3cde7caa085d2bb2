# why: one product of a matrix and a vector for each row of X
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X, Y = X.astype(np.float64), Y.astype(np.float64)
    b = np.array([np.sqrt(y @ y) for y in Y])
    safe = np.where(b > 0, b, 1.0)
    S = np.zeros((len(X), len(Y)))
    for i, x in enumerate(X):
        a = np.sqrt(x @ x)
        if a > 0:
            S[i] = Y @ x / (a * safe)
    return np.clip(S, -1.0, 1.0)
