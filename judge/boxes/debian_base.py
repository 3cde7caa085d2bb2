"""A base image made of Debian's packages, for machines that reach a Debian mirror and no image registry."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from judge.boxes.docker_engine import docker_errors
from judge.errors import BoxError

if TYPE_CHECKING:
    from collections.abc import Callable

    from judge.boxes.docker_engine import Engine

__all__ = ["debian_base"]

REPOSITORY = "ml-judge-base"
FALLBACK_SUITE = "bookworm"
_USELESS = ("usr/share/doc", "usr/share/info", "usr/share/locale", "usr/share/man", "var/cache/apt", "var/lib/apt/lists", "var/log")


def debian_base(engine: Engine, tell: Callable[[str], None], *, again: bool) -> str:
    """Return the name of the base image, made unless the daemon holds it already.

    Parameters
    ----------
    engine : Engine
        The daemon.
    tell : callable
        Takes lines of progress.
    again : bool
        Whether to make it even so, with today's packages.

    Raises
    ------
    BoxError
        When this is not root's, debootstrap is missing, or a step fails.
    """
    suite = _suite()
    name = f"{REPOSITORY}:debian-{suite}"
    with docker_errors("the docker daemon does not answer"):
        if engine.api.images(name, quiet=True) and not again:
            return name
    program = shutil.which("debootstrap", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if program is None:
        msg = "debootstrap is not installed"
        raise BoxError(msg, "Install it: `apt-get install debootstrap`.")
    if os.geteuid() != 0:
        msg = "debootstrap works only as root"
        raise BoxError(msg, "Run this one command with sudo: `sudo judge box build --base debootstrap`.")
    with tempfile.TemporaryDirectory(prefix="ml-judge-base-") as folder:
        root = Path(folder, "root")
        tell(f"making a Debian {suite} with python3 (about a minute)")
        _bootstrap([program, "--variant=minbase", "--include=python3", suite, str(root), *_mirror()])
        for useless in _USELESS:
            shutil.rmtree(root / useless, ignore_errors=True)
        tell(f"importing it as {name}")
        _import(engine, root, name)
    return name


def _bootstrap(command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, umask=0o022)  # noqa: S603 - our own arguments
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if line.startswith(("E:", "W:"))] or done.stdout.splitlines() or ["no message"]
        msg = f"debootstrap failed: {lines[-1].strip()[:300]}"
        raise BoxError(msg, "It needs a Debian mirror, and a temporary folder (TMPDIR) on a file system that allows devices and programs.")


def _import(engine: Engine, root: Path, name: str) -> None:
    repository, _, tag = name.partition(":")
    archive = ["tar", "--create", "--numeric-owner", "--one-file-system", "--directory", str(root), "."]
    with (
        docker_errors("the base image cannot be imported"),
        subprocess.Popen(archive, stdout=subprocess.PIPE) as tar,  # noqa: S603 - our own arguments
    ):
        engine.api.import_image_from_stream(tar.stdout, repository, tag)


def _suite() -> str:
    """Return the host's own release where that is Debian."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return FALLBACK_SUITE
    return release.get("VERSION_CODENAME") or FALLBACK_SUITE if release.get("ID") == "debian" else FALLBACK_SUITE


def _mirror() -> list[str]:
    """Return the mirror that the host's own packages come from, if that is a mirror of Debian; else debootstrap's default."""
    if shutil.which("apt-get") is None:
        return []
    ask = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Identifier: Packages", "Component: main"]
    done = subprocess.run(ask, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    for line in done.stdout.splitlines():
        uri, _, codename = line.partition(" ")
        if codename == _suite() and uri.startswith(("http:", "https:", "file:")):
            return [uri]
    return []
