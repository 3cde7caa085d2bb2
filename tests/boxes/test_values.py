"""What crosses the border: every kind of plain value, unchanged, both ways."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from judge.boxes import RemoteError
from judge.model import Failure, Verdict
from judge.sandbox.protocol import Column, Table, Unsendable, dense_axes

crossing = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
SCALAR_DTYPES = st.one_of(
    st.sampled_from(["?", "i1", "u1", "<i2", ">i4", "<i8", "<u8", "<f2", "<f4", ">f8", "<f8", "<c8", "<c16"]),
    hnp.datetime64_dtypes(),
    hnp.timedelta64_dtypes(),
).map(np.dtype)
DTYPES = SCALAR_DTYPES | st.sampled_from([np.dtype(np.longdouble), np.dtype(np.clongdouble)])


@st.composite
def raw_arrays(draw, shapes, dtypes=DTYPES):
    """Arrays of any bits at all: NaNs with payloads, NaT, denormals, signed zeros."""
    dtype, shape = draw(dtypes), draw(shapes)
    size = math.prod(shape) * dtype.itemsize
    seed = draw(st.integers(0, 2**32 - 1))
    raw = np.random.default_rng(seed).integers(0, 256, size, np.uint8)
    return (raw & 1).astype(bool).reshape(shape) if dtype.kind == "b" else raw.view(dtype).reshape(shape)


@st.composite
def layouts(draw):
    """Views: transposed, sliced with positive and negative steps, broadcast, of length zero, without dimensions."""
    array = draw(raw_arrays(hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=7)))
    array = array.transpose(draw(st.permutations(range(array.ndim))))
    steps = [slice(None, None, draw(st.sampled_from([1, 1, 2, 3, -1, -2]))) for _ in range(array.ndim)]
    array = array[(..., *steps)]
    if draw(st.booleans()) and array.ndim < 4:
        array = np.broadcast_to(array, (draw(st.integers(0, 3)), *array.shape))
    return array


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**1000), 2**1000),
    st.floats(),
    st.complex_numbers(),
    ANY_TEXT,
    st.binary(max_size=20),
    raw_arrays(st.just(()), SCALAR_DTYPES).map(lambda array: array[()]),
)
NESTED = st.recursive(
    st.one_of(SCALARS, layouts()), lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple), max_leaves=12
)


@st.composite
def columns(draw, rows):
    nulls = draw(st.none() | hnp.arrays(bool, rows))
    if draw(st.booleans()):
        texts = np.empty(rows, object)
        texts[:] = draw(st.lists(ANY_TEXT, min_size=rows, max_size=rows))
        return Column(texts, nulls, "VARCHAR")
    return Column(draw(raw_arrays(st.just((rows,)))), nulls, draw(ANY_TEXT))


@st.composite
def tables(draw):
    rows = draw(st.integers(0, 5))
    made = draw(st.lists(columns(rows), max_size=4))
    return Table(tuple(draw(st.lists(ANY_TEXT, min_size=len(made), max_size=len(made)))), tuple(made))


def same(one, other):
    """Compare types and bits."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, (np.ndarray, np.generic)):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, float):
        return struct.pack("d", one) == struct.pack("d", other)
    if isinstance(one, complex):
        return same((one.real, one.imag), (other.real, other.imag))
    return one == other


def same_column(one, other):
    """Compare columns; the value under a NULL is arbitrary."""
    kept = slice(None) if one.nulls is None else ~one.nulls
    text = one.values.dtype == object
    equal = list(one.values[kept]) == list(other.values[kept]) if text else same(one.values[kept], other.values[kept])
    return equal and same(one.nulls, other.nulls) and one.type == other.type


@given(value=NESTED)
@crossing
def test_plain_data_crosses_unchanged_in_both_directions(toolbox, value):
    assert same(toolbox.call("echo", value), value)


@given(array=layouts())
@crossing
def test_an_array_arrives_with_its_dtype_shape_strides_and_bits_and_can_be_written(toolbox, array):
    dtype, shape, strides, writable, raw = toolbox.call("describe_array", array)
    assert (np.dtype(dtype), shape, raw) == (array.dtype, array.shape, array.tobytes())
    assert writable
    if array.size and dense_axes(array) is not None:
        assert [step for step, length in zip(strides, shape, strict=True) if length > 1] == [
            step for step, length in zip(array.strides, array.shape, strict=True) if length > 1
        ]


@given(array=layouts())
@crossing
def test_an_array_returns_with_its_strides(toolbox, array):
    result = toolbox.call("echo", array)
    assert same(result, array)
    if array.size and dense_axes(array) is not None:
        assert all(one == other for one, other, length in zip(result.strides, array.strides, array.shape, strict=True) if length > 1)


@given(table=tables())
@crossing
def test_a_table_crosses_with_its_nulls_its_texts_and_its_repeated_names(toolbox, table):
    result = toolbox.call("echo", table)
    assert result.names == table.names
    assert all(map(same_column, table.columns, result.columns))


def test_a_large_array_crosses(toolbox):
    array = np.random.default_rng(1).random((1000, 4000))  # 32 MB: many times any buffer on the way
    assert np.array_equal(toolbox.call("echo", array), array)


def test_arguments_go_by_position_and_by_name(toolbox):
    assert toolbox.call("double", np.arange(3), scale=5).tolist() == [0, 5, 10]


def test_a_modified_array_is_reported_with_its_position(toolbox):
    with pytest.raises(Failure, match="modified its argument 1") as failure:
        toolbox.call("add_one", np.zeros(3))
    assert failure.value.verdict == Verdict.WA


def test_a_modified_keyword_argument_is_reported_by_name(toolbox):
    with pytest.raises(Failure, match="modified its argument array"):
        toolbox.call("add_one", array=np.zeros(3))


def test_a_modified_list_is_reported(toolbox):
    with pytest.raises(Failure, match="modified its argument 1"):
        toolbox.call("append_to", [1, 2])


@pytest.mark.parametrize("function", ["return_object", "return_function"])
def test_a_result_that_is_no_plain_data_is_refused_and_the_session_goes_on(toolbox, function):
    with pytest.raises(RemoteError, match="the result is of type"):
        toolbox.call(function)
    assert toolbox.call("echo", 1) == 1


def test_an_argument_that_is_no_plain_data_is_never_sent(toolbox):
    with pytest.raises(Unsendable):
        toolbox.call("echo", object())
    assert toolbox.call("echo", 1) == 1
