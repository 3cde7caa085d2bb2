"""``judge submit``: the verdict."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from judge.commands._shared import box_option, open_box, open_catalog, problems_option, progress_line
from judge.report import formats, render

if TYPE_CHECKING:
    from judge.catalog import Problem
    from judge.pipeline import Judgement, Options
    from judge.submission import Submission

__all__ = ["command"]


@click.command("submit", short_help="Judge a solution: correctness, speed, score.")
@click.argument("problem")
@click.argument("file", type=click.Path(path_type=Path))
@box_option
@problems_option
@click.option("--format", "format_name", type=click.Choice(formats()), default="terminal", show_default=True, help="Report format.")
@click.option("--seed", type=click.IntRange(0, 2**53 - 1), help="Draw the same hidden inputs again. Default: a fresh secret seed.")
@click.option("--feedback", type=click.Choice(["full", "property", "verdict"]), default="full", show_default=True, help="How much to tell.")
@click.option("--keep-going", is_flag=True, help="Run every property, even after one has failed.")
@click.option("--quick", is_flag=True, help="A quick look: fewer inputs, a rough speed, no growth; not kept as your result.")
@click.option("--no-speed", is_flag=True, help="Check correctness only.")
def command(
    *,
    problem: str,
    file: Path,
    box_name: str,
    banks: tuple[Path, ...],
    format_name: str,
    seed: int | None,
    feedback: str,
    keep_going: bool,
    quick: bool,
    no_speed: bool,
) -> None:
    """Judge FILE as a solution of PROBLEM.

    \b
    judge submit kmeans kmeans.py
    judge submit kmeans kmeans.py --seed 7          the same hidden inputs again
    judge submit kmeans kmeans.py --quick           a rough answer in half the time
    judge submit kmeans kmeans.py --format json     for programs
    judge submit kmeans kmeans.py --format html > report.html

    Exit code: 0 accepted, 1 not accepted, 2 usage, 3 a broken problem package, 4 the judge's own failure.
    """  # noqa: D301 - \b is click's mark for a paragraph that keeps its lines
    from judge.errors import JudgeError, UsageError  # noqa: PLC0415 - keeps `judge --help` quick
    from judge.model import BoxInfo  # noqa: PLC0415 - the same
    from judge.pipeline import Options, judge_error  # noqa: PLC0415 - the same
    from judge.report.feedback import Feedback  # noqa: PLC0415 - the same
    from judge.submission import read_submission  # noqa: PLC0415 - the same

    found = open_catalog(banks).problem(problem)
    submission = read_submission(file, found.suffix)
    options = Options(seed=seed, keep_going=keep_going, speed=not no_speed, curves=format_name == "html", quick=quick)
    try:
        judgement = _judge(found, submission, box_name, options)
        code = 0 if judgement.report.verdict == "AC" else 1
    except UsageError:
        raise
    except JudgeError as error:
        if os.environ.get("JUDGE_DEBUG"):
            raise
        judgement = judge_error(found, submission, BoxInfo(name=box_name), error)
        code = error.exit_code
    if not quick:
        _record(judgement)
    click.echo(render(judgement, format_name, Feedback(feedback)), nl=False)
    sys.exit(code)


def _record(judgement: Judgement) -> None:
    """Keep the run for `judge list`; a ledger that cannot be written costs a line, not the verdict."""
    from judge.store import Store, StoreError, default_path  # noqa: PLC0415 - keeps `judge --help` quick

    try:
        Store(default_path()).record(judgement.report)
    except StoreError as error:
        click.echo(f"judge: {error.message}\n  hint: {error.hint}", err=True)


def _judge(problem: Problem, submission: Submission, box_name: str, options: Options) -> Judgement:
    from judge.pipeline import judge_submission  # noqa: PLC0415 - keeps `judge --help` quick

    box = open_box(box_name)
    try:
        with progress_line() as progress:
            return judge_submission(problem, submission, box, options, progress)
    finally:
        box.close()
