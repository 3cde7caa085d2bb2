"""What a kind of box has to provide. One file a backend; `judge.boxes.session` builds the rest on top."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from judge.boxes.session import Session
    from judge.model import BoxInfo, Limits

__all__ = ["Box", "Cell", "Clock", "Exit", "ProcessClock", "WallClock", "fresh_uid", "is_waiting", "peak_memory"]

FIRST_UID, UID_COUNT = 1_900_000_000, 200_000_000


@dataclass(frozen=True)
class Exit:
    """How a worker ended: its exit code, or minus the signal; whether the kernel killed it for want of memory."""

    code: int
    out_of_memory: bool = False


class Clock(Protocol):
    """Where a worker's time is read, always from outside the box."""

    @property
    def kind(self) -> Literal["cpu", "wall"]:
        """What the nanoseconds are."""

    def now_ns(self) -> int:
        """Return nanoseconds used so far.

        Raises
        ------
        ProcessLookupError
            When the worker is gone.
        """


@dataclass(frozen=True)
class ProcessClock:
    """The kernel's CPU clock of a process, all threads together, read from another process.

    The clock id is made of the complemented process id and the scheduler clock, as ``clock_getcpuclockid(3)`` does.
    """

    pid: int
    kind: Literal["cpu", "wall"] = "cpu"

    def now_ns(self) -> int:
        """Return the CPU nanoseconds that the process has used."""
        try:
            return time.clock_gettime_ns((~self.pid << 3) | 2)
        except OSError as error:
            raise ProcessLookupError(self.pid) from error


@dataclass(frozen=True)
class WallClock:
    """Wall time, where the host cannot see the worker. The report says so."""

    kind: Literal["cpu", "wall"] = "wall"

    def now_ns(self) -> int:
        """Return the nanoseconds of the monotonic clock."""
        return time.monotonic_ns()


def peak_memory(pid: int) -> int:
    """Return the largest resident memory of a process so far, in bytes; 0 when it is gone."""
    try:
        with Path(f"/proc/{pid}/status").open("rb") as status:
            for line in status:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) << 10
    except (OSError, ValueError):
        return 0
    return 0


def is_waiting(pid: int) -> bool:
    """Whether a process sleeps or is stopped, rather than runs or waits for its turn on a core."""
    try:
        state = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state in {b"S", b"T", b"D"}


def fresh_uid() -> int:
    """Return a user id for one box, started by root: beyond what systems hand out, and nobody else's."""
    return FIRST_UID + secrets.randbelow(UID_COUNT)


class Cell(Protocol):
    """One started box with one worker in it.

    Attributes
    ----------
    pid : int or None
        The worker's process id as the host sees it; None where the host cannot.
    clock : Clock
        The worker's clock.
    own_uid : bool
        Whether the worker's user id is its alone.
    """

    pid: int | None
    clock: Clock
    own_uid: bool

    def connect(self, deadline: float) -> None:
        """Wait until the worker has connected; ``deadline`` is in `time.monotonic` seconds.

        Raises
        ------
        BoxError
            When it has not by then, or the box died.
        """

    def channel_fd(self) -> int:
        """Return the descriptor to poll for frames."""

    def output_fd(self) -> int:
        """Return the descriptor to poll for what the submission prints; may equal the channel's."""

    def recv_into(self, buffer: memoryview) -> int:
        """Receive frame bytes without waiting; 0 at the end.

        Raises
        ------
        BlockingIOError
            When there are none yet.
        """

    def send(self, data: memoryview) -> int:
        """Send what fits without waiting; return how many bytes.

        Raises
        ------
        BlockingIOError
            When nothing fits now.
        """

    def read_output(self) -> bytes | None:
        """Return what was printed since the last call without waiting; None once the stream has ended."""

    def kill(self) -> None:
        """End the box and everything in it. Safe to call again."""

    def wait(self, timeout: float) -> Exit | None:
        """Wait for the box to end; None when it has not by then."""

    def close(self) -> None:
        """Kill what still runs and free every descriptor, folder and container. Safe to call again."""


class Box(Protocol):
    """A kind of box."""

    name: str

    def problem(self) -> str | None:
        """Say why this kind of box does not work here and what would help, or None where it works."""

    def info(self) -> BoxInfo:
        """Describe the box for the report."""

    def open(self, limits: Limits) -> Session:
        """Start a box without waiting for it.

        Raises
        ------
        BoxError
            When it cannot be started.
        """

    def close(self) -> None:
        """End what this box started in advance."""
