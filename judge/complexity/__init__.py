"""How a solution grows with the sizes of its input: what is claimed, what is measured, what the source suggests.

- `judge.complexity.growth` measures exponents, and `judge.complexity.curves` what a picture shows;
- `judge.complexity.claim` reads the learner's claim from a comment and compares it with the measurement;
- `judge.complexity.remarks` says what in a Python source makes it slow, line by line;
- `judge.complexity.plan` says the same of a query's plan.

All of it informs; none of it changes a verdict.
"""

from __future__ import annotations

from judge.complexity.advice import remarks_on
from judge.complexity.claim import Claims, claimed_exponents, contradictions, read_claims, unknown_names
from judge.complexity.curves import measure_curves
from judge.complexity.describe import describe
from judge.complexity.expression import Expression
from judge.complexity.growth import Subject, measure_growth
from judge.complexity.known import known_growth
from judge.complexity.plan import plan_remarks
from judge.complexity.remarks import link_sections, remarks

__all__ = [
    "Claims",
    "Expression",
    "Subject",
    "claimed_exponents",
    "contradictions",
    "describe",
    "known_growth",
    "link_sections",
    "measure_curves",
    "measure_growth",
    "plan_remarks",
    "read_claims",
    "remarks",
    "remarks_on",
    "unknown_names",
]
