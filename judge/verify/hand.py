"""A hand: one process's boxes. The next box starts while the present one is at work, so that nobody waits for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from judge.boxes import Box, Session
    from judge.model import Limits

__all__ = ["Hand"]


@dataclass
class Hand:
    """Opens boxes, one ahead.

    Parameters
    ----------
    box : Box
        The kind of box.
    """

    box: Box
    _spare: tuple[Limits, Session] | None = field(default=None, init=False)

    def session(self, limits: Limits) -> Session:
        """Return a started box, and start another like it."""
        spare, self._spare = self._spare, None
        if spare is not None and spare[0] != limits:
            spare[1].close()
            spare = None
        taken = spare[1] if spare is not None else self.box.open(limits)
        self._spare = (limits, self.box.open(limits))
        return taken

    def rest(self) -> None:
        """Close the box that was started ahead."""
        spare, self._spare = self._spare, None
        if spare is not None:
            spare[1].close()

    def close(self) -> None:
        """End everything; the hand is not used again."""
        self.rest()
        self.box.close()
