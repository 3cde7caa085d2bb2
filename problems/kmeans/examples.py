"""Public examples: the statement's two, and one for each rule that is easily missed."""

import numpy as np

from judge.authoring import Example, check_close, check_equal, check_tuple

EXAMPLES = [
    Example(
        title="two clusters on a line, found after two updates",
        function="kmeans",
        args=(np.array([[0.0], [1.0], [10.0], [11.0]]), np.array([[0.0], [1.0]])),
        want=(np.array([[0.5], [10.5]]), np.array([0, 0, 1, 1])),
    ),
    Example(
        title="a tie goes to the lowest index; an empty cluster keeps its centroid",
        function="kmeans",
        args=(np.array([[0.0, 0.0], [2.0, 0.0]]), np.array([[1.0, 1.0], [1.0, -1.0], [9.0, 9.0]])),
        want=(np.array([[1.0, 0.0], [1.0, -1.0], [9.0, 9.0]]), np.array([0, 0])),
    ),
    Example(
        title="max_iters=0 returns init, as float64, and its assignment",
        function="kmeans",
        args=(np.array([[1, 2], [3, 4]]), np.array([[4, 4], [0, 0]])),
        kwargs={"max_iters": 0},
        want=(np.array([[4.0, 4.0], [0.0, 0.0]]), np.array([1, 0])),
    ),
    Example(
        title="max_iters=1: one update, then the labels that belong to the moved centroids",
        function="kmeans",
        args=(np.array([[0.0], [1.0], [10.0], [11.0]]), np.array([[0.0], [1.0]])),
        kwargs={"max_iters": 1},
        want=(np.array([[0.0], [22.0 / 3.0]]), np.array([0, 0, 1, 1])),
    ),
    Example(
        title="unsigned bytes do not wrap around",
        function="kmeans",
        args=(np.array([[0], [250], [255]], dtype=np.uint8), np.array([[10], [200]], dtype=np.uint8)),
        want=(np.array([[0.0], [252.5]]), np.array([0, 1, 1])),
    ),
]


def check_example(example, got):
    """Labels exactly, centroids up to 1e-9."""
    check_tuple(got, 2)
    check_close(got[0], example.want[0], "centroids")
    check_equal(got[1], example.want[1], "labels")
