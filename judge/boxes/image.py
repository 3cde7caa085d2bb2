"""The image of the docker box: what it is called, and whether it is there.

Its tag is a hash of all that goes into it, so an image that was built from other sources than the installed ones is never
used. The base image is no part of the tag but a label: whoever judges need not know what the image was built on.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judge.boxes.docker_engine import docker_errors
from judge.errors import BoxUnavailable

if TYPE_CHECKING:
    from judge.boxes.docker_engine import Engine

__all__ = ["BASE_LABEL", "LABEL", "SANDBOX", "BoxImage"]

REPOSITORY = "ml-judge-box"
SANDBOX = Path(__file__).parent.parent / "sandbox"
RECIPE = 1
"""Counts changes to the build that the files which go into the image do not show."""
LABEL, BASE_LABEL = "ml-judge.image", "ml-judge.base"
_BUILD = "`judge box build`"


class BoxImage:
    """The image that goes with the installed sandbox.

    Parameters
    ----------
    engine : Engine
        The daemon that holds it.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @cached_property
    def name(self) -> str:
        """Repository and tag."""
        digest = hashlib.sha256(str(RECIPE).encode())
        for path in sorted([SANDBOX / "Dockerfile", SANDBOX / "requirements.lock", *SANDBOX.glob("*.py")]):
            digest.update(b"%s\0%d\0" % (path.name.encode(), path.stat().st_size))
            digest.update(path.read_bytes())
        return f"{REPOSITORY}:{digest.hexdigest()[:12]}"

    @cached_property
    def environment(self) -> tuple[str, ...]:
        """The environment variables, ``NAME=value``, that the image itself sets."""
        return tuple(self._config().get("Env") or ())

    def is_built(self) -> bool:
        """Say whether the daemon holds the image."""
        return any(self.name in (entry.get("RepoTags") or ()) for entry in self.family())

    def family(self) -> list[dict[str, Any]]:
        """Return what the daemon knows of this image and of others of its kind, built from other sources; newest first.

        Raises
        ------
        BoxUnavailable
            When it does not answer.
        """
        api = self.engine.api
        with docker_errors("the docker daemon does not answer"):
            found: list[dict[str, Any]] = api.images(filters={"label": LABEL})
        return sorted(found, key=lambda entry: int(entry["Created"]), reverse=True)

    def require(self) -> None:
        """Make sure that the image is there.

        Raises
        ------
        BoxUnavailable
            When the daemon does not answer, or the image is missing or was built from other sources.
        """
        if self.is_built():
            return
        what = "is out of date" if self.family() else "has not been built"
        msg = f"the docker box's image {what}"
        raise BoxUnavailable(msg, f"Build it: {_BUILD}.")

    def _config(self) -> dict[str, Any]:
        with docker_errors("the docker box's image cannot be found", f"Build it: {_BUILD}."):
            found: dict[str, Any] = self.engine.api.inspect_image(self.name)["Config"]
        return found
