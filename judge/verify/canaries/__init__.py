"""Canaries: answers that no test may let pass. One file a language, with ``canaries_of(problem) -> Iterator[Canary]``."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from judge.catalog import Problem

__all__ = ["Canary", "canaries_of"]


@dataclass(frozen=True)
class Canary:
    """A solution that is wrong on purpose.

    Parameters
    ----------
    function : str
        The function whose answers are wrong.
    title : str
        How they are wrong.
    source : bytes
        The solution.
    """

    function: str
    title: str
    source: bytes


def canaries_of(problem: Problem) -> tuple[Canary, ...]:
    """Return the canaries of a problem: each changes an answer of at least one public example or timed case.

    Raises
    ------
    PackageError
        When the reference fails on a public example.
    """
    language: Any = importlib.import_module(f"{__name__}.{problem.manifest.language}")
    return tuple(language.canaries_of(problem))
