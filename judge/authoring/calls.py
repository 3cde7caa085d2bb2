"""Between the two forms of a timed case: what ``make_case`` returns, and a call that can be staged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from judge.model import Call

__all__ = ["as_call", "as_case", "size_in_bytes"]

_PLAIN = 64
"""Bytes that a number or an empty list is taken for."""


def as_call(function: str, case: Any) -> Call:
    """Turn what ``make_case`` returns, ``args`` or ``(args, kwargs)``, into a call."""
    if len(case) == 2 and isinstance(case[0], tuple) and isinstance(case[1], dict):  # noqa: PLR2004 - the pair
        return function, case[0], tuple(case[1].items())
    return function, tuple(case), ()


def as_case(call: Call) -> Any:
    """Turn a call back into what ``make_case`` returned."""
    _, args, kwargs = call
    return (args, dict(kwargs)) if kwargs else args


def size_in_bytes(value: Any) -> int:
    """Return about how many bytes a value takes, arrays exactly."""
    if isinstance(value, list | tuple):
        return _PLAIN + sum(map(size_in_bytes, value))
    return int(getattr(value, "nbytes", 0)) or (len(value) if isinstance(value, str | bytes) else _PLAIN)
