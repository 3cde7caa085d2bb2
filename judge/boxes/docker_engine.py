"""The docker daemon: finding it, talking to it in bounded time, and knowing what it can do.

Two facts about a daemon decide how a box is run. Where it shares this machine's kernel and user ids, a Unix socket
crosses into the container and the judge reads the worker's own CPU clock. Elsewhere (Docker Desktop, a remote daemon,
user-namespace remapping, SELinux, a daemon seen from inside a container) calls go over the container's standard streams,
and time is wall time. `Engine.shares_kernel` tells them apart.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
import threading
import weakref
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judge.errors import BoxError, BoxUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docker import APIClient

__all__ = ["Engine", "docker_errors"]

DEFAULT_SOCKET = Path("/var/run/docker.sock")
PROBE_TIMEOUT = 5.0
"""Seconds for a daemon to answer a question that costs it nothing."""
WORK_TIMEOUT = 30.0
"""Seconds for it to make or start a container on a loaded machine."""
_NO_DAEMON_HINT = "Start docker (`systemctl start docker`, or Docker Desktop), or use `--box bubblewrap`."
_MAPPING = ("name=rootless", "name=userns")
"""Security options under which a container's user ids are not this machine's."""
_LABELLING = "name=selinux"
"""The security option under which a container may not connect to a process outside it."""


class Engine:
    """One docker daemon, connected to at first use.

    Its attributes raise `BoxUnavailable` where no daemon answers.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._api: APIClient | None = None
        self._peer = 0

    @property
    def api(self) -> APIClient:
        """The SDK's client, which several threads may use."""
        with self._lock:
            if self._api is None:
                self._api = self._connect()
                weakref.finalize(self, self._api.close)
            return self._api

    @cached_property
    def info(self) -> dict[str, Any]:
        """What the daemon says about itself."""
        api = self.api
        with docker_errors("the docker daemon does not answer"):
            found: dict[str, Any] = api.info()
        return found

    @cached_property
    def shares_kernel(self) -> bool:
        """Whether a container's processes, users and sockets are this machine's own."""
        return (
            sys.platform == "linux"
            and self.info.get("KernelVersion") == os.uname().release
            and not str(self.info.get("OperatingSystem", "")).startswith("Docker Desktop")
            and not self.maps_users
            and not self._secured_by(_LABELLING)
            and self._peer > 0
        )

    @property
    def maps_users(self) -> bool:
        """Whether user ids inside a container mean others outside."""
        return self._secured_by(*_MAPPING)

    @property
    def has_seccomp(self) -> bool:
        """Whether the daemon applies system-call profiles."""
        return self._secured_by("name=seccomp")

    def _secured_by(self, *options: str) -> bool:
        return any(entry.startswith(options) for entry in self.info.get("SecurityOptions") or ())

    def _connect(self) -> APIClient:
        if not _worth_asking():
            msg = "there is no docker daemon"
            raise BoxUnavailable(msg, _NO_DAEMON_HINT)
        # The SDK takes longer to import than a whole bubblewrap box to start: not before there is a use for it.
        from docker import APIClient  # noqa: PLC0415
        from docker.context import ContextAPI  # noqa: PLC0415
        from docker.utils import kwargs_from_env  # noqa: PLC0415

        with docker_errors("the docker daemon does not answer"):
            where: dict[str, Any] = dict(kwargs_from_env() if os.environ.get("DOCKER_HOST") else ContextAPI.kwargs_from_context())
            address = where.get("base_url") or f"unix://{DEFAULT_SOCKET}"
            if address.startswith(("ssh:", "npipe:")):
                msg = f"the docker daemon at {address} cannot be used: its connections cannot be polled"
                raise BoxUnavailable(msg, "Forward its socket: `ssh -L /tmp/docker.sock:/var/run/docker.sock HOST`, and set DOCKER_HOST.")
            self._peer = _knock(address)
            client = APIClient(**where, version="auto", timeout=int(PROBE_TIMEOUT))
        client.timeout = int(WORK_TIMEOUT)
        return client


@contextmanager
def docker_errors(what: str, hint: str = "") -> Iterator[None]:
    """Turn whatever the SDK raises into a `BoxError`, or a `BoxUnavailable` where no daemon answers."""
    from docker.errors import APIError, DockerException  # noqa: PLC0415 - see Engine._connect
    from requests.exceptions import RequestException  # noqa: PLC0415 - the SDK's transport, part of its errors
    from urllib3.exceptions import HTTPError  # noqa: PLC0415 - the same, for streamed answers

    try:
        yield
    except APIError as error:
        message = f"{what}: {one_line(error.explanation or error)}"
        raise BoxError(message, hint or "`judge doctor` checks which boxes work here.") from error
    except (DockerException, RequestException, HTTPError, OSError) as error:
        if "Permission denied" in str(error):
            message = "the docker daemon's socket may not be used by this user"
            raise BoxUnavailable(message, "Join its group (`sudo usermod -aG docker $USER`, then log in again).") from error
        message = f"{what} ({getattr(error, 'strerror', None) or one_line(error)})"
        raise BoxUnavailable(message, hint or _NO_DAEMON_HINT) from error


def one_line(error: object) -> str:
    """Return a message of the daemon as one short line."""
    return " ".join(str(error).split())[:300].rstrip(".")


def _worth_asking() -> bool:
    """Say no, without importing anything, where nothing hints at a daemon."""
    if os.environ.get("DOCKER_HOST") or os.environ.get("DOCKER_CONTEXT") or DEFAULT_SOCKET.exists():
        return True
    return Path(os.environ.get("DOCKER_CONFIG", "~/.docker"), "config.json").expanduser().exists()


def _knock(address: str) -> int:
    """Return the process id behind a Unix socket, as far as it can be seen; 0 for other addresses.

    A judge inside a container that is given the host's docker socket reads 0 as well: its folders and process ids mean
    nothing to that daemon.
    """
    if not address.startswith("unix:"):
        return 0
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(PROBE_TIMEOUT)
        link.connect("/" + address.removeprefix("unix:").lstrip("/"))
        peer = link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12) if sys.platform == "linux" else bytes(12)
    return int(struct.unpack("iII", peer)[0])
