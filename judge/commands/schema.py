"""``judge schema``: what an editor needs to check a ``problem.toml``."""

from __future__ import annotations

import click

__all__ = ["command", "schema_text"]


def schema_text() -> str:
    """Return the JSON schema of ``problem.toml``."""
    import msgspec  # noqa: PLC0415 - keeps `judge --help` quick

    from judge.catalog import Manifest  # noqa: PLC0415 - the same

    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Manifest)), indent=2).decode() + "\n"


@click.command("schema", short_help="Print the JSON schema of problem.toml.")
def command() -> None:
    """Print the JSON schema of problem.toml, for editors. A copy lies in problems/problem.schema.json."""
    click.echo(schema_text(), nl=False)
