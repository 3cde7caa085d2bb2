"""The report on a terminal: one screen that says what happened, where, and what to do next."""

from __future__ import annotations

import io
import math
import os
import shutil
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from judge.model import HOLDS, Status, Verdict
from judge.report.escape import defuse, plain, quoted
from judge.report.words import WORDS, figure, next_step

if TYPE_CHECKING:
    from judge.model import Complexity, Correctness, Exponent, PropertyResult, Report, Speed
    from judge.pipeline import Judgement

__all__ = ["render"]

WIDEST = 110
BAR = 50
OUTPUT_LINES, TRACE_LINES, NOTES = 8, 12, 3
MARKS = {Status.passed: ("✓", "green"), Status.failed: ("✗", "red"), Status.skipped: ("·", "bright_black")}


def render(judgement: Judgement) -> str:
    """Write the screen; coloured where stdout is a terminal and ``NO_COLOR`` is not set."""
    console = Console(
        file=io.StringIO(),
        width=min(shutil.get_terminal_size((100, 24)).columns, WIDEST),
        force_terminal=sys.stdout.isatty(),
        no_color=bool(os.environ.get("NO_COLOR")) or not sys.stdout.isatty(),
        highlight=False,
        emoji=False,
        markup=False,
        soft_wrap=False,
    )
    _Screen(console, judgement).draw()
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return defuse(text)


