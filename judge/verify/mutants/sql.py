"""Mutants of SQL, made from its words: comparisons, numbers, kinds of joins, forgotten DISTINCT, COALESCE, conditions and casts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from judge.verify.mutants import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["changes", "same"]

TOKEN = re.compile(
    r"""(?P<skip>\s+|--[^\n]*|/\*.*?\*/)
    |(?P<text>'(?:[^']|'')*')
    |(?P<name>"(?:[^"]|"")*"|[A-Za-z_]\w*)
    |(?P<number>\d+(?:\.\d*)?)
    |(?P<sign>::|<=|>=|<>|!=|==|\|\||->|.)""",
    re.VERBOSE | re.DOTALL,
)
OTHERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "<": ("comparison", ("<=", ">")),
    "<=": ("comparison", ("<", ">=")),
    ">": ("comparison", (">=", "<")),
    ">=": ("comparison", (">", "<=")),
    "=": ("comparison", ("<>", ">=", "<=")),
    "<>": ("comparison", ("=",)),
    "!=": ("comparison", ("=",)),
    "+": ("arithmetic", ("-",)),
    "-": ("arithmetic", ("+",)),
    "*": ("arithmetic", ("+",)),
    "/": ("arithmetic", ("*", "//")),
    "and": ("and/or", ("OR",)),
    "or": ("and/or", ("AND",)),
    "not": ("negation", ("",)),
    "left": ("join", ("INNER", "RIGHT", "FULL")),
    "right": ("join", ("INNER", "LEFT")),
    "full": ("join", ("INNER", "LEFT")),
    "inner": ("join", ("LEFT",)),
    "semi": ("join", ("ANTI", "")),
    "anti": ("join", ("SEMI",)),
    "distinct": ("forgotten distinct", ("",)),
    "all": ("union", ("",)),
    "min": ("function", ("max",)),
    "max": ("function", ("min",)),
    "sum": ("function", ("avg", "count")),
    "avg": ("function", ("sum",)),
    "count": ("function", ("sum",)),
    "bool_or": ("function", ("bool_and",)),
    "floor": ("function", ("ceil",)),
    "day": ("unit", ("month",)),
    "days": ("unit", ("months",)),
    "month": ("unit", ("day",)),
    "hour": ("unit", ("day",)),
    "asc": ("order", ("DESC",)),
    "desc": ("order", ("ASC",)),
    "double": ("type", ("FLOAT",)),
    "timestamp": ("type", ("DATE",)),
    "date": ("type", ("TIMESTAMP",)),
    "true": ("constant", ("FALSE",)),
    "false": ("constant", ("TRUE",)),
}
"""Word to kind of mistake and what to put in its place."""
UNWRAPPED = frozenset({"coalesce", "nullif", "abs", "floor", "ceil", "round", "greatest", "least", "date_trunc", "ifnull"})
CLAUSES = frozenset(
    {"group", "order", "having", "limit", "qualify", "window", "union", "except", "intersect", "then", "end", "where", "join", ";"}
)
CLAUSES |= {"left", "right", "full", "inner", "semi", "anti", "cross", "asof", "select", "from", "else", "when"}
JOINS = frozenset({"left", "right", "full", "inner", "cross", "semi", "anti", "natural", "asof", "positional", "outer"})


@dataclass(frozen=True)
class _Token:
    """A word of the query, in lower case, and the bytes where it stands."""

    kind: str
    word: str
    start: int
    end: int
    depth: int


def changes(text: str) -> Iterator[Change]:
    """Yield every change."""
    tokens = _tokens(text)
    for place, token in enumerate(tokens):
        yield from _swapped(tokens, place)
        if token.kind == "number" and token.word.isdigit():
            number = int(token.word)
            for other in {number + 1, number - 1, 0} - {number}:
                yield Change("constant", token.start, token.end, str(other))
        yield from _calls(text, tokens, place)
        yield from _conditions(tokens, place)


def same(text: str, other: str) -> bool:
    """Whether two queries differ in blanks, comments and case only."""
    return [(token.kind, token.word) for token in _tokens(text)] == [(token.kind, token.word) for token in _tokens(other)]


def _tokens(text: str) -> list[_Token]:
    found, depth, offset = [], 0, 0
    for match in TOKEN.finditer(text):
        length = len(match[0].encode())
        if match.lastgroup != "skip":
            word = match[0] if match.lastgroup == "text" else match[0].lower()
            depth -= word == ")"
            found.append(_Token(str(match.lastgroup), word, offset, offset + length, depth))
            depth += word == "("
        offset += length
    return found


def _swapped(tokens: list[_Token], place: int) -> Iterator[Change]:
    """Another comparison, join, function, unit, type ...; a plain JOIN is an inner one."""
    token = tokens[place]
    before = tokens[place - 1].word if place else ""
    after = tokens[place + 1].word if place + 1 < len(tokens) else ""
    if token.kind in {"sign", "name"} and token.word in OTHERS and not _idle(token, before, after) and not _in_between(tokens, place):
        operator, others = OTHERS[token.word]
        for other in others:
            yield Change(operator, token.start, token.end, other)
    if token.word == "join" and before not in JOINS:
        yield Change("join", token.start, token.end, "LEFT JOIN")
    if token.word == "union" and after != "all":
        yield Change("union", token.start, token.end, "UNION ALL")
    if token.word == "is" and after not in {"not", "distinct"}:
        yield Change("negation", token.start, token.end, "IS NOT")
    if token.word == "::":
        yield Change("forgotten cast", token.start, tokens[place + 1].end, "")


def _idle(token: _Token, before: str, after: str) -> bool:
    """Whether a word is not what it looks like, as in ``count(*)`` or ``left(text, 2)``, or is the name of a column."""
    if token.word == "*":
        return before in {"(", "select", "distinct", ",", "."}
    operator = OTHERS[token.word][0]
    if operator == "unit":
        return not (before.isdigit() or before.startswith("'") or before == "(")
    if operator == "function":
        return after != "(" or before == "."
    return token.word in {"left", "right", "date", "timestamp"} and (after in {"(", ","} or before in {".", "as"})


def _in_between(tokens: list[_Token], place: int) -> bool:
    """Whether an AND belongs to a BETWEEN."""
    if tokens[place].word != "and":
        return False
    before = (token.word for token in reversed(tokens[:place]) if token.depth == tokens[place].depth)
    return next((word for word in before if word in {"and", "or", "between", *CLAUSES}), "") == "between"


def _calls(text: str, tokens: list[_Token], place: int) -> Iterator[Change]:
    """``coalesce(x, 0)`` becomes ``x``."""
    if tokens[place].word not in UNWRAPPED or place + 1 >= len(tokens) or tokens[place + 1].word != "(":
        return
    inside = _until(tokens, place + 2, set())
    comma = next((token for token in inside if token.word == "," and token.depth == tokens[place + 1].depth + 1), None)
    if not inside or inside[-1].end >= len(text.encode()):
        return
    close = tokens[place + 2 + len(inside)]
    raw = text.encode()
    first = raw[inside[0].start : (comma or close).start].decode().strip()
    if tokens[place].word == "date_trunc" and comma is not None:
        first = raw[comma.end : close.start].decode().strip()
    yield Change("forgotten call", tokens[place].start, close.end, f"({first})")


def _conditions(tokens: list[_Token], place: int) -> Iterator[Change]:
    """One of the conditions after WHERE, ON, HAVING or WHEN is forgotten."""
    if tokens[place].word not in {"where", "on", "having", "when", "qualify", "and"}:
        return
    if _in_between(tokens, place):
        return
    inside = _until(tokens, place + 1, CLAUSES | {"and", "or"})
    if any(token.word == "between" for token in inside):
        rest = _until(tokens, place + 2 + len(inside), CLAUSES | {"and", "or"})
        inside = tokens[place + 1 : place + 2 + len(inside) + len(rest)]
    if inside:
        yield Change("forgotten condition", inside[0].start, inside[-1].end, "TRUE")


def _until(tokens: list[_Token], place: int, ends: frozenset[str] | set[str]) -> list[_Token]:
    """Return the tokens from a place up to one of these words on the same level."""
    if place >= len(tokens):
        return []
    depth, found = tokens[place].depth, []
    for token in tokens[place:]:
        if token.depth < depth or (token.depth == depth and token.kind != "text" and token.word in ends):
            break
        found.append(token)
    return found
