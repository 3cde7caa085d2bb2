# why: one pass with dictionaries, Python integers throughout
# tier: 10x
from collections import Counter

import numpy as np


def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    if np.ndim(y_true) != 1 or np.ndim(y_pred) != 1:
        raise ValueError("1-d arrays only")
    if y_true.shape != y_pred.shape or not y_true.size:
        raise ValueError("lengths")
    if zero_division != 0 and zero_division != 1:
        raise ValueError("zero_division")
    truth, guess = y_true.tolist(), y_pred.tolist()
    support, predicted, hits = Counter(truth), Counter(guess), Counter(t for t, p in zip(truth, guess) if t == p)
    seen = sorted(support.keys() | predicted.keys())

    if average == "binary":
        if labels is not None or len(seen) > 2 or (len(seen) == 2 and pos_label not in seen):
            raise ValueError("not a binary problem")
        labels = [pos_label]
    elif average not in (None, "micro", "macro", "weighted"):
        raise ValueError(average)
    elif labels is None:
        labels = seen
    else:
        labels = [int(c) for c in labels]
        if not labels or len(set(labels)) < len(labels):
            raise ValueError("labels")

    def scores(tp, pred, true):
        pairs = [(tp, pred), (tp, true), (2 * tp, pred + true)]
        return [a / b if b > 0 else float(zero_division) for a, b in pairs]

    if average == "micro":
        return tuple(scores(*(sum(c[label] for label in labels) for c in (hits, predicted, support))))
    table = [scores(hits[c], predicted[c], support[c]) for c in labels]
    if average == "binary":
        return tuple(table[0])
    columns = list(zip(*table))
    if average is None:
        return tuple(np.array(column) for column in columns)
    weights = [support[c] if average == "weighted" else 1 for c in labels]
    if not sum(weights):
        return (float(zero_division),) * 3
    return tuple(sum(x * w for x, w in zip(column, weights)) / sum(weights) for column in columns)
