"""Checks that say what is wrong in the learner's words. Each raises `Mismatch` with expected and actual.

Structure is checked before values: type, then shape, then dtype. No check trusts an object's own ``__eq__``: what
arrives here is plain data, since only plain data crosses the border.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from judge.authoring.paste import paste

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Mismatch", "check", "check_array", "check_close", "check_equal", "check_float", "check_raises", "check_tuple"]

UNSET = object()
"""No expected or actual value: None is one."""


class Mismatch(AssertionError):  # noqa: N818 - the finding, in the field's word
    """The submission's answer breaks a rule.

    Parameters
    ----------
    message : str
        What is wrong, in one line, in the statement's terms.
    expected, actual : object, optional
        Values to show beside the counterexample.
    """

    def __init__(self, message: str, *, expected: Any = UNSET, actual: Any = UNSET) -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.actual = actual

    @property
    def shown(self) -> dict[str, Any]:
        """The values that were given, by label."""
        return {label: value for label, value in (("expected", self.expected), ("actual", self.actual)) if value is not UNSET}


def check(condition: Any, message: str, *, expected: Any = UNSET, actual: Any = UNSET) -> None:
    """Raise `Mismatch` with the message unless the condition holds."""
    if not condition:
        raise Mismatch(message, expected=expected, actual=actual)


def check_tuple(got: Any, length: int, what: str = "the result") -> None:
    """Require a tuple of the given length."""
    if not isinstance(got, tuple):
        msg = f"{what} must be a tuple of {length}, not {_kind(got)}"
        raise Mismatch(msg, actual=got)
    if len(got) != length:
        msg = f"{what} must be a tuple of {length}, not of {len(got)}"
        raise Mismatch(msg, actual=got)


def check_array(got: Any, shape: tuple[int, ...], dtype: Any = np.float64, what: str = "the result") -> None:
    """Require a NumPy array of exactly this shape and dtype (any byte order that is native, any layout)."""
    want = np.dtype(dtype)
    if type(got) is not np.ndarray:
        msg = f"{what} must be a NumPy array, not {_kind(got)}"
        raise Mismatch(msg, actual=got)
    if got.shape != shape:
        msg = f"{what} must have shape {shape}, not {got.shape}"
        raise Mismatch(msg, actual=got)
    if got.dtype != want:
        msg = f"{what} must have dtype {want}, not {got.dtype}"
        raise Mismatch(msg, actual=got)


def check_float(got: Any, what: str = "the result") -> float:
    """Require a float; a NumPy floating scalar is one, an int or a 0-d array is not."""
    if not isinstance(got, float | np.floating):
        msg = f"{what} must be a float, not {_kind(got)}"
        raise Mismatch(msg, actual=got)
    return float(got)


def check_close(got: Any, want: Any, what: str = "the result", *, rtol: float = 1e-9, atol: Any = 1e-9) -> None:
    """Require values with ``|got - want| <= atol + rtol * |want|``, after type, shape and dtype.

    Parameters
    ----------
    got : object
        From the submission.
    want : float or numpy.ndarray
        The expected value; its shape and dtype are required too.
    rtol : float
        Relative tolerance.
    atol : float or array broadcastable to the result
        Absolute tolerance.
    """
    if not isinstance(want, np.ndarray):
        _check_scalar(check_float(got, what), float(want), what, rtol, float(atol))
        return
    check_array(got, want.shape, want.dtype, what)
    with np.errstate(invalid="ignore", over="ignore"):
        good = np.abs(got - want) <= atol + rtol * np.abs(want)
        good |= (got == want) | (np.isnan(got) & np.isnan(want))
    if not good.all():
        _raise_at(~good, got, want, what)


def check_equal(got: Any, want: Any, what: str = "the result") -> None:
    """Require exactly the expected value: type, shape and dtype included. For labels, ids, text, lists, tuples."""
    if isinstance(want, np.ndarray):
        check_array(got, want.shape, want.dtype, what)
        if not (got == want).all():
            _raise_at(got != want, got, want, what)
        return
    if type(got) is not type(want) and not (isinstance(want, int) and isinstance(got, np.integer)):
        msg = f"{what} must be {_kind(want)}, not {_kind(got)}"
        raise Mismatch(msg, expected=want, actual=got)
    if isinstance(want, list | tuple):
        check(len(got) == len(want), f"{what} has {len(got)} items, expected {len(want)}", expected=want, actual=got)
        for index, (item, wanted) in enumerate(zip(got, want, strict=True)):
            same = item is wanted or (type(item) is type(wanted) and not isinstance(item, np.ndarray | list | tuple) and item == wanted)
            if not same:
                _check_item(item, wanted, f"{what}[{index}]", got, want)
        return
    check(got == want, f"{what} is {paste(got, 60)}, expected {paste(want, 60)}", expected=want, actual=got)


def check_raises(function: Callable[..., Any], *args: Any, because: str, error: str = "ValueError", **kwargs: Any) -> None:
    """Require that the call raises the named error (or a subclass of it).

    Parameters
    ----------
    function : callable
        A function of the remote ``solution``.
    because : str
        Why the input is invalid, in the statement's words: "d == 0".
    error : str
        Name of the built-in exception.
    """
    try:
        got = function(*args, **kwargs)
    except Exception as raised:
        kinds = getattr(raised, "kinds", None)
        if kinds is None:
            raise
        if error in kinds:
            return
        msg = f"{because}: must raise {error}, but raised {kinds[0]}"
        raise Mismatch(msg) from raised
    msg = f"{because}: must raise {error}, but returned"
    raise Mismatch(msg, actual=got)


def _check_item(item: Any, wanted: Any, what: str, got: Any, want: Any) -> None:
    """Compare one item; the mismatch shows the whole sequences."""
    try:
        check_equal(item, wanted, what)
    except Mismatch as mismatch:
        raise Mismatch(mismatch.message, expected=want, actual=got) from None


def _check_scalar(got: float, want: float, what: str, rtol: float, atol: float) -> None:
    same = got == want or (got != got and want != want)  # noqa: PLR0124 - NaN is the value that differs from itself
    if not same and not abs(got - want) <= atol + rtol * abs(want):
        msg = f"{what} is {got!r}, expected {want!r}"
        raise Mismatch(msg, expected=want, actual=got)


def _raise_at(bad: np.ndarray, got: np.ndarray, want: np.ndarray, what: str) -> None:
    index = tuple(int(axis[0]) for axis in np.nonzero(bad))
    place = f"{what}[{', '.join(map(str, index))}]" if index else what
    msg = f"{place} is {got[index]}, expected {want[index]}"
    if bad.sum() > 1:
        msg += f" ({int(bad.sum())} of {bad.size} entries differ)"
    raise Mismatch(msg, expected=want, actual=got)


def _kind(value: Any) -> str:
    """Name a value's type with an article, as a learner would say it."""
    if isinstance(value, np.ndarray):
        return f"a NumPy array of shape {value.shape}"
    if value is None:
        return "None"
    name = f"numpy.{type(value).__name__}" if isinstance(value, np.generic) else type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
