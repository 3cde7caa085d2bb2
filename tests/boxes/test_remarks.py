"""Remarks on a submission are made in a box: the learner's source is not parsed on the host, nor the query planned there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from judge.catalog import Catalog
from judge.complexity.advice import remarks_on
from judge.model import Limits

PROBLEMS = Path(__file__).parents[2] / "problems"


@pytest.fixture
def advise(box):
    """Make the remarks on a source."""
    return lambda slug, source: remarks_on(Catalog().problem(slug), source, lambda: box.open(Limits()), np.random.default_rng(0))


def test_a_python_source_is_remarked_on(advise):
    source = (PROBLEMS / "cosine_similarity/submissions/accepted/pair_by_pair.py").read_bytes()
    notes = advise("cosine_similarity", source)
    assert [(note.line, note.section) for note in notes] == [(21, "one-row-at-a-time"), (22, "plain-loops")]


def test_a_query_is_planned_over_the_tables_of_the_timed_case(advise):
    notes = advise("sql_retention", (PROBLEMS / "sql_retention/submissions/accepted/exists_per_day.sql").read_bytes())
    assert ["events 3 times" in note.text for note in notes] == [False, True]
    assert {note.section for note in notes} == {"one-pass"}


@pytest.mark.parametrize(
    ("slug", "source"),
    [
        ("kmeans", b"def f(:"),
        ("kmeans", b"x" + b".y" * 100_000),
        ("sql_retention", b"SELECT"),
        ("sql_retention", b"SELECT nothing FROM nowhere"),
        ("sql_retention", b"SELECT 1; SELECT 2"),
    ],
)
def test_a_submission_that_cannot_be_read_gets_no_remark(advise, slug, source):
    assert advise(slug, source) == ()
