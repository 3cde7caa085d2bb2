"""Mutants: small, systematic mistakes in a right solution. One file a language, found by the ending of the source.

A language's module has ``changes(text) -> Iterator[Change]``, every change that makes a plausible mistake, and
``same(text, other) -> bool``, whether two sources are provably the same program.
"""

from __future__ import annotations

import difflib
import importlib
import random
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

__all__ = ["Brood", "Change", "Mutant", "breed", "draw"]

LANGUAGES = {".py": "python", ".sql": "sql"}


@dataclass(frozen=True)
class Change:
    """One change of a text: what stands from ``start`` to ``end`` (bytes) is replaced."""

    operator: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Mutant:
    """A changed source.

    Parameters
    ----------
    name : str
        The file that was changed.
    operator : str
        The kind of mistake.
    line : int
        Where it is, from 1.
    source : str
        The changed source.
    """

    name: str
    operator: str
    line: int
    source: str

    @property
    def title(self) -> str:
        """The mutant in a few words."""
        return f"{self.name}:{self.line}: {self.operator}"

    def diff(self, original: str) -> str:
        """Return the change as a unified diff."""
        before, after = original.splitlines(), self.source.splitlines()
        return "\n".join(difflib.unified_diff(before, after, self.name, f"{self.name} ({self.operator})", n=2, lineterm=""))


@dataclass(frozen=True)
class Brood:
    """All mutants of one source, and how many more are provably the same program."""

    mutants: tuple[Mutant, ...]
    equal: int


def breed(name: str, source: str) -> Brood:
    """Return the mutants of a source, each text once.

    Parameters
    ----------
    name : str
        The file's name; its ending says the language.
    source : str
        A right solution.
    """
    language: Any = importlib.import_module(f"{__name__}.{LANGUAGES[Path(name).suffix]}")
    raw = source.encode()
    seen = {source}
    found, equal = [], 0
    for change in language.changes(source):
        text = (raw[: change.start] + change.text.encode() + raw[change.end :]).decode()
        if text in seen:
            continue
        seen.add(text)
        if language.same(source, text):
            equal += 1
        else:
            found.append(Mutant(name, change.operator, raw.count(b"\n", 0, change.start) + 1, text))
    return Brood(tuple(found), equal)


def draw(mutants: tuple[Mutant, ...], count: int, seed: int = 0) -> tuple[Mutant, ...]:
    """Draw mutants by a fixed seed, spread evenly over files and kinds of mistake; in the order of the sources."""
    if len(mutants) <= count:
        return mutants
    kinds: dict[tuple[str, str], list[Mutant]] = {}
    for mutant in mutants:
        kinds.setdefault((mutant.name, mutant.operator), []).append(mutant)
    rng = random.Random(seed)  # noqa: S311 - a repeatable choice
    for kind in kinds.values():
        rng.shuffle(kind)
    rounds = [mutant for turn in zip_longest(*kinds.values()) for mutant in turn if mutant is not None]
    chosen = set(rounds[:count])
    return tuple(mutant for mutant in mutants if mutant in chosen)
