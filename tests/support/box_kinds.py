"""The kinds of box that one contract holds for, and how to wait without sleeping blindly."""

from __future__ import annotations

import time

from judge.boxes.bubblewrap import BubblewrapBox
from judge.boxes.docker import DockerBox

KINDS = {
    "bubblewrap": BubblewrapBox,
    "docker": lambda: DockerBox(channel="socket"),
    "docker-stdio": lambda: DockerBox(channel="stdio"),
}


def eventually(condition, seconds=15.0):
    """Wait until the condition holds; say whether it does."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
