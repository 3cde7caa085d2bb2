"""Canaries of an SQL problem: the reference as a subquery, and its answer changed around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judge.errors import PackageError
from judge.verify.canaries import Canary
from judge.verify.sameness import is_same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judge.authoring import Table
    from judge.catalog import Problem

__all__ = ["canaries_of"]

NUMBERS = ("INT", "DOUBLE", "FLOAT", "DECIMAL")
EXPRESSIONS = {
    "zeros": "0::{type}",
    "ones": "1::{type}",
    "a constant": "7::{type}",
    "nothing known": "NULL::{type}",
    "no NULL": "coalesce({name}, 0)",
    "the signs turned": "-{name}",
    "rounded to three digits": "round({name}, 3)::{type}",
    "right values as text": "{name}::VARCHAR",
    "NaN": "'nan'::DOUBLE",
    "single precision": "{name}::FLOAT",
}
"""What becomes of the columns that hold numbers."""
FLOATS_ONLY = {"NaN", "single precision"}


def canaries_of(problem: Problem) -> Iterator[Canary]:
    """Yield every canary that changes the answer of a public example."""
    query = problem.reference.query
    examples = [dict(example.kwargs) for example in problem.examples.EXAMPLES]
    if not examples:
        msg = f"problem {problem.slug}: examples.py has no example"
        raise PackageError(msg, "Canaries need one, to know the columns of the answer.")
    answers = [query(**tables) for tables in examples]
    inner = problem.reference_source.decode().strip().rstrip(";")
    for title, outer in _wrappers(answers[0], tuple(examples[0])):
        source = outer.replace("{query}", f"(\n{inner}\n)").encode()
        again = type(query)(source.decode())
        if not all(is_same(again(**tables), answer) for tables, answer in zip(examples, answers, strict=True)):
            yield Canary("query", title, source)


def _wrappers(answer: Table, tables: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield what goes around ``{query}``."""
    names = [_quoted(name) for name in answer.names]
    backwards, last, first_table = ", ".join(reversed(names)), names[-1], _quoted(tables[0])
    yield "no rows", "FROM {query} AS answer LIMIT 0"
    yield "the first row only", "FROM {query} AS answer LIMIT 1"
    yield "every row twice", "SELECT answer.* FROM {query} AS answer, range(2)"
    yield "one row missing", "FROM {query} AS answer OFFSET 1"
    yield "the input itself", f"FROM {first_table}"
    yield "the columns reversed", "FROM {query} AS answer SELECT " + backwards
    yield "the last column missing", "FROM {query} AS answer SELECT * EXCLUDE (" + last + ")"
    yield "one column too many", "FROM {query} AS answer SELECT *, 1 AS one_more"
    yield "a column by another name", "FROM {query} AS answer SELECT * RENAME (" + last + " AS renamed)"
    types = [column.type for column in answer.columns]
    numbers = [(name, kind) for name, kind in zip(names, types, strict=True) if any(number in kind for number in NUMBERS)]
    for title, expression in EXPRESSIONS.items():
        columns = [item for item in numbers if item[1] == "DOUBLE" or title not in FLOATS_ONLY]
        if columns:
            changed = ", ".join(f"{expression.format(name=name, type=kind)} AS {name}" for name, kind in columns)
            yield title, "FROM {query} AS answer SELECT * REPLACE (" + changed + ")"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
