"""Every labelled submission gets the verdict of its folder, for the property and with the tier that its header names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from judge.model import Verdict
from judge.verify.bench import broken_by
from judge.verify.labels import BELOW
from judge.verify.meter import measure
from judge.verify.model import Check, Figures, Finding

if TYPE_CHECKING:
    from judge.timing import SpeedOutcome
    from judge.verify.bench import Bench
    from judge.verify.labels import Labelled
    from judge.verify.trial import Outcome

__all__ = ["run"]

ACCEPTED, WRONG = 5, 15
"""Labelled submissions that a package should have at least; fewer are noted."""
ATTEMPTS = 3
"""Measurements of a submission whose tier is not the stated one: a busy machine is no reason to fail it."""


def run(bench: Bench) -> Check:
    """Judge the corpus with one seed; measure what is correct."""
    outcomes = bench.verdicts(0, shrink=True)
    findings: list[Finding] = []
    for place, item in enumerate(bench.corpus):
        outcome = outcomes[item.name]
        if outcome.broke:
            findings.append(broken_by(item.name, outcome))
        elif outcome.verdict is Verdict.AC:
            bench.progress(f"speed of {item.name}", place, len(bench.corpus))
            findings += _judge_speed(bench, item, outcome)
        else:
            findings += _judge(item, outcome)
    right = len(bench.corpus) - len({finding.title.split(":")[0] for finding in findings})
    return Check(
        name="corpus",
        summary=f"{right} of {len(bench.corpus)} labelled submissions end as labelled",
        findings=tuple(findings),
        notes=tuple(_notes(bench)),
        figures=Figures(submissions=len(bench.corpus)),
    )


def _judge(item: Labelled, outcome: Outcome) -> list[Finding]:
    """Compare the label with a verdict that fell without a clock."""
    if item.verdict not in {None, outcome.verdict}:
        return [Finding(title=f"{item.name}: {item.verdict} expected, but {outcome.words}", detail=item.why)]
    if item.fails is not None and item.fails != outcome.first:
        first = outcome.first or "none"
        return [Finding(title=f"{item.name}: should fail in {item.fails}, but failed in {first}", detail=outcome.message)]
    return []


def _judge_speed(bench: Bench, item: Labelled, outcome: Outcome) -> list[Finding]:
    """Measure a correct submission and compare verdict and tier with the label."""
    found = _judge(item, outcome) if item.verdict is Verdict.AC else []
    for seed in range(ATTEMPTS):
        speed = measure(bench, item.file, item.source, seed)
        complaint = _complaint(item, speed)
        if not complaint:
            return found
    return [*found, Finding(title=f"{item.name}: {complaint}", detail=item.why)]


def _complaint(item: Labelled, outcome: SpeedOutcome) -> str:
    """Say what of a measurement contradicts the label, or nothing."""
    speed, failure = outcome.speed, outcome.failure
    if failure is not None or speed is None:
        verdict = None if failure is None else failure.verdict
        return "" if item.verdict in {None, verdict} else f"{item.verdict} expected, but {verdict}: {failure and failure.message}"
    if item.verdict not in {None, Verdict.AC}:
        return f"{item.verdict} expected, but it is accepted"
    if item.cheats:
        return "" if speed.tier == BELOW else f"the cheat gains tier {speed.tier} ({speed.speedup:.3g}x)"
    if speed.void is not None:
        return f"its tier is void: {speed.void}"
    if item.tier is not None and item.tier != speed.tier:
        return f"tier {item.tier} expected, but {speed.tier} ({speed.speedup:.3g}x, {speed.low:.3g} to {speed.high:.3g})"
    return ""


def _notes(bench: Bench) -> list[Finding]:
    """Say what the corpus lacks."""
    labels = Counter(item.verdict is Verdict.AC for item in bench.corpus if not item.cheats)
    notes = []
    if labels[True] < ACCEPTED:
        notes.append(Finding(title=f"only {labels[True]} accepted submissions; {ACCEPTED} are a start"))
    if labels[False] < WRONG:
        notes.append(Finding(title=f"only {labels[False]} wrong submissions; {WRONG} are a start"))
    silent = [item.name for item in bench.corpus if item.verdict is Verdict.WA and item.fails is None and not item.cheats]
    if silent:
        notes.append(Finding(title=f"{len(silent)} wrong submissions do not say which property they fail", detail="\n".join(silent)))
    return notes
