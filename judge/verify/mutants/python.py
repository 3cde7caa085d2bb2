"""Mutants of Python: which places of a source may be changed, and when two sources are the same program."""

from __future__ import annotations

import ast
import functools
from types import CodeType
from typing import TYPE_CHECKING

from judge.verify.mutants.expressions import EXPRESSIONS
from judge.verify.mutants.places import Place, Source
from judge.verify.mutants.statements import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judge.verify.mutants import Change

__all__ = ["changes", "same"]

SYMMETRIC = frozenset(
    {"maximum", "minimum", "fmax", "fmin", "add", "multiply", "array_equal", "logical_and", "logical_or", "gcd", "isclose"}
)
"""Functions of two arguments whose order does not matter."""


def changes(text: str) -> Iterator[Change]:
    """Yield every change: each operator at each place."""
    source = Source(text)
    for place in _places(ast.parse(text), ()):
        for rule in (*EXPRESSIONS, *STATEMENTS):
            yield from rule(source, place)


def same(text: str, other: str) -> bool:
    """Whether the sources compile to the same code, up to the order of arguments where it never matters.

    What does not compile counts as the same: it is no mutant.
    """
    try:
        return _meaning(text) == _meaning(other)
    except (SyntaxError, ValueError):
        return True


def _places(node: ast.AST, above: tuple[ast.AST, ...]) -> Iterator[Place]:
    """Walk what a mistake can be made in: not documentation, annotations, imports or the words of an exception."""
    yield Place(node, above)
    for child in _children(node):
        yield from _places(child, (*above, node))


def _children(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Raise() | ast.JoinedStr() | ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant(value=str())):
            return
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.If(test=ast.Attribute(attr="TYPE_CHECKING")):
            return
        case ast.FunctionDef() | ast.Lambda():
            arguments = node.args
            yield from (default for default in (*arguments.defaults, *arguments.kw_defaults) if default is not None)
            yield from node.body if isinstance(node, ast.FunctionDef) else [node.body]
        case ast.ClassDef():
            yield from node.body
        case ast.AnnAssign():
            if node.value is not None:
                yield node.value
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return
        case _:
            yield from ast.iter_child_nodes(node)


@functools.lru_cache(2)
def _meaning(text: str) -> tuple[object, ...]:
    """Compile a source and keep what it does."""
    return _code(compile(_Sorted().visit(ast.parse(text)), "m", "exec", optimize=2))


def _code(code: CodeType) -> tuple[object, ...]:
    """Reduce compiled code to what it does: no lines, no names of files."""
    constants = tuple(_code(item) if isinstance(item, CodeType) else (type(item), repr(item)) for item in code.co_consts)
    names = (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
    return code.co_code, constants, names, code.co_flags, code.co_argcount, code.co_kwonlyargcount, code.co_posonlyargcount


class _Sorted(ast.NodeTransformer):
    """Puts the two arguments of symmetric functions in one order."""

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if getattr(node.func, "attr", None) in SYMMETRIC and len(node.args) == 2:  # noqa: PLR2004 - a pair
            node.args.sort(key=ast.dump)
        return node
