"""k-means the way it is written first: plain Python loops. The baseline for speed, and the oracle for correctness."""

import numpy as np


def kmeans(X, init, max_iters=100):
    """Lloyd's algorithm, one point and one coordinate at a time; see the statement for the contract."""
    points, centroids = rows_of(X, "X"), rows_of(init, "init")
    if len(points[0]) != len(centroids[0]):
        raise ValueError(f"X has {len(points[0])} columns, but init has {len(centroids[0])}")
    if max_iters < 0:
        raise ValueError(f"max_iters must not be negative, but is {max_iters}")

    labels = [nearest(point, centroids) for point in points]
    for _ in range(max_iters):
        centroids = means(points, labels, centroids)
        before = labels
        labels = [nearest(point, centroids) for point in points]
        if labels == before:
            break
    return np.array(centroids, dtype=np.float64), np.array(labels, dtype=np.int64)


def rows_of(matrix, name):
    """Turn a valid matrix into a list of rows of floats."""
    matrix = np.asarray(matrix)
    if matrix.ndim != 2:
        raise ValueError(f"{name} must have 2 dimensions, but has {matrix.ndim}")
    if 0 in matrix.shape:
        raise ValueError(f"{name} is empty: its shape is {matrix.shape}")
    if not np.isfinite(matrix).all():
        raise ValueError(f"{name} holds NaN or infinity")
    return matrix.astype(np.float64).tolist()


def nearest(point, centroids):
    """Find the index of the nearest centroid; the lowest one where several are equally near."""
    best, best_distance = 0, float("inf")
    for index, centroid in enumerate(centroids):
        distance = 0.0
        for a, b in zip(point, centroid):
            difference = a - b
            distance += difference * difference
        if distance < best_distance:
            best, best_distance = index, distance
    return best


def means(points, labels, centroids):
    """Move every centroid to the mean of its points; one without points stays."""
    sums = [[0.0] * len(centroid) for centroid in centroids]
    counts = [0] * len(centroids)
    for point, label in zip(points, labels):
        counts[label] += 1
        total = sums[label]
        for column, value in enumerate(point):
            total[column] += value
    return [[value / count for value in total] if count else centroid for total, count, centroid in zip(sums, counts, centroids)]
