"""The rules of precision, recall and F1 as properties: the plain contract, what is quickly refused, then what takes longer."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from judge.authoring import check_close, check_raises, made, rule

from .cases import LISTINGS, check_metrics, check_range, counts, samples, union

# -- the plain contract --------------------------------------------------------------------------------------


@rule()
@given(case=samples(values=(2, 2)))
def binary_counts_hits_and_misses(solution: Any, case: Any) -> None:
    """In binary, precision = TP/(TP+FP), recall = TP/(TP+FN) and F1 = 2TP/(2TP+FP+FN) of the label 1."""
    y_true, y_pred = ((array == case.palette[-1]).astype(array.dtype) for array in case[:2])
    got = solution.precision_recall_f1(y_true, y_pred, **case.options)
    want = counts(y_true, y_pred, [1]).metrics(case.options.get("zero_division", 0.0))
    check_metrics(got, tuple(float(metric[0]) for metric in want))


# -- invalid input ------------------------------------------------------------------------------------------

GOOD = np.array([0, 1, 1])
SHAPES = (
    ("empty input", np.empty(0, np.int64), np.empty(0, np.int64)),
    ("y_true is longer than y_pred", GOOD, GOOD[:2]),
    ("y_pred is longer than y_true", GOOD[:2], GOOD),
    ("y_pred has a single sample, y_true three", GOOD, GOOD[1:2]),
    ("y_true has a single sample, y_pred three", GOOD[1:2], GOOD),
    ("y_pred is empty, y_true is not", GOOD, np.empty(0, np.int64)),
    ("both arrays have two dimensions", GOOD[:, None], GOOD[:, None]),
    ("both arrays have two dimensions", GOOD[None], GOOD[None]),
    ("y_pred has two dimensions", GOOD, GOOD[:, None]),
    ("y_true has two dimensions", GOOD[:, None], GOOD),
    ("both arrays have no dimension", np.array(1), np.array(1)),
)


@rule(group="errors")
def arrays_of_the_wrong_shape_are_refused(solution: Any) -> None:
    """Empty arrays, arrays of unequal length and arrays that are not one-dimensional raise ValueError."""
    for because, y_true, y_pred in SHAPES:
        for average in ("binary", None, "micro", "weighted"):
            check_raises(solution.precision_recall_f1, y_true, y_pred, average=average, because=because)


@rule(group="errors")
def what_binary_cannot_mean_is_refused(solution: Any) -> None:
    """binary refuses three values or more, two values without pos_label, and labels."""
    refused = solution.precision_recall_f1
    check_raises(refused, np.array([0, 1, 2]), np.array([0, 1, 1]), because="binary with three values")
    check_raises(refused, np.array([0, 0, 1]), np.array([1, 2, 1]), because="binary with three values, one of them only in y_pred")
    check_raises(refused, np.array([1, 1, 1]), np.array([0, 5, 1]), because="binary with three values, two of them only in y_pred")
    check_raises(refused, np.array([0, 2, 0]), np.array([0, 2, 2]), because="binary with the values 0 and 2 and pos_label=1")
    check_raises(refused, np.array([0, 0]), np.array([2, 2]), because="binary with the values 0 and 2 and pos_label=1")
    check_raises(refused, GOOD, GOOD, pos_label=2, because="binary with the values 0 and 1 and pos_label=2")
    check_raises(refused, GOOD > 0, GOOD > 0, pos_label=-1, because="binary with False and True and pos_label=-1")
    for labels in ([1], [0, 1], (1, 0), np.array([1])):
        check_raises(refused, GOOD, GOOD, labels=labels, because="binary with labels given")


@rule(group="errors")
def options_outside_their_range_are_refused(solution: Any) -> None:
    """An unknown average, empty or repeated labels and a zero_division other than 0 or 1 raise ValueError."""
    for average in ("samples", "Macro", "none", ""):
        check_raises(solution.precision_recall_f1, GOOD, GOOD, average=average, because=f"unknown average {average!r}")
    for average in (None, "micro", "macro", "weighted"):
        for labels in ([], (), np.empty(0, np.int64)):
            check_raises(solution.precision_recall_f1, GOOD, GOOD, average=average, labels=labels, because="empty labels")
        for labels in ([1, 1], (0, 2, 0), np.array([5, 0, 5])):
            check_raises(solution.precision_recall_f1, GOOD, GOOD, average=average, labels=labels, because="repeated labels")
    for average in (None, "binary", "macro", "weighted"):
        for value in (0.5, 2.0, -1.0, float("nan")):
            because = f"zero_division={value}, even where no denominator is zero"
            check_raises(solution.precision_recall_f1, GOOD, GOOD, average=average, zero_division=value, because=because)


# -- what is counted ----------------------------------------------------------------------------------------


@rule()
@given(case=samples(values=(1, 2)), positive=st.sampled_from(("first", "last", "absent")))
def binary_looks_for_pos_label(solution: Any, oracle: Any, case: Any, positive: str) -> None:
    """In binary, pos_label names the positive class; where the arrays hold a single value, any pos_label is fine."""
    present = union(case.y_true, case.y_pred)
    absent = positive == "absent" and len(present) == 1
    options = {"pos_label": 77 if absent else present[-(positive == "last")], **case.options}
    got = solution.precision_recall_f1(case.y_true, case.y_pred, **options)
    check_metrics(got, oracle.precision_recall_f1(case.y_true, case.y_pred, **options))


@rule()
@given(case=samples())
def every_label_gets_its_own_metrics(solution: Any, case: Any) -> None:
    """average=None gives three float64 arrays: one entry per value of either array, in sorted order."""
    y_true, y_pred, _, options = case
    got = solution.precision_recall_f1(y_true, y_pred, average=None, **options)
    tally = counts(y_true, y_pred, union(y_true, y_pred))
    check_metrics(got, tally.metrics(options.get("zero_division", 0.0)))
    precision, recall, f1 = got
    check_close(precision * tally.predicted, tally.tp.astype(np.float64), "precision * (TP + FP)")
    check_close(recall * tally.support, tally.tp.astype(np.float64), "recall * (TP + FN)")
    check_close(f1 * (tally.predicted + tally.support), 2.0 * tally.tp, "f1 * (2TP + FP + FN)")


GIVEN = [listing for listing in LISTINGS if listing != "default"]


@rule()
@given(case=samples(listings=GIVEN))
def labels_choose_and_order_the_entries(solution: Any, case: Any) -> None:
    """labels fixes which labels are reported and in which order; samples of dropped labels still count as errors."""
    y_true, y_pred, _, options = case
    got = solution.precision_recall_f1(y_true, y_pred, average=None, **options)
    check_metrics(got, counts(y_true, y_pred, options["labels"]).metrics(options.get("zero_division", 0.0)))


# -- averages -----------------------------------------------------------------------------------------------

ANY = tuple(LISTINGS)


@rule()
@given(case=samples(listings=ANY))
def micro_adds_the_counts_first(solution: Any, oracle: Any, case: Any) -> None:
    """micro adds up the counts of the listed labels, then divides; over all labels that is the accuracy, three times."""
    y_true, y_pred, _, options = case
    got = solution.precision_recall_f1(y_true, y_pred, average="micro", **options)
    check_metrics(got, oracle.precision_recall_f1(y_true, y_pred, average="micro", **options))
    if "labels" not in options:
        accuracy = float((y_true.astype(np.int64) == y_pred.astype(np.int64)).mean())
        check_metrics(got, (accuracy,) * 3, " over all labels")


@rule()
@given(case=samples(listings=ANY))
def macro_treats_all_labels_alike(solution: Any, oracle: Any, case: Any) -> None:
    """macro is the plain mean of each metric over the listed labels, those filled by zero_division included."""
    y_true, y_pred, _, options = case
    got = solution.precision_recall_f1(y_true, y_pred, average="macro", **options)
    check_metrics(got, oracle.precision_recall_f1(y_true, y_pred, average="macro", **options))


@rule()
@given(case=samples(listings=ANY))
def weighted_counts_labels_by_support(solution: Any, oracle: Any, case: Any) -> None:
    """weighted is the mean weighted by support (TP + FN); with no support at all, every metric is zero_division."""
    y_true, y_pred, _, options = case
    got = solution.precision_recall_f1(y_true, y_pred, average="weighted", **options)
    check_metrics(got, oracle.precision_recall_f1(y_true, y_pred, average="weighted", **options))


# -- relations ----------------------------------------------------------------------------------------------


def exchanged(solution: Any, case: Any, first: Any) -> None:
    """Exchange the arrays: precision and recall change places."""
    got = solution.precision_recall_f1(case.y_pred, case.y_true, average=None)
    check_metrics(got, (first[1], first[0], first[2]), " after exchanging y_true and y_pred")


def renamed(solution: Any, case: Any, first: Any) -> None:
    """Rename the labels one to one, which moves the entries."""
    names = np.array(union(case.y_true, case.y_pred))
    y_true, y_pred = (names[::-1][np.searchsorted(names, array.astype(np.int64))] for array in case[:2])
    got = solution.precision_recall_f1(y_true, y_pred, average=None)
    check_metrics(got, tuple(metric[::-1] for metric in first), " after renaming the labels")


def repeated(solution: Any, case: Any, first: Any) -> None:
    """Repeat all samples: nothing changes."""
    got = solution.precision_recall_f1(np.tile(case.y_true, 3), np.tile(case.y_pred, 3), average=None)
    check_metrics(got, first, " after repeating all samples")


def diluted(solution: Any, case: Any, first: Any) -> None:
    """Add true negatives: what binary says of a label does not change."""
    positive = union(case.y_true, case.y_pred)[0]
    arrays = (np.concatenate((array == positive, np.zeros(9, bool))) for array in case[:2])
    got = solution.precision_recall_f1(*arrays)
    check_metrics(got, tuple(float(metric[0]) for metric in first), " in binary, after adding true negatives")


@rule()
@given(case=samples(), relation=st.sampled_from((exchanged, renamed, repeated, diluted)))
def relations_between_answers_hold(solution: Any, case: Any, relation: Any) -> None:
    """Exchanging the arrays exchanges precision and recall, renaming moves entries, repeats and true negatives change nothing."""
    first = solution.precision_recall_f1(case.y_true, case.y_pred, average=None)
    check_range(first, len(union(case.y_true, case.y_pred)))
    relation(solution, case, first)


# -- many samples of a small dtype --------------------------------------------------------------------------

LONG = (
    ("np.ones(300, np.int8)", "(np.arange(300) % 10 > 0).astype(np.int8)"),
    ("np.ones(300, np.uint8)", "(np.arange(300) % 10 > 0).astype(np.uint8)"),
    ("np.ones(300, bool)", "np.arange(300) % 10 > 0"),
    ("np.ones(80_000, np.int16)", "(np.arange(80_000) % 10 > 0).astype(np.int16)"),
    ("np.ones(80_000, np.uint16)", "(np.arange(80_000) % 10 > 0).astype(np.uint16)"),
    ("np.tile(np.arange(20, dtype=np.uint8), 30)", "np.tile(np.arange(20, dtype=np.uint8), 30)[::-1]"),
    ("np.tile(np.arange(20, dtype=np.int8), 30)", "np.repeat(np.arange(20, dtype=np.int8), 30)"),
)
"""Counts, and codes such as ``true * k + pred``, pass the largest value of the labels' own dtype."""


@rule()
def counts_do_not_wrap(solution: Any) -> None:
    """Counts may be larger than the labels' dtype can hold: 300 samples of int8, 80,000 of int16."""
    for true, pred in LONG:
        y_true, y_pred = made(true), made(pred)
        tally = counts(y_true, y_pred, union(y_true, y_pred))
        check_metrics(solution.precision_recall_f1(y_true, y_pred, average=None), tally.metrics())
        total = type(tally)(*(column.sum(keepdims=True) for column in tally))
        micro = solution.precision_recall_f1(y_true, y_pred, average="micro")
        check_metrics(micro, tuple(float(metric[0]) for metric in total.metrics()))
