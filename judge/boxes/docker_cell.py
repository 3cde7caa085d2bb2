"""One container with one worker in it; see `judge.boxes.base.Cell`."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

from judge.boxes.base import Exit, ProcessClock, WallClock, fresh_uid
from judge.boxes.docker_engine import docker_errors
from judge.boxes.docker_stream import Attached
from judge.boxes.docker_walls import Plan, container_options
from judge.boxes.rundir import run_folder
from judge.boxes.socket_cell import WorkerSocket
from judge.errors import BoxError

if TYPE_CHECKING:
    from judge.boxes.base import Clock
    from judge.boxes.docker_engine import Engine
    from judge.boxes.image import BoxImage
    from judge.model import Limits

__all__ = ["DockerCell"]

NOBODY = 65534
"""The user inside where the daemon's user ids are not this machine's."""
_REMOVE_TIMEOUT = 10


class DockerCell:
    """One container, created and started by a thread of its own.

    Parameters
    ----------
    engine : Engine
        The daemon.
    image : BoxImage
        What the container is made of.
    limits : Limits
        What the submission may use.
    channel : {"socket", "stdio"}
        How calls reach the worker.
    runtime : str or None
        Another runtime than the daemon's default.
    labels : dict
        By which the container can be found again.
    """

    def __init__(
        self,
        engine: Engine,
        image: BoxImage,
        limits: Limits,
        channel: Literal["socket", "stdio"],
        *,
        runtime: str | None,
        labels: dict[str, str],
    ) -> None:
        self.pid: int | None = None
        self.clock: Clock = WallClock()
        uid, gid, self.own_uid = _user(channel, engine)
        self._engine = engine
        self._socket: WorkerSocket | None = None
        if channel == "socket":
            self._socket = WorkerSocket(run_folder().folder(uid if os.geteuid() == 0 else None), uid)
        self._stream: Attached | None = None
        self._pidfd = -1
        self._exit: Exit | None = None
        self._trouble: BoxError | None = None
        self._over = False
        self._lock = threading.Lock()
        self._started, self._ended = threading.Event(), threading.Event()
        plan = Plan(image, uid, gid, self._socket.folder if self._socket else None, limits, labels, runtime)
        self._thread = threading.Thread(target=self._run, args=(plan,), name="docker cell", daemon=True)
        self._begun = False

    def begin(self) -> None:
        """Have the container made, without waiting for it.

        Apart from the making of the cell: whoever is to clean up must know the cell before there can be a container, or a
        Ctrl-C in between leaves one behind.
        """
        self._begun = True
        self._thread.start()

    # -- the thread -----------------------------------------------------------------------------------------

    def _run(self, plan: Plan) -> None:
        """Create and start the container, then wait for its end."""
        try:
            with docker_errors("the container cannot be started"):
                container = self._engine.api.create_container(**container_options(self._engine, plan))["Id"]
                try:
                    code = self._start_and_wait(container)
                except BaseException:
                    self._remove(container)
                    raise
            self._exit = Exit(128 - code if code > 128 else code)  # noqa: PLR2004 - the shell's convention, as the guard uses it
        except BoxError as error:
            self._trouble = error
        finally:
            self._started.set()
            self._ended.set()

    def _start_and_wait(self, container: str) -> int:
        """Attach, ask for the exit code, start: in this order nothing that happens early is missed."""
        api = self._engine.api
        self._attach(api.attach_socket(container, {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}))
        # The SDK's own `wait` would return only at the end, and later the container is gone and cannot be asked.
        question = f"{api.base_url}/v{api.api_version}/containers/{container}/wait"
        with api.post(question, params={"condition": "next-exit"}, stream=True, timeout=None) as answer:
            answer.raise_for_status()
            api.start(container)
            self._started.set()
            return int(answer.json()["StatusCode"])

    def _attach(self, stream: Any) -> None:
        attached = Attached(stream, frames_on_stdout=self._socket is None)
        with self._lock:
            self._stream = attached
            if self._over:
                attached.close()
                msg = "the box was closed while it started"
                raise BoxError(msg)

    def _remove(self, container: str) -> None:
        with suppress(BoxError), docker_errors("the container cannot be removed"):
            self._engine.api.remove_container(container, force=True)

    # -- the cell -------------------------------------------------------------------------------------------

    def connect(self, deadline: float) -> None:
        """Wait for the worker; see `judge.boxes.base.Cell.connect`."""
        if self._socket is not None:
            self.pid = self._socket.accept(deadline, self._last_words)
            self._pidfd = os.pidfd_open(self.pid)
            self.clock = ProcessClock(self.pid)
            return
        if not self._started.wait(max(0.0, deadline - time.monotonic())):
            msg = "the container did not start in time"
            raise BoxError(msg, "The machine may be overloaded; try again, or run `judge doctor`.")
        if self._trouble is not None:
            raise self._trouble

    def _last_words(self) -> str | None:
        if self._trouble is not None:
            raise self._trouble
        if not self._ended.is_set():
            return None
        with suppress(BlockingIOError):
            lines = (self.read_output() or b"").decode("utf-8", "replace").strip().splitlines()
            return lines[-1] if lines else ""
        return ""

    def channel_fd(self) -> int:
        """Return the descriptor of the socket, or of the attached connection."""
        return self._attached().fileno() if self._socket is None else self._socket.link.fileno()

    def output_fd(self) -> int:
        """Return the descriptor of the attached connection."""
        return self._attached().fileno()

    def recv_into(self, buffer: memoryview) -> int:
        """Receive frame bytes."""
        return self._attached().receive(buffer) if self._socket is None else self._socket.link.recv_into(buffer)

    def send(self, data: memoryview) -> int:
        """Send frame bytes."""
        return self._attached().send(data) if self._socket is None else self._socket.link.send(data)

    def read_output(self) -> bytes | None:
        """Return what was printed."""
        return self._attached().read_output()

    def _attached(self) -> Attached:
        if self._stream is None:
            msg = "the box has not started"
            raise BoxError(msg)
        return self._stream

    def kill(self) -> None:
        """End the worker at once where it can be seen, and the container by its lifeline."""
        with self._lock:
            self._over = True
            stream = self._stream
        if self._pidfd >= 0:
            with suppress(OSError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        if stream is not None:
            stream.hang_up()

    def wait(self, timeout: float) -> Exit | None:
        """Wait for the box to end.

        Raises
        ------
        BoxError
            When the daemon was lost meanwhile: then nobody knows how the worker ended.
        """
        if not self._ended.wait(timeout):
            return None
        if self._trouble is not None and not self._over:
            raise self._trouble
        return self._exit or Exit(-signal.SIGKILL)

    def close(self) -> None:
        """End the container and free everything; does not wait for the daemon to remove it (`join` does)."""
        self.kill()
        if self._stream is not None:
            self._stream.close()
        if self._socket is not None:
            self._socket.close()
        if self._pidfd >= 0:
            os.close(self._pidfd)
            self._pidfd = -1

    def is_starting(self) -> bool:
        """Say whether a container may exist that has not started: only such a one does not end by its lifeline."""
        return self._begun and not self._started.is_set()

    def join(self, deadline: float) -> bool:
        """Wait until the container has ended; say whether it has. ``deadline`` is in `time.monotonic` seconds."""
        return not self._begun or self._ended.wait(max(0.0, deadline - time.monotonic()))


def _user(channel: Literal["socket", "stdio"], engine: Engine) -> tuple[int, int, bool]:
    """Choose the user inside: never root, and where possible one that nobody else has. The third value says whether.

    An ordinary user's box must run as that user to reach the socket, which lies in a folder that is closed to others.
    """
    if channel == "socket" and os.geteuid() != 0:
        return os.getuid(), os.getgid(), False
    if engine.maps_users:
        return NOBODY, NOBODY, False
    uid = fresh_uid()
    return uid, uid, True
