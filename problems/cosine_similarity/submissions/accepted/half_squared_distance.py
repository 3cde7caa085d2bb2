# why: takes 1 - |u - v|^2 / 2 of unit rows, and handles zero rows apart
# tier: 10x
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X, Y = X.astype(np.float64), Y.astype(np.float64)
    a, b = np.linalg.norm(X, axis=1), np.linalg.norm(Y, axis=1)
    U = X / np.where(a == 0, 1, a)[:, None]
    V = Y / np.where(b == 0, 1, b)[:, None]
    S = np.empty((len(X), len(Y)))
    for i in range(len(X)):
        difference = V - U[i]
        S[i] = 1 - (difference * difference).sum(axis=1) / 2
    S[a == 0] = 0
    S[:, b == 0] = 0
    return np.clip(S, -1, 1)
