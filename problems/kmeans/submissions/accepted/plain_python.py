# why: plain Python with a class for a cluster; the mean is kept up to date point by point
# tier: below
from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Cluster:
    centre: list[float]
    mean: list[float] = field(default_factory=list)
    count: int = 0

    def add(self, point: list[float]) -> None:
        self.count += 1
        if self.count == 1:
            self.mean = list(point)
        else:
            self.mean = [m + (x - m) / self.count for m, x in zip(self.mean, point)]

    def move(self) -> None:
        if self.count:
            self.centre = self.mean
        self.count = 0


def kmeans(X, init, max_iters=100):
    for matrix in (X, init):
        if matrix.ndim != 2 or matrix.size == 0:
            raise ValueError("a non-empty matrix is needed")
        if not all(math.isfinite(value) for row in matrix.tolist() for value in row):
            raise ValueError("NaN or infinity")
    if X.shape[1] != init.shape[1] or max_iters < 0:
        raise ValueError("widths differ, or max_iters is negative")
    points = X.astype(float).tolist()
    clusters = [Cluster(row) for row in init.astype(float).tolist()]
    labels = assign(points, clusters)
    for _ in range(max_iters):
        for point, label in zip(points, labels):
            clusters[label].add(point)
        for cluster in clusters:
            cluster.move()
        previous, labels = labels, assign(points, clusters)
        if labels == previous:
            break
    return np.array([cluster.centre for cluster in clusters]), np.array(labels, dtype=np.int64)


def assign(points, clusters):
    indices = range(len(clusters))
    return [min(indices, key=lambda j: math.dist(point, clusters[j].centre)) for point in points]
