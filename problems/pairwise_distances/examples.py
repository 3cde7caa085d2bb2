"""The public examples."""

from __future__ import annotations

from typing import Any

import numpy as np

from judge.authoring import Example

from .cases import check_distances, tolerance

EXAMPLES = [
    Example(
        title="points in the plane",
        function="pairwise_distances",
        args=(np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[0.0, 0.0], [6.0, 8.0], [3.0, 0.0]])),
        want=np.array([[0.0, 10.0, 3.0], [5.0, 5.0, 4.0]]),
    ),
    Example(
        title="uint8 does not wrap",
        function="pairwise_distances",
        args=(np.array([[0, 0], [255, 255]], dtype=np.uint8), np.array([[30, 40]], dtype=np.uint8)),
        want=np.array([[50.0], [np.hypot(225.0, 215.0)]]),
    ),
    Example(
        title="no rows in X",
        function="pairwise_distances",
        args=(np.empty((0, 2)), np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])),
        want=np.empty((0, 3)),
    ),
    Example(
        title="nearly equal rows",
        function="pairwise_distances",
        args=(np.array([[0.1, 0.2, 0.7], [0.3, 0.6, 0.9]]), np.array([[0.1, 0.2, 0.7 + 1e-16], [0.3, 0.6, 0.9]])),
        want=np.array([[0.0, np.sqrt(0.24)], [np.sqrt(0.24), 0.0]]),
    ),
    Example(
        title="very small numbers",
        function="pairwise_distances",
        args=(np.array([[0.0, 0.0]]), np.array([[3e-100, 4e-100]])),
        want=np.array([[5e-100]]),
    ),
]


def check_example(example: Example, got: Any) -> None:
    """Compare with the statement's tolerance."""
    check_distances(got, example.want, tolerance(*example.args))
