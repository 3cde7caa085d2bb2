# why: divides a row by its length until that is exactly 1.0, which rounding may never reach
import numpy as np


def unit(row):
    row = row.astype(np.float64)
    while row.any() and (row * row).sum() != 1.0:
        row = row / np.sqrt((row * row).sum())
    return row


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    S = np.zeros((len(X), len(Y)))
    for i, x in enumerate(X):
        for j, y in enumerate(Y):
            S[i, j] = unit(x) @ unit(y)
    return np.clip(S, -1.0, 1.0)
