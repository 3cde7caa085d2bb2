"""Places in a Python source: a node of its syntax tree, what is above it, and the bytes that it was written with."""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass

from judge.verify.mutants import Change

__all__ = ["Place", "Source", "Spanned"]

Spanned = ast.expr | ast.stmt | ast.keyword
"""Nodes that know where they begin and end."""


@dataclass(frozen=True)
class Place:
    """A node and its ancestors, the outermost first."""

    node: ast.AST
    above: tuple[ast.AST, ...]

    @property
    def parent(self) -> ast.AST | None:
        """The node that this one is a part of."""
        return self.above[-1] if self.above else None

    @property
    def function(self) -> ast.FunctionDef | None:
        """The function that it stands in."""
        return next((node for node in reversed(self.above) if isinstance(node, ast.FunctionDef)), None)


class Source:
    """A Python source that can be quoted and changed by node.

    Parameters
    ----------
    text : str
        The source.
    """

    def __init__(self, text: str) -> None:
        self._raw = text.encode()
        lengths = (len(line) for line in self._raw.splitlines(keepends=True))
        self._starts = [0, *itertools.accumulate(lengths)]

    def start(self, node: Spanned) -> int:
        """Return the offset of a node's first byte."""
        return self._starts[node.lineno - 1] + node.col_offset

    def end(self, node: Spanned) -> int:
        """Return the offset after a node's last byte."""
        if node.end_lineno is None or node.end_col_offset is None:
            msg = "a node of a parsed source has an end"
            raise ValueError(msg)
        return self._starts[node.end_lineno - 1] + node.end_col_offset

    def text(self, node: Spanned) -> str:
        """Return the text of a node; in parentheses where it could fall apart in another place."""
        text = self._raw[self.start(node) : self.end(node)].decode()
        loose = ast.BinOp | ast.BoolOp | ast.Compare | ast.UnaryOp | ast.IfExp | ast.Lambda | ast.NamedExpr
        return f"({text})" if isinstance(node, loose) else text

    def replace(self, operator: str, node: Spanned, text: str) -> Change:
        """Put a text in a node's place."""
        return Change(operator, self.start(node), self.end(node), text)

    def between(self, operator: str, left: Spanned, right: Spanned, old: str, new: str) -> Change | None:
        """Change a symbol that stands between two nodes, or return None where it does not."""
        gap = self._raw[self.end(left) : self.start(right)].decode()
        if old not in gap:
            return None
        return Change(operator, self.end(left), self.start(right), gap.replace(old, new, 1))

    def exchange(self, operator: str, first: Spanned, second: Spanned) -> Change:
        """Exchange two neighbours of a list of arguments or items."""
        return Change(operator, self.start(first), self.end(second), f"{self.text(second)}, {self.text(first)}")

    def without(self, operator: str, call: ast.Call, dropped: ast.keyword) -> Change:
        """Drop one keyword argument of a call."""
        spans = [(self.start(part), self.end(part)) for part in call.args]
        spans += [(self.start(part), self.end(part)) for part in call.keywords if part is not dropped]
        parts = [self._raw[start:end].decode() for start, end in sorted(spans)]
        return Change(operator, self.end(call.func), self.end(call), f"({', '.join(parts)})")
