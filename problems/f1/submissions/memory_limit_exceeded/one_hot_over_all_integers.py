# why: one-hot rows with a column for every integer from the smallest label to the largest
# fails: binary_looks_for_pos_label
import numpy as np


def safe_divide(a, b, fill):
    return a / b if b else float(fill)


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


def one_hot(codes, size):
    rows = np.zeros((len(codes), size), dtype=bool)
    rows[np.arange(len(codes)), codes] = True
    return rows


def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    check(y_true, y_pred, average, labels, zero_division)
    present = np.union1d(y_true, y_pred)
    if average == "binary":
        if len(present) > 2:
            raise ValueError("more than two classes")
        if len(present) == 2 and pos_label not in present:
            raise ValueError("pos_label is not there")
        labels = [pos_label]
    elif labels is None:
        labels = present

    low = min(int(c) for c in [*present, *labels])
    columns = [int(c) - low for c in labels]
    size = max(int(c) for c in [*present, *labels]) - low + 1
    t, p = one_hot(y_true.astype(np.int64) - low, size), one_hot(y_pred.astype(np.int64) - low, size)
    tp, fp, fn = (t & p).sum(axis=0)[columns], (p & ~t).sum(axis=0)[columns], (t & ~p).sum(axis=0)[columns]
    support = tp + fn
    if average == "micro":
        tp, fp, fn = tp.sum(keepdims=True), fp.sum(keepdims=True), fn.sum(keepdims=True)

    precision = np.array([safe_divide(a, a + b, zero_division) for a, b in zip(tp, fp)])
    recall = np.array([safe_divide(a, a + b, zero_division) for a, b in zip(tp, fn)])
    f1 = np.array([safe_divide(2 * a, 2 * a + b + c, zero_division) for a, b, c in zip(tp, fp, fn)])

    if average is None:
        return precision, recall, f1
    if average == "weighted":
        if support.sum() == 0:
            return float(zero_division), float(zero_division), float(zero_division)
        return tuple(float(np.sum(m * support) / support.sum()) for m in (precision, recall, f1))
    return precision.mean(), recall.mean(), f1.mean()
