"""Answers that no test may let pass, and when two answers are the same."""

from __future__ import annotations

import numpy as np
import pytest

from judge.verify.canaries.disguises import DISGUISES, disguise
from judge.verify.sameness import is_same

ANSWERS = [np.arange(6.0).reshape(2, 3), np.array([1, 2]), 2.5, [1, 2], (b"ab", "cd"), [(b"a", b"b")]]


@pytest.mark.parametrize("answer", ANSWERS, ids=repr)
@pytest.mark.parametrize("name", DISGUISES)
def test_every_disguise_takes_every_kind_of_answer(name, answer):
    DISGUISES[name](answer)


def test_a_disguise_keeps_structure_shape_and_dtype():
    zeros = DISGUISES["zeros"]((np.ones((2, 3)), 1.5))
    assert is_same(zeros, (np.zeros((2, 3)), 0.0))


def test_the_previous_answer_lags_one_call_behind():
    late = disguise("the previous answer", lambda x: x)
    assert [late(1), late(2), late(3)] == [1, 1, 2]


def test_the_previous_answer_of_the_same_shape_asks_for_the_shape():
    late = disguise("the previous answer of the same shape", np.sum)
    assert [late(np.ones(2)), late(np.ones(3)), late(np.zeros(2))] == [2.0, 3.0, 2.0]


def test_no_errors_returns_where_an_error_is_due():
    def fail():
        raise ValueError

    assert disguise("no errors", fail)() is None


def test_overwriting_spoils_the_arguments_and_not_the_answer():
    x = np.ones(2)
    assert disguise("the arguments overwritten", np.sum)(x) == 2.0
    assert not x.any()


@pytest.mark.parametrize("answer", ANSWERS, ids=repr)
def test_an_answer_is_the_same_as_itself(answer):
    assert is_same(answer, answer)


@pytest.mark.parametrize(
    ("got", "want"),
    [(1, 1.0), (np.ones(2), np.ones(2, np.float32)), (np.ones((2, 1)), np.ones(2)), ([1], (1,)), (1.0, 1.0 + 1e-12)],
)
def test_another_type_shape_dtype_or_digit_is_another_answer(got, want):
    assert not is_same(got, want)


def test_close_floats_are_the_same_where_that_is_asked_for():
    assert is_same(1.0, 1.0 + 1e-12, exact=False)
    assert not is_same(1.0, 1.0 + 1e-6, exact=False)
    assert is_same(np.array([np.nan]), np.array([np.nan]))
