"""Text from a submission, made safe to show.

A submission may print or raise anything: terminal control sequences, characters that reorder a line, commands that a
CI system obeys. What is shown goes through here.
"""

from __future__ import annotations

__all__ = ["defuse", "plain", "quoted"]


def plain(text: str) -> str:
    """Write characters that do not print (controls, bidirectional marks, surrogates) as escapes; keep newlines, expand tabs."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text.replace("\r\n", "\n").expandtabs(4))


def quoted(text: str, prefix: str = "│ ") -> str:
    """Put a prefix before each line, so that no line starts with what the submission wrote (``::set-output``)."""
    return "\n".join(prefix + line for line in plain(text).split("\n"))


def defuse(text: str) -> str:
    """Keep every line from being read as a command of a CI system, wherever wrapping has put its start."""
    return "\n".join(_marked(line) if line.lstrip().startswith(("::", "##[")) else line for line in text.split("\n"))


def _marked(line: str) -> str:
    bare = line.lstrip()
    return f"{line[: len(line) - len(bare)]}│ {bare}"


def _shown(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")
