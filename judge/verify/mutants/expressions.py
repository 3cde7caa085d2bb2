"""Mistakes in an expression. Each rule yields the changes that it makes at one place."""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from judge.verify.mutants import Change
    from judge.verify.mutants.places import Place, Source

__all__ = ["EXPRESSIONS"]

COMPARISONS: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Lt: ("<", ("<=", ">")),
    ast.LtE: ("<=", ("<", ">=")),
    ast.Gt: (">", (">=", "<")),
    ast.GtE: (">=", (">", "<=")),
    ast.Eq: ("==", ("!=", ">=")),
    ast.NotEq: ("!=", ("==", ">")),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}
ARITHMETIC: dict[type[ast.operator], tuple[str, tuple[str, ...]]] = {
    ast.Add: ("+", ("-",)),
    ast.Sub: ("-", ("+",)),
    ast.Mult: ("*", ("/", "+")),
    ast.Div: ("/", ("*", "//")),
    ast.FloorDiv: ("//", ("/", "%")),
    ast.Mod: ("%", ("//",)),
    ast.Pow: ("**", ("*",)),
    ast.MatMult: ("@", ("*",)),
    ast.LShift: ("<<", (">>",)),
    ast.RShift: (">>", ("<<",)),
    ast.BitAnd: ("&", ("|",)),
    ast.BitOr: ("|", ("&",)),
    ast.BitXor: ("^", ("|",)),
}


def _swaps(*pairs: str) -> dict[str, str]:
    """Map the words of each pair to one another."""
    both = [pair.split() for pair in pairs]
    return {word: other for pair in both for word, other in (pair, pair[::-1])}


DTYPES = _swaps("float64 float32", "int64 int32", "uint8 int8", "uint64 uint32", "f8 f4", "i8 i4") | {"intp": "int32", "bool_": "int8"}
FUNCTIONS = _swaps(
    *("min max", "argmin argmax", "minimum maximum", "any all", "sum mean", "zeros ones", "zeros_like ones_like", "ceil floor"),
    *("isnan isinf", "hstack vstack", "append extend", "lstrip rstrip", "startswith endswith", "logical_and logical_or"),
    *("bisect_left bisect_right", "popleft pop", "cumsum cumprod", "add subtract", "multiply divide", "std var"),
) | {"isfinite": "isreal", "sqrt": "abs", "square": "abs", "median": "mean", "norm": "sum", "insort": "insort_left"}
WRAPPERS = frozenset({"abs", "sqrt", "square", "sorted", "reversed", "set", "list", "tuple", "float", "int", "bool", "exp", "log", "round"})
WRAPPERS |= {"asarray", "array", "ascontiguousarray", "unique", "sort", "flatnonzero", "chr", "ord", "str", "bytes", "dict", "frozenset"}
METHODS = frozenset(
    {"astype", "copy", "clip", "round", "ravel", "reshape", "strip", "lower", "upper", "sort", "cumsum", "transpose", "any", "all"}
)
WORDS = {
    "replace": "strict",
    "strict": "replace",
    "ignore": "replace",
    "utf-8": "latin-1",
    "latin-1": "utf-8",
    "left": "right",
    "right": "left",
}


def comparison(source: Source, place: Place) -> Iterator[Change]:
    """Make ``<`` a ``<=`` or a ``>``, and so on."""
    if isinstance(node := place.node, ast.Compare):
        lefts = (node.left, *node.comparators)
        for left, op, right in zip(lefts, node.ops, node.comparators, strict=False):
            old, others = COMPARISONS[type(op)]
            yield from _some(source.between("comparison", left, right, old, new) for new in others)


def arithmetic(source: Source, place: Place) -> Iterator[Change]:
    """Make ``+`` a ``-``, and so on, or forget the right operand."""
    if isinstance(node := place.node, ast.BinOp):
        old, others = ARITHMETIC[type(node.op)]
        yield from _some(source.between("arithmetic", node.left, node.right, old, new) for new in others)
        yield source.replace("forgotten operand", node, source.text(node.left))


def constant(source: Source, place: Place) -> Iterator[Change]:
    """Make a number one too large, one too small or zero, and True False."""
    match place.node:
        case ast.Constant(value=bool(value)) as node:
            yield source.replace("constant", node, str(not value))
        case ast.Constant(value=int(number) | float(number)) as node:
            for other in (number + 1, number - 1, type(number)(0)):
                if other != number:
                    yield source.replace("constant", node, f"({other})" if other < 0 else repr(other))


def word(source: Source, place: Place) -> Iterator[Change]:
    """Change a string that something is compared with, or that names a mode."""
    if isinstance(node := place.node, ast.Constant) and isinstance(node.value, str):
        if node.value in WORDS:
            yield source.replace("word", node, repr(WORDS[node.value]))
        elif isinstance(place.parent, ast.Compare | ast.Tuple | ast.List | ast.Set | ast.Dict):
            yield source.replace("word", node, repr(node.value + "_"))


