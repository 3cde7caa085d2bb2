"""``judge test``: the public examples only."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from judge.commands._shared import box_option, open_box, open_catalog, print_failure, problems_option
from judge.report.escape import plain, quoted

if TYPE_CHECKING:
    from judge.authoring import Example
    from judge.boxes import Session
    from judge.catalog import Problem

__all__ = ["command"]


@click.command("test", short_help="Run the public examples only.")
@click.argument("problem")
@click.argument("file", type=click.Path(path_type=Path))
@box_option
@problems_option
def command(*, problem: str, file: Path, box_name: str, banks: tuple[Path, ...]) -> None:
    """Run FILE on the public examples of PROBLEM. Quick, in the same sandbox, and no verdict.

    Exit code: 0 all examples agree, 1 not.
    """
    from judge.model import Failure  # noqa: PLC0415 - keeps `judge --help` quick
    from judge.submission import check_source, read_submission  # noqa: PLC0415 - the same

    found = open_catalog(banks).problem(problem)
    submission = read_submission(file, found.suffix)
    box = open_box(box_name)
    failed = 0
    try:
        check_source(submission, found.suffix)
        with box.open(found.manifest.limits) as session:
            have, _ = session.load(submission.source, submission.name, found.manifest.functions)
            for name in set(found.manifest.functions) - set(have):
                click.echo(f"✗ the file defines no function {name}")
                failed += 1
            for example in found.examples.EXAMPLES:
                failed += example.function in have and not _run(found, example, session)
            if session.output:
                click.echo("\nyour program printed\n" + quoted(session.output.rstrip("\n")))
    except Failure as failure:
        failed += 1
        print_failure(failure)
    finally:
        box.close()
    if not failed:
        click.echo(f"\nAll examples agree. For the verdict: judge submit {found.slug} {plain(str(file))}")
    sys.exit(1 if failed else 0)


def _run(problem: Problem, example: Example, session: Session) -> bool:
    """Run one example and say whether it agrees."""
    from judge.authoring import Mismatch, check_answer, paste, paste_call  # noqa: PLC0415 - keeps `judge --help` quick
    from judge.boxes import RemoteError  # noqa: PLC0415 - the same

    try:
        got = session.call(example.function, *example.args, **example.kwargs)
        check_answer(problem.examples, example, got)
    except (Mismatch, RemoteError) as error:
        click.echo(f"✗ {example.title}: {plain(str(error))}")
        click.echo(quoted(paste_call(example.function, example.args, example.kwargs), "    "))
        click.echo(quoted(f"# expected: {paste(example.want, 1000)}", "    "))
        if isinstance(error, Mismatch):
            click.echo(quoted(f"# actual:   {paste(got, 1000)}", "    "))
        return False
    click.echo(f"✓ {example.title}")
    return True
