"""A submission is profiled: a box of its own, a few inputs of the timed size, the CPU time of a call, then where it goes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from judge.authoring.calls import as_call
from judge.boxes import RemoteError
from judge.model import Failure, Verdict
from judge.profiling.model import Profile
from judge.profiling.read import read_lines, read_plan, summarize_lines, summarize_plan
from judge.submission import check_source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np

    from judge.boxes import Box, Session
    from judge.catalog import Problem
    from judge.model import Call
    from judge.submission import Submission

__all__ = ["SIZES", "profile_submission", "scaled"]

SIZES = {"small": 0.25, "timed": 1.0, "large": 4.0}
"""How much work there is, compared with the timed case, where work grows with every size."""
ENOUGH_NS = 200_000_000
"""CPU nanoseconds that all profiled calls together should take without the profiler."""
MAX_CALLS = 5
SLOWER = 10.0
"""A call may take so many times its CPU limit with the profiler: short lines take that long."""


def scaled(size: Mapping[str, int], exact: tuple[str, ...], work: float) -> dict[str, int]:
    """Scale sizes jointly, apart from the exact ones, so that their product is about ``work`` times what it was."""
    count = sum(name not in exact for name in size)
    return {name: value if name in exact else max(1, round(value * work ** (1 / count))) for name, value in size.items()}


def profile_submission(
    problem: Problem,
    submission: Submission,
    box: Box,
    rng: np.random.Generator,
    *,
    size: str = "timed",
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Profile:
    """Say where the time of a submission goes. Its answers are not checked.

    Parameters
    ----------
    problem : Problem
        The problem.
    submission : Submission
        The file.
    box : Box
        The kind of box.
    rng : numpy.random.Generator
        The source of inputs.
    size : str
        A key of `SIZES`.
    progress : callable
        Told what is being done.

    Raises
    ------
    Failure
        When it does not load, raises, or exceeds a limit.
    JudgeError
        When the judge, the machine or the problem package is at fault.
    """
    check_source(submission, problem.suffix)
    spec = problem.manifest.speed
    sizes = scaled(spec.size, spec.exact, SIZES[size])

    def draw() -> Call:
        return as_call(spec.function, problem.cases.make_case(rng, **sizes))

    progress("starting the box", 0, 0)
    with box.open(problem.manifest.limits) as session:
        _load(session, problem, submission)
        try:
            progress("measuring a call", 0, 0)
            session.allow_time(spec.time_limit)
            cpu_ns = _cost(session, draw)
            calls = max(1, min(MAX_CALLS, math.ceil(ENOUGH_NS / max(cpu_ns, 1))))
            progress("profiling", 0, 0)
            session.allow_time(SLOWER * session.time_limit)
            if problem.manifest.language == "sql":
                calls = 1
                ms, operators = read_plan(session.call("timed_plan", **dict(draw()[2])))
                found: dict[str, Any] = {"operators": operators, "summary": summarize_plan(operators)}
            else:
                session.stage([draw() for _ in range(calls)])
                ms, functions = read_lines(session.profile(calls), submission.source.decode("utf-8-sig", "replace"), calls, cpu_ns)
                found = {"functions": functions, "summary": summarize_lines(functions)}
        except RemoteError as error:
            raise Failure(Verdict.RTE, f"raised {error} on an input of the timed kind", "", error.traceback) from error
    return Profile(
        problem=problem.slug,
        problem_version=problem.version,
        submission_sha256=submission.sha256,
        box=box.info(),
        size=sizes,
        calls=calls,
        cpu_ms=cpu_ns / 1e6,
        profiled_ms=ms,
        **found,
    )


def _load(session: Session, problem: Problem, submission: Submission) -> None:
    """Load the submission for profiling and require the timed function."""
    sql = problem.manifest.language == "sql"
    wanted = problem.manifest.speed.function
    names = (wanted, "timed_plan") if sql else (wanted,)
    found, _ = session.load(submission.source, submission.name, names, profiled=not sql)
    if wanted not in found:
        raise Failure(Verdict.CE, f"the file defines no function {wanted}", "The name must be exactly as in the statement.")


def _cost(session: Session, draw: Callable[[], Call]) -> float:
    """Return the nanoseconds of a call without the profiler: the second, where that is not too long to wait for."""
    first = session.batch([draw()]).ns
    return session.batch([draw()]).ns if first < 10 * ENOUGH_NS else first
