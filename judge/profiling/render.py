"""A profile becomes text: a screen, or JSON. The code shown is the judge's copy of the source, never the box's."""

from __future__ import annotations

import io
import os
import shutil
import sys
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console
from rich.text import Text

from judge.profiling.read import source_lines
from judge.report.escape import defuse, plain
from judge.report.words import figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judge.profiling.model import FunctionTime, LineTime, OperatorTime, Profile
    from judge.submission import Submission

__all__ = ["FORMATS", "render"]

FORMATS = ("terminal", "json")
WIDEST, NARROWEST = 120, 60
LINES, OPERATORS = 12, 30
LEAST = 0.005
"""A line or operator with a smaller share is not marked."""
HOT = 0.2
CONTEXT = 1
BAR = 10
FAINT = "bright_black"


def render(profile: Profile, submission: Submission, format_name: str) -> str:
    """Write a profile.

    Parameters
    ----------
    profile : Profile
        The profile.
    submission : Submission
        The file that was profiled.
    format_name : {"terminal", "json"}
        Which form; coloured only on a terminal.
    """
    if format_name == "json":
        return msgspec.json.format(msgspec.json.encode(profile), indent=2).decode() + "\n"
    width = max(NARROWEST, min(shutil.get_terminal_size((100, 24)).columns, WIDEST))
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=sys.stdout.isatty(),
        no_color=bool(os.environ.get("NO_COLOR")) or not sys.stdout.isatty(),
        highlight=False,
        emoji=False,
        markup=False,
    )
    for row in _screen(profile, submission):
        console.print(row, overflow="ellipsis", no_wrap=True)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return defuse(text)


def _screen(profile: Profile, submission: Submission) -> Iterator[Text]:
    """Return the rows of the screen."""
    sizes = ", ".join(f"{name} = {value}" for name, value in profile.size.items())
    yield Text()
    yield Text.assemble(" ", (profile.problem, "bold"), "  ", plain(submission.name).replace("\n", " "), (f"  {sizes}", FAINT))
    clock = "CPU" if profile.box.clock == "cpu" else "wall time"
    yield Text.assemble(
        " ",
        (f"{figure(profile.cpu_ms)} ms", "bold"),
        f" of {clock} a call",
        (f"; {figure(profile.profiled_ms)} ms with the profiler{'' if profile.operators else ', taken off again below'}", FAINT),
    )
    yield Text()
    yield Text.assemble(" ", (f"{profile.summary}", "bold"))
    yield Text()
    yield from _plan(profile.operators) if profile.operators else _source(profile, submission)
    yield Text(f" {profile.box.name} box · times are for orientation: the verdict measures without a profiler", FAINT)


def _source(profile: Profile, submission: Submission) -> Iterator[Text]:
    """Show the hottest lines within their functions."""
    lines = sorted((line for function in profile.functions for line in function.lines), key=lambda line: -line.ms)
    hot = {line.line for line in lines[:LINES] if line.share >= LEAST}
    if not hot:
        return
    text = source_lines(submission.source.decode("utf-8-sig", "replace"))
    yield Text(f"   {'line':>5} {'hits':>8} {'ms':>8} {'share':>6}", FAINT)
    for function in profile.functions:
        if not hot.isdisjoint(line.line for line in function.lines):
            yield from _function(function, hot, text)
            yield Text()


def _function(function: FunctionTime, hot: set[int], text: list[str]) -> Iterator[Text]:
    """Show a function: its first line, its hot lines with those around them, and gaps."""
    times = {line.line: line for line in function.lines}
    last = max(times)
    wanted = {function.line} | {line + step for line in hot & times.keys() for step in range(-CONTEXT, CONTEXT + 1)}
    shown = sorted(line for line in wanted if function.line <= line <= last)
    before = function.line
    for line in shown:
        if line > before + 1:
            yield Text(f"{'':34}⋮" if line > before + 2 else "", FAINT) if line > before + 2 else _row(before + 1, times, hot, text)
        yield _row(line, times, hot, text)
        before = line


def _row(line: int, times: dict[int, LineTime], hot: set[int], text: list[str]) -> Text:
    """Write one line of the source with its figures."""
    code = plain(text[line - 1]).rstrip()
    time = times.get(line)
    if time is None:
        return Text(f"   {line:5} {'':35}{code}", FAINT)
    figures = f"{line:5} {_count(time.hits):>8} {_ms(time.ms):>8}"
    share = 100 * time.share
    if line not in hot:
        return Text(f"   {figures} {'':17}{code}", FAINT)
    style = "bold red" if time.share >= HOT else "yellow"
    return Text.assemble((" ▸ ", style), figures, (f" {share:4.0f} % ", style), (_bar(time.share), style), f" {code}")


def _plan(operators: tuple[OperatorTime, ...]) -> Iterator[Text]:
    """Show a plan, indented; what each operator feeds stands above it. What only renames columns, and takes no time, is left out."""
    shown = [operator for operator in operators if operator.share >= LEAST or operator.name != "PROJECTION"]
    if len(shown) > OPERATORS:
        shown = [operator for operator in shown if operator.share >= LEAST]
    yield Text(f"   {'ms':>8} {'share':>6} {'':{BAR}} {'rows':>10}  operator", FAINT)
    for operator in shown[:OPERATORS]:
        hot = operator.share >= LEAST
        style = "bold red" if operator.share >= HOT else "yellow" if hot else FAINT
        subject = "" if operator.subject == "-" else f" {operator.subject}"
        share = f"{100 * operator.share:4.0f} % {_bar(operator.share)}" if hot else " " * (BAR + 7)
        yield Text.assemble(
            (" ▸ " if hot else "   ", style),
            f"{_ms(operator.ms):>8} ",
            (share, style),
            f" {operator.rows:>10,}  {'  ' * min(operator.depth, LINES)}",
            (operator.name.replace("_", " ").lower() + subject, "" if hot else FAINT),
        )
    if len(operators) > len(shown):
        yield Text(f"   and {len(operators) - len(shown)} operators that take next to nothing", FAINT)
    yield Text()


def _bar(share: float) -> str:
    filled = round(BAR * share)
    return "█" * filled + "░" * (BAR - filled)


def _ms(value: float) -> str:
    return f"{value:,.2f}" if value < 100_000 else f"{value:.2e}"  # noqa: PLR2004 - what fits its column


def _count(value: float) -> str:
    if value >= 10_000_000:  # noqa: PLR2004 - what fits its column
        return f"{value:.1e}"
    return f"{value:,.0f}" if value >= 1 or not value else f"{value:.1f}"
