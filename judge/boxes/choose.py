"""Which box: the one that was asked for, or the strongest that works here."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from judge.errors import BoxUnavailable, UsageError

if TYPE_CHECKING:
    from judge.boxes.base import Box

__all__ = ["BOX_NAMES", "choose_box", "find_box"]

_BOXES = {"docker": ("judge.boxes.docker", "DockerBox"), "bubblewrap": ("judge.boxes.bubblewrap", "BubblewrapBox")}
"""Name to module and class; imported only when asked for. In the order in which ``auto`` tries them."""

BOX_NAMES = ("auto", *_BOXES)


def find_box(name: str) -> Box:
    """Return the box of this name without asking whether it works.

    Raises
    ------
    UsageError
        When there is no such kind of box.
    """
    if name not in _BOXES:
        msg = f"there is no box {name!r}"
        raise UsageError(msg, f"Choose one of: {', '.join(BOX_NAMES)}.")
    module, attribute = _BOXES[name]
    box: Box = getattr(importlib.import_module(module), attribute)()
    return box


def choose_box(name: str) -> tuple[Box, str]:
    """Return a box that works here and why it was chosen.

    Raises
    ------
    BoxUnavailable
        When the box that was asked for, or with ``auto`` every kind, does not work. There is no unprotected mode.
    """
    reasons: list[str] = []
    for candidate in _BOXES if name == "auto" else [name]:
        box = find_box(candidate)
        trouble = box.problem()
        if trouble is None:
            return box, "asked for" if name != "auto" else "; ".join(reasons) or "a daemon answers and the image is built"
        reasons.append(f"no {candidate}: {trouble}")
    msg = f"no box works here: {' '.join(reasons)}"
    raise BoxUnavailable(msg, "`judge doctor` shows what to fix. The judge never runs a submission outside a box.")
