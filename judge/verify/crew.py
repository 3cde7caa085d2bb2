"""The crew: processes that try sources side by side.

A trial is half the judge's work (drawing inputs, checking answers) and half the box's, and the two wait for each other. So it is
processes rather than threads that use a second core. Each has its own catalog and its own boxes::

    this process ── Trial ──▶ hand 1 ⇄ box, and the next box starting
        ▲          ── Trial ──▶ hand 2 ⇄ box, and the next box starting
        └──────────── Outcome ──┘

With one job everything happens in this process. Nothing that a submission sent crosses between processes except in the
text of a message.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.util
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Self, TypeVar

from judge.boxes import find_box
from judge.catalog import Catalog
from judge.errors import JudgeError
from judge.verify.hand import Hand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from judge.catalog import Problem

__all__ = ["Crew"]

Task = TypeVar("Task")
Result = TypeVar("Result")


class Crew:
    """Runs tasks in the given number of processes. Use as a context manager.

    Parameters
    ----------
    banks : tuple of pathlib.Path
        Private problem banks.
    box_name : str
        The kind of box, one that works here.
    jobs : int
        How many tasks run at a time.
    """

    def __init__(self, banks: tuple[Path, ...], box_name: str, jobs: int) -> None:
        self.jobs = jobs
        self._banks = banks
        self._box_name = box_name
        self._hand: Hand | None = None
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Return the crew; processes start with the first tasks."""
        return self

    def __exit__(self, *_: object) -> None:
        """End every process and box."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        if self._hand is not None:
            self._hand.close()

    def map(
        self,
        work: Callable[[Hand, Problem, Task], Result],
        problem: Problem,
        tasks: Sequence[Task],
        progress: Callable[[int, int], None] = lambda *_: None,
    ) -> list[Result]:
        """Do the work on every task; return the results in the tasks' order.

        Parameters
        ----------
        work : callable
            ``work(hand, problem, task)``, a function at module level.
        problem : Problem
            The problem; a process of the crew looks it up by its slug.
        tasks : sequence
            Plain data.
        progress : callable
            Told how many tasks are done, of how many.

        Raises
        ------
        JudgeError
            As the work does; also when a process of the crew dies.
        """
        if self.jobs == 1:
            self._hand = self._hand or Hand(find_box(self._box_name))
            return _in_turn(self._hand, work, problem, tasks, progress)
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.jobs, context, initializer=_start, initargs=(self._banks, self._box_name))
        futures = [self._pool.submit(_work, work, problem.slug, task) for task in tasks]
        try:
            for done, future in enumerate(as_completed(futures), 1):
                future.result()
                progress(done, len(futures))
        except BrokenProcessPool as error:
            msg = "a process of the verifier died"
            raise JudgeError(msg, "Look for the kernel's out-of-memory killer; `--jobs 1` needs less memory.") from error
        finally:
            for future in futures:
                future.cancel()
        return [future.result() for future in futures]


def _in_turn(hand: Hand, work: Any, problem: Problem, tasks: Sequence[Any], progress: Callable[[int, int], None]) -> list[Any]:
    results = []
    for task in tasks:
        results.append(work(hand, problem, task))
        progress(len(results), len(tasks))
    return results


# -- in the processes of the crew ---------------------------------------------------------------------------

_member: tuple[Catalog, Hand] | None = None


def _start(banks: tuple[Path, ...], box_name: str) -> None:
    """Make ready a process of the crew."""
    global _member  # noqa: PLW0603 - a process of the crew has one hand
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends the crew
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    hand = Hand(find_box(box_name))
    multiprocessing.util.Finalize(None, _end, args=(hand,), exitpriority=1)
    _member = (Catalog(banks), hand)


def _end(hand: Hand) -> None:
    """Close the boxes and leave at once: DuckDB complains at length of queries that live as long as the interpreter."""
    hand.close()
    os._exit(0)


def _work(work: Callable[[Hand, Problem, Task], Result], slug: str, task: Task) -> Result:
    """Do one task."""
    if _member is None:
        msg = "a process of the verifier was not made ready"
        raise JudgeError(msg)
    catalog, hand = _member
    return work(hand, _problem(catalog, slug), task)


_problems: dict[str, Problem] = {}


def _problem(catalog: Catalog, slug: str) -> Problem:
    """Look a problem up once: its modules are imported with the first task."""
    if slug not in _problems:
        _problems[slug] = catalog.problem(slug)
    return _problems[slug]


def _leave_with_parent() -> None:
    """End this process when its parent is gone, whatever way; its boxes end with it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
