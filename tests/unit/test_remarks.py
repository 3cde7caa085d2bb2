"""What in a Python source is remarked on, what is left alone, and where the remark leads."""

from __future__ import annotations

import ast
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.catalog import Catalog
from judge.complexity.remarks import KINDS, MAX_REMARKS, link_sections, remarks, sentence, worded
from judge.model import Note

PROBLEMS = Path(__file__).parents[2] / "problems"
SHIPPED = sorted(PROBLEMS.glob("*/submissions/*/*.py"))


def found(source):
    """Return (line, the sentence's finding) of each remark."""
    return [(note.line, note.text.rpartition("; ")[0]) for note in remarks(textwrap.dedent(source))]


@pytest.mark.parametrize(
    ("source", "line", "finding"),
    [
        ("def f(X):\n    for row in X:\n        g(row)", 2, "a Python loop over the rows of X"),
        ("def f(X):\n    for i, row in enumerate(X):\n        g(row)", 2, "a Python loop over the rows of X"),
        ("def f(X):\n    for i in range(len(X)):\n        g(i)", 2, "a Python loop over the rows of X"),
        ("def f(X):\n    for i in range(X.shape[0]):\n        g(i)", 2, "a Python loop over the rows of X"),
        ("def f(X):\n    n, d = X.shape\n    for i in range(n):\n        g(i)", 3, "a Python loop over the rows of X"),
        ("def f(X):\n    n, d = X.shape\n    for j in range(d):\n        g(j)", 3, "a Python loop over the columns of X"),
        ("def f(X):\n    for x, y in zip(X.tolist(), g):\n        g(x)", 2, "a Python loop over the rows of X"),
        ("def f(X):\n    rows = X.astype(float).tolist()\n    return [g(x) for x in rows]", 3, "a Python loop over the rows of X"),
        ("def f(X):\n    A = np.asarray(X)\n    for i in range(len(A)):\n        g(i)", 3, "a Python loop over the rows of X"),
        ("def f(y: np.ndarray):\n    return sum(g(v) for v in y)", 2, "a Python loop over the entries of the array y"),
        ("def f(y):\n    y = y.astype(int)\n    for v in y:\n        g(v)", 3, "a Python loop over the entries of the array y"),
        (
            "def f(X):\n    return h(X)\n\ndef h(points):\n    return [g(p) for p in points]",
            5,
            "a Python loop over the entries of the array points",
        ),
        ("def f(X, Y):\n    for x in X:\n        for y in Y:\n            g(x, y)", 3, "loops over the input, 2 deep"),
        ("def f(X):\n    for x in X:\n        for v in x:\n            g(v)", 3, "loops over the input, 2 deep"),
        (
            "def f(s: list[int]):\n    for i in range(len(s)):\n        for j in range(len(s)):\n            g(i, j)",
            3,
            "loops over the input, 2 deep",
        ),
        (
            "def f(X):\n    out = []\n    for x in X:\n        out.append(g(x))\n    return np.array(out)",
            4,
            "the list out grows in a loop and then becomes an array",
        ),
        (
            "def f(X):\n    out = np.zeros(0)\n    while g():\n        out = np.append(out, 1)",
            4,
            "out is copied as a whole each time it grows",
        ),
        ("def f(X):\n    while g():\n        out = np.concatenate([out, [1]])", 3, "out is copied as a whole each time it grows"),
        ("def f(df):\n    while g():\n        df = pd.concat([df, g()])", 3, "df is copied as a whole each time it grows"),
        ("def f(df):\n    return [g(row) for _, row in df.iterrows()]", 2, "iterrows makes a Python object of every row"),
        ("def f(df):\n    for row in df.itertuples():\n        g(row)", 2, "itertuples makes a Python object of every row"),
        ("def f(df):\n    return df.apply(g, axis=1)", 2, "apply with axis=1 calls Python once for every row"),
        ("def f(x):\n    return np.vectorize(g)(x)", 2, "np.vectorize calls a Python function once for every entry or row"),
        (
            "def f(X):\n    return np.apply_along_axis(g, 1, X)",
            2,
            "np.apply_along_axis calls a Python function once for every entry or row",
        ),
        (
            "def f(x):\n    s = ''\n    while g():\n        s += g()\n    return s",
            4,
            "the string s grows in a loop and may be copied each time",
        ),
        (
            "def f(x):\n    seen = []\n    for v in x:\n        if v in seen:\n            g(v)",
            4,
            "`in` walks through the list seen in every step of the loop",
        ),
        (
            "def f(x):\n    names = list(x)\n    for v in x:\n        g(names.index(v))",
            4,
            "index or count walks through the list names in every step of the loop",
        ),
        (
            "def f(x):\n    names = sorted(x)\n    return [names.count(v) for v in x]",
            3,
            "index or count walks through the list names in every step of the loop",
        ),
        ("def f(x: list[int]):\n    while x:\n        g(x.pop(0))", 3, "the first entry of the list x comes or goes in a loop"),
        ("def f(x):\n    out = []\n    while x:\n        out.insert(0, g())", 4, "the first entry of the list out comes or goes in a loop"),
    ],
)
def test_what_is_likely_to_be_slow_is_remarked_on(source, line, finding):
    assert (line, finding) in found(source)


