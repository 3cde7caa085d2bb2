"""What the learner claims in a comment, and what the measurement says to it.

In Python ``# time: O(n*m*d)`` and ``# space: O(n*m)``, in SQL the same after ``--``. The source is searched for
comments and never run, imported or compiled.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from judge.complexity.comments import comments
from judge.complexity.grammar import MAX_LENGTH, Unreadable, read_expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from judge.complexity.expression import Expression
    from judge.model import Exponent

__all__ = ["Claims", "claimed_exponents", "contradictions", "read_claims", "unknown_names"]

TOLERANCE = 0.4
"""How far the measured exponent must lie above the claimed one, with its whole interval: caches and small sizes bend it."""
SHOWN = 60
"""Characters of a claim in a sentence about it."""
LINE = re.compile(r"(time|space)(?: complexity)?[ \t]*:(.*)", re.IGNORECASE)
BLANK = frozenset({"", "?", "...", "…", "O()", "O(?)", "O(...)", "O(…)"})
"""What a starter file may hold in place of a claim."""


@dataclass(frozen=True)
class Claims:
    """What a source claims of its growth.

    Parameters
    ----------
    time, space : Expression or None
        The bounds; None where there is no claim or it cannot be read.
    time_text, space_text : str or None
        The claims as written.
    problems : tuple of str
        A sentence for each claim that cannot be read.
    """

    time: Expression | None = None
    space: Expression | None = None
    time_text: str | None = None
    space_text: str | None = None
    problems: tuple[str, ...] = ()


def read_claims(source: str, language: str) -> Claims:
    """Read the first claim of time and the first of space.

    Parameters
    ----------
    source : str
        The submission's text; never run. Any text will do.
    language : str
        ``"python"`` or ``"sql"``.
    """
    found: dict[str, Expression | None] = {}
    texts: dict[str, str] = {}
    problems: list[str] = []
    for line, comment in comments(source, language):
        match = LINE.fullmatch(comment.strip())
        if match is None or match[1].lower() in texts or match[2].strip() in BLANK:
            continue
        what, text = match[1].lower(), match[2].strip()
        try:
            found[what], texts[what] = read_expression(text)
        except Unreadable as error:
            texts[what] = text[:MAX_LENGTH]
            problems.append(f"line {line}: the claim `{_short(text)}` {error}")
    return Claims(found.get("time"), found.get("space"), texts.get("time"), texts.get("space"), tuple(problems))


def unknown_names(expression: Expression, known: Iterable[str]) -> tuple[str, ...]:
    """Say of each name in a claim that it is no size of the problem.

    Parameters
    ----------
    expression : Expression
        The claim.
    known : iterable of str
        The problem's sizes, in the order in which to list them.
    """
    known = tuple(known)
    sizes = ", ".join(known)
    return tuple(f"the claim names `{name}`, which is no size of this problem ({sizes})" for name in sorted(expression.names - set(known)))


def claimed_exponents(expression: Expression, sizes: Mapping[str, float], ranges: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Return the power with which a claim grows in each size over the range in which growth is measured.

    Parameters
    ----------
    expression : Expression
        The claim.
    sizes : mapping of str to float
        Every size of the problem, at its nominal value.
    ranges : mapping of str to (float, float)
        The lowest and the highest value of the sizes that are varied, each while the others are nominal.

    Returns
    -------
    dict of str to float
        The slope between the two ends on logarithmic axes: 2 for ``n*n``, between 1 and 2 for ``n + n^2``. Empty for a claim
        with names that are no sizes: what they stand for is not known. A range of one value is left out.
    """
    if expression.names - sizes.keys() - ranges.keys():
        return {}
    # A size that is not given is one that is varied; while another one is, its lowest value does as well as any.
    nominal = {name: low for name, (low, _) in ranges.items()} | dict(sizes)
    slopes = {}
    for name, (low, high) in ranges.items():
        if 0 < low < high:
            rise = expression.log_at({**nominal, name: high}) - expression.log_at({**nominal, name: low})
            slopes[name] = rise / math.log(high / low)
    return slopes


def contradictions(claimed: Mapping[str, float], measured: Mapping[str, Exponent], what: str) -> tuple[str, ...]:
    """Say where the measurement grows faster than the claim allows, clearly and with its whole interval.

    Parameters
    ----------
    claimed : mapping of str to float
        From `claimed_exponents`.
    measured : mapping of str to Exponent
        What was measured, by size.
    what : str
        ``"time"`` or ``"space"``.
    """
    return tuple(
        f"{what} in {name}: you claim {name}^{_power(claimed[name])}, "
        f"measured {name}^{_power(exponent.low)} to {name}^{_power(exponent.high)}"
        for name, exponent in measured.items()
        if name in claimed and exponent.low > claimed[name] + TOLERANCE
    )


def _power(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}"  # + 0.0 turns -0.0 into 0


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