def axis(source: Source, place: Place) -> Iterator[Change]:
    """Make ``axis=0`` an ``axis=1``, and the other way round."""
    match place.node:
        case ast.keyword(arg="axis", value=ast.Constant(value=int(number)) as value):
            yield source.replace("axis", value, "0" if number else "1")
        case ast.keyword(arg="axis", value=ast.UnaryOp() as negative):
            yield source.replace("axis", negative, "0")


def cut(source: Source, place: Place) -> Iterator[Change]:
    """Let a slice begin or end one place off, or take all."""
    if isinstance(node := place.node, ast.Slice) and isinstance(place.parent, ast.Subscript | ast.Tuple):
        for bound, off in ((node.lower, "+ 1"), (node.upper, "- 1")):
            if bound is not None:
                yield source.replace("slice", bound, "")
                if not isinstance(bound, ast.Constant):
                    yield source.replace("slice", bound, f"{source.text(bound)} {off}")
        if node.step is not None:
            yield source.replace("slice", node.step, "")
            yield source.replace("slice", node.step, f"-{source.text(node.step)}")


def dtype(source: Source, place: Place) -> Iterator[Change]:
    """Make ``float64`` a ``float32``, and so on."""
    match place.node:
        case ast.Attribute(attr=name) as node if name in DTYPES:
            yield source.replace("dtype", node, f"{source.text(node.value)}.{DTYPES[name]}")
        case ast.Constant(value=str(name)) as node if name in DTYPES:
            yield source.replace("dtype", node, repr(DTYPES[name]))


def boolean(source: Source, place: Place) -> Iterator[Change]:
    """Make ``and`` an ``or``, or forget one of the conditions, or ``not``."""
    match place.node:
        case ast.BoolOp(op=op, values=values) as node:
            old, new = ("and", "or") if isinstance(op, ast.And) else ("or", "and")
            yield from _some(source.between("and/or", left, right, old, new) for left, right in itertools.pairwise(values))
            for dropped in values:
                kept = f" {old} ".join(source.text(value) for value in values if value is not dropped)
                yield source.replace("forgotten condition", node, kept)
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand) as node:
            yield source.replace("negation", node, source.text(operand))


def function(source: Source, place: Place) -> Iterator[Change]:
    """Make ``min`` a ``max``, and so on."""
    match place.node:
        case ast.Call(func=ast.Name(id=name) as called) if name in FUNCTIONS:
            yield source.replace("function", called, FUNCTIONS[name])
        case ast.Call(func=ast.Attribute(attr=name) as called) if name in FUNCTIONS:
            yield source.replace("function", called, f"{source.text(called.value)}.{FUNCTIONS[name]}")


def unwrapped(source: Source, place: Place) -> Iterator[Change]:
    """Forget a conversion: ``sqrt(x)``, ``x.astype(t)`` and ``x.T`` become ``x``."""
    match place.node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[argument, *_]) as node if name in WRAPPERS:
            yield source.replace("forgotten call", node, source.text(argument))
        case ast.Call(func=ast.Attribute(value=receiver, attr=name)) as node if name in METHODS:
            yield source.replace("forgotten call", node, source.text(receiver))
        case ast.Attribute(value=receiver, attr="T") as node:
            yield source.replace("forgotten call", node, source.text(receiver))


def arguments(source: Source, place: Place) -> Iterator[Change]:
    """Exchange the first two arguments, or forget a keyword argument."""
    if isinstance(node := place.node, ast.Call):
        match node.args:
            case [first, second, *_] if not isinstance(first, ast.Starred) and not isinstance(second, ast.Starred):
                yield source.exchange("exchanged arguments", first, second)
        for keyword in node.keywords:
            if keyword.arg is not None:
                yield source.without("forgotten keyword", node, keyword)


def loop(source: Source, place: Place) -> Iterator[Change]:
    """End ``range`` one too early, ``enumerate`` from one, forget the filter of a comprehension."""
    match place.node:
        case ast.Call(func=ast.Name(id="range"), args=[*_, stop]) as node if len(node.args) < 3:  # noqa: PLR2004 - no step
            yield source.replace("range", stop, f"{source.text(stop)} - 1")
        case ast.Call(func=ast.Name(id="enumerate"), args=[items]) as node:
            yield source.replace("range", node, f"enumerate({source.text(items)}, 1)")
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp() as node:
            for generator in node.generators:
                for condition in generator.ifs:
                    yield source.replace("forgotten filter", condition, "True")


def choice(source: Source, place: Place) -> Iterator[Change]:
    """Let a conditional expression take always the one, or always the other."""
    if isinstance(node := place.node, ast.IfExp):
        yield source.replace("choice", node, source.text(node.body))
        yield source.replace("choice", node, source.text(node.orelse))


def _some(changes: Iterator[Change | None]) -> Iterator[Change]:
    return (change for change in changes if change is not None)


EXPRESSIONS: tuple[Callable[[Source, Place], Iterator[Change]], ...] = (
    *(axis, dtype, word, comparison, arithmetic, constant, cut),
    *(boolean, function, unwrapped, arguments, loop, choice),
)
