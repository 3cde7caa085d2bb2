"""Judgements made by hand, for tests of the reports: a full one with every part, and one with hostile text in every part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from judge.catalog import Catalog
from judge.model import (
    BoxInfo,
    Claim,
    Complexity,
    Correctness,
    Curve,
    Exponent,
    Growth,
    Note,
    PropertyResult,
    Report,
    Speed,
    Status,
    Verdict,
)
from judge.pipeline import Judgement
from judge.submission import Submission

SOURCE = b'''"""k-means, one centroid at a time. time: O(n*k*d), space: O(n*d)"""

import numpy as np


def kmeans(points, init, *, max_iters=100):
    centroids = np.array(init, dtype=np.float64)
    for _ in range(max_iters):
        labels = np.array([int(np.argmin([((point - centre) ** 2).sum() for centre in centroids])) for point in points])
        for k in range(len(centroids)):
            members = points[labels == k]
            if len(members):
                centroids[k] = members.mean(axis=0)
    return centroids, labels
'''
SPEED = Speed(
    clock="cpu",
    speedup=8.42,
    low=7.91,
    high=9.06,
    targets=(10.0, 100.0),
    tier="below",
    borderline=True,
    void="61 ms of CPU time were used outside the timed calls; 24 ms can be explained",
    baseline_ms=112.4,
    submission_ms=13.35,
    pairs=19,
)


def power(exponent: float, spread: float = 0.06) -> Exponent:
    """Return an exponent with an interval around it."""
    return Exponent(exponent=exponent, low=exponent - spread, high=exponent + spread)


COMPLEXITY = Complexity(
    time={"n": power(1.97), "k": power(1.01), "d": power(0.31, 0.14)},
    space={"n": power(1.02), "k": power(0.04)},
    reference=Growth(time={"n": power(1.0), "k": power(0.93), "d": power(0.55)}, space={"n": power(1.0), "k": power(0.98)}),
    claim=Claim(time="O(n*k*d)", space="O(n*d)", flags=("Time grows with the square of n; the claim says with n.",)),
    notes=(
        Note(
            text="A loop over the points calls NumPy for every pair; one matrix product does it in a call.", line=9, section="Broadcasting"
        ),
        Note(text="Memory grows as the input does."),
    ),
)
SIZES = (100.0, 200.0, 400.0, 800.0, 1600.0, 3200.0)
WHO: tuple[tuple[Any, float, float], ...] = (("submission", 1.9, 2e-4), ("baseline", 1.0, 0.9), ("reference", 1.0, 2e-3))
CURVES = tuple(
    Curve(who=who, variable=variable, sizes=SIZES, ms=tuple(0.02 + factor * size ** (exponent * share) for size in SIZES))
    for variable, share in (("n", 1.0), ("k", 0.8), ("d", 0.4))
    for who, exponent, factor in WHO
)
PROPERTIES = (
    PropertyResult(name="points_move_to_the_nearest_centroid", group="base", status=Status.passed),
    PropertyResult(
        name="ties_go_to_the_lowest_index",
        group="base",
        status=Status.failed,
        message="A tie goes to the lowest index.\nlabels differ at index 1: 1, not 0",
        counterexample="kmeans(np.array([[0.0], [1.0]]), np.array([[0.0], [2.0]]), max_iters=0)\n# expected: np.array([0, 0])",
    ),
    PropertyResult(name="labels_must_fit", group="input", status=Status.skipped),
)


def judgement(**changes: Any) -> Judgement:
    """Return a judgement with every part; ``changes`` are of the judgement or of its report.

    No run has all of this at once: it is there to be looked at.
    """
    report = Report(
        problem="kmeans",
        problem_version="1.0.0",
        submission_sha256=Submission("", SOURCE).sha256,
        verdict=Verdict.WA,
        reason="ties go to the lowest index: labels differ at index 1: 1, not 0",
        score=10.0,
        max_score=100.0,
        box=BoxInfo(name="bubblewrap", detail="the system's own"),
        seed=1234567,
        correctness=Correctness(passed=1, total=3, properties=PROPERTIES),
        speed=SPEED,
        complexity=COMPLEXITY,
        durations={"total_s": 4.31, "correctness_s": 1.25, "speed_s": 2.5},
    )
    full = Judgement(
        report,
        Catalog().problem("kmeans"),
        Submission("one_by_one.py", SOURCE),
        hint="Paste the call above into a Python shell, with your file imported.",
        detail='File "one_by_one.py", line 9, in kmeans\n    labels = ...\nValueError: attempt to get argmin of an empty sequence\n',
        output="iteration 1\niteration 2\n",
        counterexample="kmeans(points, init, max_iters=2)",
        curves=CURVES,
    )
    fields = {name: value for name, value in changes.items() if name in Report.__struct_fields__}
    rest = {name: value for name, value in changes.items() if name not in fields}
    return replace(full, report=msgspec.structs.replace(full.report, **fields), **rest)


def bare(**changes: Any) -> Judgement:
    """Return a judgement without any part that may be missing."""
    nothing: dict[str, Any] = {
        "verdict": Verdict.CE,
        "reason": "the file is empty",
        "score": 0.0,
        "correctness": Correctness(passed=0, total=0, properties=()),
        "speed": None,
        "complexity": None,
        "durations": {},
        "submission": Submission("empty.py", b""),
        "hint": "",
        "detail": "",
        "output": "",
        "counterexample": "",
        "curves": (),
    }
    return judgement(**(nothing | changes))


def hostile(text: str) -> Judgement:
    """Return a judgement with the text wherever a submission, or what it raised or returned, can put one."""
    return judgement(
        reason=text,
        submission=Submission(text, text.encode("utf-8", "surrogatepass")),
        hint=text,
        detail=text,
        output=text,
        counterexample=text,
        correctness=Correctness(
            passed=0,
            total=2,
            properties=(
                PropertyResult(name="a", group="base", status=Status.failed, message=f"{text}\n{text}", counterexample=text),
                PropertyResult(name=text, group=text, status=Status.passed, message=text),
            ),
        ),
        complexity=Complexity(
            time={text: power(1.0)},
            space={},
            reference=Growth(time={}, space={}),
            claim=Claim(time=text, space=text, flags=(text,)),
            notes=(Note(text=text, line=1, section=text), Note(text=text, line=10**9)),
        ),
        curves=(Curve(who="submission", variable=text, sizes=(1.0, 2.0), ms=(1.0, 2.0)),),
    )
