# why: one-hot rows with a column for every integer from the smallest label to the largest
# fails: binary_looks_for_pos_label
import numpy as np


def one_hot(codes, size):
    rows = np.zeros((len(codes), size), dtype=bool)
    rows[np.arange(len(codes)), codes] = True
    return rows


def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    low = int(min(y_true.min(), y_pred.min(), pos_label))
    size = int(max(y_true.max(), y_pred.max(), pos_label)) - low + 1
    t, p = one_hot(y_true.astype(np.int64) - low, size), one_hot(y_pred.astype(np.int64) - low, size)
    tp, predicted, support = (t & p).sum(axis=0), p.sum(axis=0), t.sum(axis=0)
    c = pos_label - low
    pairs = ((tp[c], predicted[c]), (tp[c], support[c]), (2 * tp[c], predicted[c] + support[c]))
    return tuple(float(a / b) if b else float(zero_division) for a, b in pairs)
