"""The report as JUnit XML, for CI systems: a suite for each package, a case for each check."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from judge.report.escape import plain
from judge.verify.model import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from judge.verify.model import Check, PackageReport, VerifyReport

__all__ = ["render"]


def render(report: VerifyReport) -> str:
    """Write the report. What cannot stand in XML is written as escapes."""
    root = ET.Element("testsuites", {"name": "judge verify", **_counts(report.problems, report.seconds)})
    for package in report.problems:
        suite = ET.SubElement(root, "testsuite", {"name": package.problem, **_counts([package], package.seconds)})
        for check in package.checks:
            _case(suite, package, check)
        if package.properties or package.warnings:
            ET.SubElement(suite, "system-out").text = plain("\n".join(_figures(package)))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _case(suite: ET.Element, package: PackageReport, check: Check) -> None:
    case = ET.SubElement(suite, "testcase", classname=f"judge.verify.{package.problem}", name=check.name, time=f"{check.seconds:.2f}")
    if check.state is not State.ok:
        kind = "error" if check.state is State.broken else "failure"
        words = "\n\n".join(f"{finding.title}\n{finding.detail}".rstrip() for finding in check.findings)
        ET.SubElement(case, kind, type=str(check.state), message=plain(check.summary)).text = plain(words)
    notes = "\n".join(note.title for note in check.notes)
    ET.SubElement(case, "system-out").text = plain(f"{check.summary}\n{notes}".rstrip())


def _figures(package: PackageReport) -> list[str]:
    lines = [f"{figures.seconds:7.2f} s  caught {figures.caught:3}  {figures.name}" for figures in package.properties]
    return [*lines, *(f"warning: {warning}" for warning in package.warnings)]


def _counts(packages: Sequence[PackageReport], seconds: float) -> dict[str, str]:
    states = [check.state for package in packages for check in package.checks]
    counts = {"tests": len(states), "failures": states.count(State.failed), "errors": states.count(State.broken)}
    return {**{name: str(count) for name, count in counts.items()}, "time": f"{seconds:.2f}"}
