"""A verdict does not depend on the seed: every labelled submission is judged with several, without a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judge.verify.bench import broken_by
from judge.verify.model import Check, Figures, Finding
from judge.verify.trial import Trial

if TYPE_CHECKING:
    from judge.verify.bench import Bench
    from judge.verify.labels import Labelled
    from judge.verify.trial import Outcome

__all__ = ["run"]


def run(bench: Bench) -> Check:
    """Compare the verdicts of further seeds with those of the first."""
    first = bench.verdicts(0, shrink=True)
    findings: list[Finding] = []
    notes: list[Finding] = []
    for seed in range(1, bench.options.seeds):
        outcomes = bench.verdicts(seed)
        outcomes = outcomes | _again(
            bench, seed, [item for item in bench.corpus if outcomes[item.name].verdict != first[item.name].verdict]
        )
        for item in bench.corpus:
            finding = _compare(item.name, first[item.name], outcomes[item.name], seed)
            if finding is not None:
                findings.append(finding)
            elif item.fails and outcomes[item.name].first != item.fails:
                notes.append(
                    Finding(title=f"{item.name}: with seed {seed} it fails in {outcomes[item.name].first} first, not in {item.fails}")
                )
    unsteady = len({finding.title.split(":")[0] for finding in findings})
    return Check(
        name="determinism",
        summary=f"{bench.options.seeds} seeds, the same verdict for {len(bench.corpus) - unsteady} of {len(bench.corpus)} submissions",
        findings=tuple(findings),
        notes=tuple(notes),
        figures=Figures(seeds=bench.options.seeds, submissions=len(bench.corpus)),
    )


def _again(bench: Bench, seed: int, items: list[Labelled]) -> dict[str, Outcome]:
    """Judge by the smallest counterexample, as a judgement does: it may be of another kind than the first that was met."""
    trials = [Trial(item.file, item.source, seed, shrink=True) for item in items]
    outcomes = bench.try_all(f"labelled submissions again, seed {seed}", trials)
    return {item.name: outcome for item, outcome in zip(items, outcomes, strict=True)}


def _compare(name: str, first: Outcome, other: Outcome, seed: int) -> Finding | None:
    if other.broke:
        return broken_by(f"{name}: with seed {seed}", other)
    if other.verdict != first.verdict:
        detail = f"seed 0: {first.words}\nseed {seed}: {other.words}"
        return Finding(title=f"{name}: {first.verdict} with seed 0, {other.verdict} with seed {seed}", detail=detail)
    return None
