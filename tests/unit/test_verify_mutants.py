"""Small mistakes in right solutions: which are made, and which are no mistakes at all."""

from __future__ import annotations

import pytest

from judge.verify.mutants import breed, draw


def mutants(source, name="solution.py"):
    return {mutant.source for mutant in breed(name, source).mutants}


@pytest.mark.parametrize(
    ("source", "mistake"),
    [
        ("a < b\n", "a <= b\n"),
        ("a not in b\n", "a in b\n"),
        ("a + b\n", "a - b\n"),
        ("x = 1\n", "x = 2\n"),
        ("f(x, axis=0)\n", "f(x, axis=1)\n"),
        ("x[1:n]\n", "x[1:]\n"),
        ("x[:n]\n", "x[:n - 1]\n"),
        ("np.float64\n", "np.float32\n"),
        ("a and b\n", "a or b\n"),
        ("a and b\n", "b\n"),
        ("not a\n", "a\n"),
        ("np.argmin(a)\n", "np.argmax(a)\n"),
        ("np.sqrt(a)\n", "a\n"),
        ("a.T\n", "a\n"),
        ("f(a, b)\n", "f(b, a)\n"),
        ("f(a, out=b)\n", "f(a)\n"),
        ("[a for a in b if c]\n", "[a for a in b if True]\n"),
        ("a if c else b\n", "a\n"),
        ("def f(k=3):\n    return k\n", "def f(k=4):\n    return k\n"),
        ("a += b\n", "a -= b\n"),
        ("a += b\n", "a = b\n"),
        ("f(a)\n", "pass\n"),
        ("def f(a, b):\n    return a\n", "def f(a, b):\n    return b\n"),
        ("def f():\n    return a, b\n", "def f():\n    return b, a\n"),
        ("if a != 2:\n    raise ValueError\n", "if False:\n    raise ValueError\n"),
        ("if a:\n    raise ValueError(a)\n", "if a:\n    raise TypeError(a)\n"),
    ],
)
def test_a_python_mistake_is_made(source, mistake):
    assert mistake in mutants(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""Words about 1 < 2."""\n',
        "def f(a: int) -> 'np.float64':\n    pass\n",
        "raise ValueError(f'{1 + 2} is too much', 3)\n",
        "from a import b\n",
        "x = f'{1 + 2}'\n",
    ],
)
def test_words_annotations_and_messages_are_left_alone(source):
    assert not {mutant for mutant in mutants(source) if "ValueError" not in source or "TypeError" not in mutant}


def test_what_compiles_to_the_same_code_is_counted_apart():
    brood = breed("solution.py", "np.maximum(a, b)\n")
    assert brood.equal == 1
    assert "np.maximum(b, a)\n" not in {mutant.source for mutant in brood.mutants}


@pytest.mark.parametrize(
    ("query", "mistake"),
    [
        ("SELECT a FROM t WHERE a < 2", "SELECT a FROM t WHERE a <= 2"),
        ("SELECT a FROM t WHERE a < 2", "SELECT a FROM t WHERE TRUE"),
        ("SELECT DISTINCT a FROM t", "SELECT  a FROM t"),
        ("SELECT coalesce(sum(a), 0) FROM t", "SELECT (sum(a)) FROM t"),
        ("SELECT a FROM t LEFT JOIN u USING (a)", "SELECT a FROM t INNER JOIN u USING (a)"),
        ("SELECT a FROM t JOIN u USING (a)", "SELECT a FROM t LEFT JOIN u USING (a)"),
        ("SELECT a::DATE FROM t", "SELECT a FROM t"),
        ("SELECT CASE WHEN f(a) < 1 THEN 2 END", "SELECT CASE WHEN TRUE THEN 2 END"),
    ],
)
def test_an_sql_mistake_is_made(query, mistake):
    assert mistake in mutants(query, "query.sql")


def test_the_and_of_between_stays():
    assert not any("OR" in mutant for mutant in mutants("SELECT a BETWEEN 1 AND 2", "query.sql"))


def test_a_drawing_is_repeatable_and_spread_over_the_kinds():
    everyone = breed("solution.py", "x = 1 + 2 + 3 + 4 + 5\ny = a < b\nz = a and b\n").mutants
    drawn = draw(everyone, 6)
    assert drawn == draw(everyone, 6)
    assert len(drawn) == 6
    assert {"comparison", "and/or", "constant", "arithmetic"} <= {mutant.operator for mutant in drawn}


def test_a_mutant_shows_itself_as_a_diff():
    source = "a = 1\nb = a < 2\n"
    mutant = next(mutant for mutant in breed("s.py", source).mutants if mutant.operator == "comparison")
    assert mutant.line == 2
    assert "-b = a < 2\n+b = a <= 2" in mutant.diff(source)
