"""``judge profile``: where the time of a solution goes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from judge.commands._shared import box_option, open_box, open_catalog, print_failure, problems_option, progress_line

__all__ = ["command"]


@click.command("profile", short_help="Where the CPU time of a solution goes, line by line.")
@click.argument("problem")
@click.argument("file", type=click.Path(path_type=Path))
@box_option
@problems_option
@click.option(
    "--size",
    type=click.Choice(["small", "timed", "large"]),
    default="timed",
    show_default=True,
    help="Inputs as in the timed case, or with about a quarter of the work, or four times as much.",
)
@click.option(
    "--format", "format_name", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True, help="Report format."
)
def command(*, problem: str, file: Path, box_name: str, banks: tuple[Path, ...], size: str, format_name: str) -> None:
    """Say where the CPU time of FILE, a solution of PROBLEM, goes: by line, or for a query by operator of its plan.

    \b
    judge profile kmeans kmeans.py
    judge profile kmeans kmeans.py --size large     four times the work
    judge profile sql_retention retention.sql       the plan, with milliseconds and rows
    judge profile kmeans kmeans.py --format json    for programs

    Answers are not checked; `judge submit` does that, and measures without a profiler.

    Exit code: 0 profiled, 1 the solution failed.
    """  # noqa: D301 - \b is click's mark for a paragraph that keeps its lines
    import numpy as np  # noqa: PLC0415 - keeps `judge --help` quick

    from judge.model import Failure  # noqa: PLC0415 - the same
    from judge.profiling import profile_submission, render  # noqa: PLC0415 - the same
    from judge.submission import read_submission  # noqa: PLC0415 - the same

    found = open_catalog(banks).problem(problem)
    submission = read_submission(file, found.suffix)
    box = open_box(box_name)
    try:
        with progress_line() as progress:
            profile = profile_submission(found, submission, box, np.random.default_rng(), size=size, progress=progress)
    except Failure as failure:
        print_failure(failure)
        sys.exit(1)
    finally:
        box.close()
    click.echo(render(profile, submission, format_name), nl=False)
