"""The nouns of a verification: checks, findings, figures, and the report; the JSON document ``judge/verify/v1``."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from judge.model import BoxInfo

__all__ = ["VERIFY_SCHEMA", "Check", "Figures", "Finding", "PackageReport", "PropertyFigures", "State", "VerifyReport"]

VERIFY_SCHEMA = "judge/verify/v1"


class State(StrEnum):
    """How a check ended, from best to worst."""

    ok = "ok"
    failed = "failed"
    """The package contradicts its own labels or promises."""
    broken = "broken"
    """The package cannot be judged with: a file is missing, or a property raised an error of its own."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that makes a check fail.

    Parameters
    ----------
    title : str
        What is wrong and where, in one line.
    detail : str
        A diff, a counterexample or the like; may be empty.
    broken : bool
        Whether the package itself broke, rather than a promise of it.
    """

    title: str
    detail: str = ""
    broken: bool = False


class Figures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a check counted or measured; only the fields that belong to it are set.

    ``mutants_*`` count mutants: how many there are, ran, were killed (``by_group`` of them cost a scoring group and not the verdict), are
    proved or observed to be equivalent, and survived. ``reference`` and ``naive`` are speedups over the baseline.
    """

    submissions: int | None = None
    canaries: int | None = None
    seeds: int | None = None
    mutants_all: int | None = None
    mutants_ran: int | None = None
    mutants_killed: int | None = None
    mutants_killed_by_group: int | None = None
    mutants_proved_equal: int | None = None
    mutants_observed_equal: int | None = None
    mutants_survived: int | None = None
    reference: float | None = None
    naive: float | None = None
    needed: float | None = None


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One check of one package.

    Parameters
    ----------
    name : str
        As ``--only`` knows it.
    summary : str
        What was found, in one line.
    findings : tuple of Finding
        What makes it fail; none when it holds.
    notes : tuple of Finding
        What an author may want to know; they fail nothing.
    """

    name: str
    summary: str
    findings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    figures: Figures = Figures()
    seconds: float = 0.0

    @property
    def state(self) -> State:
        """The worst of the findings."""
        if any(finding.broken for finding in self.findings):
            return State.broken
        return State.failed if self.findings else State.ok


class PropertyFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A hidden property: how long it takes for the reference, and how many wrong solutions it was the first to catch."""

    name: str
    group: str
    seconds: float
    caught: int


class PackageReport(msgspec.Struct, frozen=True, kw_only=True):
    """All checks of one problem package."""

    problem: str
    version: str
    state: State
    checks: tuple[Check, ...]
    properties: tuple[PropertyFigures, ...]
    warnings: tuple[str, ...]
    seconds: float


class VerifyReport(msgspec.Struct, frozen=True, kw_only=True):
    """What ``judge verify`` found."""

    schema: str = VERIFY_SCHEMA
    box: BoxInfo
    state: State
    problems: tuple[PackageReport, ...]
    seconds: float