@pytest.mark.parametrize(
    "source",
    [
        "def f(X, max_iters):\n    for _ in range(max_iters):\n        X = X @ X",
        "def f(X, max_iters):\n    for step in range(max_iters):\n        X = X @ X",
        "def f(X):\n    for start in range(0, len(X), 256):\n        g(X[start : start + 256])",
        "def f(X):\n    for block in np.array_split(X, 8):\n        g(block)",
        "def f(X):\n    for i in np.flatnonzero(X.any(axis=1)):\n        g(i)",
        "def f(y):\n    y = y.astype(int)\n    for label in np.unique(y):\n        g(y == label)",
        "def f(X):\n    for k in range(3):\n        for j in range(4):\n            g(k, j)",
        "def f(X):\n    for name in ('a', 'b'):\n        g(name)",
        "def f(text: str, merges: list):\n    for left, right in merges:\n        text = text.replace(left, right)",
        "def f(words):\n    for word in words:\n        g(word)",
        "def f(x):\n    out = []\n    for v in x:\n        out.append(v)\n    return out",
        "def f(x, max_iters):\n    out = []\n    for _ in range(max_iters):\n        out.append(x)\n    return np.array(out)",
        "def f(x):\n    parts = [g(), g()]\n    return np.concatenate(parts)",
        "def f(x):\n    while g():\n        y = np.concatenate([g(), x])",
        "def f(df):\n    return df.apply(g)",
        "def f(x):\n    total = 0\n    for v in x:\n        total += v",
        "def f(x):\n    seen = set()\n    for v in x:\n        if v in seen:\n            g(v)",
        "def f(x):\n    kinds = ['a', 'b']\n    for v in x:\n        if v in kinds:\n            g(v)",
        "def f(x):\n    for v in x:\n        if v in (1, 2):\n            g(v)",
        "def f(x):\n    if x in list(g()):\n        return [1].index(1)",
        "def f(text: str):\n    while g():\n        text.index('a')",
        "def f(x):\n    queue = deque(x)\n    while queue:\n        queue.popleft()",
        "def f(x: list):\n    while x:\n        x.pop()",
    ],
)
def test_what_is_done_well_or_is_not_known_is_left_alone(source):
    assert found(source) == []


def test_the_vectorized_references_get_no_remark():
    for problem in Catalog().problems():
        if problem.manifest.language == "python":
            assert remarks(problem.reference_source.decode()) == (), problem.slug


def test_plain_loops_and_pairs_of_shipped_solutions_get_remarks():
    solutions = ("cosine_similarity/submissions/accepted/pair_by_pair.py", "pairwise_distances/submissions/accepted/plain_loops.py")
    for name in solutions:
        text = " ".join(note.text for note in remarks((PROBLEMS / name).read_text()))
        assert "a Python loop over the rows of X" in text
        assert "deep" in text


def test_remarks_come_by_line_one_a_line_and_are_not_repeated():
    many = "def f(X):\n" + "".join(f"    for a{i} in X:\n        b{i} = list(g())\n        b{i}.pop(0); b{i}.index(1)\n" for i in range(30))
    notes = remarks(many)
    lines = [note.line for note in notes]
    assert len(notes) == MAX_REMARKS
    assert lines == sorted(set(lines))
    assert len({note.text for note in notes}) == MAX_REMARKS


def test_every_shipped_solution_is_read_without_a_fault():
    assert len(SHIPPED) > 50
    for path in SHIPPED:
        notes = remarks(path.read_text())
        lines = path.read_text().count("\n") + 1
        assert all(note.line is not None and 0 < note.line <= lines for note in notes)


names = st.sampled_from(["X", "x", "np", "range", "len", "zip", "enumerate", "list", "append", "shape", "y"])


