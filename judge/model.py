"""The nouns of the judge: verdicts, failures, limits and the report. Frozen data, no behaviour with effects."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

import msgspec

__all__ = [
    "HOLDS",
    "REPORT_SCHEMA",
    "BoxInfo",
    "Call",
    "Claim",
    "Complexity",
    "Correctness",
    "Curve",
    "Exponent",
    "Failure",
    "Growth",
    "Limits",
    "Note",
    "PropertyResult",
    "Report",
    "Speed",
    "Status",
    "Verdict",
]

REPORT_SCHEMA = "judge/report/v1"
HOLDS = "every required property holds"
"""The reason of an accepted submission; what it has to say beyond that, people must see."""

Call = tuple[str, tuple[Any, ...], tuple[tuple[str, Any], ...]]
"""A call to be made: a function's name, its arguments and its keyword arguments."""


class Verdict(StrEnum):
    """The closed set of verdicts, as everywhere in the field."""

    AC = "AC"
    """Accepted: every required group of properties passed."""
    WA = "WA"
    """Wrong answer: a property failed."""
    TLE = "TLE"
    """Time limit exceeded."""
    MLE = "MLE"
    """Memory limit exceeded."""
    OLE = "OLE"
    """Output limit exceeded: printed, or returned, more than allowed."""
    RTE = "RTE"
    """Run-time error: an exception, a crash, an exit."""
    CE = "CE"
    """Compile error: not a module that can be imported and called."""
    JE = "JE"
    """Judge error: the judge or the machine is at fault, never the learner."""
    SC = "SC"
    """Skipped."""


class Failure(Exception):  # noqa: N818 - a verdict on the submission, not an error of the judge
    """The submission failed. Never a `JudgeError`: a rejected submission and a broken judge are different things.

    Parameters
    ----------
    verdict : Verdict
        What kind of failure.
    message : str
        One line for the learner: what happened.
    hint : str
        What to do next.
    detail : str
        A traceback of the learner's own code, or the like; may be empty.
    """

    def __init__(self, verdict: Verdict, message: str, hint: str = "", detail: str = "") -> None:
        super().__init__(message)
        self.verdict = verdict
        self.message = message
        self.hint = hint
        self.detail = detail


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a submission may use.

    Parameters
    ----------
    time_limit : float
        CPU seconds of one call.
    memory : int
        MiB of address space beyond what the interpreter and its libraries take before the submission is imported.
    output : int
        MiB that may be printed in a session.
    """

    time_limit: float = 5.0
    memory: int = 512
    output: int = 1


class Status(StrEnum):
    """How a property ended."""

    passed = "passed"
    failed = "failed"
    skipped = "skipped"


class PropertyResult(msgspec.Struct, frozen=True, kw_only=True):
    """One hidden property: how it ended and, where it failed, the smallest counterexample found."""

    name: str
    group: str
    status: Status
    message: str | None = None
    counterexample: str | None = None


class Correctness(msgspec.Struct, frozen=True, kw_only=True):
    """All properties of a run."""

    passed: int
    total: int
    properties: tuple[PropertyResult, ...]


class Speed(msgspec.Struct, frozen=True, kw_only=True):
    """The measured speedup over the baseline.

    ``low`` and ``high`` bound the bootstrap interval of the median. ``void`` says why the tier was withheld, else None.
    """

    clock: Literal["cpu", "wall"]
    speedup: float
    low: float
    high: float
    targets: tuple[float, ...]
    tier: str
    borderline: bool
    void: str | None
    baseline_ms: float
    submission_ms: float
    pairs: int


class Exponent(msgspec.Struct, frozen=True, kw_only=True):
    """The power of one size variable with which CPU time or peak memory grows, and its interval."""

    exponent: float
    low: float
    high: float


class Growth(msgspec.Struct, frozen=True, kw_only=True):
    """How a solution grows: an exponent for each size variable that could be measured."""

    time: dict[str, Exponent]
    space: dict[str, Exponent]


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What the learner claims, as written (``O(n*m)``), and what the measurement contradicts, a sentence each."""

    time: str | None
    space: str | None
    flags: tuple[str, ...]


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One plain sentence on how the solution grows; with the line it is about and the editorial's section to read."""

    text: str
    line: int | None = None
    section: str | None = None


class Complexity(msgspec.Struct, frozen=True, kw_only=True):
    """Growth as measured, beside the reference's and the learner's claim. Informs; never changes a verdict."""

    time: dict[str, Exponent]
    space: dict[str, Exponent]
    reference: Growth
    claim: Claim
    notes: tuple[Note, ...]


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """CPU milliseconds of one call against one size variable, the others fixed; for pictures, not in the report."""

    who: Literal["submission", "baseline", "reference"]
    variable: str
    sizes: tuple[float, ...]
    ms: tuple[float, ...]


class BoxInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Which box judged, and how strong its verdict is."""

    name: str
    detail: str = ""
    clock: Literal["cpu", "wall"] = "cpu"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of judging one submission; the JSON document ``judge/report/v1``."""

    schema: str = REPORT_SCHEMA
    problem: str
    problem_version: str
    submission_sha256: str
    verdict: Verdict
    reason: str
    score: float
    max_score: float
    box: BoxInfo
    seed: int
    correctness: Correctness
    speed: Speed | None
    complexity: Complexity | None
    durations: dict[str, float]
