"""Packages for another Python than the one that runs the judge: fetched as wheels, checked by hash, unpacked, never run."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from judge.errors import BoxError

__all__ = ["Target", "fetch_packages"]

OLDEST_GLIBC = 17
"""The minor version of manylinux2014, the oldest that packages are still built for."""


@dataclass(frozen=True)
class Target:
    """The Python that the packages are for.

    Parameters
    ----------
    python : tuple of int
        Major and minor version of CPython.
    machine : str
        As ``platform.machine()`` names it.
    libc : tuple of int
        Major and minor version of glibc.
    """

    python: tuple[int, int]
    machine: str
    libc: tuple[int, int]

    def __str__(self) -> str:
        return f"Python {self.python[0]}.{self.python[1]} on {self.machine}"

    def platforms(self) -> list[str]:
        """Return the tags of wheels that run there."""
        major, minor = self.libc
        tags = [f"manylinux_{major}_{older}_{self.machine}" for older in range(minor, OLDEST_GLIBC - 1, -1)]
        return [*tags, f"manylinux2014_{self.machine}"]


def fetch_packages(lock: Path, target: Target, folder: Path) -> None:
    """Unpack the packages of a lock file into a folder.

    Raises
    ------
    BoxError
        When there is no pip, a package cannot be fetched, or its hash is another.
    """
    with tempfile.TemporaryDirectory(prefix="ml-judge-lock-") as place:
        requirements = Path(place, "requirements.txt")
        requirements.write_text(without_markers(lock.read_text("utf-8")), "utf-8")
        command = [*_pip(), "install", "--requirement", str(requirements), "--target", str(folder), "--require-hashes", "--no-deps"]
        command += ["--only-binary", ":all:", "--no-compile", "--implementation", "cp", "--python-version", "{}.{}".format(*target.python)]
        for platform in target.platforms():
            command += ["--platform", platform]
        command += ["--quiet", "--disable-pip-version-check", "--no-input"]
        # 022: readable to the user inside, whatever the user's own mask is.
        done = subprocess.run(command, capture_output=True, text=True, check=False, umask=0o022)  # noqa: S603 - our own arguments
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines() or ["no message"]
        msg = f"the box's packages cannot be fetched: {lines[0].removeprefix('ERROR: ').strip()[:300]}"
        raise BoxError(msg, "`pip download numpy` should work here; then try again.")
    _prune(folder)


def without_markers(lock: str) -> str:
    """Return the lock without its environment markers.

    pip evaluates markers for the machine that it runs on, which may be a Mac; the lock is for Linux and nothing else.
    """
    return re.sub(r" ;[^\\\n]*(?= \\|\n)", "", lock)


def _prune(folder: Path) -> None:
    """Drop programs and the packages' own tests: a seventh of the size, and nothing that a solution imports."""
    shutil.rmtree(folder / "bin", ignore_errors=True)
    for tests in [path for path in folder.rglob("tests") if path.is_dir()]:
        shutil.rmtree(tests, ignore_errors=True)


def _pip() -> list[str]:
    """Return the command that runs pip: the environment's, or else the one that Python carries for new environments."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    carried = importlib.util.find_spec("ensurepip")
    for wheel in Path(carried.origin or "").parent.glob("_bundled/pip-*.whl") if carried else ():
        return [sys.executable, str(wheel / "pip")]
    if elsewhere := shutil.which("pip3"):
        return [elsewhere]
    msg = "the box's packages cannot be fetched: there is no pip"
    raise BoxError(msg, "Install it: `python -m ensurepip`, or `uv pip install pip`.")
