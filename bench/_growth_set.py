"""Small functions whose growth is known: what the measurement of growth is held against.

Truths are exponents; ``n log n`` counts as 1. Space counts the result and all that is held on the way, not the
arguments; where it is left out, it depends on the allocator.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

__all__ = ["LABELLED", "Labelled"]


@dataclass(frozen=True)
class Labelled:
    """One function ``f``, what it is called with, and the truth."""

    name: str
    source: str
    make_case: Callable[..., Any]
    ranges: dict[str, tuple[int, int]]
    time: dict[str, float]
    space: dict[str, float]


def numbers(rng: np.random.Generator, n: int) -> Any:
    return (rng.integers(0, 1 << 30, n).tolist(),)


def vector(rng: np.random.Generator, n: int) -> Any:
    return (rng.random(n),)


def matrix(rng: np.random.Generator, n: int, d: int) -> Any:
    return (rng.random((n, d)),)


def rows(rng: np.random.Generator, n: int, d: int) -> Any:
    return (rng.random((n, d)).tolist(),)


def two_sets(rng: np.random.Generator, n: int, m: int, d: int) -> Any:
    return rng.random((n, d)), rng.random((m, d))


def two_lists(rng: np.random.Generator, n: int, m: int, d: int) -> Any:
    return rng.random((n, d)).tolist(), rng.random((m, d)).tolist()


def count(rng: np.random.Generator, n: int) -> Any:  # noqa: ARG001 - the shape of a case maker
    return (n,)


def text(rng: np.random.Generator, n: int) -> Any:
    return ("".join(rng.choice(list("abcdefgh "), n)),)


def two_words(rng: np.random.Generator, n: int, m: int) -> Any:
    return "".join(rng.choice(list("abcd"), n)), "".join(rng.choice(list("abcd"), m))


def square(rng: np.random.Generator, n: int) -> Any:
    return (rng.random((n, n)),)


LONG = {"n": (100, 2_000_000)}
SHORT = {"n": (10, 100_000)}
TABLE = {"n": (16, 16384), "d": (8, 4096)}
SETS = {"n": (16, 4096), "m": (16, 4096), "d": (8, 4096)}


def python(  # noqa: PLR0917 - a row of a table
    name: str, body: str, make_case: Callable[..., Any], ranges: dict[str, tuple[int, int]], time: Any, space: Any
) -> Labelled:
    """Make an entry from the lines of a function's body."""
    arguments = {two_sets: "X, Y", two_lists: "X, Y", two_words: "X, Y"}.get(make_case, "X")
    lines = "".join(f"    {line}\n" for line in body.strip().splitlines())
    return Labelled(name, f"import numpy as np\ndef f({arguments}):\n{lines}", make_case, ranges, time, space)


