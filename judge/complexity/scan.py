"""What in a Python source is likely to make it slow. Read in a box, from the source's text alone; nothing is run.

This file is sent into a box as if it were a submission, and the learner's source is an argument of its one function: a
parser is a large surface, so learners' files are not parsed on the host. Hence it imports only the standard library, and
what it finds is plain data: a line, a kind (see `judge.complexity.remarks`) and a name.

Theory of operation
-------------------
::

    source ─▶ scopes: the module and each function
              facts of each scope: what its names hold (array, list, string, a size of an array), by its assignments
              a few rounds, so that facts travel through calls of the file's own functions
           ─▶ walk of each scope with the loops around: findings

A name of which nothing is known gives no finding; a false alarm costs more than a missed remark.
"""

from __future__ import annotations

import ast
import warnings
from typing import NamedTuple

Finding = tuple[int, str, str]
"""Line, kind, name."""

ROUNDS = 6
MAX_FINDINGS = 100
MAX_LOOPS = 50
"""Loops within loops that are told apart; only a comprehension written to annoy has more."""

ARRAY, ROW, LIST, TEXT, OTHER = "array", "row", "list", "text", "other"

NUMPY, PANDAS = frozenset({"np", "numpy"}), frozenset({"pd", "pandas"})
ARRAY_TYPES = ("ndarray", "NDArray", "ArrayLike", "np.array", "DataFrame", "Series")
LIST_TYPES = ("list", "List")
ARRAY_USES = frozenset({"shape", "ndim", "dtype", "astype", "tolist", "reshape", "T"})
"""Attributes that only arrays and data frames have: a name with one of them is an array."""
KEEPS_ROWS = frozenset({"astype", "copy", "reshape", "clip", "round", "to_numpy", "fillna", "transpose"})
ALIKE = frozenset({"T", "values", "real"})
NO_ROWS = frozenset(
    {"unique", "flatnonzero", "nonzero", "argwhere", "where", "array_split", "split", "vsplit", "hsplit", "ndindex", "ndenumerate"}
    | {"union1d", "nditer", "arange", "linspace", "shape", "isscalar", "ndim", "size", "errstate", "intersect1d", "setdiff1d", "dtype"}
)
"""Functions of NumPy whose result is no array with the rows of its argument: looping over it is another matter."""
MAKES_ARRAY = frozenset({"array", "asarray", "stack", "vstack", "hstack", "column_stack", "concatenate", "fromiter", "row_stack"})
GROWS = frozenset({"append", "concatenate", "vstack", "hstack", "insert", "r_", "concat"})
MAPS = frozenset({"vectorize", "frompyfunc", "apply_along_axis"})
THROUGH = frozenset({"enumerate", "reversed", "list", "tuple", "iter", "tqdm", "sorted"})
"""Functions whose result is looped over as their first argument would be."""
AXES = {0: "rows", 1: "columns"}
FEW = 8
"""A list of so many constants is searched as quickly as a set."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Size(NamedTuple):
    """How many rows or columns an array has, or how long something else is."""

    of: str
    axis: str


class Loop(NamedTuple):
    """A loop around a place: whether it goes over the data, its line, and what of the data (may be empty)."""

    over_data: bool
    line: int
    size: Size | None


def scan(source: str) -> list[Finding]:
    """Find what is likely to be slow.

    Parameters
    ----------
    source : str
        Any text; what is no Python gives no findings.

    Returns
    -------
    list of (int, str, str)
        Line, kind and name of each finding, in the order of the lines; at most `MAX_FINDINGS`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
        scopes = _scopes(tree)
        matrices = set(_matrices(tree))
        found = [finding for scope in scopes for finding in _Walk(scope, matrices).findings()]
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return []
    return sorted(set(found))[:MAX_FINDINGS]


# -- what the names of a scope hold ------------------------------------------------------------------------------


