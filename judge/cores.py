"""Which core runs what: the judge beside the box while they take turns, apart from it while the box is timed.

Answering a call on another core means waking that core up, which costs more than most calls: on the 2-core test
machine a judgement of ``pairwise_distances`` took 2.2 s of correctness on one core and 2.8 s on two.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["apart", "together"]

_PROCESSOR = 36
"""Where /proc/self/stat has the core last run on, counted after the process's name; see proc(5), field 39."""


@contextmanager
def together(pid: int | None) -> Iterator[None]:
    """Run the judge and a process on the core that the judge is on now.

    Parameters
    ----------
    pid : int or None
        The worker; None where the host cannot see it. Where it may not be moved, nothing is.
    """
    cores = os.sched_getaffinity(0)
    core = {_current_core()} & cores
    with _restored(cores):
        if pid and core and _move([pid], core):
            os.sched_setaffinity(0, core)
        yield


@contextmanager
def apart(pids: Sequence[int]) -> Iterator[None]:
    """Run the processes on one core and the judge on the others, where the machine has more than one and allows it."""
    cores = os.sched_getaffinity(0)
    last = {max(cores)}
    with _restored(cores):
        if len(cores) > 1 and _move(pids, last):
            os.sched_setaffinity(0, cores - last)
        yield


@contextmanager
def _restored(cores: set[int]) -> Iterator[None]:
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def _move(pids: Sequence[int], cores: set[int]) -> bool:
    """Move the processes; say whether all could be."""
    try:
        for pid in pids:
            os.sched_setaffinity(pid, cores)
    except (PermissionError, ProcessLookupError):
        return False
    return True


def _current_core() -> int:
    fields = Path("/proc/self/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    return int(fields[_PROCESSOR])
