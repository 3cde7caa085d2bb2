# why: multiplies integers in their own dtype, where the sums wrap
# fails: every_dtype_counts_as_float64
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    a, b = np.linalg.norm(X, axis=1), np.linalg.norm(Y, axis=1)
    a[a == 0] = 1
    b[b == 0] = 1
    dots = (X @ Y.T).astype(np.float64)
    return np.clip(dots / a[:, None] / b, -1.0, 1.0)
