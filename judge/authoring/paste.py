"""Values as source text: what a learner can paste into a Python shell, or into DuckDB, and get the same call again."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

import numpy as np

from judge.sandbox.protocol import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["paste", "paste_call", "remember"]

LITERAL_ELEMENTS = 200
"""Arrays up to this size are written out; larger ones by their recipe, if they have one."""
SHOWN_ROWS = 60
"""Rows of a table that are written out."""

_recipes: dict[int, tuple[weakref.ref[np.ndarray], str]] = {}


def remember(array: np.ndarray, text: str) -> None:
    """Keep the expression that makes this array, for as long as the array lives."""
    key = id(array)
    _recipes[key] = (weakref.ref(array, lambda _: _recipes.pop(key, None)), text)


def paste(value: Any, width: int = 4000) -> str:
    """Write a value as an expression, shortened in the middle beyond ``width`` characters."""
    text = _paste(value)
    if len(text) <= width:
        return text
    half = (width - 5) // 2
    return f"{text[:half]} ... {text[-half:]}"


def paste_call(function: str, args: Iterable[Any], kwargs: Mapping[str, Any], width: int = 4000) -> str:
    """Write a call as it would be typed; the call of a query as the statements that make its tables."""
    if any(isinstance(value, Table) for value in kwargs.values()):
        return "\n".join(_paste_statements(name, table) for name, table in kwargs.items())
    parts = [paste(arg, width) for arg in args] + [f"{name}={paste(value, width)}" for name, value in kwargs.items()]
    line = f"{function}({', '.join(parts)})"
    if len(line) <= 100 or len(parts) < 2:  # noqa: PLR2004 - one argument gains nothing from a line of its own
        return line
    return "\n".join([f"{function}(", *(f"    {part}," for part in parts), ")"])


def _paste(value: Any) -> str:  # noqa: PLR0911 - one flat table of types
    if isinstance(value, np.ndarray):
        return _paste_array(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_paste, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_paste, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, Table):
        return _paste_rows(value)
    if isinstance(value, np.generic):
        return f"np.{value.dtype.name}({value.item()!r})" if value.dtype.kind not in "mM" else repr(value)
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):  # noqa: PLR0124
        return f'float("{value}")'
    if isinstance(value, str):
        return ascii(value) if not value.isprintable() else repr(value)
    return repr(value)


def _paste_array(array: np.ndarray) -> str:
    known = _recipes.get(id(array))
    if known is not None and (known[0]() is array):
        return known[1]
    if array.size > LITERAL_ELEMENTS:
        ends = ", ".join(_element(item) for item in array.reshape(-1)[:3])
        return f"<{array.dtype} array of shape {array.shape}: {ends}, ...>"
    if 0 in array.shape:
        return f"np.empty({array.shape}{_dtype_argument(array, written_as=np.dtype(np.float64))})"
    return _layout(array, f"np.array({_nested(array)}{_dtype_argument(array)})")


def _nested(array: np.ndarray) -> str:
    if array.ndim == 0:
        return _element(array[()])
    return f"[{', '.join(map(_nested, array))}]"


def _element(item: Any) -> str:
    if isinstance(item, np.datetime64 | np.timedelta64):
        return f'"{item}"' if isinstance(item, np.datetime64) else str(item.astype(np.int64))
    text = repr(item.item()) if isinstance(item, np.generic) else repr(item)
    return {"nan": "np.nan", "inf": "np.inf", "-inf": "-np.inf"}.get(text, text)


def _dtype_argument(array: np.ndarray, written_as: np.dtype[Any] | None = None) -> str:
    plain = {np.dtype(np.float64), np.dtype(np.int64), np.dtype(bool)} if written_as is None else {written_as}
    if array.dtype in plain:
        return ""
    return f", dtype=np.{array.dtype.name}" if array.dtype.kind not in "mM" else f', dtype="{array.dtype}"'


def _layout(array: np.ndarray, text: str) -> str:
    """Add what gives a C-ordered literal the array's own layout: code that assumes C order fails only with it."""
    if array.flags.c_contiguous:
        return text
    if array.flags.f_contiguous:
        return f"np.asfortranarray({text})"
    reverse = ", ".join("::-1" if stride < 0 and length > 1 else ":" for stride, length in zip(array.strides, array.shape, strict=True))
    if any(stride < 0 for stride in array.strides):
        return f"np.ascontiguousarray({text}[{reverse}])[{reverse}]"
    return f"np.repeat({text}, 2, axis=-1)[..., ::2]"


def _paste_statements(name: str, table: Table) -> str:
    """Write a table as the statements that make it."""
    columns = ", ".join(f"{label} {column.type}" for label, column in zip(table.names, table.columns, strict=True))
    create = f"CREATE OR REPLACE TABLE {name} ({columns});"
    rows = [f"  ({', '.join(map(_literal, row))})" for row in _rows(table, SHOWN_ROWS)]
    if not rows:
        return create
    more = _count(table) - len(rows)
    end = ";" if more <= 0 else f"; -- and {more:,} rows more"
    return f"{create}\nINSERT INTO {name} VALUES\n" + ",\n".join(rows) + end


def _paste_rows(table: Table) -> str:
    """Write a table as aligned columns under their names."""
    rows = [table.names, *([_cell(value) for value in row] for row in _rows(table, SHOWN_ROWS))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.names))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    more = _count(table) - len(rows) + 1
    return "\n".join([*lines, *([f"and {more:,} rows more"] if more > 0 else [])])


def _rows(table: Table, most: int) -> list[tuple[Any, ...]]:
    """Return the first rows as Python values, None where NULL."""
    columns = []
    for column in table.columns:
        nulls = np.zeros(most, bool) if column.nulls is None else column.nulls
        columns.append([None if null else value for value, null in zip(column.values[:most], nulls, strict=False)])
    return list(zip(*columns, strict=True))


def _count(table: Table) -> int:
    return len(table.columns[0].values) if table.columns else 0


def _literal(value: Any) -> str:
    if value is None or (isinstance(value, np.generic) and value.dtype.kind not in "mM"):
        return _cell(value)
    text = _cell(value).replace("'", "''")
    return f"'{text}'"


def _cell(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, np.datetime64):
        return str(value).replace("T", " ").removesuffix(".000000")
    text = str(value)
    return text if text.isprintable() else ascii(text)[1:-1]
