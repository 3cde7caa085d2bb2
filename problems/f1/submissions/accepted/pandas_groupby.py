# why: pandas: groupby sizes, reindex for the labels, fillna for the undefined ratios
import numpy as np
import pandas as pd


def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    if y_true.ndim != 1 or y_pred.ndim != 1 or len(y_true) != len(y_pred) or len(y_true) == 0:
        raise ValueError("shape")
    if average not in [None, "binary", "micro", "macro", "weighted"] or zero_division not in [0, 1]:
        raise ValueError("option")
    frame = pd.DataFrame({"true": y_true.astype("int64"), "pred": y_pred.astype("int64")})
    counts = pd.DataFrame(
        {
            "tp": frame[frame.true == frame.pred].groupby("true").size(),
            "predicted": frame.groupby("pred").size(),
            "actual": frame.groupby("true").size(),
        }
    ).fillna(0.0)
    if average == "binary":
        if labels is not None or len(counts) > 2 or (len(counts) == 2 and pos_label not in counts.index):
            raise ValueError("binary")
        labels = [pos_label]
    if labels is not None:
        labels = [int(label) for label in labels]
        if not labels or len(labels) != len(set(labels)):
            raise ValueError("labels")
        counts = counts.reindex(labels, fill_value=0.0)
    else:
        counts = counts.sort_index()
    if average == "micro":
        counts = counts.sum().to_frame().T

    result = pd.DataFrame(
        {
            "precision": counts.tp / counts.predicted,
            "recall": counts.tp / counts.actual,
            "f1": 2 * counts.tp / (counts.predicted + counts.actual),
        }
    ).fillna(float(zero_division))
    if average is None:
        return tuple(result[name].to_numpy(dtype=np.float64) for name in result)
    if average == "weighted":
        if counts.actual.sum() == 0:
            return (float(zero_division),) * 3
        result = result.mul(counts.actual, axis=0).sum() / counts.actual.sum()
        return tuple(result.tolist())
    return tuple(result.mean().tolist())
