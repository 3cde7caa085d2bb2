"""The process that removes the containers of a judge that was killed.

Run as a script beside the judge: ``docker_keeper.py RUN PACKAGE_ROOT``. It reads its standard input, whose other end only the
judge holds. A byte means that all is well. The end without a byte means that the judge was killed: whatever carries its run
as a label is removed then, above all containers that were created and not started, which have no lifeline yet. Until then it
imports nothing, and takes next to nothing.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress

LOOKS = 4
"""How often, a second apart: the daemon may still be at work on the judge's last request."""


def main(run: str, root: str) -> None:
    """Wait for the judge's end, and clean up if it was no good one."""
    if sys.stdin.buffer.read(1):
        return
    sys.path.append(root)
    from judge.boxes.docker_engine import Engine, docker_errors  # noqa: PLC0415 - most keepers never need it
    from judge.errors import BoxError  # noqa: PLC0415 - the same

    engine = Engine()
    for _ in range(LOOKS):
        with suppress(BoxError), docker_errors("leftovers cannot be listed"):
            for container in engine.api.containers(all=True, quiet=True, filters={"label": f"ml-judge.run={run}"}):
                with suppress(BoxError), docker_errors("a leftover cannot be removed"):
                    engine.api.remove_container(container["Id"], force=True)
        time.sleep(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
