"""What a profile says. Frozen data, and the JSON document ``judge/profile/v1``."""

from __future__ import annotations

import msgspec

from judge.model import BoxInfo

__all__ = ["FunctionTime", "LineTime", "OperatorTime", "Profile"]


class LineTime(msgspec.Struct, frozen=True, kw_only=True):
    """What one line takes in one call of the submission.

    Parameters
    ----------
    line : int
        Counted from 1.
    hits : float
        How often it runs.
    ms : float
        Milliseconds, less what watching costs, and without the functions of the file that it calls by name: their lines are listed
        themselves.
    share : float
        The same as a share of the call, 0 to 1.
    """

    line: int
    hits: float
    ms: float
    share: float


class FunctionTime(msgspec.Struct, frozen=True, kw_only=True):
    """One function of the file: its name and first line, by the judge's copy of the source, and its lines that ran."""

    name: str
    line: int
    lines: tuple[LineTime, ...]


class OperatorTime(msgspec.Struct, frozen=True, kw_only=True):
    """One operator of a query's plan: its depth, its name, the table or step it reads, its own time and the rows that left it."""

    depth: int
    name: str
    subject: str
    ms: float
    rows: int
    share: float


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Where the time of a submission goes.

    Parameters
    ----------
    problem, problem_version, submission_sha256
        What was profiled.
    box : BoxInfo
        Where.
    size : dict
        The sizes of the inputs.
    calls : int
        How many calls were profiled, each on inputs of its own.
    cpu_ms : float
        Milliseconds of the box's clock that a call takes without the profiler, measured from outside.
    profiled_ms : float
        Milliseconds that a call took with it, as the box says.
    summary : str
        One sentence: what takes most.
    functions : tuple of FunctionTime
        The functions of a Python file, in the order of the source.
    operators : tuple of OperatorTime
        The plan of a query, each operator before those that feed it.
    """

    schema: str = "judge/profile/v1"
    problem: str
    problem_version: str
    submission_sha256: str
    box: BoxInfo
    size: dict[str, int]
    calls: int
    cpu_ms: float
    profiled_ms: float
    summary: str
    functions: tuple[FunctionTime, ...] = ()
    operators: tuple[OperatorTime, ...] = ()
