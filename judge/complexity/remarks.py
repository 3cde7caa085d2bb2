"""What in a Python source makes it slow, a plain sentence each, and the section of the editorial that says more.

`judge.complexity.scan` finds the places; this module has the words. The scan reads a learner's source with Python's
parser and so belongs into a box (`boxed_remarks`); where the source is trusted, `remarks` does it here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from judge.boxes.session import RemoteError
from judge.complexity import scan as scanner
from judge.model import Failure, Note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from judge.boxes import Session

__all__ = ["MAX_REMARKS", "boxed_remarks", "link_sections", "remarks", "sentence", "worded"]

MAX_REMARKS = 8
"""More is a lecture, not a remark."""
MAX_LINE = 1 << 20
NAME = re.compile(r"\w{1,40}")
"""What the box may say a name is; its word is not trusted."""


class Kind(NamedTuple):
    """A kind of remark: what was found, what to do, and headings of editorials about it, the best first."""

    finding: str
    advice: str
    headings: tuple[str, ...]


LOOPS = ("row at a time", "broadcast", "matrix product", "numpy", "loop")
PYTHON = ("plain loops", "loop")
SEARCHES = ("indices", "heap", "loop")
PLANS = ("one pass", "join")

# The order is that of preference where one line has several findings.
KINDS = {
    "rows": Kind("a Python loop over the rows of {}", "NumPy can do all rows in one call", LOOPS),
    "columns": Kind("a Python loop over the columns of {}", "NumPy can do all columns in one call", LOOPS),
    "entries": Kind("a Python loop over the entries of the array {}", "NumPy makes an object of each, where one call could do all", LOOPS),
    "iterrows": Kind("{} makes a Python object of every row", "arithmetic on whole columns does all rows in one call", LOOPS),
    "apply": Kind("{} with axis=1 calls Python once for every row", "arithmetic on whole columns does without", LOOPS),
    "mapped": Kind("np.{} calls a Python function once for every entry or row", "it is a loop in disguise, not a vectorized call", LOOPS),
    "nested": Kind("loops over the input, {} deep", "each inner step costs what Python costs, so let one call do the inner loop", PYTHON),
    "grown": Kind("{} is copied as a whole each time it grows", "collect the pieces in a list and join them once", PYTHON),
    "appended": Kind(
        "the list {} grows in a loop and then becomes an array", "compute the array in one call, or fill one made before", LOOPS
    ),
    "text": Kind("the string {} grows in a loop and may be copied each time", "collect the pieces and join them once", PYTHON),
    "member": Kind("`in` walks through the list {} in every step of the loop", "a set or a dict finds it at once", SEARCHES),
    "searched": Kind(
        "index or count walks through the list {} in every step of the loop", "a dict made once has the answer at once", SEARCHES
    ),
    "front": Kind("the first entry of the list {} comes or goes in a loop", "that moves all others, which a deque does not", SEARCHES),
    # Of query plans (judge.complexity.plan).
    "cross": Kind("the plan pairs every row of one side with every row of the other, {}", "a join with = looks up its matches", PLANS),
    "compared": Kind("the plan compares every row of one side with every row of the other, {}", "only = can use a hash table", PLANS),
    "correlated": Kind(
        "a subquery depends on the row around it, and the plan keeps it apart",
        "a join, or a GROUP BY before the join, needs no such detour",
        PLANS,
    ),
    "scans": Kind("the plan reads the table {}", "one step can compute all that is needed of it", PLANS),
}
ORDER = {kind: place for place, kind in enumerate(KINDS)}
BY_ADVICE = {kind.advice: kind for kind in KINDS.values()}

HEADING = re.compile(r"##+[ \t]+(.+?)[ \t#]*$")
FENCE = re.compile(r"(```|~~~)")


def sentence(kind: str, name: str = "") -> str:
    """Write the sentence of a kind of remark.

    Parameters
    ----------
    kind : str
        A key of `KINDS`.
    name : str
        What it was found on.
    """
    return f"{KINDS[kind].finding.format(name)}; {KINDS[kind].advice}"


def remarks(source: str) -> tuple[Note, ...]:
    """Say what in a source is likely to make it slow.

    Parameters
    ----------
    source : str
        Python. It is parsed here, in this process: for a learner's file, use `boxed_remarks`.

    Returns
    -------
    tuple of Note
        At most `MAX_REMARKS`, by line, one a line; the line is in the note, not in its text. Empty for what is no Python.
    """
    return worded(scanner.scan(source))


def boxed_remarks(session: Session, source: str) -> tuple[Note, ...]:
    """Say what in a learner's source is likely to make it slow; the source is parsed in a box.

    Parameters
    ----------
    session : Session
        A fresh box with nothing loaded. It is used up by this: close it.
    source : str
        The submission's text.

    Returns
    -------
    tuple of Note
        As `remarks`; empty where the scan ends the box.
    """
    path = Path(scanner.__file__)
    try:
        session.load(path.read_bytes(), path.name, ("scan",))
        return worded(session.call("scan", source))
    except (Failure, RemoteError):
        return ()


def worded(found: Any) -> tuple[Note, ...]:
    """Turn findings into notes.

    Parameters
    ----------
    found : object
        What `judge.complexity.scan.scan` returned, perhaps in a box: plain data that may be anything, and of which only well-formed
        findings are taken.
    """
    best: dict[int, tuple[int, str]] = {}
    for line, kind, name in filter(_is_finding, found if isinstance(found, list | tuple) else ()):
        known = (ORDER[kind], sentence(kind, name))
        best[line] = min(best.get(line, known), known)
    notes: dict[str, Note] = {}
    for line, (_, text) in sorted(best.items()):
        notes.setdefault(text, Note(text=text, line=line))  # what is said twice is read once
    return tuple(notes.values())[:MAX_REMARKS]


def _is_finding(finding: Any) -> bool:
    match finding:
        case (int() as line, str() as kind, str() as name):
            return 0 < line < MAX_LINE and kind in KINDS and NAME.fullmatch(name) is not None
    return False


def link_sections(notes: Iterable[Note], editorial: str) -> tuple[Note, ...]:
    """Give each remark the section of the editorial that says most about it.

    Parameters
    ----------
    notes : iterable of Note
        Remarks on a source or a plan; other notes are returned as they are.
    editorial : str
        The package's ``editorial.md``.

    Returns
    -------
    tuple of Note
        ``section`` is the heading's slug, as GitHub makes it: that of the first heading with one of the kind's words, else
        that of the first ``##`` heading; None where there is none.
    """
    headings = _headings(editorial)
    linked = []
    for note in notes:
        kind = BY_ADVICE.get(note.text.rpartition("; ")[2])
        linked.append(note if kind is None else Note(text=note.text, line=note.line, section=_best(kind, headings)))
    return tuple(linked)


def _best(kind: Kind, headings: list[tuple[str, str]]) -> str | None:
    """Return the slug of the heading for a kind; its words are tried in turn."""
    for word in kind.headings:
        for heading, slug in headings:
            if word in heading:
                return slug
    return headings[0][1] if headings else None


def _headings(editorial: str) -> list[tuple[str, str]]:
    """Return the headings below the title, in lower case, with their slugs; those in code are none."""
    found: list[tuple[str, str]] = []
    taken: dict[str, int] = {}
    in_code = False
    for line in editorial.splitlines():
        if FENCE.match(line):
            in_code = not in_code
        is_title = line.startswith("# ")
        match = HEADING.match(line) if not is_title else HEADING.match("#" + line)
        if in_code or match is None:
            continue
        slug = _slug(match[1])
        count = taken.get(slug, 0)
        taken[slug] = count + 1
        if not is_title:
            found.append((match[1].lower(), f"{slug}-{count}" if count else slug))
    return found


def _slug(heading: str) -> str:
    """Write a heading as GitHub writes its anchor: lower case, no punctuation, hyphens for blanks."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
