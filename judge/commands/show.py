"""``judge show``: a problem's statement."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from judge.commands._shared import open_catalog, problems_option

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("show", short_help="Read a problem's statement.")
@click.argument("problem")
@problems_option
def command(*, problem: str, banks: tuple[Path, ...]) -> None:
    """Print the statement of PROBLEM; formatted on a terminal, as Markdown elsewhere."""
    statement = open_catalog(banks).problem(problem).statement
    if not sys.stdout.isatty():
        click.echo(statement)
        return
    from rich.console import Console  # noqa: PLC0415 - keeps `judge --help` quick
    from rich.markdown import Markdown  # noqa: PLC0415 - the same

    console = Console()
    console.print(Markdown(statement), width=min(console.width, 100))
