"""The process that runs a submission. Started inside a box, never on the host.

Theory of operation
-------------------
::

    box's pid 1 ── starts ──▶ worker ── connects ──▶ the judge's socket (or inherits a stdio pair)
                              │ HELLO  versions
                              │ ◀ LOAD  source, function names, limits
                              │ imports the libraries that the source names, then locks itself in (lockdown.py)
                              │ STAGED  from here on, everything is charged to the submission
                              │ imports the submission as module ``submission``
                              │ READY | RAISED
                              └ loop:  CALL  → RESULT | RAISED
                                       STAGE → STAGED (inputs received, garbage collected)
                                       RUN   → one RESULT | RAISED for each staged call
                                       FORGET → STAGED (free memory given back, the memory peak counted anew)
                                       PROFILE → RESULT | RAISED (the staged calls, line by line: lines.py)

The submission lives in this process and can do whatever Python can: patch this module, its clock, its channel. So
nothing here is relied upon. The judge measures from outside, checks every answer, and treats a frame it did not ask
for as the submission's failure. What this file does promise is to serve an honest submission quickly and to
explain its mistakes well.
"""

from __future__ import annotations

import gc
import linecache
import os
import platform
import socket
import sys
import traceback
import types
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from . import lockdown
from .protocol import Channel, Kind, Table, Unsendable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .lines import Watch

SOCKET = "/run/judge/socket"
MODULE = "submission"
SQL = ".sql"
TEXT = 2000
"""Characters of a message or traceback that are sent."""
BALLAST, BALLASTS = 400, 8_000
"""Size and number of small objects that fill what Python holds in reserve: 3.6 MB."""


class _Stdio:
    """The attached standard streams as one byte stream, where no socket can cross."""

    def __init__(self) -> None:
        self._in, self._out = os.dup(0), os.dup(1)
        close_stdin()
        os.dup2(2, 1)  # what the submission prints goes to stderr, never into the channel

    def recv_into(self, buffer: memoryview) -> int:
        return os.readv(self._in, [buffer])

    def sendall(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._out, view) :]


def close_stdin() -> None:
    """Leave nothing to read on standard input."""
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)


def connect() -> Channel:
    """Open the channel to the judge, by the way that the environment names."""
    if os.environ.pop("JUDGE_CHANNEL", "socket") == "stdio":
        return Channel(_Stdio())
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.connect(SOCKET)
    return Channel(link)


def preload(source: bytes, filename: str) -> None:
    """Import the large libraries that the source needs, before time and memory are charged to it."""
    for name in ("pandas", "duckdb"):
        if name.encode() in source or (name == "duckdb" and filename.endswith(SQL)):
            __import__(name)
    # OpenBLAS takes its buffers (about 32 MiB) at the first product, and ends the process where it cannot have them.
    np.ones((2, 2)) @ np.ones((2, 2))


def load_python(source: bytes, filename: str) -> dict[str, Any]:
    """Import the source as a real module: dataclasses and postponed annotations look it up in ``sys.modules``."""
    module = types.ModuleType(MODULE)
    module.__file__ = filename
    sys.modules[MODULE] = module
    text = source.decode("utf-8-sig")
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    code = compile(source, filename, "exec", dont_inherit=True)
    exec(code, module.__dict__)  # noqa: S102 - running the submission is what a box is for
    return module.__dict__


def describe(error: BaseException, phase: str) -> tuple[str, tuple[str, ...], str, str]:
    """Say what was raised: phase, class names of the error and its bases, message, the learner's part of the traceback."""
    kinds = tuple(kind.__name__ for kind in type(error).__mro__[:-1])
    try:
        message = str(error)
    except BaseException:  # noqa: BLE001 - the learner's __str__ may raise anything
        message = "<unprintable>"
    try:
        frames = traceback.TracebackException.from_exception(error, limit=50, lookup_lines=True)
        here = os.path.dirname(__file__)  # noqa: PTH120 - pathlib costs an import
        frames.stack = traceback.StackSummary.from_list([frame for frame in frames.stack if not frame.filename.startswith(here)])
        frames.__cause__ = frames.__context__ = None
        text = "".join(frames.format())
    except BaseException:  # noqa: BLE001 - the same
        text = ""
    return phase, kinds, message[:TEXT], text[-TEXT:]