class _Screen:
    """Draws one judgement."""

    def __init__(self, console: Console, judgement: Judgement) -> None:
        self.console = console
        self.judgement = judgement
        self.report: Report = judgement.report

    def line(self, *parts: str | tuple[str, str], indent: int = 2) -> None:
        """Print one line of plain and styled parts, wrapped to the indent."""
        text = Text.assemble(*parts)
        for row in text.wrap(self.console, self.console.width - indent):
            self.console.print(Text(" " * indent) + row, overflow="fold", no_wrap=True)

    def block(self, text: str, style: str = "", indent: int = 4) -> None:
        """Print lines as they are."""
        for row in plain(text).split("\n"):
            self.line((row, style), indent=indent)

    def quote(self, text: str, most: int) -> None:
        """Print lines that the submission wrote, each marked and cut to the width."""
        rows = quoted(text).split("\n")
        for row in rows[:most]:
            self.console.print(Text("    " + row, "bright_black"), overflow="ellipsis", no_wrap=True)
        if len(rows) > most:
            self.line((f"… and {len(rows) - most} more lines", "bright_black"), indent=4)

    def draw(self) -> None:
        """Draw the whole screen."""
        report = self.report
        self.console.print()
        self.line((report.problem, "bold"), "  ", (plain(self.judgement.submission.name), ""), indent=1)
        colour = "green" if report.verdict is Verdict.AC else "yellow" if report.verdict is Verdict.JE else "red"
        banner = (f" {WORDS[report.verdict]} ", f"bold white on {colour}")
        self.line(banner, "  ", (f"{report.verdict}", f"bold {colour}"), f"   score {report.score:g} of {report.max_score:g}", indent=1)
        self.console.print()
        self.correctness(report.correctness)
        if report.speed is not None:
            self.speed(report.speed)
        if report.complexity is not None:
            self.growth(report.complexity)
        self.printed()
        self.next_step()
        self.footer()

    def correctness(self, correctness: Correctness) -> None:
        """Say which properties hold and show the counterexample to the first that does not."""
        failed = [result for result in correctness.properties if result.status is Status.failed]
        if self.report.verdict is not Verdict.AC and not failed:
            self.line((plain(self.report.reason), "bold"))
            self.detail()
        if self.report.verdict is Verdict.AC and self.report.reason != HOLDS:
            self.line((plain(self.report.reason), "bold yellow"))
        if correctness.total:
            self.counts(correctness)
        for result in failed:
            self.property(result)
        if failed:
            self.detail()

    def counts(self, correctness: Correctness) -> None:
        """Print a mark for each property and their counts."""
        marks = [MARKS[result.status] for result in correctness.properties]
        failed = sum(result.status is Status.failed for result in correctness.properties)
        skipped = sum(result.status is Status.skipped for result in correctness.properties)
        words = f"{correctness.passed} of {correctness.total} hidden properties hold"
        words += f", {skipped} not run after the first failure" if skipped and failed else ""
        self.line(*marks, *((" ",) if marks else ()), words)

    def property(self, result: PropertyResult) -> None:
        """Show one failed property: its rule, what went wrong, and the call that shows it."""
        rule, _, wrong = (result.message or "").partition("\n")
        self.console.print()
        self.line(("✗ ", "red"), (result.name.replace("_", " "), "bold"), (f"  [{result.group}]", "bright_black"))
        self.block(rule)
        if wrong:
            self.block(wrong, "red")
        if result.counterexample:
            self.console.print()
            for row in plain(result.counterexample).split("\n"):
                self.line((row, "bright_black" if row.startswith("#") else "cyan"), indent=4)

    def detail(self) -> None:
        """Show the learner's part of a traceback."""
        if self.judgement.detail.strip():
            self.console.print()
            self.quote("\n".join(self.judgement.detail.rstrip().split("\n")[-TRACE_LINES:]), TRACE_LINES)

    def speed(self, speed: Speed) -> None:
        """Show the speedup, its interval, and a bar towards the targets."""
        self.console.print()
        tier = (f"  tier {speed.tier}", "bold green" if speed.tier != "below" else "bold yellow")
        note = ("  borderline", "yellow") if speed.borderline else ""
        bounds = f" the baseline ({figure(speed.low)} to {figure(speed.high)})"
        self.line(("speed ", "bold"), (f"{figure(speed.speedup)}x", "bold"), bounds, tier, note)
        self.line(*bar(speed))
        clock = "CPU time" if speed.clock == "cpu" else "wall time: this box hides the CPU clock"
        line = f"baseline {figure(speed.baseline_ms)} ms, yours {figure(speed.submission_ms)} ms a call; {speed.pairs} pairs, {clock}"
        self.line((line, "bright_black"))
        if speed.void is not None:
            self.line(("tier withheld: ", "bold yellow"), speed.void)

    def growth(self, complexity: Complexity) -> None:
        """Show the measured exponents beside the reference's, the claim, and what in the source explains them."""
        self.console.print()
        reference = complexity.reference
        names = list(dict.fromkeys((*complexity.time, *complexity.space)))
        kinds = (complexity.time, complexity.space, reference.time, reference.space)
        rows = [["", "time", "memory", "reference's time", "and memory"]]
        rows += [[name, *(_power(kind.get(name)) for kind in kinds)] for name in names]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for place, row in enumerate(rows):
            cells = "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            self.line(("growth  " if not place else " " * 8, "bold"), (cells, "bright_black" if not place else ""))
        claim = complexity.claim
        claims = [f"{what} {text}" for what, text in (("time", claim.time), ("space", claim.space)) if text]
        if claims:
            self.line((f"{' ' * 8}you claim {plain(', '.join(claims))}", "" if not claim.flags else "bold yellow"))
        for flag in claim.flags:
            self.line((f"{' ' * 8}{plain(flag)}", "yellow"))
        for note in [note for note in complexity.notes if note.line is not None][:NOTES]:
            self.line((f"{' ' * 8}line {note.line}: ", "bold"), plain(note.text))

    def printed(self) -> None:
        """Show the start of what the submission printed."""
        output = self.judgement.output.rstrip("\n")
        if not output:
            return
        self.console.print()
        self.line(("your program printed", "bright_black"))
        self.quote(output, OUTPUT_LINES)

    def next_step(self) -> None:
        """Say what to do next."""
        words = next_step(self.judgement)
        if words:
            self.console.print()
            self.line(("next  ", "bold"), plain(words))

    def footer(self) -> None:
        """Say how it was judged."""
        report = self.report
        took = report.durations.get("total_s", 0.0)
        self.console.print()
        if self.judgement.problem.is_private:
            self.line((f"problem from the private bank {plain(str(self.judgement.problem.folder.parent.parent))}", "bright_black"))
        self.line((f"{report.box.name} box · seed {report.seed} · {took:.1f} s", "bright_black"))


def _power(found: Exponent | None) -> str:
    """Write a measured power with half the width of its interval."""
    return "-" if found is None else f"^{found.exponent:.1f} ±{(found.high - found.low) / 2:.1f}"


def bar(speed: Speed) -> list[tuple[str, str]]:
    """Draw the speedup on a logarithmic axis from 1x to twice the top target, with the targets marked."""
    top = math.log(max(speed.targets) * 2)
    place = [round(BAR * min(1.0, max(0.0, math.log(max(value, 1.0)) / top))) for value in (speed.speedup, *speed.targets)]
    filled, marks = place[0], {position: f"{target:g}x" for position, target in zip(place[1:], speed.targets, strict=True)}
    parts: list[tuple[str, str]] = [("1x ", "bright_black")]
    for position in range(BAR + 1):
        if position in marks:
            parts.append((f"┃{marks[position]}", "bold green" if filled >= position else "bold"))
        else:
            parts.append(("━", "green") if position < filled else ("─", "bright_black"))
    return parts
