"""Pairwise Euclidean distances by one matrix product, made exact again where the product loses digits."""

import numpy as np

CANCELLED = 1e-3
"""Below this part of ``|x|^2 + |y|^2`` a squared distance has lost so many digits that it is computed directly.

The expansion is off by a few units of ``2.2e-16 * (|x|^2 + |y|^2)``, so that above it ten digits are left.
"""


def pairwise_distances(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Return the Euclidean distance of every row of X to every row of Y.

    ``|x - y|^2 = |x|^2 + |y|^2 - 2 x.y`` turns the work into one matrix product. Where x and y are close together and
    far from the origin the subtraction cancels, down to zero or below. Moving the origin into the data avoids most of
    that; the pairs that are left are computed again from their differences, one row of X at a time, so that memory
    never grows with ``n * m * d``.

    Parameters
    ----------
    X : numpy.ndarray of shape (n, d)
        One point per row, of any real dtype.
    Y : numpy.ndarray of shape (m, d)
        One point per row, of any real dtype.

    Returns
    -------
    numpy.ndarray of shape (n, m), float64
        ``D[i, j]`` is the distance of ``X[i]`` and ``Y[j]``, with a relative error below 1e-9.

    Raises
    ------
    ValueError
        Unless X and Y are two-dimensional, of one width ``d >= 1``, and finite.
    """
    X, Y = _as_points(X, "X"), _as_points(Y, "Y")
    if X.shape[1] != Y.shape[1]:
        raise ValueError(f"X has {X.shape[1]} columns and Y has {Y.shape[1]}")
    origin = Y[:1].sum(axis=0)  # the first row of Y; zeros when Y is empty
    A, B = X - origin, Y - origin
    norms = _squared_norms(A)[:, None] + _squared_norms(B)
    squares = norms - 2.0 * (A @ B.T)
    close = squares < CANCELLED * norms
    for i in np.flatnonzero(close.any(axis=1)):
        squares[i, close[i]] = _squared_norms(Y[close[i]] - X[i])
    return np.sqrt(squares)


def _as_points(points: np.ndarray, name: str) -> np.ndarray:
    """Convert to float64 and refuse what is not a finite (n, d) array with d >= 1."""
    if points.ndim != 2 or points.shape[1] == 0:
        raise ValueError(f"{name} must have shape (rows, columns) with at least one column, not {points.shape}")
    points = points.astype(np.float64, copy=False)
    if not np.isfinite(points).all():
        raise ValueError(f"{name} holds NaN or infinity")
    return points


def _squared_norms(points: np.ndarray) -> np.ndarray:
    return np.einsum("ij,ij->i", points, points)
