"""The report on a terminal: a line for each check, then what fails it, then what each property is good for."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from judge.report.escape import defuse, plain
from judge.verify.model import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judge.verify.model import Check, Finding, PackageReport, VerifyReport

__all__ = ["check_line", "render"]

WORDS = {State.ok: ("ok", "green"), State.failed: ("FAIL", "red"), State.broken: ("BROKEN", "red")}
SOUND = {State.ok: "sound", State.failed: "not sound", State.broken: "broken"}
NAME_WIDTH = 12
NOTE_LINES = 6
"""Lines of a note's detail that are shown; all of a finding's are."""


def render(report: VerifyReport) -> str:
    """Write the report; coloured where stdout is a terminal and ``NO_COLOR`` is not set."""
    lines = [line for package in report.problems for line in _package(package)]
    sound = sum(package.state is State.ok for package in report.problems)
    lines.append(f"{sound} of {len(report.problems)} packages are sound · {report.box.name} box · {report.seconds:.0f} s")
    return defuse("\n".join(lines)) + "\n"


def check_line(check: Check) -> str:
    """Write one check on one line."""
    word, colour = WORDS[check.state]
    took = _colour(f"{check.seconds:.1f} s", "bright_black")
    return f"{_colour(f'{word:6}', colour)}  {check.name:{NAME_WIDTH}} {plain(check.summary)}  {took}"


def _package(package: PackageReport) -> Iterator[str]:
    colour = WORDS[package.state][1]
    yield f"{_colour(package.problem, bold=True)} {package.version}: {_colour(SOUND[package.state], colour)}"
    for check in package.checks:
        yield f"  {check_line(check)}"
        for finding in check.findings:
            yield from _finding(finding, "✗", "red")
        for note in check.notes:
            yield from _finding(note, "·", "yellow", NOTE_LINES)
    if package.properties:
        yield "  hidden properties: seconds for the reference, wrong solutions caught first"
        for figures in package.properties:
            yield f"    {figures.seconds:6.2f} s {figures.caught:5}  {figures.name} [{figures.group}]"
    for warning in package.warnings:
        yield f"  {_colour('warning', 'yellow')} {plain(warning)}"
    yield ""


def _finding(finding: Finding, mark: str, colour: str, most: int | None = None) -> Iterator[str]:
    yield f"    {_colour(mark, colour)} {plain(finding.title)}"
    lines = plain(finding.detail).split("\n") if finding.detail.strip() else []
    for line in lines[:most]:
        yield f"      {line}".rstrip()
    if most is not None and len(lines) > most:
        yield f"      ... and {len(lines) - most} more"


def _colour(text: str, colour: str | None = None, *, bold: bool = False) -> str:
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return click.style(text, fg=colour, bold=bold)
