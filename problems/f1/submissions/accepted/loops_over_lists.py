# why: plain loops with a dataclass, over lists; strided columns are returned
# tier: below
"""Loops all the way, over Python lists: four times faster than looping over the arrays."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Tally:
    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    def metrics(self, fill):
        def over(a, b):
            return a / b if b else float(fill)

        return over(self.tp, self.tp + self.fp), over(self.tp, self.tp + self.fn), over(2 * self.tp, 2 * self.tp + self.fp + self.fn)


def tally(truth, guess, label):
    tp = fp = fn = 0
    for t, p in zip(truth, guess):
        if p == label:
            if t == label:
                tp += 1
            else:
                fp += 1
        elif t == label:
            fn += 1
    return Tally(tp, fp, fn)


def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    if y_true.ndim != 1 or y_pred.ndim != 1:
        raise ValueError("vectors only")
    truth, guess = list(map(int, y_true.tolist())), list(map(int, y_pred.tolist()))
    if len(truth) != len(guess) or not truth:
        raise ValueError("lengths differ, or nothing to score")
    if zero_division not in (0, 1):
        raise ValueError("zero_division is 0 or 1")
    values = sorted({*truth, *guess})
    match average:
        case "binary":
            if labels is not None or len(values) > 2 or (len(values) == 2 and pos_label not in values):
                raise ValueError("no binary problem")
            return tally(truth, guess, pos_label).metrics(zero_division)
        case None | "micro" | "macro" | "weighted":
            chosen = values if labels is None else [int(c) for c in labels]
        case _:
            raise ValueError("average")
    if not chosen or len({*chosen}) < len(chosen):
        raise ValueError("labels")
    tallies = [tally(truth, guess, c) for c in chosen]
    if average == "micro":
        return sum(tallies, Tally()).metrics(zero_division)
    rows = np.array([t.metrics(zero_division) for t in tallies])
    if average is None:
        return tuple(rows.T)
    if average == "macro":
        return tuple(rows.mean(axis=0))
    support = np.array([t.tp + t.fn for t in tallies])
    if support.sum() == 0:
        return (float(zero_division),) * 3
    return tuple(support @ rows / support.sum())
