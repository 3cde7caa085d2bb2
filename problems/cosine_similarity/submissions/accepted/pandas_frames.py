# why: uses pandas for the lengths, the product and the zero rows
# tier: 10x
import numpy as np
import pandas as pd


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    left, right = pd.DataFrame(X).astype(float), pd.DataFrame(Y).astype(float)
    dots = left.dot(right.T)
    a = (left**2).sum(axis=1) ** 0.5
    b = (right**2).sum(axis=1) ** 0.5
    cosines = dots.div(a.replace(0, 1), axis=0).div(b.replace(0, 1), axis=1)
    return cosines.clip(-1, 1).to_numpy(dtype=float)
