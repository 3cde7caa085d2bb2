"""The command line: one group, one file a command, and every error one line with a hint.

Commands are imported when they are used; ``judge --help`` imports none of the judge's engine.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from typing import Any

import click

from judge import __version__, commands
from judge.errors import JudgeError
from judge.report.escape import plain

__all__ = ["cli", "main"]

INTERRUPTED = 130


class _Commands(click.Group):
    """Finds commands by module: ``judge/commands/<name>.py`` defines ``command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        """Return the names of all commands."""
        names = [module.name for module in pkgutil.iter_modules(commands.__path__)]
        return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module: Any = importlib.import_module(f"judge.commands.{cmd_name.replace('-', '_')}")
        found: click.Command = module.command
        return found


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="judge")
@click.option("--debug", is_flag=True, help="Show the judge's own traceback when it fails.")
def cli(*, debug: bool) -> None:
    """Judge solutions to machine-learning coding challenges: correct, fast, and how they grow.

    \b
    judge list                      the problems
    judge start kmeans              get a starter file
    judge test kmeans kmeans.py     the public examples, fast
    judge submit kmeans kmeans.py   the verdict

    A solution runs in a sandbox; tests, answers, clock and verdict stay outside it.
    """  # noqa: D301 - \b is click's mark for a paragraph that keeps its lines
    if debug:
        os.environ["JUDGE_DEBUG"] = "1"


def main() -> None:
    """Run the command line; every error becomes one line, a hint and an exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the judge's own products are small; a second thread only spins
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except JudgeError as error:
        if os.environ.get("JUDGE_DEBUG"):
            raise
        click.echo(f"judge: {plain(error.message)}", err=True)
        if error.hint:
            click.echo(f"  hint: {plain(error.hint)}", err=True)
        code = error.exit_code
    sys.exit(code if isinstance(code, int) else 0)
