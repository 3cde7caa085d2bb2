"""Public examples: what `judge test` runs."""

import numpy as np

from judge.authoring import Example

EXAMPLES = [
    Example(
        title="a right angle, the same direction, 45 degrees",
        function="cosine_similarity",
        args=(np.array([[3, 4], [1, 0]]), np.array([[-4, 3], [6, 8], [2, 2]])),
        want=np.array([[0.0, 1.0, 7 / 50**0.5], [-0.8, 0.6, 0.5**0.5]]),
    ),
    Example(
        title="a zero row is similar to nothing, itself included",
        function="cosine_similarity",
        args=(np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([[0.0, 0.0], [-2.0, -2.0]])),
        want=np.array([[0.0, 0.0], [0.0, -1.0]]),
    ),
    Example(
        title="uint8 values act as float64: 200 * 200 is 40000",
        function="cosine_similarity",
        args=(np.array([[200, 0]], dtype=np.uint8), np.array([[200, 0], [0, 200]], dtype=np.uint8)),
        want=np.array([[1.0, 0.0]]),
    ),
    Example(
        title="no rows in X: a result of shape (0, 2)",
        function="cosine_similarity",
        args=(np.empty((0, 3)), np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])),
        want=np.empty((0, 2)),
    ),
    Example(
        title="length does not matter, however great or small",
        function="cosine_similarity",
        args=(np.array([[3e100, 4e100]]) / 10, np.array([[3e-100, 4e-100], [1.0, 0.0]])),
        want=np.array([[1.0, 0.6]]),
    ),
]
