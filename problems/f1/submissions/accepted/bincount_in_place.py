# why: counts with bincount where the values lie close together, sorts where they do not
# tier: 100x
from __future__ import annotations

import numpy as np


def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    if y_true.ndim != 1 or y_pred.ndim != 1 or y_true.size == 0 or y_true.size != y_pred.size:
        raise ValueError("y_true and y_pred must be vectors of the same length, with at least one sample")
    if average not in (None, "binary", "micro", "macro", "weighted"):
        raise ValueError(f"average={average!r}")
    if zero_division not in (0, 1):
        raise ValueError(f"zero_division={zero_division!r}")
    if labels is not None and (average == "binary" or len(labels) == 0 or len(set(map(int, labels))) < len(labels)):
        raise ValueError(f"labels={labels!r}")

    t, p = y_true.astype(np.int64), y_pred.astype(np.int64)
    low = min(int(t.min()), int(p.min()))
    if max(int(t.max()), int(p.max())) - low < 10 * t.size + 10_000:
        t -= low
        p -= low
        actual = np.bincount(t)
        predicted = np.bincount(p)
        size = max(actual.size, predicted.size)
        actual.resize(size, refcheck=False)
        predicted.resize(size, refcheck=False)
        hits = np.bincount(t[t == p], minlength=size)
        classes = (actual + predicted).nonzero()[0]
        hits, predicted, actual = hits[classes], predicted[classes], actual[classes]
        classes = classes + low
    else:
        classes = np.union1d(t, p)
        t, p = np.searchsorted(classes, t), np.searchsorted(classes, p)
        hits, predicted, actual = (np.bincount(x, minlength=classes.size) for x in (t[t == p], p, t))

    if average == "binary":
        if classes.size > 2 or (classes.size == 2 and pos_label not in classes):
            raise ValueError("not a binary problem")
        labels = [pos_label]
    if labels is not None:
        listed = np.array([int(c) for c in labels])
        where = (classes[None, :] == listed[:, None]).astype(np.int64)
        hits, predicted, actual = where @ hits, where @ predicted, where @ actual
    if average == "micro":
        hits, predicted, actual = hits.sum(), predicted.sum(), actual.sum()

    def ratio(above, below):
        return np.where(below == 0, float(zero_division), above / np.maximum(below, 1))

    metrics = ratio(hits, predicted), ratio(hits, actual), ratio(2 * hits, predicted + actual)
    if average is None:
        return metrics
    if average == "weighted":
        total = actual.sum()
        return tuple(float(m @ actual / total) if total else float(zero_division) for m in metrics)
    return tuple(float(m.mean()) for m in metrics)
