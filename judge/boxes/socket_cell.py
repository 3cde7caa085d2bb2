"""The socket half of a cell: a listening Unix socket in a folder of its own, and the one worker that connects to it.

``SO_PEERCRED`` on the accepted connection names the worker's process id and user as the host sees them, whatever
namespaces lie between. With the process id the judge reads the kernel's CPU clock and peak memory of the worker.
The folder and the socket are removed as soon as the worker is in: nothing else can connect later.
"""

from __future__ import annotations

import os
import select
import shutil
import socket
import struct
import time
from typing import TYPE_CHECKING

from judge.boxes.base import ProcessClock
from judge.errors import BoxError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["WorkerSocket"]

_PEERCRED = struct.Struct("iII")


class WorkerSocket:
    """Listens for one worker.

    Parameters
    ----------
    folder : pathlib.Path
        An empty private folder, to be mounted into the box at ``/run/judge``.
    uid : int
        The user id that the worker must have, as the host sees it.
    """

    def __init__(self, folder: Path, uid: int) -> None:
        self.folder = folder
        self._uid = uid
        self._listener: socket.socket | None = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._link: socket.socket | None = None
        place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            # Through the descriptor: a path below a long temporary folder may exceed the 108 bytes of a socket's name.
            self._listener.bind(f"/proc/self/fd/{place}/socket")
        finally:
            os.close(place)
        if os.geteuid() == 0:
            os.chown(folder / "socket", uid, uid)
        self._listener.listen(1)

    def accept(self, deadline: float, died: Callable[[], str | None]) -> int:
        """Wait for the worker; return its process id.

        Parameters
        ----------
        deadline : float
            In `time.monotonic` seconds.
        died : callable
            Says what the box printed when it ended early, or None while it runs.

        Raises
        ------
        BoxError
            When nobody connects in time, the box dies first, or a stranger connects.
        """
        listener = self._listener
        if listener is None:
            msg = "the box is closed"
            raise BoxError(msg)
        listener.settimeout(0)
        while True:
            readable, _, _ = select.select([listener], [], [], 0.02)
            if readable:
                break
            last_words = died()
            if last_words is not None:
                msg = f"the box ended before its worker connected: {last_words or 'no message'}"
                raise BoxError(msg, "`judge doctor` checks which boxes work here.")
            if time.monotonic() > deadline:
                msg = "the worker did not connect in time"
                raise BoxError(msg, "The machine may be overloaded; try again, or run `judge doctor`.")
        self._link, _ = listener.accept()
        self._link.settimeout(0)
        pid, uid, _ = _PEERCRED.unpack(self._link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEERCRED.size))
        self.stop_listening()
        if uid != self._uid or pid <= 0:
            msg = f"a stranger (user {uid}) connected to the box's socket"
            raise BoxError(msg)
        return int(pid)

    def clock(self, pid: int) -> ProcessClock:
        """Return the worker's CPU clock."""
        return ProcessClock(pid)

    def stop_listening(self) -> None:
        """Close the listening socket and remove its folder; the connection stays."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def link(self) -> socket.socket:
        """The connection to the worker."""
        if self._link is None:
            msg = "the worker is not connected"
            raise BoxError(msg)
        return self._link

    def close(self) -> None:
        """Free everything. Safe to call again."""
        self.stop_listening()
        if self._link is not None:
            self._link.close()
            self._link = None
