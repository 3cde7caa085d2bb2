"""A container's attached standard streams: one connection that carries three.

Towards the container the connection is its standard input, byte for byte. From it come pieces, each behind a header of
eight bytes, ``stream 0 0 0 size``, where stream is 1 for standard output and 2 for standard error. `Attached` takes
them apart without ever waiting and without keeping more than a bounded amount of either.

The connection is also the container's lifeline: the daemon closes the container's standard input when it ends, in
whatever way the judge ends, and the guard inside (``sandbox/worker.py``) ends the container then.
"""

from __future__ import annotations

import socket
import ssl
import struct
from contextlib import suppress
from typing import Any

__all__ = ["Attached"]

_STDOUT = 1
_HEADER = struct.Struct(">BxxxI")
_READ = 1 << 18
_HIGH_WATER = 4 << 20
"""Bytes of one kind that are kept while the other is asked for; beyond it the connection is left to fill up."""


class Attached:
    """The attached streams of one container.

    Parameters
    ----------
    stream : object
        What the SDK's ``attach_socket`` returned. It is kept: were it collected, the connection would close.
    frames_on_stdout : bool
        Whether standard output carries frames, and only standard error what the submission prints.
    """

    def __init__(self, stream: Any, *, frames_on_stdout: bool) -> None:
        self._stream = stream
        self._socket: socket.socket = getattr(stream, "_sock", stream)
        self._socket.setblocking(False)  # noqa: FBT003 - the socket's interface
        self._frames, self._output = bytearray(), bytearray()
        self._stdout = self._frames if frames_on_stdout else self._output
        self._target = self._output
        self._header = b""
        self._left = 0
        self._ended = False

    def fileno(self) -> int:
        """Return the descriptor to poll."""
        return self._socket.fileno()

    def receive(self, buffer: memoryview) -> int:
        """Move frame bytes into the buffer; 0 at the end.

        Raises
        ------
        BlockingIOError
            When there are none yet.
        """
        self._fetch(self._frames)
        count = min(len(self._frames), len(buffer))
        buffer[:count] = self._frames[:count]
        del self._frames[:count]
        return count

    def read_output(self) -> bytes | None:
        """Return what was printed since the last call; None once the stream has ended.

        Raises
        ------
        BlockingIOError
            When there is nothing yet.
        """
        self._fetch(self._output)
        text = bytes(self._output)
        self._output.clear()
        return text or None

    def send(self, data: memoryview) -> int:
        """Send what fits to the container's standard input.

        Raises
        ------
        BlockingIOError
            When nothing fits now.
        """
        try:
            return self._socket.send(data)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise BlockingIOError from None

    def hang_up(self) -> None:
        """Close the container's standard input, which ends it; what it printed can still be read."""
        with suppress(OSError):
            if isinstance(self._socket, ssl.SSLSocket):
                self._ended = True  # TLS cannot be closed by half
                self._socket.shutdown(socket.SHUT_RDWR)
            else:
                self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Close the connection. Safe to call again."""
        self._ended = True
        with suppress(OSError):
            self._socket.close()
            self._stream.close()

    def _fetch(self, wanted: bytearray) -> None:
        """Receive until there is something of the wanted kind; return as well at the end.

        Raises
        ------
        BlockingIOError
            When there is nothing now, or the other kind has to be read first.
        """
        while not self._ended and not wanted:
            if len(self._frames) + len(self._output) >= _HIGH_WATER:
                raise BlockingIOError
            try:
                data = self._socket.recv(_READ)
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                raise BlockingIOError from None
            except ConnectionError:
                data = b""
            self._ended = not data
            self._take_apart(memoryview(data))

    def _take_apart(self, data: memoryview) -> None:
        while data:
            if self._left:
                self._target += data[: self._left]
                taken = min(self._left, len(data))
                self._left -= taken
                data = data[taken:]
                continue
            need = _HEADER.size - len(self._header)
            self._header += bytes(data[:need])
            data = data[need:]
            if len(self._header) == _HEADER.size:
                stream, self._left = _HEADER.unpack(self._header)
                self._target = self._stdout if stream == _STDOUT else self._output
                self._header = b""
