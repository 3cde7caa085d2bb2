"""Measurement, claim and source put side by side, one plain sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judge.complexity.claim import claimed_exponents, contradictions, read_claims, unknown_names
from judge.model import Claim, Complexity, Note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from judge.catalog import Problem
    from judge.model import Growth

__all__ = ["describe"]


def describe(problem: Problem, source: str, growth: Growth, reference: Growth, remarks: Iterable[Note]) -> Complexity:
    """Write the complexity part of the report.

    Parameters
    ----------
    problem : Problem
        The problem; its manifest names the size variables.
    source : str
        The submission's text, for the claim.
    growth, reference : Growth
        As measured.
    remarks : iterable of Note
        What the source or the query plan suggests; they come last.
    """
    manifest = problem.manifest
    claims = read_claims(source, manifest.language)
    ranges = {name: (float(variable.low), float(variable.high)) for name, variable in manifest.variables.items()}
    sizes = {name: (low * high) ** 0.5 for name, (low, high) in ranges.items()}
    fixed = {name: float(value) for name, value in manifest.speed.size.items() if name not in ranges}
    flags: list[str] = []
    notes = [Note(text=problem_) for problem_ in claims.problems]
    for what, expression, measured in (("time", claims.time, growth.time), ("space", claims.space, growth.space)):
        if expression is None:
            continue
        notes += [Note(text=sentence) for sentence in unknown_names(expression, (*ranges, *fixed))]
        flags += contradictions(claimed_exponents(expression, sizes | fixed, ranges), measured, what)
    sentences = [_sentence(name, variable.title, growth, reference) for name, variable in manifest.variables.items()]
    return Complexity(
        time=growth.time,
        space=growth.space,
        reference=reference,
        claim=Claim(time=claims.time_text, space=claims.space_text, flags=tuple(flags)),
        notes=(*(Note(text=sentence) for sentence in sentences), *notes, *remarks),
    )


def _sentence(name: str, title: str, growth: Growth, reference: Growth) -> str:
    """Say in plain words what twice as much of one variable costs."""
    begin = f"Twice the {title} ({name})"
    if name not in growth.time and name not in growth.space:
        return f"{begin}: not measured; the calls took too long or failed."
    yours, theirs = _costs(name, growth), _costs(name, reference)
    return f"{begin}: {yours}" + (f"; the reference {theirs}." if theirs else ".")


def _costs(name: str, growth: Growth) -> str:
    parts = [
        f"{2 ** kind[name].exponent:.1f}x the {what}" for what, kind in (("time", growth.time), ("memory", growth.space)) if name in kind
    ]
    return " and ".join(parts)
