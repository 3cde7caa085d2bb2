"""``judge editorial``: the approaches from naive to fast, after an accepted verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from judge.commands._shared import open_catalog, print_markdown, problems_option
from judge.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("editorial", short_help="Read how it is done, once you are accepted.")
@click.argument("problem")
@click.option("--spoil", is_flag=True, help="Show it before you have an accepted verdict.")
@problems_option
def command(*, problem: str, spoil: bool, banks: tuple[Path, ...]) -> None:
    """Print the editorial of PROBLEM: approaches from naive to fast, with their complexity and measured speedups."""
    from judge.store import Store, default_path  # noqa: PLC0415 - keeps `judge --help` quick

    found = open_catalog(banks).problem(problem)
    best = Store(default_path()).best().get(found.slug)
    if not spoil and (best is None or best.verdict != "AC"):
        msg = f"{found.slug} is not solved yet"
        raise UsageError(msg, f"Get a hint with `judge hint {found.slug}`, or read it anyway with --spoil.")
    print_markdown(found.editorial)
