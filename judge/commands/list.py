"""``judge list``: the problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from judge.commands._shared import open_catalog, problems_option

if TYPE_CHECKING:
    from pathlib import Path

    from judge.store import Best

__all__ = ["command"]


@click.command("list", short_help="Show the problems.")
@problems_option
def command(*, banks: tuple[Path, ...]) -> None:
    """Show every problem: difficulty, par time, title, topic, and your best verdict, tier and time a call."""
    from judge.store import Store, default_path  # noqa: PLC0415 - keeps `judge --help` quick

    problems = open_catalog(banks).problems()
    best = Store(default_path()).best()
    width = max((len(problem.slug) for problem in problems), default=0)
    topics = max((len(problem.manifest.topic) for problem in problems), default=0)
    titles = max((len(problem.manifest.name) for problem in problems), default=0)
    for problem in problems:
        manifest = problem.manifest
        stars = "★" * manifest.difficulty + "☆" * (5 - manifest.difficulty)
        line = f"{problem.slug:{width}}  {stars}  {manifest.par_time:3} min  {manifest.name:{titles}}  {manifest.topic:{topics}}"
        click.echo(f"{line}  {_done(best.get(problem.slug))}".rstrip())


def _done(best: Best | None) -> str:
    """Say how far the user has come."""
    if best is None:
        return ""
    parts = [best.verdict, best.tier if best.tier not in {None, "below"} else None]
    time = f"{best.submission_ms:.3g} ms" if best.submission_ms is not None else None
    return " ".join(part for part in (*parts, time) if part)