LABELLED = (
    # loops
    python("sum in a loop", "s = 0\nfor x in X:\n    s += x\nreturn s", numbers, LONG, {"n": 1}, {"n": 0}),
    python("pairs", "c = 0\nfor a in X:\n    for b in X:\n        c += a < b\nreturn c", numbers, SHORT, {"n": 2}, {}),
    python(
        "triples",
        "c = 0\nfor a in X:\n    for b in X:\n        for e in X:\n            c += a < b < e\nreturn c",
        numbers,
        {"n": (5, 2000)},
        {"n": 3},
        {},
    ),
    python("prefix sums", "out, s = [], 0\nfor x in X:\n    s += x\n    out.append(s)\nreturn out", numbers, LONG, {"n": 1}, {"n": 1}),
    python(
        "selection",
        "X = list(X)\nout = []\nwhile X:\n    out.append(min(X))\n    X.remove(out[-1])\nreturn out",
        numbers,
        SHORT,
        {"n": 2},
        {},
    ),
    python("halving", "c = 0\nfor x in X:\n    while x:\n        x >>= 1\n        c += 1\nreturn c", numbers, LONG, {"n": 1}, {"n": 0}),
    python("squares below n", "return sum(i * i for i in range(X))", count, LONG, {"n": 1}, {}),
    python("square roots", "c, i = 0, 1\nwhile i * i <= X * X * X:\n    c += 1\n    i += 1\nreturn c", count, SHORT, {"n": 1.5}, {}),
    python(
        "distances in loops",
        "return [[sum((a - b) ** 2 for a, b in zip(x, y)) ** 0.5 for y in Y] for x in X]",
        two_lists,
        SETS,
        {"n": 1, "m": 1, "d": 1},
        {},
    ),
    python(
        "matrix product in loops",
        "return [[sum(a * b for a, b in zip(x, y)) for y in Y] for x in X]",
        two_lists,
        SETS,
        {"n": 1, "m": 1, "d": 1},
        {},
    ),
    python(
        "column sums in loops",
        "out = [0.0] * len(X[0])\nfor row in X:\n    for j, x in enumerate(row):\n        out[j] += x\nreturn out",
        rows,
        TABLE,
        {"n": 1, "d": 1},
        {},
    ),
    python(
        "rows against rows",
        "c = 0\nfor a in X:\n    for b in X:\n        c += sum(a) < sum(b)\nreturn c",
        rows,
        TABLE,
        {"n": 2, "d": 1},
        {},
    ),
    python("string building", "out = []\nfor c in X:\n    out.append(c.upper())\nreturn ''.join(out)", text, LONG, {"n": 1}, {"n": 1}),
    python(
        "a NumPy call per row",
        "return np.array([np.sort(x).sum() for x in X])",
        matrix,
        {"n": (50, 20000), "d": (4000, 100_000)},
        {"n": 1, "d": 1},
        {},
    ),
    # sorting and hashing
    python("sorted", "return sorted(X)", numbers, LONG, {"n": 1}, {"n": 1}),
    python("sort and look at neighbours", "X = sorted(X)\nreturn min(b - a for a, b in zip(X, X[1:]))", numbers, LONG, {"n": 1}, {"n": 1}),
    python("np.sort", "return np.sort(X)", vector, LONG, {"n": 1}, {"n": 1}),
    python("np.argsort", "return np.argsort(X, kind='stable')", vector, LONG, {"n": 1}, {"n": 1}),
    python("np.unique", "return np.unique(X)", vector, LONG, {"n": 1}, {"n": 1}),
    python("a set", "return len(set(X))", numbers, LONG, {"n": 1}, {}),
    python(
        "two-sum with a dict",
        "seen = {}\nfor i, x in enumerate(X):\n    if -x in seen:\n        return i\n    seen[x] = i\nreturn -1",
        numbers,
        LONG,
        {"n": 1},
        {"n": 1},
    ),
    python(
        "two-sum with a list",
        "seen = []\nfor i, x in enumerate(X):\n    if -x in seen:\n        return i\n    seen.append(x)\nreturn -1",
        numbers,
        SHORT,
        {"n": 2},
        {},
    ),
    python("counting words", "c = {}\nfor w in X.split():\n    c[w] = c.get(w, 0) + 1\nreturn len(c)", text, LONG, {"n": 1}, {}),
    python("bisect", "import bisect\nX = sorted(X)\nreturn sum(bisect.bisect(X, x) for x in X)", numbers, LONG, {"n": 1}, {}),
    # NumPy
    python("a sum", "return float(X.sum())", vector, {"n": (10_000, 8_000_000)}, {"n": 1}, {"n": 0}),
    python("element-wise", "return np.sqrt(X) + 1.0", vector, LONG, {"n": 1}, {"n": 1}),
    python("exponentials", "return np.exp(X).sum()", vector, LONG, {"n": 1}, {"n": 1}),
    python("cumulative", "return np.cumsum(X)", vector, LONG, {"n": 1}, {"n": 1}),
    python("outer product", "return np.outer(X, X).sum()", vector, {"n": (50, 8000)}, {"n": 2}, {"n": 2}),
    python("row norms", "return np.sqrt((X * X).sum(axis=1))", matrix, TABLE, {"n": 1, "d": 1}, {"n": 1, "d": 1}),
    python("sorted columns", "return np.sort(X, axis=0)", matrix, TABLE, {"n": 1, "d": 1}, {"n": 1, "d": 1}),
    python("covariance", "return X.T @ X", matrix, {"n": (256, 16384), "d": (128, 2048)}, {"n": 1, "d": 2}, {}),
    python("Gram matrix", "return (X @ X.T).sum()", matrix, {"n": (192, 4096), "d": (64, 4096)}, {"n": 2, "d": 1}, {"n": 2, "d": 0}),
    python(
        "distances by broadcasting",
        "return np.sqrt(((X[:, None] - Y) ** 2).sum(-1))",
        two_sets,
        SETS,
        {"n": 1, "m": 1, "d": 1},
        {"n": 1, "m": 1, "d": 1},
    ),
    python(
        "product of two sets",
        "return X @ Y.T",
        two_sets,
        {"n": (64, 4096), "m": (64, 4096), "d": (64, 4096)},
        {"n": 1, "m": 1, "d": 1},
        {"n": 1, "m": 1},
    ),
    python("square product", "return X @ X", square, {"n": (256, 2048)}, {"n": 3}, {"n": 2}),
    python("a linear system", "return np.linalg.solve(X + len(X) * np.eye(len(X)), X[0])", square, {"n": (256, 2048)}, {"n": 3}, {"n": 2}),
    python("eigenvalues", "return np.linalg.eigvalsh(X + X.T)", square, {"n": (160, 1024)}, {"n": 3}, {"n": 2}),
    python("transposed copy", "return np.ascontiguousarray(X.T)", square, {"n": (64, 4096)}, {"n": 2}, {"n": 2}),
    python("histogram", "return np.bincount((X * 100).astype(np.int64), minlength=100)", vector, LONG, {"n": 1}, {"n": 1}),
    python(
        "Fourier transform", "return np.abs(np.fft.rfft(X[: len(X) // 1024 * 1024])).sum()", vector, {"n": (1 << 10, 1 << 21)}, {"n": 1}, {}
    ),
    python("look-up", "return X[np.arange(len(X))[::-1]].sum()", vector, LONG, {"n": 1}, {"n": 1}),
    # recursion and tables
    python(
        "merge sort",
        "def sort(v):\n    if len(v) < 2:\n        return v\n    a, b = sort(v[: len(v) // 2]), sort(v[len(v) // 2 :])\n"
        "    out, i, j = [], 0, 0\n    while i < len(a) and j < len(b):\n        if a[i] <= b[j]:\n            out.append(a[i]); i += 1\n"
        "        else:\n            out.append(b[j]); j += 1\n    return out + a[i:] + b[j:]\nreturn sort(X)",
        numbers,
        LONG,
        {"n": 1},
        {},
    ),
    python(
        "halves",
        "def total(i, j):\n    if j - i < 2:\n        return X[i]\n    k = (i + j) // 2\n"
        "    return total(i, k) + total(k, j)\nreturn total(0, len(X))",
        numbers,
        LONG,
        {"n": 1},
        {"n": 0},
    ),
    python(
        "edit distance",
        "row = list(range(len(Y) + 1))\nfor i, a in enumerate(X, 1):\n    last, row[0] = row[0], i\n    for j, b in enumerate(Y, 1):\n"
        "        last, row[j] = row[j], min(last + (a != b), row[j] + 1, row[j - 1] + 1)\nreturn row[-1]",
        two_words,
        {"n": (16, 4096), "m": (16, 4096)},
        {"n": 1, "m": 1},
        {},
    ),
    python(
        "longest common subsequence",
        "T = [[0] * (len(Y) + 1) for _ in range(len(X) + 1)]\nfor i, a in enumerate(X):\n    for j, b in enumerate(Y):\n"
        "        T[i + 1][j + 1] = T[i][j] + 1 if a == b else max(T[i][j + 1], T[i + 1][j])\nreturn T[-1][-1]",
        two_words,
        {"n": (16, 4096), "m": (16, 4096)},
        {"n": 1, "m": 1},
        {},
    ),
    python(
        "sieve",
        "p = bytearray([1]) * (X + 1)\nfor i in range(2, int(X**0.5) + 1):\n    if p[i]:\n"
        "        p[i * i :: i] = bytes(len(range(i * i, X + 1, i)))\nreturn sum(p) - 2",
        count,
        {"n": (1000, 4_000_000)},
        {"n": 1},
        {"n": 1},
    ),
    python("a window", "w = 64\nreturn np.lib.stride_tricks.sliding_window_view(X, w).max(axis=1)", vector, LONG, {"n": 1}, {"n": 1}),
)
