"""The judge's one temporary folder, and the promise that it goes away.

Each box has a folder for its socket. All lie below one folder per judge process, which is removed when the process
ends. A judge that is killed with SIGKILL cannot clean up, so a small shell stands by, in a session of its own (Ctrl-C
does not reach it), reading a pipe whose other end only the judge holds: when the judge is gone, by whatever way,
the read ends and the shell removes the folder.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

__all__ = ["RunFolder", "run_folder"]

PREFIX = "ml-judge-"
KEEPER = """
read -r _
command -v pkill >/dev/null && pkill -KILL -f -- "--ro-bind $0/"
exec rm -rf -- "$0"
"""
"""What the shell does. A box that was only starting when the judge was killed may not have asked yet to die with it; it
is known by the folder that it mounts."""


class RunFolder:
    """A private temporary folder that does not outlive this process."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        # 0711: a box that runs under another user id must reach its own folder below, and list nothing.
        self.path.chmod(0o711)
        self._pid = os.getpid()
        self._count = 0
        self._lock = threading.Lock()
        self._keeper = subprocess.Popen(  # noqa: S603 - fixed text, the path is our own
            ["/bin/sh", "-c", KEEPER, str(self.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
            env={"PATH": "/usr/bin:/bin"},
        )
        atexit.register(self.remove)

    def folder(self, uid: int | None = None) -> Path:
        """Make a folder for one box, owned by ``uid`` where one is given."""
        with self._lock:
            self._count += 1
            path = self.path / str(self._count)
        path.mkdir(mode=0o700)
        if uid is not None:
            os.chown(path, uid, uid)
        return path

    def remove(self) -> None:
        """Remove everything; the keeper finds nothing left to do and ends."""
        if os.getpid() != self._pid:
            return
        shutil.rmtree(self.path, ignore_errors=True)
        if self._keeper.stdin is not None:
            self._keeper.stdin.close()
        try:
            self._keeper.wait(5)
        except subprocess.TimeoutExpired:
            self._keeper.kill()


_current: RunFolder | None = None
_guard = threading.Lock()


def run_folder() -> RunFolder:
    """Return this process's folder, made at the first call."""
    global _current  # noqa: PLW0603 - one folder a process is the point
    with _guard:
        if _current is None or _current._pid != os.getpid():  # noqa: SLF001 - same module
            _current = RunFolder()
        return _current
