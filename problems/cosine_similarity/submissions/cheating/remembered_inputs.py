# why: plain loops behind a memory of earlier inputs: the timed calls bring none of them twice
# verdict: AC
# tier: below
import functools

import numpy as np

answers = {}


def remember(function):
    @functools.wraps(function)
    def wrapped(X, Y):
        key = (X.shape, X.dtype.str, X.tobytes(), Y.shape, Y.dtype.str, Y.tobytes())
        if key not in answers:
            answers[key] = function(X, Y)
        return answers[key].copy()

    return wrapped


@remember
def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    rows, others = X.astype(float).tolist(), Y.astype(float).tolist()
    S = np.zeros((len(rows), len(others)))
    for i, a in enumerate(rows):
        for j, b in enumerate(others):
            length = sum(p * p for p in a) ** 0.5 * sum(q * q for q in b) ** 0.5
            if length:
                S[i, j] = sum(p * q for p, q in zip(a, b)) / length
    return np.clip(S, -1.0, 1.0)
