# why: adds the machine epsilon to every length: unseen at length 1, wrong for short rows
# fails: the_length_of_a_row_does_not_matter
import numpy as np

EPS = np.finfo(float).eps


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X, Y = X.astype(float), Y.astype(float)
    a, b = np.linalg.norm(X, axis=1) + EPS, np.linalg.norm(Y, axis=1) + EPS
    return np.clip(X @ Y.T / a[:, None] / b, -1.0, 1.0)
