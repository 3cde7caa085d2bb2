"""The labelled corpus: the folder of a submission is the verdict that it must get, its header says the rest.

The header is the block of comment lines at the top of the file, ``# key: value`` (``-- key: value`` in SQL)::

    # why: clips above only, so that rounding gives -1.0000000000000002
    # fails: similarities_stay_within_one

``why`` is required and has one line. ``fails`` names the first hidden property that fails, ``tier`` the speed tier of an
accepted submission (``below`` for none), ``verdict`` the verdict of a file in ``cheating/``. A submission's own
``time`` and ``space`` claims may stand there too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from judge.errors import PackageError
from judge.model import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from judge.catalog import Problem

__all__ = ["CHEATING", "FOLDERS", "Labelled", "read_corpus", "read_header"]

CHEATING = "cheating"
FOLDERS = {
    "accepted": Verdict.AC,
    "wrong_answer": Verdict.WA,
    "time_limit_exceeded": Verdict.TLE,
    "memory_limit_exceeded": Verdict.MLE,
    "run_time_error": Verdict.RTE,
    "output_limit_exceeded": Verdict.OLE,
    "compile_error": Verdict.CE,
    CHEATING: None,
}
"""Folder to verdict; a cheat may end in any, as long as it gains nothing."""
KEYS = frozenset({"why", "fails", "tier", "verdict", "time", "space"})
BELOW = "below"
LINE = re.compile(r"(?:#|--)\s*([a-z_]+)\s*:\s*(.*)")


@dataclass(frozen=True)
class Labelled:
    """One labelled submission.

    Parameters
    ----------
    name : str
        Folder and file, as in ``wrong_answer/transposed.py``.
    file : str
        The file's name.
    source : bytes
        Its contents.
    verdict : Verdict or None
        What it must get; None for a cheat that does not say.
    why : str
        What is special about it.
    fails, tier : str or None
        The first property that fails; the speed tier.
    """

    name: str
    file: str
    source: bytes
    verdict: Verdict | None
    why: str
    fails: str | None = None
    tier: str | None = None

    @property
    def cheats(self) -> bool:
        """Whether it tries to gain what it has not earned."""
        return self.name.startswith(CHEATING)


def read_corpus(problem: Problem) -> tuple[Labelled, ...]:
    """Read every labelled submission of a problem, folder by folder.

    Raises
    ------
    PackageError
        When a folder or a header makes no sense.
    """
    found = []
    for folder in sorted((problem.folder / "submissions").glob("[!._]*/")):
        if folder.name not in FOLDERS:
            msg = f"problem {problem.slug}: submissions/{folder.name} is no verdict's folder"
            raise PackageError(msg, f"Use one of: {', '.join(FOLDERS)}.")
        found += [_read(problem, folder.name, path) for path in sorted(folder.glob(f"*{problem.suffix}"))]
    return tuple(found)


def read_header(source: bytes) -> dict[str, str]:
    """Read the ``key: value`` comments at the top of a source; other comments are left alone."""
    header: dict[str, str] = {}
    for line in source.decode("utf-8", "replace").lstrip("\ufeff").splitlines():
        if not line.startswith(("#", "--")):
            break
        match = LINE.fullmatch(line.strip())
        if match and match[1] in KEYS:
            header.setdefault(match[1], match[2].strip())
    return header


def _read(problem: Problem, folder: str, path: Path) -> Labelled:
    source = path.read_bytes()
    header = read_header(source)
    verdict = FOLDERS[folder]
    complaint = _complaint(problem, header, verdict)
    if complaint:
        msg = f"problem {problem.slug}: submissions/{folder}/{path.name}: {complaint}"
        raise PackageError(msg, "The header is documented in judge/verify/labels.py.")
    stated = Verdict(header["verdict"]) if "verdict" in header else None
    return Labelled(f"{folder}/{path.name}", path.name, source, verdict or stated, header["why"], header.get("fails"), header.get("tier"))


def _complaint(problem: Problem, header: dict[str, str], verdict: Verdict | None) -> str:
    """Say what is wrong with a header, or nothing."""
    tiers = {BELOW, *(f"{target:g}x" for target in problem.manifest.speed.targets)}
    stated = header.get("verdict")
    if not header.get("why"):
        return "the header has no `why:` line"
    if header.get("tier", BELOW) not in tiers:
        return f"there is no tier {header['tier']!r}, only {', '.join(sorted(tiers))}"
    if stated is not None and stated not in set(Verdict):
        return f"there is no verdict {stated!r}"
    if stated is not None and verdict not in {None, stated}:
        return f"the folder says {verdict}, the header {stated}"
    return ""
