# why: a data frame inside, an array outside
# tier: 100x
import numpy as np
import pandas as pd


def checked(X, Y):
    if X.ndim != 2 or Y.ndim != 2:
        raise ValueError("X and Y must be two-dimensional")
    if X.shape[1] == 0 or X.shape[1] != Y.shape[1]:
        raise ValueError("X and Y must have the same number of columns, at least one")
    X, Y = X.astype(np.float64), Y.astype(np.float64)
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("X and Y must be finite")
    return X, Y


def pairwise_distances(X, Y):
    X, Y = checked(X, Y)
    products = pd.DataFrame(X).dot(Y.T).to_numpy()
    squares = np.add.outer((X**2).sum(axis=1), (Y**2).sum(axis=1)) - 2 * products
    return np.sqrt(squares.clip(min=0))
