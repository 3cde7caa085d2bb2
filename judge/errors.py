"""Everything the judge can fail with, in one tree.

::

    JudgeError                 exit code 4   the judge's own failure, never charged to the learner
    ├── UsageError             exit code 2   the request makes no sense; nothing was judged
    ├── PackageError           exit code 3   a problem package is broken
    └── BoxError               exit code 4   a sandbox failed
        └── BoxUnavailable                   this kind of box cannot work on this machine

A submission's failure is not an error of the judge and is not in this tree: see `judge.model.Failure`.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = ["BoxError", "BoxUnavailable", "JudgeError", "PackageError", "UsageError"]


class JudgeError(Exception):
    """The judge could not do its work.

    Parameters
    ----------
    message : str
        What happened and where, in one line.
    hint : str
        What to do about it; may be empty.
    """

    exit_code: ClassVar[int] = 4

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(JudgeError):
    """The request cannot be carried out as it stands."""

    exit_code = 2


class PackageError(JudgeError):
    """A problem package contradicts its contract."""

    exit_code = 3


class BoxError(JudgeError):
    """A sandbox failed to start, or died for a reason that is not the submission's."""


class BoxUnavailable(BoxError):  # noqa: N818 - it names a state, as its messages do
    """A kind of box cannot work on this machine; the hint says what would help."""