EXPRESSIONS = (
    *("{a}({b})", "({a}).T", "({a})[{b}]", "({a})[{b}, :]", "[{a} for x in {b}]", "({a} + {b})", "(lambda x: {a})", "({a}).shape[0]"),
    *("({a} in {b})", "np.array({a}, {b})", "np.append({a}, {b})", "(y := {a})", "({a}).index({b})", "({a}).pop(0)", "range({a}, {b})"),
)
STATEMENTS = (
    *("for {n} in {e}: {n} = {e}", "while {e}: {n} += {e}", "{n}, y = {e}", "{n}: list = {e}", "return {e}, {e}"),
    *("def {n}(X, *y, x={e}): return {e}", "class {n}: f = {e}"),
)


def compounds(inner):
    return st.builds(lambda form, a, b: form.format(a=a, b=b), st.sampled_from(EXPRESSIONS), inner, inner)


@st.composite
def programs(draw):
    """Nonsense that parses, for the most part: forms filled with names and with one another."""
    expression = draw(st.recursive(names, compounds, max_leaves=10))
    statement = draw(st.sampled_from(STATEMENTS)).format(n=draw(names), e=expression)
    return f"def f(X, x: np.ndarray, y):\n    {statement}\n"


@given(source=programs() | st.text())
def test_no_source_makes_the_scan_raise(source):
    for note in remarks(source):
        assert note.line is not None


@pytest.mark.parametrize(
    "source",
    [
        "-" * 200_000 + "1",
        "a" + ".b" * 100_000,
        "x = " + "+".join(["x"] * 900),
        "[x for x in X " + "for y in X " * 20_000 + "]",
        "def f(X: " + "+".join(["a"] * 900) + "): pass\n" + "f(y)\n" * 40_000,
        "def f(X):\n" + "    for x in X: y = np.append(y, x)\n" * 6_000,
        "\n".join(f"def f{i}(X): return f{i - 1}(X)" for i in range(8_000)),
        "x = '\\d'\n\0",
        "\ud800",
    ],
)
def test_a_hostile_source_is_read_in_bounded_time(source):
    began = time.process_time()
    remarks(source)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "answer",
    [
        *(None, 1, "rows", [1], [(1, "rows")], [("1", "rows", "X")], [(1, "unknown", "X")], [(0, "rows", "X")], [(1 << 30, "rows", "X")]),
        *([(1, "rows", name)] for name in ("", "a b", "{x}", "\x1b[2J", "X" * 41, "::error::")),
    ],
)
def test_what_a_hostile_box_answers_is_taken_only_where_it_is_well_formed(answer):
    assert worded(answer) == ()


# -- sections ------------------------------------------------------------------------------------------------------

LINKS = [
    ("bpe", "rows", "recount-in-numpy"),
    ("bpe", "nested", "recount-in-loops"),
    ("bpe", "front", "linked-list-and-heap"),
    ("cosine_similarity", "rows", "one-row-at-a-time"),
    ("cosine_similarity", "nested", "plain-loops"),
    ("f1", "entries", "loops"),
    ("f1", "member", "labels-as-indices"),
    ("kmeans", "rows", "a-matrix-product"),
    ("kmeans", "nested", "plain-loops"),
    ("pairwise_distances", "rows", "broadcasting"),
    ("pairwise_distances", "mapped", "broadcasting"),
    ("sql_retention", "correlated", "one-pass"),
]


@pytest.mark.parametrize(("slug", "kind", "section"), LINKS)
def test_a_remark_leads_to_the_section_that_says_most_about_it(slug, kind, section):
    (note,) = link_sections([Note(text=sentence(kind, "X"), line=3)], Catalog().problem(slug).editorial)
    assert (note.section, note.line) == (section, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_leads_to_a_section_of_every_editorial(kind):
    for problem in Catalog().problems():
        (note,) = link_sections([Note(text=sentence(kind, "X"))], problem.editorial)
        assert note.section, problem.slug


def test_other_notes_and_editorials_without_sections_are_left_as_they_are():
    other = Note(text="Twice the points: 2.1x the time.")
    assert link_sections([other], "## Plain loops") == (other,)
    assert link_sections([Note(text=sentence("rows", "X"))], "# Editorial\n\nWords.")[0].section is None


def test_slugs_are_those_of_github():
    editorial = "# Loops\n```\n## no heading: loops\n```\n## Loops, again (2×)!\n## Loops\n"
    note = Note(text=sentence("nested", "2"))
    assert link_sections([note], editorial)[0].section == "loops-again-2"
    assert link_sections([note], editorial.replace(", again (2×)!", ""))[0].section == "loops-1"


def test_the_scan_stands_alone_so_that_it_can_be_sent_into_a_box():
    from judge.complexity import scan  # noqa: PLC0415 - its file is what is looked at

    tree = ast.parse(Path(scan.__file__).read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)} == {
        "__future__",
        "ast",
        "typing",
        "warnings",
    }
