"""What a problem package is written with: rules, checks, inputs.

A package's ``hidden_tests.py`` holds ordinary hypothesis properties, each marked with `rule`. They run in the judge;
the submission is on the other side of the border and is called through the ``solution`` parameter::

    @rule(group="base")
    @given(case=points_and_init())
    def every_point_is_with_its_nearest_centroid(solution, case):
        '''Every point belongs to its nearest centroid; a tie goes to the lowest index.'''
        centroids, labels = solution.kmeans(*case)
        ...
        check_equal(labels, nearest(case, centroids), "labels")

A property may also take ``oracle``, the naive reference, called in the judge's own process.
"""

from judge.authoring.answers import check_answer
from judge.authoring.checks import (
    Mismatch,
    check,
    check_array,
    check_close,
    check_equal,
    check_float,
    check_raises,
    check_tuple,
)
from judge.authoring.inputs import DTYPES, FILLS, LAYOUTS, fill, made, matrix, relayout, seeds
from judge.authoring.paste import paste, paste_call
from judge.authoring.rules import Example, Rule, rule, rules_of
from judge.sandbox.protocol import Column, Table

__all__ = [
    "DTYPES",
    "FILLS",
    "LAYOUTS",
    "Column",
    "Example",
    "Mismatch",
    "Rule",
    "Table",
    "check",
    "check_answer",
    "check_array",
    "check_close",
    "check_equal",
    "check_float",
    "check_raises",
    "check_tuple",
    "fill",
    "made",
    "matrix",
    "paste",
    "paste_call",
    "relayout",
    "rule",
    "rules_of",
    "seeds",
]
