# why: checks by assert: AssertionError is no ValueError
# fails: wrong_shapes_are_refused
import numpy as np


def pairwise_distances(X, Y):
    assert X.ndim == 2 and Y.ndim == 2
    assert X.shape[1] == Y.shape[1] > 0
    X, Y = X.astype(np.float64), Y.astype(np.float64)
    assert np.isfinite(X).all() and np.isfinite(Y).all()
    squares = (X * X).sum(axis=1)[:, None] + (Y * Y).sum(axis=1) - 2 * X @ Y.T
    return np.sqrt(np.maximum(squares, 0))
