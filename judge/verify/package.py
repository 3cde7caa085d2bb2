"""One package, check by check, and what the checks show together."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from judge.authoring import rules_of
from judge.errors import PackageError
from judge.verify import CHECKS
from judge.verify.bench import Bench, Options
from judge.verify.checks import run_check
from judge.verify.model import PackageReport, PropertyFigures, State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from judge.boxes import Box
    from judge.catalog import Problem
    from judge.verify.crew import Crew
    from judge.verify.model import Check

__all__ = ["verify_package", "worst"]

DEFAULTS = Options()
CATCHERS = {"corpus", "mutants"}
"""Checks that show which properties catch anything; without both nothing is said of the properties."""


def verify_package(
    problem: Problem,
    box: Box,
    crew: Crew,
    options: Options = DEFAULTS,
    *,
    only: Sequence[str] = CHECKS,
    progress: Callable[[str, int, int], None] = lambda *_: None,
    done: Callable[[Check], None] = lambda _: None,
) -> PackageReport:
    """Run the checks of one package.

    Parameters
    ----------
    problem : Problem
        The package.
    box : Box
        For what is measured alone, in this process.
    crew : Crew
        For what is tried side by side, in boxes of the same kind.
    options : Options
        How much to prove.
    only : sequence of str
        The checks to run.
    progress : callable
        Told what is being done, how many steps are done and how many there are.
    done : callable
        Told each check as it ends.

    Raises
    ------
    JudgeError
        When the judge or the machine is at fault. A broken package is a finding.
    """
    began = time.monotonic()
    bench = Bench(problem, box, crew, options, progress)
    checks = []
    for name in CHECKS:
        if name in only:
            checks.append(run_check(name, bench))
            done(checks[-1])
    properties = _properties(bench) if set(only) >= CATCHERS else ()
    return PackageReport(
        problem=problem.slug,
        version=problem.manifest.version,
        state=worst([check.state for check in checks]),
        checks=tuple(checks),
        properties=properties,
        warnings=tuple(_dead_weight(properties)),
        seconds=round(time.monotonic() - began, 2),
    )


def worst(states: Sequence[State]) -> State:
    """Return the worst of some states; ok where there are none."""
    return max(states, key=list(State).index, default=State.ok)


def _properties(bench: Bench) -> tuple[PropertyFigures, ...]:
    """Say how long each property takes for the reference, and how many wrong solutions it was the first to catch."""
    try:
        rules = {rule.name: rule.group for rule in rules_of(bench.problem.hidden_tests)}
        reference = bench.own_outcomes[f"vectorized{bench.problem.suffix}"]
    except PackageError:
        return ()
    seconds = {name: took for name, _, took in reference.seconds}
    return tuple(
        PropertyFigures(name=name, group=group, seconds=seconds.get(name, 0.0), caught=bench.caught[name]) for name, group in rules.items()
    )


def _dead_weight(properties: Sequence[PropertyFigures]) -> list[str]:
    idle = [figures for figures in properties if not figures.caught]
    return [f"{figures.name} caught nothing: no wrong submission or mutant failed it first ({figures.seconds:.2f} s)" for figures in idle]
