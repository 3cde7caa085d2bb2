"""What several commands share: options, the problem argument, progress on standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from judge.report.escape import plain, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from judge.boxes import Box
    from judge.catalog import Catalog
    from judge.model import Failure

__all__ = ["box_option", "open_box", "open_catalog", "print_failure", "print_markdown", "problems_option", "progress_line"]

TEXT_WIDTH = 100
BOXES = ("auto", "bubblewrap", "docker")


def box_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--box``."""
    return click.option(
        "--box",
        "box_name",
        type=click.Choice(BOXES),
        default="auto",
        envvar="JUDGE_BOX",
        show_default=True,
        help="Which sandbox to use. auto takes docker where a daemon answers and the image is built, else bubblewrap.",
    )(function)


def problems_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--problems``."""
    return click.option(
        "--problems",
        "banks",
        type=click.Path(path_type=Path, file_okay=False),
        multiple=True,
        envvar="JUDGE_PROBLEMS",
        help="A private problem bank, searched before the shipped one. May be repeated.",
    )(function)


def open_catalog(banks: tuple[Path, ...]) -> Catalog:
    """Return the catalog with the private banks laid over the shipped one."""
    from judge.catalog import Catalog  # noqa: PLC0415 - keeps `judge --help` quick

    return Catalog(banks)


def open_box(name: str) -> Box:
    """Return a box that works here; with ``auto``, say on standard error which was taken and why."""
    from judge.boxes import choose_box  # noqa: PLC0415 - the same

    box, why = choose_box(name)
    if name == "auto" and sys.stderr.isatty():
        click.echo(f"using the {box.name} box ({why})", err=True)
    return box


def print_failure(failure: Failure) -> None:
    """Say in one line how a submission failed, with its traceback and a hint where there are any."""
    click.echo(f"✗ {failure.verdict}: {plain(failure.message)}")
    if failure.detail:
        click.echo(quoted(failure.detail.rstrip()))
    if failure.hint:
        click.echo(f"  hint: {plain(failure.hint)}")


def print_markdown(text: str) -> None:
    """Print Markdown, formatted on a terminal and as it is elsewhere."""
    if not sys.stdout.isatty():
        click.echo(text)
        return
    from rich.console import Console  # noqa: PLC0415 - the same
    from rich.markdown import Markdown  # noqa: PLC0415 - the same

    console = Console()
    console.print(Markdown(text), width=min(console.width, TEXT_WIDTH))


@contextmanager
def progress_line() -> Iterator[Callable[[str, int, int], None]]:
    """Show one line of progress on standard error while work goes on; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console  # noqa: PLC0415 - the same

    console = Console(stderr=True, markup=False)
    with console.status("starting") as status:

        def show(what: str, done: int, total: int) -> None:
            status.update(f"{what} ({done + 1} of {total})" if total else what)

        yield show
