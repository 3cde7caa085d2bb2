"""``judge start``: a starter file in this folder."""

from __future__ import annotations

from pathlib import Path

import click

from judge.commands._shared import open_catalog, problems_option
from judge.errors import UsageError

__all__ = ["command"]


@click.command("start", short_help="Copy a problem's starter file here.")
@click.argument("problem")
@click.option("--to", "target", type=click.Path(path_type=Path), help="The file to write. Default: PROBLEM.py in this folder.")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@problems_option
def command(*, problem: str, target: Path | None, force: bool, banks: tuple[Path, ...]) -> None:
    """Copy the starter of PROBLEM here, ready to be filled in."""
    found = open_catalog(banks).problem(problem)
    path = target or Path(f"{found.slug}{found.suffix}")
    try:
        with path.open("wb" if force else "xb") as file:
            file.write(found.starter.read_bytes())
    except FileExistsError:
        msg = f"{path} exists already"
        raise UsageError(msg, "Give another name with --to, or overwrite it with --force.") from None
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}"
        raise UsageError(msg) from None
    click.echo(f"wrote {path}")
    click.echo(f"  read the task:  judge show {found.slug}")
    click.echo(f"  try examples:   judge test {found.slug} {path}")
    click.echo(f"  be judged:      judge submit {found.slug} {path}")
