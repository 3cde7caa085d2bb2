"""The comments of a source file, found without parsing it.

A learner's file is never parsed on the host, and `tokenize` is no exception: on Python 3.11 it takes time that grows
with the square of a run of blanks, 18 seconds for 8,000. One pass needs no more than to know where strings begin and end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MAX_SOURCE", "comments"]

MAX_SOURCE = 1 << 20
"""Characters of the largest source that is read."""

BEGINS = {"python": re.compile(r"""#|'''|\"""|['"]"""), "sql": re.compile(r"""--|/\*|['"]""")}
"""What begins a comment or a string."""
ENDS = {
    "python": {
        "#": re.compile(r"\n"),
        "'''": re.compile(r"\\.|'''", re.DOTALL),
        '"""': re.compile(r'\\.|"""', re.DOTALL),
        "'": re.compile(r"\\.|['\n]", re.DOTALL),
        '"': re.compile(r'\\.|["\n]', re.DOTALL),
    },
    # A doubled quote in a string of SQL ends one string and begins the next, which comes to the same here.
    "sql": {"--": re.compile(r"\n"), "/*": re.compile(r"\*/"), "'": re.compile("'"), '"': re.compile('"')},
}
"""What ends it. A backslash takes the next character with it and ends nothing."""
COMMENTS = frozenset({"#", "--"})


def comments(source: str, language: str) -> Iterator[tuple[int, str]]:
    """Find the comments that run to the end of their line.

    Parameters
    ----------
    source : str
        Any text. What lies beyond `MAX_SOURCE` characters is not read; a text that is no program may give anything.
    language : str
        ``"python"`` or ``"sql"``.

    Yields
    ------
    line : int
        Counted from 1.
    text : str
        Without the comment's sign.
    """
    text = source[:MAX_SOURCE].replace("\r\n", "\n").replace("\r", "\n")
    line, place = 1, 0
    while begin := BEGINS[language].search(text, place):
        line += text.count("\n", place, begin.start())
        place = _end(text, begin.end(), ENDS[language][begin[0]])
        if begin[0] in COMMENTS:
            yield line, text[begin.end() : place].rstrip("\n")
        line += text.count("\n", begin.start(), place)


def _end(text: str, place: int, pattern: re.Pattern[str]) -> int:
    """Return the place behind what ends the comment or string around a place; that of the text's end where nothing does."""
    while found := pattern.search(text, place):
        place = found.end()
        if not found[0].startswith("\\"):
            return place
    return len(text)
