"""``judge doctor``: which boxes work here, why not, and the fix."""

from __future__ import annotations

import os
import platform
import sys

import click

from judge import __version__
from judge.report.escape import plain

__all__ = ["command"]


@click.command("doctor", short_help="Check which boxes work on this machine.")
def command() -> None:
    """Check what the judge needs on this machine, and say how to get what is missing.

    Exit code: 0 where at least one box works, 4 where none does.
    """
    from judge.boxes import BOX_NAMES, find_box  # noqa: PLC0415 - keeps `judge --help` quick

    cores = len(os.sched_getaffinity(0))
    click.echo(f"judge {__version__}, Python {platform.python_version()}, Linux {platform.release()} {platform.machine()}")
    click.echo(f"{'✓' if cores > 1 else '!'} {cores} core{'s' * (cores > 1)}" + ("" if cores > 1 else ": timing shares it with the judge"))
    working = 0
    for name in BOX_NAMES[1:]:
        trouble = find_box(name).problem()
        working += trouble is None
        click.echo(f"✓ {name} works ({plain(find_box(name).info().detail)})" if trouble is None else f"✗ {name}: {plain(trouble)}")
    if not working:
        click.echo("No box works here. The judge never runs a submission outside a box.")
    sys.exit(0 if working else 4)