class _Scope:
    """A function, or the module outside its functions: its statements and what is known of its names."""

    def __init__(self, node: Function | ast.Module, functions: dict[str, _Scope]) -> None:
        self.node = node
        self.functions = functions
        self.parameters = [] if isinstance(node, ast.Module) else _parameters(node)
        self.annotated = {parameter.arg: _annotated(parameter.annotation) for parameter in self.parameters}
        self.given: dict[str, set[str]] = {}
        """What calls within the file hand over for a parameter, as far as the round before knew."""
        self.handed: dict[str, set[str]] = {}
        """The same, as far as this round knows."""
        self.kinds: dict[str, str] = {}
        self.sizes: dict[str, Size] = {}
        self.origins: dict[str, str] = {}
        """The array that a name's list, row or copy comes from, under the name that the learner knows."""
        self.short: set[str] = set()
        """Names of written-out lists of a few constants."""
        self.returns: tuple[str, ...] = ()
        """What the function returns; several kinds where it returns a tuple."""
        self.nodes = _own(node)
        self.uses = {name for part in self.nodes for name in _array_uses(part)}
        """Names that are used as only arrays can be."""
        self.strict = False
        """Whether a name that is also assigned something unknown counts as unknown; not so while facts still spread."""

    def learn(self, arrays: set[str]) -> bool:
        """Go through all assignments once, with what is known so far; say whether that taught anything.

        Parameters
        ----------
        arrays : set of str
            The parameters that somewhere in the file are used as arrays.
        """
        before = self.kinds, self.returns
        self.seen: dict[str, set[str]] = {name: set(kinds) for name, kinds in self.given.items()}
        for name in self.uses:
            self.see(name, ARRAY)
        for name, kind in self.annotated.items():
            if kind or name in arrays or name[0].isupper():
                self.seen[name] = {kind or ARRAY}
        for node in self.nodes:
            self.read(node)
        self.kinds = {name: _merged(kinds) for name, kinds in self.seen.items()}
        return before != (self.kinds, self.returns)

    def read(self, node: ast.AST) -> None:
        """Learn from one node."""
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self.bind(target, node.value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            kind = _annotated(node.annotation) or (self.kind(node.value) if node.value else "")
            self.see(node.target.id, kind)
        elif isinstance(node, ast.NamedExpr):
            self.bind(node.target, node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            self.bind_target(node.target, node.iter)
        elif isinstance(node, ast.Return) and node.value is not None:
            several = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            self.returns = tuple(map(self.kind, several))
        elif isinstance(node, ast.Call):
            self.hand_over(node)

    def see(self, name: str, kind: str) -> None:
        """Note that a name holds something of this kind, here or there; of an unknown kind, if that is empty."""
        if kind or (self.strict and name not in self.uses):
            self.seen.setdefault(name, set()).add(kind or OTHER)

    def bind(self, target: ast.expr, value: ast.expr) -> None:
        """Learn from ``target = value``."""
        if isinstance(target, ast.Name):
            size = self.size(value)
            if size is not None:
                self.sizes[target.id] = size
            self.see(target.id, OTHER if size else self.kind(value))
            if isinstance(value, ast.List) and 0 < len(value.elts) <= FEW and all(isinstance(item, ast.Constant) for item in value.elts):
                self.short.add(target.id)
            origin = self.origin(value)
            if origin and origin != target.id:
                self.origins.setdefault(target.id, origin)
        elif isinstance(target, ast.Tuple | ast.List):
            if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
                for one, its in zip(target.elts, value.elts, strict=True):
                    self.bind(one, its)
            else:
                self.unpack([one.id if isinstance(one, ast.Name) else "" for one in target.elts], value)

    def unpack(self, names: list[str], value: ast.expr) -> None:
        """Learn from ``a, b = value``: a shape, a call, or something made of several."""
        kinds: tuple[str, ...] = ()
        otherwise = OTHER if isinstance(value, ast.Call) and self.kind(value) == OTHER else ""
        match value:
            case ast.Attribute(value=ast.Name(id=name), attr="shape"):
                self.sizes |= {one: Size(self.known_as(name), AXES.get(place, "entries")) for place, one in enumerate(names)}
            case ast.Call(func=ast.Name(id="map"), args=[ast.Name(id=name), *_]) if name in self.functions:
                kinds = self.functions[name].returns * len(names)
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                kinds = self.functions[name].returns
            case ast.GeneratorExp(elt=one) | ast.ListComp(elt=one):
                kinds = (self.kind(one),) * len(names)
        for name, kind in zip(names, kinds if len(kinds) == len(names) else [otherwise] * len(names), strict=True):
            self.see(name, kind)

    def bind_target(self, target: ast.expr, over: ast.expr) -> None:
        """Learn from ``for target in over``: an entry of an array is a row of it."""
        if isinstance(over, ast.Call) and isinstance(over.func, ast.Name) and isinstance(target, ast.Tuple):
            if over.func.id == "zip" and len(over.args) == len(target.elts):
                for one, its in zip(target.elts, over.args, strict=True):
                    self.bind_target(one, its)
                return
            if over.func.id == "enumerate" and len(target.elts) == len(AXES) and over.args:
                self.bind_target(target.elts[1], over.args[0])
                return
        names = [node.id for node in ast.walk(target) if isinstance(node, ast.Name)]
        kind = self.kind(over) if isinstance(target, ast.Name) else ""
        for name in names:
            self.see(name, ROW if kind in {ARRAY, ROW} else "")

    def hand_over(self, call: ast.Call) -> None:
        """Tell a function of this file what it is called with."""
        scope = self.functions.get(call.func.id) if isinstance(call.func, ast.Name) else None
        if scope is None:
            return
        for parameter, argument in zip(scope.parameters, call.args, strict=False):
            kind = self.kind(argument)
            if kind and not scope.annotated[parameter.arg]:
                scope.handed.setdefault(parameter.arg, set()).add(kind)

    def known_as(self, name: str) -> str:
        """Return the array that a name stands for."""
        return self.origins.get(name, name)

    def origin(self, node: ast.expr) -> str:
        """Return the array whose rows an expression has, if it is one: a copy, a list or a slice of it."""
        while True:
            if isinstance(node, ast.Name):
                return self.known_as(node.id) if self.kinds.get(node.id) in {ARRAY, ROW} else ""
            match node:
                case ast.Call(func=ast.Attribute(value=inner, attr=name)) if name in KEEPS_ROWS | {"tolist"}:
                    node = inner
                case ast.Call(func=function, args=[inner, *_]) if _member(function, NUMPY) in MAKES_ARRAY:
                    node = inner
                case ast.Call(func=ast.Name(id=name), args=[inner, *_]) if name in THROUGH:
                    node = inner
                case ast.Attribute(value=inner, attr=name) if name in ALIKE:
                    node = inner
                case _:
                    return ""

    def kind(self, node: ast.expr) -> str:
        """Say what an expression gives; empty where nothing is known."""
        match node:
            case ast.Name(id=name):
                return self.kinds.get(name, "")
            case ast.Call():
                return self.kind_of_call(node)
            case ast.BinOp(left=left, right=right):
                kinds = {self.kind(left), self.kind(right)}
                return next((kind for kind in (ARRAY, ROW, LIST, TEXT) if kind in kinds), "")
            case ast.Attribute(value=value, attr=attribute) if attribute in ALIKE:
                return self.kind(value)
            case ast.Subscript(value=value, slice=index):
                kind = self.kind(value)
                return kind if isinstance(index, ast.Slice) else ROW if kind in {ARRAY, ROW} else ""
        return _kind_of_literal(node)

    def kind_of_call(self, call: ast.Call) -> str:  # noqa: PLR0911 - one answer for each kind of call
        """Say what a call gives."""
        function = _member(call.func, NUMPY)
        if function:
            return OTHER if function in NO_ROWS else ARRAY
        match call.func:
            case ast.Name(id="list" | "sorted"):
                return ARRAY if call.args and self.kind(call.args[0]) == ARRAY else LIST
            case ast.Name(id="str" | "chr" | "repr"):
                return TEXT
            case ast.Name(id=name) if name in self.functions:
                returns = self.functions[name].returns
                return OTHER if len(returns) > 1 else "".join(returns)
            case ast.Attribute(value=value, attr=name) if name in KEEPS_ROWS:
                return self.kind(value)
            case ast.Attribute(value=value, attr="tolist"):
                return ARRAY if self.kind(value) == ARRAY else LIST
            case ast.Attribute(attr="join" | "format"):
                return TEXT
        return ""

    def size(self, node: ast.expr) -> Size | None:
        """Say which size an expression is: ``len(X)``, ``X.shape[0]``, ``n`` or ``n - 1``."""
        match node:
            case ast.Name(id=name):
                return self.sizes.get(name)
            case ast.Call(func=ast.Name(id="len"), args=[of]):
                name = self.origin(of) or (of.id if isinstance(of, ast.Name) else "")
                return Size(name, "rows" if name and self.is_array(of) else "")
            case ast.Subscript(value=ast.Attribute(value=of, attr="shape"), slice=ast.Constant(value=int() as axis)):
                name = self.origin(of) or (of.id if isinstance(of, ast.Name) else "")
                return Size(name, AXES.get(axis, "entries"))
            case ast.Attribute(value=ast.Name(id=name), attr="size"):
                return Size(self.known_as(name), "entries")
            case ast.BinOp(left=left, right=right, op=ast.Add() | ast.Sub()):
                return self.size(left) or self.size(right)
        return None

    def is_array(self, node: ast.expr) -> bool:
        """Say whether an expression is an array, or all of its rows as a list."""
        return self.kind(node) == ARRAY


def _scopes(tree: ast.Module) -> list[_Scope]:
    """Make the scopes of a module and learn what their names hold."""
    functions: dict[str, _Scope] = {}
    scopes = [_Scope(tree, functions)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            scopes.append(_Scope(node, functions))
            functions.setdefault(node.name, scopes[-1])
    arrays = {parameter.arg for scope in scopes for parameter in scope.parameters if parameter.arg in scope.uses}
    for _ in range(ROUNDS):
        changed = [scope.learn(arrays) for scope in scopes]
        for scope in scopes:
            scope.given, scope.handed = scope.handed, {}
        if not any(changed):
            break
    for scope in scopes:
        scope.strict = True
        scope.learn(arrays)
    return scopes


def _own(node: Function | ast.Module) -> list[ast.AST]:
    """Return the nodes of a scope in the order of the source, without those of the functions and classes in it."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(reversed(node.body))
    while waiting:
        one = waiting.pop()
        found.append(one)
        if not isinstance(one, FUNCTIONS):
            waiting.extend(reversed(list(ast.iter_child_nodes(one))))
    return found


def _parameters(node: Function) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


def _annotated(annotation: ast.expr | None) -> str:
    """Say what an annotation promises; empty where there is none."""
    if annotation is None:
        return ""
    words = annotation.value if isinstance(annotation, ast.Constant) else ast.unparse(annotation)
    if not isinstance(words, str):
        return OTHER
    if any(kind in words for kind in ARRAY_TYPES):
        return ARRAY
    return LIST if words.startswith(LIST_TYPES) else TEXT if words == "str" else OTHER


def _array_uses(node: ast.AST) -> list[str]:
    """Return the names that a node uses as only arrays can be used."""
    match node:
        case ast.Attribute(value=ast.Name(id=name), attr=attribute) if attribute in ARRAY_USES:
            return [name]
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Tuple()):
            return [name]
        case ast.BinOp(op=ast.MatMult(), left=left, right=right):
            return [side.id for side in (left, right) if isinstance(side, ast.Name)]
    return []


def _matrices(tree: ast.Module) -> list[str]:
    """Return the names that are somewhere used as two-dimensional arrays; for others, rows are called entries."""
    found = []
    for node in ast.walk(tree):
        match node:
            case (
                ast.Subscript(value=ast.Name(id=name), slice=ast.Tuple())
                | ast.Subscript(value=ast.Attribute(value=ast.Name(id=name), attr="shape"), slice=ast.Constant(value=1))
                | ast.Attribute(value=ast.Name(id=name), attr="T")
                | ast.Assign(targets=[ast.Tuple()], value=ast.Attribute(value=ast.Name(id=name), attr="shape"))
                | ast.Compare(left=ast.Attribute(value=ast.Name(id=name), attr="ndim"), comparators=[ast.Constant(value=2)])
            ):
                found.append(name)
            case ast.Name(id=name) if name[0].isupper():
                found.append(name)
            case ast.BinOp(op=ast.MatMult(), left=left, right=right):
                found += [side.id for side in (left, right) if isinstance(side, ast.Name)]
    return found


def _kind_of_literal(node: ast.expr) -> str:
    match node:
        case ast.List() | ast.ListComp():
            return LIST
        case ast.Constant(value=str()) | ast.JoinedStr():
            return TEXT
        case ast.Constant() | ast.Dict() | ast.Set() | ast.Tuple() | ast.Compare() | ast.DictComp() | ast.SetComp():
            return OTHER
    return ""


def _merged(kinds: set[str]) -> str:
    """Say what a name holds that is assigned things of these kinds."""
    if len(kinds) == 1:
        return next(iter(kinds))
    return ARRAY if ARRAY in kinds and kinds <= {ARRAY, ROW, LIST} else OTHER


def _member(node: ast.expr, modules: frozenset[str]) -> str:
    """Return the name of a module's member (``np.linalg.norm``: ``norm``), or nothing."""
    if not isinstance(node, ast.Attribute):
        return ""
    root: ast.expr = node.value
    while isinstance(root, ast.Attribute):
        root = root.value
    return node.attr if isinstance(root, ast.Name) and root.id in modules else ""


# -- what is slow ------------------------------------------------------------------------------------------------


class _Walk:
    """A walk through a scope that knows the loops around each place."""

    def __init__(self, scope: _Scope, matrices: set[str]) -> None:
        self.scope = scope
        self.matrices = matrices
        self.found: list[Finding] = []
        self.deepest: dict[int, tuple[int, int]] = {}
        """The depth and the line of the innermost loop over data, by the line of the outermost."""
        self.made = {name for node in scope.nodes for name in _made_arrays(node)}

    def findings(self) -> list[Finding]:
        """Walk, and return what was found."""
        # A stack of its own, since sources may be nested deeper than Python's own stack allows.
        waiting: list[tuple[ast.AST, tuple[Loop, ...]]] = [(node, ()) for node in self.scope.node.body]
        while waiting:
            node, loops = waiting.pop()
            if not isinstance(node, FUNCTIONS):
                self.look(node, loops)
                waiting.extend(self.inside(node, loops))
        self.found += [(line, "nested", str(depth)) for depth, line in self.deepest.values()]
        return self.found

    def inside(self, node: ast.AST, loops: tuple[Loop, ...]) -> list[tuple[ast.AST, tuple[Loop, ...]]]:
        """Return the parts of a node with the loops around each."""
        if isinstance(node, ast.For | ast.AsyncFor):
            within = self.enter(node.target, node.iter, node.lineno, loops)
            return [(node.iter, loops), *((part, within) for part in node.body), *((part, loops) for part in node.orelse)]
        if isinstance(node, ast.While):
            return [(part, (*loops, Loop(over_data=False, line=node.lineno, size=None))) for part in (node.test, *node.body)]
        if isinstance(node, COMPREHENSIONS):
            parts: list[tuple[ast.AST, tuple[Loop, ...]]] = []
            for generator in node.generators:
                parts.append((generator.iter, loops))
                loops = self.enter(generator.target, generator.iter, generator.iter.lineno, loops)
                parts += [(condition, loops) for condition in generator.ifs]
            results = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
            return parts + [(result, loops) for result in results]
        return [(part, loops) for part in ast.iter_child_nodes(node)]

    def enter(self, target: ast.expr, over: ast.expr, line: int, loops: tuple[Loop, ...]) -> tuple[Loop, ...]:
        """Enter a loop; say so where it goes over the rows of an array in Python, and how deep it is."""
        if isinstance(over, ast.Call) and isinstance(over.func, ast.Name) and over.func.id == "range" and _is_constant(over):
            return loops  # three steps are no loop to speak of
        if len(loops) == MAX_LOOPS:
            return loops
        size = None if isinstance(target, ast.Name) and target.id == "_" else self.looped(over)
        outer = [loop for loop in loops if loop.over_data]
        if size is not None:
            if outer and (size.of or any(loop.size and loop.size.of for loop in outer)):
                self.deepest[outer[0].line] = max(self.deepest.get(outer[0].line, (0, 0)), (len(outer) + 1, line))
            if size.axis and size.of and not outer:
                self.found.append((line, "entries" if size.axis == "rows" and size.of not in self.matrices else size.axis, size.of))
        return (*loops, Loop(over_data=size is not None, line=line, size=size))

    def looped(self, over: ast.expr) -> Size | None:
        """Say which size of the data a loop runs through, if any. A size without an axis is that of something else."""
        scope = self.scope
        match over:
            case ast.Call(func=ast.Name(id="zip"), args=several):
                sizes = [size for size in map(self.looped, several) if size is not None]
                return next((size for size in sizes if size.axis), sizes[0] if sizes else None)
            case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in THROUGH:
                return self.looped(first)
            case ast.Call(func=ast.Name(id="range") | ast.Attribute(attr="arange"), args=[*bounds]) if bounds and len(bounds) <= len(AXES):
                return scope.size(bounds[-1])
            case ast.Call(func=ast.Attribute(value=value, attr="items" | "keys" | "values"), args=[]):
                return Size("", "") if isinstance(value, ast.Name) else None
        if scope.is_array(over):
            transposed = isinstance(over, ast.Attribute) and over.attr == "T"
            return Size(scope.origin(over) or (over.id if isinstance(over, ast.Name) else ""), "columns" if transposed else "rows")
        return Size("", "") if scope.kind(over) in {ROW, LIST, TEXT} and not self.is_short(over) else None

    def is_short(self, node: ast.expr) -> bool:
        """Say whether an expression is a written-out list, or a name of one that holds a few constants."""
        return isinstance(node, ast.List) or (isinstance(node, ast.Name) and node.id in self.scope.short)

    # -- single places ------------------------------------------------------------------------------------------

    def look(self, node: ast.AST, loops: tuple[Loop, ...]) -> None:
        """Look at one node."""
        if isinstance(node, ast.Call):
            self.look_at_mapping(node)
            if loops:
                self.look_at_method(node, loops)
        elif isinstance(node, ast.Assign) and loops:
            self.look_at_growth(node)
        elif isinstance(node, ast.AugAssign) and loops:
            self.look_at_text(node)
        elif isinstance(node, ast.Compare) and loops:
            for operator, right in zip(node.ops, node.comparators, strict=True):
                if isinstance(operator, ast.In | ast.NotIn) and isinstance(right, ast.Name) and self.is_list(right):
                    self.add(node, "member", right.id)

    def add(self, node: ast.expr | ast.stmt, kind: str, name: str) -> None:
        """Note a finding at a node."""
        self.found.append((node.lineno, kind, name))

    def is_list(self, node: ast.expr) -> bool:
        """Say whether a name holds a list and nothing else, of more than a few constants."""
        return isinstance(node, ast.Name) and self.scope.kind(node) == LIST and not self.is_short(node)

    def look_at_mapping(self, call: ast.Call) -> None:
        """Look for what calls Python once for every row or entry."""
        if not isinstance(call.func, ast.Attribute):
            return
        method = call.func.attr
        if _member(call.func, NUMPY) in MAPS:
            self.add(call, "mapped", method)
        elif method in {"iterrows", "itertuples"}:
            self.add(call, "iterrows", method)
        elif method == "apply" and any(
            word.arg == "axis" and isinstance(word.value, ast.Constant) and word.value.value in (1, "columns") for word in call.keywords
        ):
            self.add(call, "apply", method)

    def look_at_method(self, call: ast.Call, loops: tuple[Loop, ...]) -> None:
        """Look for methods of lists that are slow, or made slow, by the loop around them."""
        if not (isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)):
            return
        name, method = call.func.value, call.func.attr
        at_front = bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0
        if method == "append" and name.id in self.made and any(loop.over_data for loop in loops):
            self.add(call, "appended", name.id)
        elif method in {"index", "count"} and self.is_list(name):
            self.add(call, "searched", name.id)
        elif method in {"pop", "insert"} and at_front and self.is_list(name):
            self.add(call, "front", name.id)

    def look_at_growth(self, node: ast.Assign) -> None:
        """Look for an array or frame that is copied in order to grow: ``out = np.append(out, x)``."""
        target, call = node.targets[0], node.value
        if isinstance(target, ast.Name) and isinstance(call, ast.Call) and call.args:
            names = {part.id for part in ast.walk(call.args[0]) if isinstance(part, ast.Name)}
            if _member(call.func, NUMPY | PANDAS) in GROWS and target.id in names:
                self.add(node, "grown", target.id)

    def look_at_text(self, node: ast.AugAssign) -> None:
        """Look for a string that grows: ``text += piece``."""
        if isinstance(node.target, ast.Name) and isinstance(node.op, ast.Add) and self.scope.kind(node.target) == TEXT:
            self.add(node, "text", node.target.id)


def _made_arrays(node: ast.AST) -> list[str]:
    """Return the names that a node turns into an array."""
    if isinstance(node, ast.Call) and _member(node.func, NUMPY) in MAKES_ARRAY and node.args and isinstance(node.args[0], ast.Name):
        return [node.args[0].id]
    return []


def _is_constant(call: ast.Call) -> bool:
    return all(isinstance(argument, ast.Constant) for argument in call.args)
