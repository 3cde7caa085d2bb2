"""The growth of references, measured once on each machine and kept: they change only with the package or the judge."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from judge import __version__
from judge.model import Growth

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from judge.catalog import Problem

__all__ = ["known_growth"]


def known_growth(folder: Path, problem: Problem, box: str, measure: Callable[[], Growth]) -> Growth:
    """Return the growth of a problem's reference, measured now if this machine does not know it yet.

    Parameters
    ----------
    folder : pathlib.Path
        Where it is kept. A folder that cannot be read or written costs the time to measure again, nothing else.
    problem : Problem
        The problem.
    box : str
        The kind of box.
    measure : callable
        Measures it.
    """
    parts = (__version__.encode(), box.encode(), problem.reference_source, *(path.read_bytes() for path in problem.sized_by))
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
    path = folder / f"{problem.slug}-{digest}.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Growth)
    except (OSError, msgspec.DecodeError):
        growth = measure()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        partial.write_bytes(msgspec.json.encode(growth))
        partial.replace(path)
    except OSError:
        pass
    return growth
