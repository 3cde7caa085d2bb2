"""Boxes: where submissions run. A `Box` opens a `Session`; everything beyond that border is untrusted."""

from judge.boxes.base import Box, Cell, Clock, Exit
from judge.boxes.choose import BOX_NAMES, choose_box, find_box
from judge.boxes.session import Batch, RemoteError, Session

__all__ = ["BOX_NAMES", "Batch", "Box", "Cell", "Clock", "Exit", "RemoteError", "Session", "choose_box", "find_box"]
