"""``judge hint``: one step of the ladder at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from judge.commands._shared import open_catalog, print_markdown, problems_option
from judge.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("hint", short_help="Get a hint, one step at a time.")
@click.argument("problem")
@click.option("--step", type=click.IntRange(1), default=1, show_default=True, help="How far up the ladder; three is close to the solution.")
@problems_option
def command(*, problem: str, step: int, banks: tuple[Path, ...]) -> None:
    """Show the first hint for PROBLEM, or with --step a further one.

    \b
    judge hint kmeans            a nudge
    judge hint kmeans --step 3   nearly the solution
    """  # noqa: D301 - \b is click's mark for a paragraph that keeps its lines
    found = open_catalog(banks).problem(problem)
    ladder = found.hints
    if step > len(ladder):
        msg = f"{found.slug} has {len(ladder)} hints"
        raise UsageError(msg, f"The last one: judge hint {found.slug} --step {len(ladder)}." if ladder else "")
    print_markdown(ladder[step - 1])
    if step < len(ladder):
        click.echo(f"\nStill stuck? judge hint {found.slug} --step {step + 1}")
