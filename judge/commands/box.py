"""``judge box``: the image that the docker box needs."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.group("box", short_help="Build the docker box's image.")
def command() -> None:
    """Look after the boxes. The bubblewrap box needs nothing built; the docker box needs an image."""


@command.command("build")
@click.option(
    "--base",
    metavar="IMAGE",
    help="What to build on: an image with python3, or the word debootstrap to make one from Debian's packages (needs root, and no "
    "registry). Default: python:3.12-slim.",
)
@click.option("--force", is_flag=True, help="Build again from the start even if the image is up to date.")
def build(base: str | None, *, force: bool) -> None:
    """Build the docker box's image, unless it is up to date.

    The packages are those of sandbox/requirements.lock, checked by their hashes. Takes about half a minute, and a minute
    longer with debootstrap the first time.
    """
    from judge.boxes.image_build import build_box  # noqa: PLC0415 - keeps `judge --help` quick

    build_box(base, click.echo, force=force)
