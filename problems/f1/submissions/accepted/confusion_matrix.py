# why: np.unique gives codes, np.add.at fills a confusion matrix, NumPy floats are returned
# tier: 10x
"""The whole confusion matrix first, everything else from its diagonal and its margins."""

import numpy as np

AVERAGES = {None, "binary", "micro", "macro", "weighted"}


def confusion(y_true, y_pred):
    n = len(y_true)
    classes, codes = np.unique(np.concatenate([y_true.astype(np.int64), y_pred.astype(np.int64)]), return_inverse=True)
    k = len(classes)
    matrix = np.zeros((k, k), dtype=np.int64)
    np.add.at(matrix, (codes[:n], codes[n:]), 1)
    return classes, matrix


def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    if not (y_true.ndim == y_pred.ndim == 1) or y_true.size != y_pred.size or y_true.size == 0:
        raise ValueError("bad arrays")
    if average not in AVERAGES or zero_division not in (0.0, 1.0):
        raise ValueError("bad option")
    classes, matrix = confusion(y_true, y_pred)
    if average == "binary":
        if labels is not None:
            raise ValueError("labels with binary")
        if len(classes) > 2 or (len(classes) == 2 and pos_label not in classes):
            raise ValueError("not binary")
        labels = [pos_label]
    if labels is None:
        labels = classes
    labels = np.array(labels, dtype=np.int64)
    if labels.size == 0 or np.unique(labels).size < labels.size:
        raise ValueError("bad labels")

    index = {c: i for i, c in enumerate(classes.tolist())}
    tp = np.zeros(labels.size)
    predicted, actual = tp.copy(), tp.copy()
    for j, c in enumerate(labels.tolist()):
        if c in index:
            i = index[c]
            tp[j], predicted[j], actual[j] = matrix[i, i], matrix[:, i].sum(), matrix[i].sum()
    if average == "micro":
        tp, predicted, actual = (np.atleast_1d(x.sum()) for x in (tp, predicted, actual))

    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(predicted == 0, zero_division, tp / predicted).astype(float)
        r = np.where(actual == 0, zero_division, tp / actual).astype(float)
        f = np.where(predicted + actual == 0, zero_division, 2 * tp / (predicted + actual)).astype(float)
    if average is None:
        return p, r, f
    if average == "weighted":
        if actual.sum() == 0:
            return (float(zero_division),) * 3
        return tuple(np.average(x, weights=actual) for x in (p, r, f))
    return p.mean(), r.mean(), f.mean()
