"""A tiny problem bank with one problem, ``double``, for tests of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = """
name = "Double"
version = "1.2.3"
uuid = "4cf5fa7f-17a4-4a70-a3c4-6b1cbd0ac9ab"
license = "MIT"
topic = "warm-up"
difficulty = 1
par_time = 5
functions = ["double"]
[limits]
time_limit = 1.0
memory = 128
output = 1
[speed]
function = "double"
size = {n = 20000}
[scoring.groups.base]
points = 60
[scoring.groups.extra]
points = 10
required = false
[scoring.tiers]
"10x" = 10
"100x" = 30
"""

CASES = '''
"""Inputs of the tiny problem."""
from judge.authoring import check_close


def make_case(rng, *, n):
    return (rng.normal(size=n),)


def check_case(args, got, want):
    check_close(got, want)
'''

HIDDEN = '''
"""Properties of the tiny problem."""
import numpy as np
from hypothesis import given, strategies as st
from judge.authoring import check_close, check_raises, matrix, rule


@st.composite
def vectors(draw):
    return matrix(draw, draw(st.integers(0, 6)))


@rule(group="base")
@given(x=vectors())
def every_entry_is_doubled(solution, oracle, x):
    """Every entry of the result is twice that of x, as float64."""
    check_close(solution.double(x), oracle.double(x))


@rule(group="base")
@given(x=vectors())
def doubling_twice_is_four_times(solution, x):
    """Doubling a result doubles it again."""
    check_close(solution.double(solution.double(x)), 4.0 * x.astype(np.float64), "the second result")


@rule(group="base")
def a_matrix_is_invalid(solution):
    """x must have one dimension, else ValueError."""
    check_raises(solution.double, np.zeros((2, 2)), because="ndim is 2")


@rule(group="extra")
@given(x=vectors())
def zeros_stay_positive(solution, x):
    """An extra rule that only adds points: 0 gives +0.0."""
    check_close(np.signbit(solution.double(np.zeros(len(x)))).astype(float), np.zeros(len(x)))
'''

NAIVE = """
import numpy as np


def double(x):
    if x.ndim != 1:
        raise ValueError("one dimension, please")
    out = []
    for value in x:
        out.append(float(value) * 2.0)
    return np.array(out, dtype=np.float64)
"""

VECTORIZED = """
import numpy as np


def double(x):
    if x.ndim != 1:
        raise ValueError("one dimension, please")
    return x.astype(np.float64) * 2.0
"""

EXAMPLES = """
import numpy as np
from judge.authoring import Example

EXAMPLES = [Example("one two", "double", (np.array([1.0, 2.0]),), np.array([2.0, 4.0]))]
"""


def write_bank(folder: Path) -> Path:
    """Write the bank into a folder and return it."""
    question, answer = folder / "problems" / "double", folder / "reference" / "double"
    question.mkdir(parents=True)
    answer.mkdir(parents=True)
    (question / "problem.toml").write_text(MANIFEST)
    (question / "cases.py").write_text(CASES)
    (question / "hidden_tests.py").write_text(HIDDEN)
    (question / "statement.md").write_text("# Double\n\nReturn twice x.\n")
    (question / "starter.py").write_text("def double(x):\n    raise NotImplementedError\n")
    (question / "examples.py").write_text(EXAMPLES)
    (answer / "naive.py").write_text(NAIVE)
    (answer / "vectorized.py").write_text(VECTORIZED)
    return folder
