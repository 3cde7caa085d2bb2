# why: takes one root of the product of squared lengths, which overflows and underflows
# fails: the_length_of_a_row_does_not_matter
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X, Y = X.astype(float), Y.astype(float)
    with np.errstate(all="ignore"):
        lengths = np.sqrt(np.outer((X * X).sum(axis=1), (Y * Y).sum(axis=1)))
        return np.clip(np.where(lengths > 0, X @ Y.T / lengths, 0.0), -1.0, 1.0)
