"""The docker box: one container for each submission, through the docker SDK.

::

    judge ── bind-mounted folder with a Unix socket ───────────▶ worker     calls ▶, results ◀
      │                                                            ▲ forked by
      └── attached standard streams ──▶ docker's daemon ────────▶ guard     pid 1: lifeline ▶, what is printed ◀

`DockerBox.open` returns at once: a thread of the cell creates, attaches and starts the container while the judge does
something else, then stays to learn its exit code. A container removes itself when it ends, and it ends when the attached
connection closes, in whatever way the judge ended. What a killed judge had created and not yet started is removed
by the keeper (``docker_keeper.py``).

Where the daemon does not share this machine's kernel (`judge.boxes.docker_engine` says how that is told), calls travel
over the same attached connection, and time is wall time.
"""

from __future__ import annotations

import atexit
import os
import secrets
import subprocess
import sys
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from judge.boxes.docker_cell import DockerCell
from judge.boxes.docker_engine import Engine
from judge.boxes.image import BoxImage
from judge.boxes.session import Session
from judge.errors import BoxError
from judge.model import BoxInfo

if TYPE_CHECKING:
    from judge.model import Limits

__all__ = ["DockerBox"]

CLOSE_TIMEOUT = 10.0
"""Seconds that `DockerBox.close` waits for the containers to be gone."""


class DockerBox:
    """Boxes made by a docker daemon.

    Parameters
    ----------
    channel : {"auto", "socket", "stdio"}
        How calls reach the worker; ``auto`` takes the socket wherever it can cross.
    runtime : str or None
        Another runtime than the daemon's default, such as ``"runsc"``.
    """

    name = "docker"

    def __init__(self, channel: Literal["auto", "socket", "stdio"] = "auto", runtime: str | None = None) -> None:
        self._engine = Engine()
        self._image = BoxImage(self._engine)
        self._asked = channel
        self._runtime = runtime
        self._run = secrets.token_hex(8)
        self._keeper: subprocess.Popen[bytes] | None = None
        self._cells: weakref.WeakSet[DockerCell] = weakref.WeakSet()

    @property
    def channel(self) -> Literal["socket", "stdio"]:
        """How calls reach the worker."""
        if self._asked != "auto":
            return self._asked
        # A runtime with a kernel of its own, such as gVisor, lets no socket of the host's in and no process be seen.
        return "socket" if self._runtime is None and self._engine.shares_kernel else "stdio"

    def problem(self) -> str | None:
        """Say why docker does not work here, or None. Beside the SDK's import it takes some ten milliseconds."""
        try:
            if self._runtime and self._runtime not in (self._engine.info.get("Runtimes") or {}):
                return f"the docker daemon has no runtime {self._runtime!r}. Add it to /etc/docker/daemon.json."
            self._image.require()
        except BoxError as error:
            return f"{error.message}. {error.hint}"
        return None

    def info(self) -> BoxInfo:
        """Describe the box for the report."""
        parts = [f"docker {self._engine.info.get('ServerVersion', '?')}", self._image.name, self._runtime or ""]
        return BoxInfo(name=self.name, detail=", ".join(filter(None, parts)), clock="cpu" if self.channel == "socket" else "wall")

    def open(self, limits: Limits) -> Session:
        """Start a container without waiting for it; see `judge.boxes.base.Box.open`."""
        if self._keeper is None:
            self._keeper = _start_keeper(self._run)
            atexit.register(self._leave)
        cell = DockerCell(self._engine, self._image, limits, self.channel, runtime=self._runtime, labels=self._labels())
        self._cells.add(cell)
        cell.begin()
        return Session(cell, limits)

    def close(self) -> None:
        """Close what is still open and wait until every container is gone."""
        deadline = time.monotonic() + CLOSE_TIMEOUT
        for cell in list(self._cells):
            cell.close()
        gone = [cell.join(deadline) for cell in list(self._cells)]
        if all(gone):
            self._dismiss_keeper()

    def _leave(self) -> None:
        """At exit: what runs ends by its lifeline without our waiting; the keeper has to see to the rest, if any."""
        cells = list(self._cells)
        for cell in cells:
            cell.close()
        if not any(cell.is_starting() for cell in cells):
            self._dismiss_keeper()

    def _dismiss_keeper(self) -> None:
        keeper, self._keeper = self._keeper, None
        if keeper is None:
            return
        atexit.unregister(self._leave)
        keeper.communicate(b"\n", CLOSE_TIMEOUT)

    def _labels(self) -> dict[str, str]:
        """Name the judge: its run, process id and start time, by which somebody can tell whose a leftover is."""
        return {"ml-judge.run": self._run, "ml-judge.pid": str(os.getpid()), "ml-judge.started": _started()}


def _start_keeper(run: str) -> subprocess.Popen[bytes]:
    """Start the process that outlives a killed judge; in a session of its own, where Ctrl-C does not reach it."""
    # -P: the folder of the script has a docker.py of its own.
    command = [sys.executable, "-P", str(Path(__file__).with_name("docker_keeper.py")), run]
    return subprocess.Popen(  # noqa: S603 - our own arguments
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, cwd="/"
    )


def _started() -> str:
    """Return the start time of this process in the kernel's ticks since boot; empty where there is no ``/proc``."""
    try:
        return Path("/proc/self/stat").read_text("ascii").rpartition(")")[2].split()[19]
    except OSError:
        return ""
