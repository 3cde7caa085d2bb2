# why: widens integers to int64 only: products of large values still wrap
# fails: every_dtype_counts_as_float64
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    if X.dtype.kind in "iub":
        X = X.astype(np.int64)
    if Y.dtype.kind in "iub":
        Y = Y.astype(np.int64)
    X, Y = (A.astype(np.float64) if A.dtype.kind == "f" else A for A in (X, Y))
    a, b = np.linalg.norm(X, axis=1), np.linalg.norm(Y, axis=1)
    a[a == 0] = 1
    b[b == 0] = 1
    return np.clip(X @ Y.T / a[:, None] / b, -1.0, 1.0)
