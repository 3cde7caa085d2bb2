"""The public examples: what ``judge test`` runs."""

import numpy as np

from judge.authoring import Example

SPAM_TRUE = np.array([1, 1, 1, 0, 0, 0, 0, 1])
SPAM_PRED = np.array([1, 1, 0, 1, 0, 0, 0, 0])
PETS_TRUE = np.array([0, 0, 0, 2, 2, 7])
PETS_PRED = np.array([0, 0, 2, 2, 7, 2])

EXAMPLES = [
    Example(
        title="binary: two hits, one false alarm, two misses",
        function="precision_recall_f1",
        args=(SPAM_TRUE, SPAM_PRED),
        want=(2 / 3, 2 / 4, 4 / 7),
    ),
    Example(
        title="every label on its own",
        function="precision_recall_f1",
        args=(PETS_TRUE, PETS_PRED),
        kwargs={"average": None},
        want=(np.array([1.0, 1 / 3, 0.0]), np.array([2 / 3, 0.5, 0.0]), np.array([0.8, 0.4, 0.0])),
    ),
    Example(
        title="labels in an order of your choice; 5 is absent from both arrays, 2 is dropped",
        function="precision_recall_f1",
        args=(PETS_TRUE, PETS_PRED),
        kwargs={"average": None, "labels": [7, 0, 5], "zero_division": 1.0},
        want=(np.array([0.0, 1.0, 1.0]), np.array([0.0, 2 / 3, 1.0]), np.array([0.0, 0.8, 1.0])),
    ),
    Example(
        title="macro: the plain mean over the labels",
        function="precision_recall_f1",
        args=(PETS_TRUE, PETS_PRED),
        kwargs={"average": "macro"},
        want=(4 / 9, 7 / 18, 0.4),
    ),
    Example(
        title="micro over two of three labels",
        function="precision_recall_f1",
        args=(PETS_TRUE, PETS_PRED),
        kwargs={"average": "micro", "labels": [0, 7]},
        want=(2 / 3, 2 / 4, 4 / 7),
    ),
    Example(
        title="weighted: nobody has the label 3",
        function="precision_recall_f1",
        args=(np.array([1, 2]), np.array([3, 3])),
        kwargs={"average": "weighted", "labels": [3], "zero_division": 1.0},
        want=(1.0, 1.0, 1.0),
    ),
]
