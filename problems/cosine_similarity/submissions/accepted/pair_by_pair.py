# why: loops over pairs of rows and leaves each pair to NumPy
# tier: below
import numpy as np
from numpy.linalg import norm


def cosine(a, b):
    length = norm(a) * norm(b)
    if length == 0:
        return 0.0
    return min(1.0, max(-1.0, a.dot(b) / length))


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X, Y = X.astype(np.float64), Y.astype(np.float64)
    S = np.zeros((len(X), len(Y)))
    for i, a in enumerate(X):
        for j, b in enumerate(Y):
            S[i, j] = cosine(a, b)
    return S
