"""Headless Chromium through the DevTools protocol over two pipes: no driver, no port, no package."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import signal
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 30
"""A bound on every answer; a page takes a fraction of a second."""


class Browser:
    """A running browser with one page; what the page did on its way is in ``events``.

    Parameters
    ----------
    program : str
        Chromium.
    profile : pathlib.Path
        An empty folder for its files.
    """

    def __init__(self, program: str, profile: Path) -> None:
        theirs_in, self._out = _pipe()
        self._in, theirs_out = _pipe()
        flags = [
            "--headless",
            "--remote-debugging-pipe",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--hide-scrollbars",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND",  # offline, whatever a page asks for
            f"--user-data-dir={profile}",
        ]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")  # Chromium's own refuses root; the pages are the tests' own
        with (profile / "chromium.log").open("wb") as log:
            actions = [
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, log.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, log.fileno(), 2),
                (os.POSIX_SPAWN_DUP2, theirs_in, 3),
                (os.POSIX_SPAWN_DUP2, theirs_out, 4),
            ]
            environment = os.environ | {"HOME": str(profile)}
            self._pid = os.posix_spawn(program, [program, *flags], environment, file_actions=actions, setpgroup=0)
        os.close(theirs_in)
        os.close(theirs_out)
        self._buffer = b""
        self._count = 0
        self._session: str | None = None
        self.events: list[tuple[str, dict[str, Any]]] = []
        try:
            target = self.ask("Target.createTarget", url="about:blank")["targetId"]
            self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Log", "Network"):
                self.ask(f"{domain}.enable")
        except BaseException:
            self.close()
            raise

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command and return its result; events that come before it are kept."""
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while (answer := self._receive()).get("id") != self._count:
            self.events.append((answer["method"], answer["params"]))
        assert "error" not in answer, answer
        return answer["result"]

    def open(self, url: str, width: int = 1200, height: int = 900, scheme: str = "light", media: str = "screen") -> None:
        """Show a page in a window of this size and wait until it has loaded; forget the events of the page before."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", media=media, features=features)
        self.events.clear()
        self.ask("Page.navigate", url=url)
        while not any(method == "Page.loadEventFired" for method, _ in self.events):
            answer = self._receive()
            self.events.append((answer["method"], answer["params"]))

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript; the debugger may, where the page's policy forbids scripts."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press and release a key."""
        for kind in ("rawKeyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode={"Tab": 9, "Enter": 13}[key])

    def close(self) -> None:
        """End the browser and what it started."""
        os.close(self._out)  # it ends when its pipe does
        os.close(self._in)
        until = time.monotonic() + 3
        while not os.waitpid(self._pid, os.WNOHANG)[0]:
            if time.monotonic() > until:
                os.killpg(self._pid, signal.SIGKILL)
                os.waitpid(self._pid, 0)
                break
            time.sleep(0.02)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)

    def _receive(self) -> dict[str, Any]:
        until = time.monotonic() + SECONDS
        while b"\0" not in self._buffer:
            if not select.select([self._in], [], [], max(0.0, until - time.monotonic()))[0]:
                raise TimeoutError(f"Chromium did not answer within {SECONDS} s")
            piece = os.read(self._in, 1 << 16)
            if not piece:
                raise EOFError("Chromium has ended; its words are in chromium.log of its profile")
            self._buffer += piece
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)


def _pipe() -> tuple[int, int]:
    """Return a pipe on high descriptors, which do not collide with those that Chromium expects: 3 and 4."""
    ends = []
    for end in os.pipe():
        ends.append(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20))
        os.close(end)
    return ends[0], ends[1]
