"""What a canary does to a right answer. This file runs inside the box, behind the reference, so it needs only NumPy.

Each disguise takes the answer and the call's arguments and returns another answer of a similar structure, or changes what the
function does with its arguments. The judge's own process uses the same functions to see which of them change anything.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DISGUISES", "STATEFUL", "disguise"]


def _map(value: Any, change: Callable[[Any], Any]) -> Any:
    """Change every leaf of lists and tuples."""
    if isinstance(value, list | tuple):
        items = [_map(item, change) for item in value]
        return items if isinstance(value, list) else tuple(items)
    return change(value)


def _filled(value: Any, number: float) -> Any:
    """Return a leaf of the same type and shape that holds one number everywhere."""
    if isinstance(value, np.ndarray):
        return np.full_like(value, number)
    if isinstance(value, str | bytes):
        sign = str(int(number))
        return sign * len(value) if isinstance(value, str) else sign.encode() * len(value)
    return value if value is None else type(value)(number)


def _nan(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return np.full_like(value, np.nan) if value.dtype.kind == "f" else value
    return type(value)("nan") if isinstance(value, float) else value


def _other_dtype(value: Any) -> Any:
    """Keep the value and lose the type."""
    if isinstance(value, np.ndarray):
        narrower = {"f": np.float32, "i": np.int32, "u": np.int64, "b": np.int8}
        return value.astype(narrower.get(value.dtype.kind, object))
    if isinstance(value, str | bytes):
        return value.encode("utf-8", "replace") if isinstance(value, str) else value.decode("latin-1")
    return str(value) if isinstance(value, float) else float(value) if isinstance(value, int) else value


def _other_shape(value: Any) -> Any:
    """Keep the values and add an axis."""
    if isinstance(value, np.ndarray):
        return value[..., None]
    if isinstance(value, int | float | np.generic):
        return np.array([value])
    return value


def _as_list(value: Any) -> Any:
    if isinstance(value, np.ndarray | list):
        return value.tolist() if isinstance(value, np.ndarray) else np.array(value, dtype=object)
    return value


def _shorter(value: Any) -> Any:
    return value[:-1] if isinstance(value, str | bytes | list) or np.ndim(value) else value


def _reversed(value: Any) -> Any:
    return value[::-1] if isinstance(value, str | bytes | list) or np.ndim(value) else value


def _negated(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return ~value if value.dtype.kind == "b" else -value if value.dtype.kind in "fi" else value
    return -value if isinstance(value, int | float) else value


def _rounded(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return np.round(value, 3) if value.dtype.kind == "f" else value
    return round(value, 3) if isinstance(value, float) else value


def _whole(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Change a list as a whole, arrays and text one by one."""
    return lambda value: change(value) if isinstance(value, list) else _map(value, change)


DISGUISES: dict[str, Callable[[Any], Any]] = {
    "zeros": lambda value: _map(value, lambda leaf: _filled(leaf, 0)),
    "ones": lambda value: _map(value, lambda leaf: _filled(leaf, 1)),
    "a constant of the right shape": lambda value: _map(value, lambda leaf: _filled(leaf, 7)),
    "NaN": lambda value: _map(value, _nan),
    "right values in the wrong dtype": lambda value: _map(value, _other_dtype),
    "right values in the wrong shape": lambda value: [value] if isinstance(value, list) else _map(value, _other_shape),
    "right values flattened": lambda value: _map(value, lambda leaf: leaf.ravel() if np.ndim(leaf) > 1 else leaf),
    "right values transposed": lambda value: _map(value, lambda leaf: leaf.T if isinstance(leaf, np.ndarray) else leaf),
    "a list for an array, an array for a list": lambda value: _as_list(value) if isinstance(value, list) else _map(value, _as_list),
    "a tuple for a list, a list for a tuple": lambda value: (
        tuple(value) if isinstance(value, list) else list(value) if isinstance(value, tuple) else value
    ),
    "the last entry missing": _whole(_shorter),
    "the order reversed": _whole(_reversed),
    "the signs turned": lambda value: _map(value, _negated),
    "rounded to three digits": lambda value: _map(value, _rounded),
    "nothing": lambda _: None,
}
"""Name to what is done with the answer."""


def _input(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    function(*args, **kwargs)
    return next(iter((*args, *kwargs.values())))


def _no_errors(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return function(*args, **kwargs)
    except ValueError:
        return None


def _overwriting(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    result = function(*args, **kwargs)
    for value in args:
        if isinstance(value, np.ndarray):
            value[...] = 0
        elif isinstance(value, list):
            value.clear()
    return result


def _previous(function: Callable[..., Any], key: Callable[..., Any]) -> Callable[..., Any]:
    """Answer with what the call before deserved, of those with the same key; the first one rightly."""
    answers: dict[Any, Any] = {}

    def answer(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        name = key(args)
        before, answers[name] = answers.get(name, result), result
        return before

    return answer


def _shapes(args: tuple[Any, ...]) -> str:
    return repr([(type(value), np.shape(value) if isinstance(value, np.ndarray) else np.size(value)) for value in args])


STATEFUL: dict[str, Callable[[Callable[..., Any]], Callable[..., Any]]] = {
    "the input itself": lambda function: functools.partial(_input, function),
    "the previous answer": lambda function: _previous(function, lambda _: None),
    "the previous answer of the same shape": lambda function: _previous(function, _shapes),
    "no errors": lambda function: functools.partial(_no_errors, function),
    "the arguments overwritten": lambda function: functools.partial(_overwriting, function),
}
"""Name to what is done with more than the answer."""


def disguise(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with its answers disguised."""
    if name in STATEFUL:
        return STATEFUL[name](function)
    return lambda *args, **kwargs: DISGUISES[name](function(*args, **kwargs))
