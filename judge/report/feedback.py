"""How much a learner is told: everything, the property's name and rule, or the verdict alone."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from judge.model import PropertyResult
    from judge.pipeline import Judgement

__all__ = ["Feedback", "redact"]


class Feedback(StrEnum):
    """Levels of feedback."""

    full = "full"
    property = "property"
    verdict = "verdict"


def redact(judgement: Judgement, feedback: Feedback) -> Judgement:
    """Return the judgement without what the level withholds."""
    if feedback is Feedback.full:
        return judgement
    report = judgement.report
    properties = tuple(_rule_only(result) for result in report.correctness.properties) if feedback is Feedback.property else ()
    failed = next((result.name.replace("_", " ") for result in properties if result.status == "failed"), None)
    reason = report.reason
    if report.correctness.total and report.verdict != "AC":
        if report.correctness.passed < report.correctness.total:
            reason = f"a hidden property does not hold: {failed}" if failed else "a hidden property does not hold"
        else:  # all of them hold: it failed when it was timed, and the reason may quote an input
            reason = "it failed on the timed case"
    correctness = msgspec.structs.replace(report.correctness, properties=properties)
    report = msgspec.structs.replace(report, correctness=correctness, reason=reason)
    hint = "" if feedback is Feedback.verdict else judgement.hint
    # What the submission printed goes, too: it may have printed its arguments.
    return replace(judgement, report=report, detail="", counterexample="", output="", hint=hint)


def _rule_only(result: PropertyResult) -> PropertyResult:
    rule = result.message.split("\n", 1)[0] if result.message else None
    return msgspec.structs.replace(result, message=rule, counterexample=None)
