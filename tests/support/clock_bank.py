"""A bank with one problem whose work is worth hiding: ``spread``, with honest solutions that lie far apart.

Entry i of the result is the sum of |x[i] - x[j]| over all j. `NAIVE` is the baseline, `ROWS` is about ten times as fast, and
`SORTED` a thousand times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = """
name = "Spread"
version = "1.0.0"
uuid = "7f7cf4a3-6d0e-4b7e-9c57-43d9f1c8a2b6"
license = "MIT"
topic = "warm-up"
difficulty = 1
par_time = 5
functions = ["spread"]
[limits]
time_limit = 2.0
memory = 256
[speed]
function = "spread"
size = {n = 700}
targets = [4, 40]
standard = "STANDARD"
[scoring.groups.base]
points = 60
[scoring.tiers]
"4x" = 10
"40x" = 30
"""

CASES = '''
"""Inputs of the problem."""
from judge.authoring import check_close


def make_case(rng, *, n):
    return (rng.normal(size=n),)


def check_case(args, got, want):
    check_close(got, want)
'''

HIDDEN = '''
"""The property of the problem; few inputs, since what is wrong is wrong for all of them here."""
import numpy as np
from judge.authoring import check_close, rule


@rule(group="base")
def every_entry_sums_the_distances(solution, oracle):
    """Entry i of the result is the sum of |x[i] - x[j]| over all j."""
    for seed, size in enumerate((1, 2, 2, 3, 7, 40)):
        x = np.random.default_rng(seed).normal(size=size)
        check_close(solution.spread(x), oracle.spread(x))
'''

NAIVE = """
import numpy as np


def spread(x):
    out = []
    for a in x.tolist():
        total = 0.0
        for b in x.tolist():
            total += abs(a - b)
        out.append(total)
    return np.array(out)
"""

ROWS = """
import numpy as np


def spread(x):
    x = x.astype(np.float64)
    return np.array([np.abs(x - a).sum() for a in x])
"""

SORTED = """
import numpy as np


def spread(x):
    x = x.astype(np.float64)
    order = np.argsort(x)
    ranked = x[order]
    below = np.cumsum(ranked)
    place = np.arange(1, len(x) + 1)
    out = np.empty(len(x))
    out[order] = ranked * (2 * place - len(x)) + below[-1] - 2 * below
    return out
"""

EXAMPLES = """
import numpy as np
from judge.authoring import Example

EXAMPLES = [Example("two", "spread", (np.array([1.0, 3.0]),), np.array([2.0, 2.0]))]
"""


def write_bank(folder: Path, *, reference: str = SORTED, standard: str = "baseline") -> Path:
    """Write the bank into a folder and return it."""
    question, answer = folder / "problems" / "spread", folder / "reference" / "spread"
    question.mkdir(parents=True)
    answer.mkdir(parents=True)
    (question / "problem.toml").write_text(MANIFEST.replace("STANDARD", standard))
    (question / "cases.py").write_text(CASES)
    (question / "hidden_tests.py").write_text(HIDDEN)
    (question / "statement.md").write_text("# Spread\n\nReturn the sum of distances of each entry to all.\n")
    (question / "starter.py").write_text("def spread(x):\n    raise NotImplementedError\n")
    (question / "examples.py").write_text(EXAMPLES)
    (answer / "naive.py").write_text(NAIVE)
    (answer / "vectorized.py").write_text(reference)
    return folder
