"""The process that removes the containers of a judge that was killed.

Run as a script beside the judge: ``docker_keeper.py RUN``. It reads its standard input, whose other end only the judge holds.
A byte means that all is well. The end without a byte means that the judge was killed: whatever carries its run as a label is
removed then, above all containers that were created and not started, which have no lifeline yet. Until then it imports next
to nothing, and of the judge nothing at all.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from typing import Any

LOOKS = 5
"""How often, a second apart: the daemon may still be at work on the judge's last request."""


def main(run: str) -> None:
    """Wait for the judge's end, and clean up if it was no good one."""
    if sys.stdin.buffer.read(1):
        return
    from docker import APIClient  # noqa: PLC0415 - most keepers never need it
    from docker.context import ContextAPI  # noqa: PLC0415 - the same
    from docker.errors import DockerException  # noqa: PLC0415 - the same
    from docker.utils import kwargs_from_env  # noqa: PLC0415 - the same

    for _ in range(LOOKS):
        with suppress(DockerException, OSError):
            where: Any = dict(kwargs_from_env() if os.environ.get("DOCKER_HOST") else ContextAPI.kwargs_from_context())
            api = APIClient(**where, version="auto")
            for container in api.containers(all=True, quiet=True, filters={"label": f"ml-judge.run={run}"}):
                with suppress(DockerException):
                    api.remove_container(container["Id"], force=True)
        time.sleep(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