def missing(name: str) -> Callable[..., Any]:
    """Stand in for a function that the submission does not define."""

    def raises(*_: Any, **__: Any) -> None:
        msg = f"name {name!r} is not defined"
        raise NameError(msg)

    return raises


def snapshot(value: Any) -> Any:
    """Copy what can change of an argument: array contents, the items of lists."""
    if type(value) is np.ndarray:
        return value.shape, value.tobytes()
    if type(value) in (list, tuple):
        return [snapshot(item) for item in value]
    if type(value) is Table:
        return [snapshot(column.values) for column in value.columns]
    return value


def first_changed(values: Sequence[Any], before: Sequence[Any]) -> int:
    """Return the position of the first argument that differs from its snapshot, or -1."""
    return next((position for position, pair in enumerate(zip(values, before, strict=True)) if not is_unchanged(*pair)), -1)


def is_unchanged(value: Any, before: Any) -> bool:
    """Compare an argument with its snapshot."""
    if type(value) is np.ndarray:
        return bool((value.shape, value.tobytes()) == before)
    if type(value) is Table:
        value = [column.values for column in value.columns]
    if type(value) in (list, tuple):
        return type(before) is list and len(value) == len(before) and all(map(is_unchanged, value, before))
    return value is before or (type(value) is type(before) and value == before)


