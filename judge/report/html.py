"""The report as one page of HTML that needs nothing else: no network, no font, no script.

The page is `html.jinja` with `html.css`. Everything that is put into it passes two gates, whoever wrote the template:
`escape.plain`, so that what does not print is seen, and Jinja's escaping. The page's own policy forbids scripts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from judge.model import Status, Verdict
from judge.report.escape import defuse, plain
from judge.report.plot import draw_growth, draw_speed, duration
from judge.report.words import WORDS, figure, next_step

if TYPE_CHECKING:
    from judge.catalog import Problem
    from judge.model import Complexity, Exponent, PropertyResult
    from judge.pipeline import Judgement

__all__ = ["render"]

SOURCE_LINES, OUTPUT_LINES, TRACE_LINES = 3000, 200, 60
LONGEST = 4000
"""Characters of one piece of text, such as a line; more are cut off."""
WORD = {Status.passed: "holds", Status.failed: "fails", Status.skipped: "not run"}
TONE = {Verdict.AC: "good", Verdict.JE: "warn", Verdict.SC: "warn"}


@dataclass(frozen=True)
class Excerpt:
    """The first lines of a text and how many more there are."""

    lines: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class Group:
    """A scoring group as the problem describes it, with its properties."""

    title: str
    points: float | None
    required: bool
    results: tuple[PropertyResult, ...]


@dataclass(frozen=True)
class Row:
    """One size variable of the table of growth; None where it could not be measured."""

    variable: str
    title: str
    cells: tuple[Exponent | None, ...]


def render(judgement: Judgement) -> str:
    """Write the page. It is ASCII, so that it reads the same whatever encoding it is stored in."""
    page = _environment().get_template("html.jinja").render(_view(judgement))
    return defuse(page).encode("ascii", "xmlcharrefreplace").decode("ascii") + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("judge", "report"),
        autoescape=True,
        finalize=_visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(figure=figure, duration=duration, power=_power, words=_words)
    return environment


def _view(judgement: Judgement) -> dict[str, Any]:
    """Return what the template may use."""
    report, problem = judgement.report, judgement.problem
    results = report.correctness.properties
    source = _source(judgement)
    failed = [result for result in results if result.status is Status.failed]
    return {
        "report": report,
        "problem": problem.manifest,
        "file": judgement.submission.name.replace("\n", "\\n"),
        "verdict": WORDS[report.verdict].capitalize(),
        "tone": TONE.get(report.verdict, "bad"),
        "next": next_step(judgement),
        "groups": _groups(problem, results),
        "failed": failed,
        "word": WORD,
        "counterexample": judgement.counterexample.split("\n") if judgement.counterexample else [],
        "trace": _excerpt(judgement.detail, TRACE_LINES, last=True),
        "printed": _excerpt(judgement.output, OUTPUT_LINES),
        "bar": None if report.speed is None else draw_speed(report.speed),
        "plots": draw_growth(judgement.curves),
        "titles": {name: variable.title for name, variable in problem.manifest.variables.items()},
        "growth": _rows(problem, report.complexity),
        "source": source,
        "remarks": _remarks(report.complexity, len(source.lines)),
    }


def _visible(value: Any) -> Any:
    """Make one piece of text safe to look at, and bound it; markup that the template's own macros made passes."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return plain(value if len(value) <= LONGEST else f"{value[:LONGEST]} …")


def _power(exponent: float) -> str:
    """Write an exponent with two digits and a true minus sign."""
    return f"{exponent:z.2f}".replace("-", "−")


def _words(name: str) -> str:
    """Write an identifier as words."""
    return name.replace("_", " ")


def _excerpt(text: str, most: int, *, last: bool = False) -> Excerpt:
    lines = text.rstrip().split("\n") if text.strip() else []
    kept = lines[-most:] if last else lines[:most]
    return Excerpt(tuple(kept), len(lines) - len(kept))


def _source(judgement: Judgement) -> Excerpt:
    """Split the source as Python numbers its lines."""
    text = judgement.submission.source.decode("utf-8", "backslashreplace")
    return _excerpt(text.replace("\r\n", "\n").replace("\r", "\n"), SOURCE_LINES)


def _groups(problem: Problem, results: tuple[PropertyResult, ...]) -> list[Group]:
    """Collect the properties by scoring group, in the order in which the groups first come."""
    groups = []
    for name in dict.fromkeys(result.group for result in results):
        known = problem.manifest.scoring.groups.get(name)
        members = tuple(result for result in results if result.group == name)
        if known is None:
            groups.append(Group(_words(name), None, required=True, results=members))
        else:
            groups.append(Group(known.title or _words(name), known.points, known.required, members))
    return groups


def _rows(problem: Problem, complexity: Complexity | None) -> list[Row]:
    if complexity is None:
        return []
    columns = (complexity.time, complexity.reference.time, complexity.space, complexity.reference.space)
    known = problem.manifest.variables
    names = dict.fromkeys(name for column in columns for name in column)
    return [Row(name, known[name].title if name in known else "", tuple(column.get(name) for column in columns)) for name in names]


def _remarks(complexity: Complexity | None, lines: int) -> dict[int, list[str]]:
    """Return the notes by the line of the source that they stand at; a line that is not shown has none."""
    remarks: dict[int, list[str]] = {}
    for note in () if complexity is None else complexity.notes:
        if note.line is not None and 1 <= note.line <= lines:
            remarks.setdefault(note.line, []).append(note.text)
    return remarks
