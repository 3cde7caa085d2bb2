"""``judge new``: a problem package that works, to be made into your own."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from string import Template

import click

from judge.errors import UsageError

__all__ = ["command"]

TEMPLATES = Path(__file__).parents[1] / "scaffold"
FILES = {
    "problem.toml": "problems/{slug}/problem.toml",
    "statement.md": "problems/{slug}/statement.md",
    "hints.md": "problems/{slug}/hints.md",
    "editorial.md": "problems/{slug}/editorial.md",
    "starter.py": "problems/{slug}/starter.py",
    "examples.py": "problems/{slug}/examples.py",
    "cases.py": "problems/{slug}/cases.py",
    "hidden_tests.py": "problems/{slug}/hidden_tests.py",
    "accepted_numpy.py": "problems/{slug}/submissions/accepted/numpy.py",
    "wrong_dtype.py": "problems/{slug}/submissions/wrong_answer/wrapping_dtype.py",
    "wrong_guard.py": "problems/{slug}/submissions/wrong_answer/missing_guard.py",
    "naive.py": "reference/{slug}/naive.py",
    "vectorized.py": "reference/{slug}/vectorized.py",
}
"""Template to its place in the bank."""


@click.command("new", short_help="Make a new problem package.")
@click.argument("problem")
@click.option(
    "--into", "bank", type=click.Path(path_type=Path, file_okay=False), default=Path("bank"), show_default=True, help="The bank's folder."
)
def command(*, problem: str, bank: Path) -> None:
    """Write a complete package for PROBLEM, a small example that works, with marks where yours begins.

    \b
    judge new moving_average --into my_bank
    judge verify moving_average --problems my_bank
    """  # noqa: D301 - \b is click's mark for a paragraph that keeps its lines
    slug = problem.strip().lower().replace("-", "_")
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,40}", slug):
        msg = f"{problem!r} is no name for a problem"
        raise UsageError(msg, "Use letters, digits and underscores, as in moving_average: it is the function's name, too.")
    places = {name: bank / place.format(slug=slug) for name, place in FILES.items()}
    existing = next((path for path in places.values() if path.exists()), None)
    if existing is not None:
        msg = f"{existing} exists already"
        raise UsageError(msg, "Choose another name, or remove the package first.")
    words = {"slug": slug, "title": slug.replace("_", " ").capitalize(), "uuid": str(uuid.uuid4())}
    for name, path in places.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template((TEMPLATES / f"{name}.txt").read_text("utf-8")).substitute(words), "utf-8")
    click.echo(f"wrote {len(places)} files below {bank}: problems/{slug}/ and reference/{slug}/")
    click.echo(f"  what is left:  grep -rni 'to do' {bank}/problems/{slug}")
    click.echo(f"  is it sound?   judge verify {slug} --problems {bank}")
    click.echo(f"  try it:        judge submit {slug} FILE --problems {bank}")
