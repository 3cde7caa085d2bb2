"""Precision, recall and F1 with plain loops: one pass over the samples per label, as most people write it first."""

import numpy as np

AVERAGES = (None, "binary", "micro", "macro", "weighted")


def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    """Count hits, false alarms and misses label by label; see the statement for the rules."""
    check_arrays(y_true, y_pred)
    check_options(average, labels, zero_division)
    if average == "binary":
        check_binary(y_true, y_pred, pos_label)
        listed = [pos_label]
    elif labels is None:
        listed = present_values(y_true, y_pred)
    else:
        listed = [int(label) for label in labels]

    counts = [count(y_true, y_pred, label) for label in listed]
    if average == "micro":
        counts = [tuple(sum(column) for column in zip(*counts))]
    rows = [metrics(tp, fp, fn, zero_division) for tp, fp, fn in counts]
    if average in ("binary", "micro"):
        return rows[0]
    if average is None:
        return tuple(as_array(column) for column in zip(*rows))

    weights = [1 if average == "macro" else tp + fn for tp, fp, fn in counts]
    if sum(weights) == 0:
        return (float(zero_division),) * 3
    return tuple(sum(w * value for w, value in zip(weights, column)) / sum(weights) for column in zip(*rows))


def count(y_true, y_pred, label):
    """Return the true positives, false positives and false negatives of one label."""
    tp = fp = fn = 0
    for true, pred in zip(y_true, y_pred):
        if true == label and pred == label:
            tp += 1
        elif pred == label:
            fp += 1
        elif true == label:
            fn += 1
    return tp, fp, fn


def metrics(tp, fp, fn, zero_division):
    """Return precision, recall and F1 of one set of counts."""
    return (
        divide(tp, tp + fp, zero_division),
        divide(tp, tp + fn, zero_division),
        divide(2 * tp, 2 * tp + fp + fn, zero_division),
    )


def divide(numerator, denominator, zero_division):
    """Divide, or return ``zero_division`` where the denominator is zero."""
    if denominator == 0:
        return float(zero_division)
    return numerator / denominator


def present_values(y_true, y_pred):
    """Return the sorted values that occur in either array."""
    return sorted(set(y_true.tolist()) | set(y_pred.tolist()))


def as_array(values):
    """Return the values as a float64 array."""
    return np.array(values, dtype=np.float64)


def check_arrays(y_true, y_pred):
    """Refuse arrays that are not two equally long, non-empty vectors."""
    if y_true.ndim != 1 or y_pred.ndim != 1:
        raise ValueError("y_true and y_pred must have one dimension")
    if len(y_true) != len(y_pred):
        raise ValueError("y_true and y_pred must be equally long")
    if len(y_true) == 0:
        raise ValueError("y_true and y_pred must not be empty")


def check_options(average, labels, zero_division):
    """Refuse options outside the contract."""
    if average not in AVERAGES:
        raise ValueError(f"unknown average: {average!r}")
    if zero_division not in (0, 1):
        raise ValueError("zero_division must be 0 or 1")
    if labels is None:
        return
    if average == "binary":
        raise ValueError("labels cannot be given with average='binary'; use pos_label")
    if len(labels) == 0:
        raise ValueError("labels must not be empty")
    if len({int(label) for label in labels}) != len(labels):
        raise ValueError("labels must not repeat")


def check_binary(y_true, y_pred, pos_label):
    """Refuse data for which ``binary`` has no meaning."""
    present = present_values(y_true, y_pred)
    if len(present) > 2:
        raise ValueError("average='binary' needs at most two values; choose another average")
    if len(present) == 2 and pos_label not in present:
        raise ValueError(f"pos_label={pos_label} is not among the values {present}")
