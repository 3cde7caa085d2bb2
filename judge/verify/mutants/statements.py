"""Mistakes in a statement. Each rule yields the changes that it makes at one place."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from judge.verify.mutants import Change
    from judge.verify.mutants.places import Place, Source

__all__ = ["STATEMENTS"]

AUGMENTED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+=", "-="),
    ast.Sub: ("-=", "+="),
    ast.Mult: ("*=", "/="),
    ast.Div: ("/=", "*="),
    ast.FloorDiv: ("//=", "/="),
    ast.BitAnd: ("&=", "|="),
    ast.BitOr: ("|=", "&="),
}
EXCEPTIONS = {"ValueError": "TypeError", "TypeError": "ValueError", "IndexError": "KeyError", "KeyError": "IndexError"}


def guard(source: Source, place: Place) -> Iterator[Change]:
    """Remove a guard, so that ``if ...: raise`` never raises; let any other condition always hold, or never."""
    match place.node:
        case ast.If(test=test, body=[*_, ast.Raise()]):
            yield source.replace("removed guard", test, "False")
        case ast.If(test=test):
            yield source.replace("condition", test, "True")
            yield source.replace("condition", test, "False")


def negated(source: Source, place: Place) -> Iterator[Change]:
    """Turn a condition round."""
    match place.node:
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) if not isinstance(test, ast.Constant | ast.Compare):
            yield source.replace("negation", test, f"not {source.text(test)}")


def removed(source: Source, place: Place) -> Iterator[Change]:
    """Forget a statement: a call, an update, a later assignment."""
    match place.node:
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Delete() | ast.Assert() as node:
            yield source.replace("removed statement", node, "pass")
        case ast.Assign(targets=[*_, ast.Subscript() | ast.Attribute()]) as node:
            yield source.replace("removed statement", node, "pass")
        case ast.Assign(targets=targets) as node if place.function is not None:
            before = _bound(place.function, node.lineno)
            if {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)} <= before:
                yield source.replace("removed statement", node, "pass")


def augmented(source: Source, place: Place) -> Iterator[Change]:
    """Make ``+=`` a ``-=`` or a ``=``, and so on."""
    if isinstance(node := place.node, ast.AugAssign) and type(node.op) in AUGMENTED:
        old, new = AUGMENTED[type(node.op)]
        for other in (new, "="):
            change = source.between("augmented assignment", node.target, node.value, old, other)
            if change is not None:
                yield change


def jump(source: Source, place: Place) -> Iterator[Change]:
    """Forget ``break`` or ``continue``, or exchange them; let a loop miss its first or last turn."""
    match place.node:
        case ast.Break() as node:
            yield source.replace("jump", node, "pass")
        case ast.Continue() as node:
            yield source.replace("jump", node, "break")
            yield source.replace("jump", node, "pass")
        case ast.For(iter=items):
            yield source.replace("jump", items, f"list({source.text(items)})[1:]")
            yield source.replace("jump", items, f"list({source.text(items)})[:-1]")


def result(source: Source, place: Place) -> Iterator[Change]:
    """Return another variable, or exchange two results."""
    match place.node:
        case ast.Return(value=ast.Tuple(elts=[first, second, *_])) | ast.Assign(value=ast.Tuple(elts=[first, second, *_])):
            yield source.exchange("exchanged results", first, second)
        case ast.Return(value=ast.Name(id=name) as node) as statement if place.function is not None:
            others = sorted(_bound(place.function, statement.lineno) - {name})
            yield from (source.replace("other result", node, other) for other in others[:2])


def exception(source: Source, place: Place) -> Iterator[Change]:
    """Raise another exception."""
    match place.node:
        case ast.Raise(exc=ast.Name(id=name) as raised) | ast.Raise(exc=ast.Call(func=ast.Name(id=name) as raised)) if name in EXCEPTIONS:
            yield source.replace("exception", raised, EXCEPTIONS[name])


def _bound(function: ast.FunctionDef, line: int) -> set[str]:
    """Return the names that a function has bound before a line, its parameters among them."""
    arguments = function.args
    names = {argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    stored = (node for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    return names | {node.id for node in stored if node.lineno < line}


STATEMENTS: tuple[Callable[[Source, Place], Iterator[Change]], ...] = (guard, negated, removed, augmented, jump, result, exception)
