"""Building the docker box's image.

Packages are fetched on the host, by pip and by the hashes of ``sandbox/requirements.lock``, for the Python of the base
image. Wheels are unpacked, never run, and the build itself has no network.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judge.boxes.debian_base import debian_base
from judge.boxes.docker_engine import Engine, docker_errors, one_line
from judge.boxes.image import BASE_LABEL, LABEL, SANDBOX, BoxImage
from judge.boxes.wheels import Target, fetch_packages
from judge.errors import BoxError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["DEBOOTSTRAP", "DEFAULT_BASE", "build_box"]

DEBOOTSTRAP = "debootstrap"
DEFAULT_BASE = "python:3.12-slim"
_OLDEST_PYTHON = (3, 11)
_PROBE = "import platform, sys; print(*sys.version_info[:2], platform.machine(), sys.implementation.name, *platform.libc_ver())"


def build_box(base: str | None, tell: Callable[[str], None], *, force: bool = False) -> None:
    """Build the image unless it is there.

    Parameters
    ----------
    base : str or None
        The base image, `DEBOOTSTRAP` to make one, or None for the one used last, else `DEFAULT_BASE`.
    tell : callable
        Takes lines of progress.
    force : bool
        Whether to build even an image that is up to date, and the Debian below it.

    Raises
    ------
    BoxError
        When the daemon does not answer, the base cannot be had or will not do, a package cannot be fetched, or a step fails.
    """
    engine = Engine()
    image = BoxImage(engine)
    bases = {image.name in (entry.get("RepoTags") or ()): entry["Labels"][BASE_LABEL] for entry in reversed(image.family())}
    asked = base or bases.get(True) or bases.get(False) or DEFAULT_BASE
    if bases.get(True) == asked and not force:
        tell(f"{image.name} is up to date (on {asked})")
        return
    name = debian_base(engine, tell, again=force) if asked == DEBOOTSTRAP else asked
    _require_base(engine, name, tell)
    _build(image, name, {LABEL: image.name, BASE_LABEL: asked}, tell)
    _remove_older(image)
    tell(f"{image.name} is ready")


def _build(image: BoxImage, base: str, labels: dict[str, str], tell: Callable[[str], None]) -> None:
    engine = image.engine
    target = _examine_base(engine, base)
    with tempfile.TemporaryDirectory(prefix="ml-judge-build-") as folder:
        context = Path(folder)
        tell(f"fetching the packages of requirements.lock for {target}")
        fetch_packages(SANDBOX / "requirements.lock", target, context / "lib")
        (context / "sandbox").mkdir(mode=0o755)
        for source in SANDBOX.glob("*.py"):
            shutil.copyfile(source, context / "sandbox" / source.name)
            (context / "sandbox" / source.name).chmod(0o644)
        shutil.copyfile(SANDBOX / "Dockerfile", context / "Dockerfile")
        tell(f"building {image.name} on {base}")
        with docker_errors("the image cannot be built"):
            steps = engine.api.build(
                path=folder,
                tag=image.name,
                buildargs={"BASE_IMAGE": base},
                labels=labels,
                network_mode="none",
                rm=True,
                forcerm=True,
                decode=True,
            )
            _follow(steps, "the image cannot be built", tell)


def _require_base(engine: Engine, base: str, tell: Callable[[str], None]) -> None:
    with docker_errors("the docker daemon does not answer"):
        if engine.api.images(base, quiet=True):
            return
        tell(f"pulling {base}")
    hint = "Where no registry can be reached, `judge box build --base debootstrap` makes a base image from Debian's packages."
    with docker_errors(f"the base image {base} cannot be pulled", hint):
        _follow(engine.api.pull(base, stream=True, decode=True), f"the base image {base} cannot be pulled", tell, hint)


def _examine_base(engine: Engine, base: str) -> Target:
    """Ask the base image's Python what it is."""
    problem = f"the base image {base} will not do"
    hint = f"It has to be a Linux image with glibc and python3, such as {DEFAULT_BASE}."
    with docker_errors(problem, hint):
        if engine.api.inspect_image(base)["Config"].get("Volumes"):
            msg = f"{problem}: it declares volumes, which are places to write"
            raise BoxError(msg, hint)
        container = engine.api.create_container(base, entrypoint=["python3", "-c", _PROBE], network_disabled=True)["Id"]
        try:
            engine.api.start(container)
            engine.api.wait(container)
            words = engine.api.logs(container, stderr=False).decode("utf-8", "replace").split()
        finally:
            engine.api.remove_container(container, force=True)
    match words:
        case [major, minor, machine, "cpython", "glibc", libc] if (int(major), int(minor)) >= _OLDEST_PYTHON:
            return Target((int(major), int(minor)), machine, (int(libc.split(".")[0]), int(libc.split(".")[1])))
    msg = f"{problem}: it has {' '.join(words) or 'no python3'}"
    raise BoxError(msg, hint)


def _follow(steps: Iterable[dict[str, Any]], what: str, tell: Callable[[str], None], hint: str = "") -> None:
    """Pass on the daemon's progress; raise its error."""
    for step in steps:
        if "error" in step:
            msg = f"{what}: {one_line(step['error'])}"
            raise BoxError(msg, hint)
        line = str(step.get("stream") or "").strip()
        if line.startswith("Step "):
            tell(f"  {line[:100]}")


def _remove_older(image: BoxImage) -> None:
    """Remove images of ours that no installed sandbox asks for any more, where no container uses them."""
    for entry in image.family():
        if image.name not in (entry.get("RepoTags") or ()):
            _remove_image(image.engine, entry["Id"])


def _remove_image(engine: Engine, identity: str) -> None:
    from docker.errors import APIError  # noqa: PLC0415 - see docker_engine

    try:
        engine.api.remove_image(identity)
    except APIError:  # another judge's box is running on it, or it was tagged twice
        return
