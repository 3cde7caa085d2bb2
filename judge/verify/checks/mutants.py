"""Mutation testing of the reference and the naive solution: small mistakes in a right solution are rejected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from judge.errors import PackageError
from judge.model import Verdict
from judge.verify.bench import broken_by
from judge.verify.equivalence import Doubt, Word, examine
from judge.verify.model import Check, Figures, Finding
from judge.verify.mutants import breed, draw
from judge.verify.trial import Trial

if TYPE_CHECKING:
    from judge.verify.bench import Bench
    from judge.verify.equivalence import Ruling
    from judge.verify.mutants import Mutant

__all__ = ["run"]

SHARE = 0.98
"""Mutants that must be rejected, of those that are not equivalent."""
FIRST_SEED = 100
"""Of those for the inputs on which a surviving mutant is compared with the original; away from the other checks' seeds."""
EVIDENCE = 12
"""Lines of a call that are shown below a diff."""


def patience(slowest: float) -> float:
    """Return how many CPU seconds a mutant's call is waited for, when the original's slowest took so many."""
    return 1.0 + 10.0 * slowest


@dataclass
class _Tally:
    """What came of the mutants."""

    killed: int = 0
    by_group: int = 0
    equal: int = 0
    survivors: int = 0


def run(bench: Bench) -> Check:
    """Breed, draw and try mutants; look again at those that pass."""
    own = bench.own_outcomes
    for name, outcome in own.items():
        if outcome.verdict is not Verdict.AC:
            msg = f"problem {bench.problem.slug}: its own {name} is not accepted: {outcome.words}"
            raise PackageError(msg)
    broods = [breed(name, source.decode()) for name, source in bench.originals.items()]
    everyone = tuple(mutant for brood in broods for mutant in brood.mutants)
    chosen = everyone if bench.options.mutants is None else draw(everyone, bench.options.mutants)
    trials = [Trial(mutant.name, mutant.source.encode(), seed=0, patience=patience(own[mutant.name].slowest)) for mutant in chosen]
    outcomes = bench.try_all("mutants", trials)

    tally, findings, passed = _Tally(), [], []
    for mutant, outcome in zip(chosen, outcomes, strict=True):
        bench.caught.update([outcome.first] if outcome.first else [])
        if outcome.broke:
            findings.append(broken_by(mutant.title, outcome))
        elif outcome.verdict is not Verdict.AC:
            tally.killed += 1
        elif own[mutant.name].groups - outcome.groups:
            tally.killed += 1
            tally.by_group += 1
        else:
            passed.append(mutant)
    survivors = _look_again(bench, passed, tally)
    judged = len(chosen) - tally.equal
    share = tally.killed / judged if judged else 1.0
    findings += survivors if share < SHARE else []
    return Check(
        name="mutants",
        summary=_summary(len(everyone), len(chosen), tally, share),
        findings=tuple(findings),
        notes=() if share < SHARE else tuple(survivors),
        figures=Figures(
            mutants_all=len(everyone),
            mutants_ran=len(chosen),
            mutants_killed=tally.killed,
            mutants_killed_by_group=tally.by_group,
            mutants_proved_equal=sum(brood.equal for brood in broods),
            mutants_observed_equal=tally.equal,
            mutants_survived=tally.survivors,
        ),
    )


def _look_again(bench: Bench, passed: list[Mutant], tally: _Tally) -> list[Finding]:
    """Tell equivalent mutants from survivors; return a finding for each survivor."""
    groups = {name: [mutant for mutant in passed if mutant.name == name] for name in bench.originals}
    seeds = tuple(range(FIRST_SEED, FIRST_SEED + bench.options.more_seeds))
    doubts = [
        Doubt(name, bench.originals[name], tuple(mutant.source.encode() for mutant in mutants), seeds)
        for name, mutants in groups.items()
        if mutants
    ]
    reports = bench.crew.map(examine, bench.problem, doubts, lambda done, total: bench.progress("comparing mutants", done, total))
    survivors = []
    for doubt, rulings in zip(doubts, reports, strict=True):
        for mutant, ruling in zip(groups[doubt.name], rulings, strict=True):
            tally.killed += ruling.word is Word.killed
            tally.equal += ruling.word is Word.equal
            if ruling.word is Word.other:
                tally.survivors += 1
                survivors.append(_finding(bench, mutant, ruling))
    return survivors


def _finding(bench: Bench, mutant: Mutant, ruling: Ruling) -> Finding:
    original = bench.originals[mutant.name].decode()
    lines = ruling.evidence.splitlines()
    shown = lines if len(lines) <= EVIDENCE else [*lines[:EVIDENCE], f"... {len(lines) - EVIDENCE} more lines"]
    return Finding(title=f"{mutant.title}: survived", detail="\n".join([mutant.diff(original), "", "It answers differently:", *shown]))


def _summary(every: int, ran: int, tally: _Tally, share: float) -> str:
    parts = [f"{tally.killed} rejected", f"{tally.equal} equivalent", f"{tally.survivors} survived"]
    if tally.by_group:
        parts[0] += f" ({tally.by_group} by losing a scoring group)"
    return f"{ran} of {every} mutants ran: {', '.join(parts)}: {share:.1%} (must reach {SHARE:.0%})"
