"""``judge list``: the problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from judge.commands._shared import open_catalog, problems_option

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("list", short_help="Show the problems.")
@problems_option
def command(*, banks: tuple[Path, ...]) -> None:
    """Show every problem: title, topic, difficulty and par time."""
    problems = open_catalog(banks).problems()
    width = max((len(problem.slug) for problem in problems), default=0)
    titles = max((len(problem.manifest.name) for problem in problems), default=0)
    for problem in problems:
        manifest = problem.manifest
        stars = "★" * manifest.difficulty + "☆" * (5 - manifest.difficulty)
        click.echo(f"{problem.slug:{width}}  {stars}  {manifest.par_time:3} min  {manifest.name:{titles}}  {manifest.topic}")
