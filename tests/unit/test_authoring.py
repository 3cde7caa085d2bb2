"""Checks say what is wrong; pasted values make the same value again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.authoring import (
    DTYPES,
    LAYOUTS,
    Mismatch,
    check_array,
    check_close,
    check_equal,
    check_float,
    check_raises,
    check_tuple,
    fill,
    made,
    matrix,
    paste,
    paste_call,
    relayout,
)


class RaisedError(Exception):
    def __init__(self, *kinds):
        super().__init__(kinds[0])
        self.kinds = kinds


@st.composite
def matrices(draw):
    return matrix(draw, draw(st.integers(0, 4)), draw(st.integers(0, 4)))


def again(text):
    return eval(text, {"np": np})  # noqa: S307 - that pasted text evaluates is the point


@given(array=matrices())
def test_a_pasted_array_has_the_same_values_type_and_order(array):
    copy = again(paste(array))
    assert copy.dtype == array.dtype
    assert copy.shape == array.shape
    assert np.array_equal(copy, array)
    assert copy.flags.c_contiguous == array.flags.c_contiguous


PLAIN = st.none() | st.booleans() | st.integers() | st.text() | st.binary()


@given(value=st.recursive(PLAIN, lambda inner: st.lists(inner) | st.tuples(inner, inner), max_leaves=8))
def test_pasted_plain_values_are_the_same_again(value):
    assert again(paste(value)) == value


def test_a_large_array_is_pasted_by_its_recipe():
    text = "np.random.default_rng(7).normal(size=(300, 3))"
    array = made(text)
    assert paste(array) == text
    assert paste(array.copy()).startswith("<float64 array of shape (300, 3)")


def test_a_call_is_pasted_as_it_would_be_typed():
    assert paste_call("kmeans", (np.array([[1.0]]),), {"max_iters": 0}) == "kmeans(np.array([[1.0]]), max_iters=0)"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_relaying_out_keeps_the_values(layout, dtype):
    array = fill(3, (4, 5), dtype=dtype)
    assert np.array_equal(relayout(array, layout), array)


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (lambda: check_array([1.0], (1,)), "must be a NumPy array, not a list"),
        (lambda: check_array(np.ones((2, 1)), (2,)), r"must have shape \(2,\), not \(2, 1\)"),
        (lambda: check_array(np.ones(2, np.float32), (2,)), "must have dtype float64, not float32"),
        (lambda: check_close(np.array([1.0, 2.0]), np.array([1.0, 3.0]), "D"), r"D\[1\] is 2.0, expected 3.0"),
        (lambda: check_close(np.array([np.nan]), np.array([1.0])), "is nan"),
        (lambda: check_close(np.array([np.inf]), np.array([1e300])), "is inf"),
        (lambda: check_close(1, 1.0), "must be a float, not an int"),
        (lambda: check_equal([1, 2], [1, 3], "ids"), r"ids\[1\] is 2, expected 3"),
        (lambda: check_equal([1], (1,)), "must be a tuple, not a list"),
        (lambda: check_equal(bool(1), 1), "must be an int, not a bool"),
        (lambda: check_equal(np.array([1]), np.array([2]), "labels"), r"labels\[0\] is 1, expected 2"),
        (lambda: check_tuple([1, 2], 2), "must be a tuple of 2, not a list"),
        (lambda: check_tuple((1,), 2), "of 2, not of 1"),
        (lambda: check_float(np.array(1.0)), "not a NumPy array"),
        (lambda: check_raises(lambda: 3, because="d == 0"), "d == 0: must raise ValueError, but returned"),
    ],
)
def test_a_check_names_what_is_wrong(check, words):
    with pytest.raises(Mismatch, match=words):
        check()


def test_checks_pass_what_is_right():
    check_close(np.float64(1.0), 1.0)
    check_close(np.asfortranarray(np.ones((2, 2))), np.ones((2, 2)))
    check_close(np.array([np.inf]), np.array([np.inf]))
    check_equal([(b"a", b"b"), 3], [(b"a", b"b"), 3])
    check_equal(np.int64(3), 3)


def test_a_subclass_of_the_expected_error_will_do_and_another_error_will_not():
    def raising(*kinds):
        def call():
            raise RaisedError(*kinds)

        return call

    check_raises(raising("LinAlgError", "ValueError", "Exception"), because="x")
    with pytest.raises(Mismatch, match="but raised TypeError"):
        check_raises(raising("TypeError", "Exception"), because="x")
