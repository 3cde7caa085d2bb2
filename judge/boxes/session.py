"""A session: one submission in one box, from its import to its end, with every wait bounded.

The session turns what happens on the other side into three kinds of outcome and nothing else:

- a value, plain data as the protocol decodes it;
- `RemoteError`, the submission raised an exception and the session goes on;
- `judge.model.Failure`, the session is over: a limit was exceeded, the process ended, a frame was forged.

A fault of the judge or the machine is a `judge.errors.BoxError`.
"""

from __future__ import annotations

import select
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from judge.boxes import base
from judge.errors import BoxError
from judge.model import Failure, Limits, Verdict
from judge.sandbox.protocol import Channel, Frame, Kind, ProtocolError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from judge.boxes.base import Cell
    from judge.model import Call

__all__ = ["Batch", "RemoteError", "Session"]

START_TIMEOUT = 30.0
"""Seconds for a box to start and its libraries to be imported; beyond it the machine is at fault."""
STAGE_TIMEOUT = 15.0
"""Seconds for a box to receive the inputs of a batch."""
WALL_SHARE, WALL_EXTRA = 3.0, 2.0
"""A call may take this many times its CPU limit in wall time, plus so many seconds: load is not the learner's fault."""
IMPORT_LIMIT = 10.0
"""CPU seconds for the submission's own import."""
SESSION_CPU = 120
"""CPU seconds of a whole session, all calls together; set as a kernel limit beneath the judge's own watch."""
SESSION_WALL = 300.0
"""Wall seconds of a whole session."""
IDLE = 3.0
"""A worker that owes an answer and only sleeps for so many seconds is not working: solutions compute."""
MAX_RESULT = 256 << 20
"""Bytes of array data in one result."""
BUSY_SHARE = 0.02
SLICE = 0.05
"""Seconds between looks at the clock while waiting."""
SETTLE = 0.005
"""Seconds that a worker has to go to sleep after its last answer."""
NEAR_LIMIT = 0.75
"""A worker that died with its peak memory beyond this share of its limit died of it."""


class RemoteError(Exception):
    """The submission raised an exception.

    Attributes
    ----------
    kinds : tuple of str
        Class names of the exception and its bases, the exception's own first.
    text : str
        Its message.
    traceback : str
        The learner's part of the traceback.
    """

    def __init__(self, kinds: tuple[str, ...], text: str, traceback: str = "") -> None:
        super().__init__(f"{kinds[0]}: {text}" if text else kinds[0])
        self.kinds = kinds
        self.text = text
        self.traceback = traceback


@dataclass(frozen=True)
class Batch:
    """What a timed batch gave.

    Parameters
    ----------
    results : tuple
        The outputs, in the order of the calls.
    ns : int
        Nanoseconds of the session's clock from the start message to the last byte of the last output.
    wall_ns : int
        The same in wall time.
    outside_ns : int
        Nanoseconds of the session's clock from the end of the batch before to the start message. Where the clock is
        the wall's, which runs for others too, only those of receiving inputs.
    """

    results: tuple[Any, ...]
    ns: int
    wall_ns: int
    outside_ns: int


