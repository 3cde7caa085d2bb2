"""A file becomes a `Submission`: read once, bounded, never followed, never parsed.

The bytes are snapshotted here and nothing later looks at the path again. The source is compiled in the box and not
on the host: a parser is a large surface, and hostile nesting has crashed Python's before.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from judge.errors import UsageError
from judge.model import Failure, Verdict

__all__ = ["MAX_SOURCE", "Submission", "check_source", "read_submission"]

MAX_SOURCE = 256 << 10
"""Bytes of the largest source that is judged; the longest of the shipped solutions has about 8 kB."""


@dataclass(frozen=True)
class Submission:
    """The learner's source.

    Parameters
    ----------
    name : str
        The file's name, for tracebacks and reports; not a path that is opened again.
    source : bytes
        Its contents; at most ``MAX_SOURCE + 1`` bytes are kept.
    """

    name: str
    source: bytes

    @property
    def sha256(self) -> str:
        """The hexadecimal digest of the source."""
        return hashlib.sha256(self.source).hexdigest()


def read_submission(path: Path, suffix: str = ".py") -> Submission:
    """Read a submission.

    Raises
    ------
    UsageError
        When there is no such file, or it is not a regular file: nothing was judged then.
    """
    try:
        # Non-blocking, so that a FIFO does not hang; no following, so that a link cannot make a privileged judge read.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NOCTTY)
    except FileNotFoundError:
        msg = f"there is no file {_shown(path)}"
        raise UsageError(msg, "Check the name, or make a starter with `judge start PROBLEM`.") from None
    except OSError as error:
        if path.is_symlink():
            msg = f"{_shown(path)} is a symbolic link"
            raise UsageError(msg, "Give the file itself; links are not followed.") from None
        msg = f"{_shown(path)} cannot be read: {error.strerror}"
        raise UsageError(msg, "Check its permissions.") from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        msg = f"{_shown(path)} is {_kind(mode)}, not a file"
        raise UsageError(msg, f"Give one {suffix} file.")
    with os.fdopen(descriptor, "rb") as file:
        return Submission(path.name, file.read(MAX_SOURCE + 1))


def check_source(submission: Submission, suffix: str) -> None:
    """Refuse what cannot be a source file, before any box is started.

    Raises
    ------
    Failure
        With the verdict ``CE``.
    """
    source = submission.source
    if Path(submission.name).suffix != suffix:
        raise Failure(Verdict.CE, f"this problem takes a {suffix} file", f"Save your solution as solution{suffix}.")
    if len(source) > MAX_SOURCE:
        raise Failure(Verdict.CE, f"the file is larger than {MAX_SOURCE >> 10} KiB", "Submit source code only, no data.")
    if not source.strip():
        raise Failure(Verdict.CE, "the file is empty", "Did you save it? `judge start PROBLEM` makes a starter.")
    if b"\0" in source:
        raise Failure(Verdict.CE, "the file holds NUL bytes", "It looks like a binary file, or like UTF-16; save it as UTF-8 text.")
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise Failure(Verdict.CE, f"the file is not UTF-8 (line {line})", "Save it as UTF-8 text.") from None


def _shown(path: Path) -> str:
    """Show a path on one line, whatever bytes its name holds."""
    return ascii(os.fspath(path)) if not os.fspath(path).isprintable() else os.fspath(path)


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a directory"
    return "a FIFO" if stat.S_ISFIFO(mode) else "a device or socket"
