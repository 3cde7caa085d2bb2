"""Canaries fail: no property is so weak that an answer of zeros, the input itself or the previous answer gets past it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judge.model import Verdict
from judge.verify.bench import broken_by
from judge.verify.canaries import canaries_of
from judge.verify.model import Check, Figures, Finding
from judge.verify.trial import Trial

if TYPE_CHECKING:
    from judge.verify.bench import Bench

__all__ = ["run"]


def run(bench: Bench) -> Check:
    """Try every canary; none may be accepted."""
    canaries = canaries_of(bench.problem)
    trials = [Trial(f"canary{bench.problem.suffix}", canary.source, seed=0) for canary in canaries]
    outcomes = bench.try_all("canaries", trials)
    findings = []
    for canary, outcome in zip(canaries, outcomes, strict=True):
        title = f"{canary.function}: {canary.title}"
        if outcome.broke:
            findings.append(broken_by(title, outcome))
        elif outcome.verdict is Verdict.AC:
            findings.append(Finding(title=f"{title}: accepted", detail="No required property notices."))
    failed = len(canaries) - len(findings)
    return Check(
        name="canaries",
        summary=f"{failed} of {len(canaries)} canaries are rejected",
        findings=tuple(findings),
        figures=Figures(canaries=len(canaries)),
    )
