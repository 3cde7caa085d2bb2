"""``judge show``: a problem's statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from judge.commands._shared import open_catalog, print_markdown, problems_option

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("show", short_help="Read a problem's statement.")
@click.argument("problem")
@problems_option
def command(*, problem: str, banks: tuple[Path, ...]) -> None:
    """Print the statement of PROBLEM; formatted on a terminal, as Markdown elsewhere."""
    print_markdown(open_catalog(banks).problem(problem).statement)