class Session:
    """One submission in one box. Use as a context manager.

    Parameters
    ----------
    cell : Cell
        The started box.
    limits : Limits
        What the submission may use.
    """

    def __init__(self, cell: Cell, limits: Limits) -> None:
        self._cell = cell
        self._limits = limits
        self._channel = Channel(_Watched(self), MAX_RESULT)
        self._call = 0
        self._connected = False
        self._failure: Failure | None = None
        self._output = bytearray()
        self._output_open = True
        self._deadline = 0.0
        self._cpu_deadline = 0
        self._base_memory = self._peak_memory = 0
        self._end = float("inf")
        self._idle_since = self._idle_cpu = 0.0
        self._ended_ns = self._staged_ns = 0
        self.time_limit = limits.time_limit
        self.versions: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        """Return the session itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the session."""
        self.close()

    @property
    def clock_kind(self) -> str:
        """``"cpu"`` or ``"wall"``: what the session's nanoseconds are."""
        return self._cell.clock.kind

    @property
    def over(self) -> bool:
        """Whether a failure has ended the session."""
        return self._failure is not None

    @property
    def pid(self) -> int | None:
        """The worker's process id on the host, where it can be seen."""
        return self._cell.pid

    @property
    def output(self) -> str:
        """What the submission printed, as text. Never parsed; escape it before showing it."""
        self._drain()
        return self._output.decode("utf-8", "replace")

    def used_ns(self) -> int:
        """Return the nanoseconds on the worker's clock."""
        try:
            return self._cell.clock.now_ns()
        except ProcessLookupError:
            raise self._ended() from None

    def _settled_ns(self) -> int:
        """Read the clock once the worker waits for us.

        The kernel adds the time of a process that is on a core right now only at its next tick or switch; read too early,
        after an answer and before the worker has gone to sleep, the clock would miss up to 4 ms. A worker that goes
        on working, in a thread of the submission's, is not waited for: what it uses is found by the audit.
        """
        if self._cell.clock.kind == "cpu" and self._cell.pid:
            end = time.monotonic() + SETTLE
            while not base.is_waiting(self._cell.pid) and time.monotonic() < end:
                time.sleep(0)
        return self.used_ns()

    def connect(self) -> None:
        """Wait for the worker. Called by `load`; call it earlier to have a warm box.

        Raises
        ------
        BoxError
            When the box does not start.
        """
        if self._connected:
            return
        self._allow(START_TIMEOUT, cpu=None)
        self._cell.connect(self._deadline)
        self._connected = True
        frame = self._startup_frame(Kind.HELLO)
        self.versions = tuple(str(version) for version in frame.value) if isinstance(frame.value, tuple) else ()

    def load(
        self, source: bytes, filename: str, functions: Sequence[str], *, measured: bool = False, profiled: bool = False
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Import the submission.

        Parameters
        ----------
        source, filename, functions
            The submission, and the functions it should define.
        measured : bool
            Let `forget_peak` work. The submission can then reach the means too, and forge its own memory figures.
        profiled : bool
            Let `profile` work, in a Python submission. Its times are then for that alone: calls take longer.

        Returns
        -------
        found, others : tuple of str
            Which of the functions it defines, and names of other functions in it.

        Raises
        ------
        Failure
            When the source does not compile, its import raises, or a limit is exceeded.
        BoxError
            When the box fails before the submission's turn.
        """
        self.connect()
        self._call += 1
        self._allow(START_TIMEOUT, cpu=None)
        ceiling = self._limits.memory << 20
        purpose = "profile" if profiled else "measure" if measured else ""
        value = (source, filename, tuple(functions), (ceiling, SESSION_CPU, self._cell.own_uid), purpose)
        try:
            self._channel.send(Kind.LOAD, self._call, value)
        except (EOFError, OSError) as error:
            raise self._broken_start() from error
        self._startup_frame(Kind.STAGED)
        self._end = time.monotonic() + SESSION_WALL
        self._base_memory = self.peak_memory()
        self._allow(IMPORT_LIMIT * WALL_SHARE + WALL_EXTRA, cpu=IMPORT_LIMIT)
        frame = self._receive(Kind.READY, Kind.RAISED)
        if frame.kind == Kind.RAISED:
            raise self._refuse_import(frame.value, "duckdb" if filename.endswith(".sql") else "python")
        match frame.value:
            case (tuple() as found, tuple() as others):
                return tuple(map(str, found)), tuple(map(str, others))
        raise self._fail(_forged())

    def call(self, function: str, *args: Any, **kwargs: Any) -> Any:
        """Call one function and return its result.

        Raises
        ------
        RemoteError
            When it raises; the session goes on.
        Failure
            When a limit is exceeded or the process ends; the session is over.
        """
        self._call += 1
        self._allow(self.time_limit * WALL_SHARE + WALL_EXTRA, cpu=self.time_limit)
        self._send(Kind.CALL, (function, args, tuple(kwargs.items())))
        result, changed = self._answer(self._call)
        if isinstance(changed, int) and changed >= 0:
            names = [*(str(position + 1) for position in range(len(args))), *kwargs]
            which = names[changed] if changed < len(names) else "?"
            message = f"{function} modified its argument {which}; arguments must not be changed"
            raise Failure(Verdict.WA, message, "Work on a copy: `X = X.copy()`, `items = list(items)`.")
        return result

    def batch(self, calls: Sequence[Call]) -> Batch:
        """Stage calls outside the clock, then run them and time them as one.

        Raises
        ------
        RemoteError, Failure
            As `call`.
        """
        self.stage(calls)
        return self.run(len(calls))

    def run(self, count: int) -> Batch:
        """Run the ``count`` calls that are staged and time them as one.

        Raises
        ------
        RemoteError, Failure
            As `call`.
        """
        first = self._call + 1
        limit = self.time_limit * count
        self._allow(limit * WALL_SHARE + WALL_EXTRA, cpu=limit)
        self._call = first
        began, wall = self._settled_ns(), time.monotonic_ns()
        self._send(Kind.RUN, None)
        results = tuple(self._answer(first + position)[0] for position in range(count))
        wall_ns = time.monotonic_ns() - wall
        ended = self._settled_ns()
        self._call = first + count
        outside = began - self._ended_ns if self._cell.clock.kind == "cpu" else self._staged_ns
        self._ended_ns, self._staged_ns = ended, 0
        return Batch(results, ended - began, wall_ns, outside)

    def stage(self, calls: Sequence[Call]) -> int:
        """Send the inputs of calls, to be run by a batch or to be dropped by the next.

        Returns
        -------
        int
            Nanoseconds of the session's clock that receiving them took.

        Raises
        ------
        Failure
            When the session ends meanwhile.
        """
        self._call += 1
        self._allow(STAGE_TIMEOUT, cpu=None)
        began = self._settled_ns()
        self._send(Kind.STAGE, list(calls))
        self._receive(Kind.STAGED)
        used = self._settled_ns() - began
        self._staged_ns += used
        return used

    def forget_peak(self) -> None:
        """Have free memory given back and the memory peak counted from here, so that `peak_memory` is the next call's.

        Raises
        ------
        Failure
            When the session ends meanwhile.
        """
        self._call += 1
        self._allow(STAGE_TIMEOUT, cpu=None)
        self._send(Kind.FORGET, None)
        self._receive(Kind.STAGED)

    def profile(self, count: int) -> Any:
        """Run the ``count`` calls that are staged and return what `Watch.run` of ``sandbox/lines.py`` saw.

        It comes from the box: plain data that may be anything.

        Raises
        ------
        RemoteError, Failure
            As `call`.
        """
        limit = self.time_limit * count
        self._call += 1
        self._allow(limit * WALL_SHARE + WALL_EXTRA, cpu=limit)
        self._send(Kind.PROFILE, None)
        return self._answer(self._call)[0]

    def allow_time(self, seconds: float | None) -> None:
        """Set the CPU seconds of one call; None sets the problem's own limit again."""
        self.time_limit = self._limits.time_limit if seconds is None else seconds

    def peak_memory(self) -> int:
        """Return the worker's largest resident memory so far, in bytes; 0 where it cannot be seen."""
        return base.peak_memory(self._cell.pid) if self._cell.pid else 0

    def close(self) -> None:
        """End the box and free what it held. Safe to call again."""
        self._cell.close()

    # -- frames ---------------------------------------------------------------------------------------------

    def _allow(self, wall: float, *, cpu: float | None) -> None:
        """Set the bounds of the waits to come: wall seconds, and seconds on the worker's CPU clock."""
        now = time.monotonic()
        self._deadline = min(now + wall, self._end)
        self._idle_since = now
        self._cpu_deadline = 0
        if cpu is not None and self._cell.clock.kind == "cpu":
            self._cpu_deadline = self.used_ns() + int(cpu * 1e9)

    def _send(self, kind: int, value: Any) -> None:
        if self._failure is not None:
            raise self._failure
        try:
            self._channel.send(kind, self._call, value)
        except (EOFError, OSError):
            raise self._ended() from None

    def _receive(self, *kinds: int) -> Frame:
        if self._failure is not None:
            raise self._failure
        try:
            frame = self._channel.receive()
        except ProtocolError as error:
            raise self._fail(_oversized(error)) from None
        except (EOFError, OSError):
            raise self._ended() from None
        if frame.kind not in kinds or frame.call != self._call:
            raise self._fail(_forged())
        return frame

    def _answer(self, call: int) -> tuple[Any, Any]:
        """Receive what came of one call."""
        self._call = call
        frame = self._receive(Kind.RESULT, Kind.RAISED, Kind.REFUSED)
        match frame.kind, frame.value:
            case Kind.RESULT, (result, changed):
                return result, changed
            case Kind.REFUSED, str(name):
                raise RemoteError(("Unsendable",), f"the result is of type {name}")
            case Kind.RAISED, (_, tuple(kinds), str(text), str(trace)) if kinds and all(type(kind) is str for kind in kinds):
                if "MemoryError" in kinds:
                    raise Failure(Verdict.MLE, self._memory_message(), text, trace)
                raise RemoteError(kinds, text, trace)
        raise self._fail(_forged())

    def _startup_frame(self, kind: int) -> Frame:
        """Receive a frame of the worker's own code, before the submission has been imported: a fault there is ours."""
        try:
            frame = self._channel.receive()
        except (ProtocolError, EOFError, OSError, Failure) as error:
            raise self._broken_start() from error
        if frame.kind != kind:
            raise self._broken_start()
        return frame

    def _broken_start(self) -> BoxError:
        self._cell.kill()
        self._cell.wait(2.0)
        words = self.output.strip().splitlines()
        return BoxError(f"the box failed to start: {words[-1] if words else 'no message'}", "`judge doctor` checks which boxes work here.")

    # -- failures -------------------------------------------------------------------------------------------

    def _fail(self, failure: Failure) -> Failure:
        """End the session with this failure; later uses fail the same way."""
        if self._failure is None:
            self._failure = failure
            self._cell.kill()
        return self._failure

    def _refuse_import(self, value: Any, program: str) -> Failure:
        match value:
            case (str(phase), tuple(kinds), str(text), str(trace)) if kinds:
                if phase == "compile":
                    return self._fail(Failure(Verdict.CE, f"{kinds[0]}: {text}", f"Run it once with `{program}` to see where.", trace))
                if "MemoryError" in kinds:
                    return self._fail(Failure(Verdict.MLE, self._memory_message(), text, trace))
                if "SystemExit" in kinds:
                    hint = 'Put code that should run only by hand under `if __name__ == "__main__":`.'
                    return self._fail(Failure(Verdict.RTE, "the file exits while it is imported", hint, trace))
                if "ModuleNotFoundError" in kinds:
                    hint = "The box holds the standard library, numpy, pandas and duckdb."
                    return self._fail(Failure(Verdict.RTE, f"importing the file raised {kinds[0]}: {text}", hint, trace))
                return self._fail(Failure(Verdict.RTE, f"importing the file raised {kinds[0]}: {text}", "", trace))
        return self._fail(_forged())

    def _memory_message(self) -> str:
        return f"needed more than the {self._limits.memory} MiB that this problem allows"

    def _ended(self) -> Failure:
        """Find out why the worker is gone."""
        if self._failure is not None:
            return self._failure
        exited = self._cell.wait(2.0)
        self._drain()
        code = None if exited is None else exited.code
        starved = (exited is not None and exited.out_of_memory) or (
            self._peak_memory - self._base_memory > NEAR_LIMIT * (self._limits.memory << 20) and self._base_memory > 0
        )
        if starved:
            return self._fail(Failure(Verdict.MLE, self._memory_message()))
        if code == -signal.SIGXCPU:
            return self._fail(Failure(Verdict.TLE, f"used more than {SESSION_CPU} s of CPU time in one session"))
        if code is not None and code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
            return self._fail(Failure(Verdict.RTE, f"the interpreter crashed ({name})", "Look for ctypes, deep recursion or os.kill."))
        words = "ended the process" if code is None else f"ended the process with exit code {code}"
        return self._fail(Failure(Verdict.RTE, f"the submission {words}", "Return the answer; do not call exit."))

    def _out_of_time(self, *, cpu: bool) -> Failure:
        limit = self.time_limit
        if time.monotonic() > self._end:
            return self._fail(Failure(Verdict.TLE, f"all calls together took longer than {SESSION_WALL:g} s", "Make each call quicker."))
        message = f"ran longer than the {limit:g} s of CPU time allowed for one call" if cpu else "did not answer in time"
        hint = "Look for a loop that does not end." if cpu else "It waited rather than worked: look for sleep, input or a lock."
        return self._fail(Failure(Verdict.TLE, message, hint))

    # -- waiting --------------------------------------------------------------------------------------------

    def _drain(self) -> None:
        """Take what was printed; more than the limit ends the session."""
        while self._output_open:
            try:
                piece = self._cell.read_output()
            except BlockingIOError:
                return
            if piece is None:
                self._output_open = False
                return
            if not piece:
                return
            self._output += piece
            if len(self._output) > self._limits.output << 20:
                del self._output[self._limits.output << 20 :]
                self._output_open = False
                raise self._fail(Failure(Verdict.OLE, f"printed more than {self._limits.output} MiB", "Remove the debugging output."))

    def wait_ready(self, *, writing: bool) -> None:
        """Wait until the channel can be read (or written), watching clocks and output meanwhile."""
        poll = select.poll()
        channel = self._cell.channel_fd()
        output = self._cell.output_fd()
        poll.register(channel, select.POLLOUT if writing else select.POLLIN)
        if self._output_open and output != channel:
            poll.register(output, select.POLLIN)
        while True:
            ready = dict(poll.poll(SLICE * 1000))
            if not ready:  # a long call: remember its memory, which cannot be asked for once the worker is gone
                self._peak_memory = max(self._peak_memory, self.peak_memory())
            if channel in ready:
                if output == channel:
                    self._drain()
                self._check_clocks()
                return
            if ready:
                self._drain()
                if not self._output_open:
                    poll.unregister(output)
            self._check_clocks()

    def _check_clocks(self) -> None:
        now = time.monotonic()
        if now > self._deadline:
            raise self._out_of_time(cpu=False)
        if not self._cpu_deadline:
            return
        used = self.used_ns()
        if used > self._cpu_deadline:
            raise self._out_of_time(cpu=True)
        if used - self._idle_cpu > (now - self._idle_since) * BUSY_SHARE * 1e9 or not base.is_waiting(self._cell.pid or 0):
            self._idle_since, self._idle_cpu = now, used
        elif now - self._idle_since > IDLE:
            raise self._out_of_time(cpu=False)


class _Watched:
    """The cell as a stream whose every wait is watched by its session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._cell = session._cell  # noqa: SLF001 - one idea in two classes

    def recv_into(self, buffer: memoryview) -> int:
        while True:
            try:
                return self._cell.recv_into(buffer)
            except BlockingIOError:
                self._session.wait_ready(writing=False)

    def sendall(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self._cell.send(view) :]
            except BlockingIOError:
                self._session.wait_ready(writing=True)


def _forged() -> Failure:
    return Failure(Verdict.RTE, "the submission wrote to the judge's channel", "Only print() and return values reach the judge.")


def _oversized(error: ProtocolError) -> Failure:
    if "a frame of" in str(error):
        return Failure(Verdict.OLE, f"returned more than {MAX_RESULT >> 20} MiB", "Return only what the statement asks for.")
    return _forged()
