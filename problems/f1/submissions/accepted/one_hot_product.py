# why: compares all samples with all labels at once, (n_labels, n) booleans
# tier: 10x
import numpy as np


class Metrics:
    """Counts of the listed labels, from one-hot rows."""

    def __init__(self, y_true, y_pred, labels):
        listed = np.asarray(labels, dtype=np.int64).reshape(-1, 1)
        self.t = y_true.astype(np.int64) == listed
        self.p = y_pred.astype(np.int64) == listed

    def counts(self):
        return (self.t & self.p).sum(axis=1), (~self.t & self.p).sum(axis=1), (self.t & ~self.p).sum(axis=1)


def divide(a, b, fill):
    out = np.full(np.shape(b), fill, dtype=np.float64)
    np.divide(a, b, out=out, where=b > 0)
    return out


def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    if average not in {"binary", "micro", "macro", "weighted", None}:
        raise ValueError("average")
    if y_true.ndim != 1 or y_true.shape != y_pred.shape:
        raise ValueError("shapes")
    if y_true.size == 0:
        raise ValueError("empty")
    if zero_division not in (0.0, 1.0):
        raise ValueError("zero_division")
    classes = sorted(set(y_true.tolist()).union(y_pred.tolist()))
    if labels is not None and (len(labels) < 1 or len(np.unique(labels)) != len(labels) or average == "binary"):
        raise ValueError("labels")
    if average == "binary":
        if len(classes) >= 3 or (len(classes) == 2 and not any(c == pos_label for c in classes)):
            raise ValueError("binary")
        labels = [pos_label]
    tp, fp, fn = Metrics(y_true, y_pred, classes if labels is None else labels).counts()
    weights = tp + fn
    if average == "micro":
        tp, fp, fn = (c.sum(keepdims=True) for c in (tp, fp, fn))
    result = divide(tp, tp + fp, zero_division), divide(tp, tp + fn, zero_division), divide(2 * tp, 2 * tp + fp + fn, zero_division)
    if average is None:
        return result
    if average == "weighted":
        if not weights.any():
            result = tuple(np.full(1, float(zero_division)) for _ in range(3))
        else:
            result = tuple(m[weights > 0] * weights[weights > 0] / weights.sum() for m in result)
        return tuple(m.sum() for m in result)
    return tuple(m.mean() for m in result)
