# why: the distances of Y to X, transposed: the result is in Fortran order
# tier: 100x
from __future__ import annotations

from dataclasses import dataclass

import numpy as np


def checked(X, Y):
    if X.ndim != 2 or Y.ndim != 2:
        raise ValueError("X and Y must be two-dimensional")
    if X.shape[1] == 0 or X.shape[1] != Y.shape[1]:
        raise ValueError("X and Y must have the same number of columns, at least one")
    X, Y = X.astype(np.float64), Y.astype(np.float64)
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("X and Y must be finite")
    return X, Y


@dataclass(frozen=True)
class Points:
    rows: np.ndarray

    @property
    def squared_norms(self) -> np.ndarray:
        return np.square(self.rows).sum(axis=1)

    def distances_to(self, other: Points) -> np.ndarray:
        squares = self.squared_norms[:, None] + other.squared_norms - 2 * (self.rows @ other.rows.T)
        squares[squares < 0] = 0
        return np.sqrt(squares)


def pairwise_distances(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    X, Y = checked(X, Y)
    return Points(Y).distances_to(Points(X)).T