class Worker:
    """Serves one submission."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.functions: dict[str, Callable[..., Any]] = {}
        self.staged: list[tuple[Callable[..., Any], tuple[Any, ...], tuple[tuple[str, Any], ...]]] = []
        self.is_sql = False
        self.peak: int | None = None
        self.watch: Watch | None = None
        self.ballast: list[bytes] = []
        self.flush = sys.stdout.flush

    def serve(self) -> None:
        """Answer frames until the judge closes the channel."""
        self.channel.send(Kind.HELLO, 0, (platform.python_version(), np.__version__))
        while True:
            frame = self.channel.receive()
            if frame.kind == Kind.CALL:
                self.call(frame.call, *frame.value)
            elif frame.kind == Kind.STAGE:
                self.stage(frame.call, frame.value)
            elif frame.kind == Kind.RUN:
                self.run(frame.call)
            elif frame.kind == Kind.FORGET:
                self.forget_peak(frame.call)
            elif frame.kind == Kind.PROFILE:
                self.profile(frame.call)
            elif frame.kind == Kind.LOAD:
                *value, purpose = frame.value
                self.load(frame.call, *value, purpose=purpose)

    def load(
        self, call: int, source: bytes, filename: str, names: tuple[str, ...], ceilings: tuple[int, int, bool], *, purpose: str
    ) -> None:
        """Lock this process in, then import the submission."""
        preload(source, filename)
        if purpose == "profile":
            from .lines import Watch  # noqa: PLC0415 - line_profiler is imported only where it is asked for
        if purpose == "measure":
            self.peak = lockdown.open_peak()
        lockdown.limit(lockdown.Ceilings(*ceilings))
        lockdown.shut()
        self.channel.send(Kind.STAGED, call, None)
        try:
            namespace = self.import_submission(source, filename)
        except SyntaxError as error:
            self.channel.send(Kind.RAISED, call, describe(error, "compile"))
        except BaseException as error:  # noqa: BLE001 - a submission may raise anything at all, SystemExit included
            self.channel.send(Kind.RAISED, call, describe(error, "import"))
        else:
            self.functions = {name: namespace[name] for name in names if callable(namespace.get(name))}
            others = tuple(name for name, value in namespace.items() if isinstance(value, types.FunctionType))
            if purpose == "profile":
                self.watch = Watch(namespace, filename)
            # What the import made stays for good; frozen, it costs the collections before timed batches nothing.
            gc.collect()
            gc.freeze()
            self.channel.send(Kind.READY, call, (tuple(self.functions), others[:50]))
        self.flush_output()

    def import_submission(self, source: bytes, filename: str) -> dict[str, Any]:
        """Import the source by its language."""
        if filename.endswith(SQL):
            from .sql import load_sql  # noqa: PLC0415 - DuckDB is imported for SQL only

            self.is_sql = True
            return load_sql(source, filename)
        return load_python(source, filename)

    def call(self, call: int, name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> None:
        """Make one call and say which argument it modified, if any."""
        function = self.functions.get(name) or missing(name)
        self.answer(call, function, args, kwargs, [snapshot(value) for value in (*args, *(value for _, value in kwargs))])
        self.flush_output()

    def answer(
        self,
        call: int,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: tuple[tuple[str, Any], ...],
        before: list[Any] | None = None,
    ) -> None:
        """Make one call and send what came of it. Given a snapshot, also say which argument was modified (-1: none)."""
        try:
            result = function(*args, **dict(kwargs))
            changed = -1 if before is None else first_changed((*args, *(value for _, value in kwargs)), before)
            self.channel.send(Kind.RESULT, call, (result, changed))
        except Unsendable as error:
            self.channel.send(Kind.REFUSED, call, str(error)[:TEXT])
        except BaseException as error:  # noqa: BLE001 - a submission may raise anything at all, SystemExit included
            self.channel.send(Kind.RAISED, call, describe(error, "call"))

    def stage(self, call: int, calls: list[Any]) -> None:
        """Keep the inputs of a batch; nothing runs yet. A query's tables are loaded here, outside the clock."""
        self.staged = []
        for name, args, kwargs in calls:
            function: Any = self.functions.get(name) or missing(name)
            self.staged.append((function.staged(**dict(kwargs)), (), ()) if self.is_sql else (function, args, kwargs))
        gc.collect()
        gc.disable()
        self.channel.send(Kind.STAGED, call, None)

    def run(self, call: int) -> None:
        """Run the staged batch, answering each call as it is done."""
        staged, self.staged = self.staged, []
        staged.reverse()
        while staged:
            function, args, kwargs = staged.pop()
            self.answer(call, function, args, kwargs)
            call += 1
        gc.enable()
        self.flush_output()

    def profile(self, call: int) -> None:
        """Run the staged calls and say which lines took how long."""
        staged, self.staged = self.staged, []
        assert self.watch is not None  # noqa: S101 - loaded for this
        self.answer(call, self.watch.run, ([partial(function, *args, **dict(kwargs)) for function, args, kwargs in staged],), ())
        gc.enable()
        self.flush_output()

    def forget_peak(self, call: int) -> None:
        """Give free memory back to the kernel and let it count the peak from here: what comes on top is the next call's.

        Python keeps blocks of small objects that were freed; new ones would hide in them, so they are filled.
        """
        self.ballast.clear()
        gc.collect()
        self.ballast.extend(bytes(BALLAST) for _ in range(BALLASTS))
        lockdown.trim()
        if self.peak is not None:
            os.write(self.peak, b"5")
        self.channel.send(Kind.STAGED, call, None)

    def flush_output(self) -> None:
        """Hand what was printed to the kernel."""
        try:
            self.flush()
        except (OSError, ValueError):  # the submission closed its own standard output
            return


def stand_guard() -> None:
    """Fork, and let the parent end the box when the judge's end of stdin closes: a killed judge leaves nothing behind."""
    if os.environ.pop("JUDGE_GUARD", "") != "1":
        return
    lockdown.hide()  # before the fork: the worker is to have our user id, and must not reach into our memory
    child = os.fork()
    if child == 0:
        if os.environ.get("JUDGE_CHANNEL") != "stdio":  # the lifeline is nothing that a submission should read
            close_stdin()
        return
    import select  # noqa: PLC0415 - only the guard needs it

    watched = os.pidfd_open(child)
    lockdown.shut()
    poll = select.poll()
    poll.register(watched, select.POLLIN)
    poll.register(0, 0)  # a closed end is always reported; the bytes, if any, are the worker's
    ready = {descriptor for descriptor, _ in poll.poll()}
    if watched in ready:
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        os._exit(code if code >= 0 else 128 - code)
    os._exit(0)


def main() -> None:
    """Give up root where the box still has it, open the channel and serve."""
    uid = os.environ.pop("JUDGE_UID", "")
    if uid:
        lockdown.become(int(uid), int(uid))
    stand_guard()
    try:
        Worker(connect()).serve()
    except (EOFError, ConnectionError):
        os._exit(0)


if __name__ == "__main__":
    main()
