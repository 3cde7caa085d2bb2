# why: a dataclass with postponed annotations holds unit rows; prints at import
# tier: 100x
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

print("cosine similarity, version 3")


@dataclass(frozen=True)
class Directions:
    unit: np.ndarray

    @classmethod
    def of(cls, values: np.ndarray) -> Directions:
        values = values.astype(np.float64)
        largest = np.abs(values).max(axis=1, initial=0.0, keepdims=True)
        values /= np.where(largest > 0, largest, 1.0)
        lengths = np.sqrt(np.einsum("ij,ij->i", values, values))[:, None]
        return cls(values / np.maximum(lengths, 1.0))

    def __matmul__(self, other: Directions) -> np.ndarray:
        return np.inner(self.unit, other.unit)


def cosine_similarity(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    S = Directions.of(X) @ Directions.of(Y)
    S[S > 1] = 1
    S[S < -1] = -1
    return S
