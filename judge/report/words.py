"""Words and figures that every report for people uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judge.model import Verdict

if TYPE_CHECKING:
    from judge.pipeline import Judgement

__all__ = ["WORDS", "figure", "next_step"]

WORDS = {
    Verdict.AC: "ACCEPTED",
    Verdict.WA: "WRONG ANSWER",
    Verdict.TLE: "TIME LIMIT EXCEEDED",
    Verdict.MLE: "MEMORY LIMIT EXCEEDED",
    Verdict.OLE: "OUTPUT LIMIT EXCEEDED",
    Verdict.RTE: "RUN-TIME ERROR",
    Verdict.CE: "DOES NOT COMPILE",
    Verdict.JE: "JUDGE ERROR",
    Verdict.SC: "SKIPPED",
}
SLOW_LOOP = "the Python loop that NumPy can do in one call"


def figure(value: float) -> str:
    """Write a figure with about three significant digits."""
    if value >= 100:  # noqa: PLR2004 - three digits before the point
        return f"{value:.0f}"
    return f"{value:.3g}"


def next_step(judgement: Judgement) -> str:
    """Say what to do next: the failure's hint, or the next target; empty where there is nothing to say."""
    report, problem = judgement.report, judgement.problem
    speed = report.speed
    if judgement.hint or report.verdict is not Verdict.AC or speed is None:
        return judgement.hint
    if speed.void is not None:
        return "Do the work inside the call: work elsewhere is not counted as speed."
    ahead = [target for target in speed.targets if target > speed.speedup]
    if ahead:
        where = "the step of the query plan that touches the most rows" if problem.manifest.language == "sql" else SLOW_LOOP
        return f"Correct. {min(ahead):g}x is next: look for {where}."
    return f"Correct and past every target. See the other problems: judge list (done: {problem.slug})."
