# why: bincount from the smallest to the largest label: with labels far apart that is a huge array
# fails: binary_looks_for_pos_label
import numpy as np


def check(y_true, y_pred, average, labels, zero_division):
    if y_true.ndim != 1 or y_pred.ndim != 1 or len(y_true) != len(y_pred) or len(y_true) == 0:
        raise ValueError("two non-empty vectors of the same length, please")
    if average not in (None, "binary", "micro", "macro", "weighted"):
        raise ValueError(f"unknown average {average}")
    if zero_division not in (0, 1):
        raise ValueError("zero_division must be 0 or 1")
    if labels is not None:
        if average == "binary":
            raise ValueError("labels make no sense with binary")
        if len(labels) == 0 or len(set(labels)) != len(labels):
            raise ValueError("labels must be distinct")


def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    check(y_true, y_pred, average, labels, zero_division)
    t, p = y_true.astype(np.int64), y_pred.astype(np.int64)
    low = min(t.min(), p.min())
    t, p = t - low, p - low
    size = int(max(t.max(), p.max())) + 1
    hits, predicted, support = np.bincount(t[t == p], minlength=size), np.bincount(p, minlength=size), np.bincount(t, minlength=size)
    present = np.flatnonzero(predicted + support)
    if average == "binary":
        if len(present) > 2 or (len(present) == 2 and pos_label - low not in present):
            raise ValueError("not binary")
        labels = [pos_label]
    listed = present if labels is None else np.array([int(c) for c in labels]) - low
    inside = (listed >= 0) & (listed < size)
    safe = np.where(inside, listed, 0)
    hits, predicted, support = (np.where(inside, c[safe], 0) for c in (hits, predicted, support))
    if average == "micro":
        hits, predicted, support = (c.sum(keepdims=True) for c in (hits, predicted, support))
    pairs = ((hits, predicted), (hits, support), (2 * hits, predicted + support))
    metrics = tuple(np.where(b > 0, a / np.maximum(b, 1), float(zero_division)) for a, b in pairs)
    if average is None:
        return metrics
    if average == "weighted":
        if not support.any():
            return (float(zero_division),) * 3
        return tuple(np.average(m, weights=support) for m in metrics)
    return tuple(m.mean() for m in metrics)
