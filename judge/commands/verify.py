"""``judge verify``: the proof that problem packages are sound."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from judge.commands._shared import box_option, open_box, open_catalog, problems_option, progress_line
from judge.verify import CHECKS
from judge.verify.render import formats, render

if TYPE_CHECKING:
    from judge.boxes import Box
    from judge.catalog import Problem
    from judge.verify.bench import Options
    from judge.verify.model import Check, VerifyReport

__all__ = ["command"]

EXIT_CODES = {"ok": 0, "failed": 1, "broken": 3}


def _only(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Split and check ``--only``."""
    if value is None:
        return CHECKS
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    unknown = [name for name in names if name not in CHECKS]
    if unknown or not names:
        msg = f"{', '.join(unknown) or 'nothing'} is no check; choose from {', '.join(CHECKS)}."
        raise click.BadParameter(msg)
    return names


@click.command("verify", short_help="Prove that problem packages are sound.")
@click.argument("problems", nargs=-1, metavar="[PROBLEM]...")
@box_option
@problems_option
@click.option("--only", callback=_only, metavar="CHECK,...", help=f"Run these checks only: {', '.join(CHECKS)}.")
@click.option("--seeds", type=click.IntRange(1, 100), default=3, show_default=True, help="Seeds for the labelled submissions.")
@click.option(
    "--all-mutants", is_flag=True, help="Run every mutant instead of 60 a package, and compare those that pass on twice as many inputs."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Solutions that are tried at a time.")
@click.option("--format", "format_name", type=click.Choice(formats()), default="terminal", show_default=True, help="Report format.")
@click.option("--timing", is_flag=True, help="Measure whether the sizes of the timed case suit this machine, and nothing else.")
def command(
    *,
    problems: tuple[str, ...],
    box_name: str,
    banks: tuple[Path, ...],
    only: tuple[str, ...],
    seeds: int,
    all_mutants: bool,
    jobs: int,
    format_name: str,
    timing: bool,
) -> None:
    """Prove that each PROBLEM, or every problem, is sound: labels, targets, canaries, determinism, mutants.

    \b
    judge verify kmeans                       one package
    judge verify kmeans --only corpus,speed   two of its checks
    judge verify --format junit > verify.xml  all packages, for CI

    Exit code: 0 all sound, 1 not, 3 a broken package, 4 the judge's own failure.
    """  # noqa: D301 - \b is click's mark for a paragraph that keeps its lines
    from judge.verify.bench import Options  # noqa: PLC0415 - keeps `judge --help` quick

    catalog = open_catalog(banks)
    chosen = [catalog.problem(name) for name in problems] if problems else catalog.problems()
    box = open_box(box_name)
    options = Options(seeds=seeds, mutants=None, more_seeds=10) if all_mutants else Options(seeds=seeds)
    try:
        if timing:
            _print_timing(chosen, box)
            return
        report = _verify(chosen, box, banks, options, only=only, jobs=jobs)
    finally:
        box.close()
    click.echo(render(report, format_name), nl=False)
    sys.exit(EXIT_CODES[report.state])


def _verify(
    problems: list[Problem], box: Box, banks: tuple[Path, ...], options: Options, *, only: tuple[str, ...], jobs: int
) -> VerifyReport:
    """Verify one package after the other; say on standard error how it goes."""
    from judge.verify.crew import Crew  # noqa: PLC0415 - keeps `judge --help` quick
    from judge.verify.model import VerifyReport  # noqa: PLC0415 - the same
    from judge.verify.package import verify_package, worst  # noqa: PLC0415 - the same
    from judge.verify.render.terminal import check_line  # noqa: PLC0415 - the same

    began = time.monotonic()
    reports = []
    with Crew(tuple(map(Path.absolute, banks)), box.name, jobs) as crew, progress_line() as progress:
        for problem in problems:

            def show(what: str, done: int, total: int, slug: str = problem.slug) -> None:
                progress(f"{slug}: {what}", done, total)

            def say(check: Check, slug: str = problem.slug) -> None:
                click.echo(f"{slug}: {check_line(check)}", err=True)

            reports.append(verify_package(problem, box, crew, options, only=only, progress=show, done=say))
    return VerifyReport(
        box=box.info(),
        state=worst([report.state for report in reports]),
        problems=tuple(reports),
        seconds=round(time.monotonic() - began, 2),
    )


def _print_timing(problems: list[Problem], box: Box) -> None:
    """Print what the timed cases take here, and what does not suit."""
    from judge.verify.bench import Bench, Options  # noqa: PLC0415 - keeps `judge --help` quick
    from judge.verify.crew import Crew  # noqa: PLC0415 - the same
    from judge.verify.sizes import measure_sizes  # noqa: PLC0415 - the same

    click.echo(f"{'problem':22} {'baseline':>10} {'reference':>10} {'needed':>8} {'harness':>8}")
    for problem in problems:
        sizes = measure_sizes(Bench(problem, box, Crew((), box.name, 1), Options(), lambda *_: None))
        share = "-" if sizes.share is None else f"{sizes.share:.1%}"
        click.echo(f"{problem.slug:22} {sizes.baseline_ms:7.1f} ms {sizes.reference:9.3g}x {sizes.needed:7.3g}x {share:>8}")
        for complaint in sizes.complaints:
            click.echo(f"  {complaint}")
