# why: for bool arrays reports True alone
# fails: every_label_gets_its_own_metrics
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


def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    check(y_true, y_pred, average, labels, zero_division)
    present = np.union1d(y_true, y_pred)
    if y_true.dtype == bool and average != "binary":
        present = present[present != 0]
    if average == "binary":
        if len(present) > 2:
            raise ValueError("more than two classes")
        if len(present) == 2 and pos_label not in present:
            raise ValueError("pos_label is not there")
        labels = [pos_label]
    elif labels is None:
        labels = present

    tp = np.array([np.sum((y_true == c) & (y_pred == c)) for c in labels])
    fp = np.array([np.sum((y_true != c) & (y_pred == c)) for c in labels])
    fn = np.array([np.sum((y_true == c) & (y_pred != c)) for c in labels])
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
