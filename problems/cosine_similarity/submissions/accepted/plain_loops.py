# why: plain Python with exact sums, no NumPy until the result
# tier: below
import math

import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    def cosine(a, b):
        length = math.hypot(*a) * math.hypot(*b)
        if length == 0:
            return 0.0
        return max(-1.0, min(1.0, math.fsum(p * q for p, q in zip(a, b)) / length))

    rows = [[float(value) for value in row] for row in X]
    others = [[float(value) for value in row] for row in Y]
    values = [cosine(a, b) for a in rows for b in others]
    return np.array(values, dtype=float).reshape(len(rows), len(others))
