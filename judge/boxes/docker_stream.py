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

__all__ = ["STDERR", "STDOUT", "Attached"]

STDOUT, STDERR = 1, 2
_HEADER = struct.Struct(">BxxxI")
_READ = 1 << 18
_HIGH_WATER = 4 << 20
"""Bytes of one stream that are kept while the other is asked for; beyond it the connection is left to fill up."""


class Attached:
    """The attached streams of one container.

    Parameters
    ----------
    stream : object
        What the SDK's ``attach_socket`` returned. It is kept: when it is collected, the connection closes.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._socket: socket.socket = getattr(stream, "_sock", stream)
        self._socket.setblocking(False)
        self._held = {STDOUT: bytearray(), STDERR: bytearray()}
        self._header = b""
        self._left = 0
        self._current = STDERR
        self._ended = False

    def fileno(self) -> int:
        """Return the descriptor to poll."""
        return self._socket.fileno()

    def read_into(self, stream: int, buffer: memoryview) -> int:
        """Move bytes of one stream into the buffer; 0 at the end.

        Raises
        ------
        BlockingIOError
            When there are none yet.
        """
        self._fetch(stream)
        held = self._held[stream]
        count = min(len(held), len(buffer))
        buffer[:count] = held[:count]
        del held[:count]
        return count

    def read(self, *streams: int) -> bytes | None:
        """Return what the streams hold by now; None once they have ended.

        Raises
        ------
        BlockingIOError
            When there is nothing yet.
        """
        self._fetch(*streams)
        text = b"".join(self._held[stream] for stream in streams)
        for stream in streams:
            self._held[stream].clear()
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
                self._socket.close()
            else:
                self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Close the connection. Safe to call again."""
        self._ended = True
        with suppress(OSError):
            self._socket.close()
            self._stream.close()

    def _fetch(self, *streams: int) -> None:
        """Receive until one of the streams has something; return as well at the end.

        Raises
        ------
        BlockingIOError
            When there is nothing for them, now or until the other stream has been read.
        """
        while not self._ended and not any(self._held[stream] for stream in streams):
            if any(len(held) >= _HIGH_WATER for held in self._held.values()):
                raise BlockingIOError
            try:
                data = self._socket.recv(_READ)
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                raise BlockingIOError from None
            except ConnectionError:
                data = b""
            if not data:
                self._ended = True
            self._take_apart(memoryview(data))

    def _take_apart(self, data: memoryview) -> None:
        while data:
            if not self._left:
                need = _HEADER.size - len(self._header)
                self._header += bytes(data[:need])
                data = data[need:]
                if len(self._header) < _HEADER.size:
                    return
                stream, self._left = _HEADER.unpack(self._header)
                self._current = STDOUT if stream == STDOUT else STDERR
                self._header = b""
                continue
            self._held[self._current] += data[: self._left]
            taken = min(self._left, len(data))
            self._left -= taken
            data = data[taken:]
