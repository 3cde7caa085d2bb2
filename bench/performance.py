"""The judge's own performance: boxes, channel, time to verdict by phase, and what it costs beside the submission itself.

    python bench/performance.py [--runs 5] [--problem kmeans ...]

Judgements are whole ``judge submit`` processes, so that start-up and imports count, as a learner would feel them. The
boxes take turns, run by run: a machine that slows down slows both. Needs a machine with nothing else to do.
Results go to ``bench/results/`` as JSON; ``bench/_page.py`` makes docs/performance.md of one.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from judge.boxes import BOX_NAMES, find_box
from judge.boxes.session import Session
from judge.catalog import Catalog
from judge.cores import together
from judge.model import Failure, Limits
from judge.pipeline import judge_submission
from judge.submission import read_submission

ROOT = Path(__file__).parents[1]
SOURCE = b"def f(x):\n    return x\n"
WRONG = {  # a mistake that people make, for each problem
    "bpe": "wrong_answer/first_pair_that_fits.py",
    "cosine_similarity": "wrong_answer/tiny_epsilon.py",
    "f1": "wrong_answer/bool_labels_are_lost.py",
    "kmeans": "wrong_answer/empty_clusters_are_dropped.py",
    "pairwise_distances": "wrong_answer/unclamped_expansion.py",
    "sql_retention": "wrong_answer/inner_join_shrinks_cohorts.sql",
}
STARTS, CALLS, PAYLOAD = 9, 500, 16 << 20


def boxes() -> list[str]:
    """Return the boxes that work here."""
    return [name for name in BOX_NAMES[1:] if find_box(name).problem() is None]


def measure_boxes(names: list[str]) -> dict[str, Any]:
    """Start boxes in turns; then measure a round trip and the bandwidth in one of each."""
    starts: dict[str, list[float]] = defaultdict(list)
    for _ in range(STARTS):
        for name in names:
            began = time.perf_counter()
            with find_box(name).open(Limits()) as session:
                session.load(SOURCE, "echo.py", ("f",))
                starts[name].append((time.perf_counter() - began) * 1e3)
    found = {}
    for name in names:
        with find_box(name).open(Limits()) as session:
            session.load(SOURCE, "echo.py", ("f",))
            far = [timed(lambda: session.call("f", 1)) * 1e6 for _ in range(CALLS)]
            with together(session.pid):
                near = [timed(lambda: session.call("f", 1)) * 1e6 for _ in range(CALLS)]
            array = np.ones(PAYLOAD // 8)
            rate = [2 * PAYLOAD / timed(lambda: session.call("f", array)) / 1e6 for _ in range(5)]  # noqa: B023 - the same
        found[name] = {
            "start_ms": spread(starts[name]),
            "round_trip_same_core_us": spread(near),
            "round_trip_us": spread(far),
            "bandwidth_mb_s": spread(rate),
        }
    return found


def timed(work: Any) -> float:
    """Return the seconds of a call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def judge(problem: str, file: Path, box: str, *options: str) -> dict[str, Any]:
    """Judge once in a process of its own; return wall and CPU seconds and the report."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    command = [sys.executable, "-m", "judge", "submit", problem, str(file), "--box", box, "--format", "json", *options]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if finished.returncode > 1:
        sys.exit(f"{' '.join(command)} failed:\n{finished.stdout}{finished.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, "report": json.loads(finished.stdout)}


def measure_verdicts(names: list[str], slugs: list[str], runs: int) -> list[dict[str, Any]]:
    """Judge each problem's reference, a quick look at it, and a wrong answer, in every box, in turns."""
    rows = []
    for problem in Catalog().problems():
        if slugs and problem.slug not in slugs:
            continue
        files = {
            "accepted": (problem.answers / f"vectorized{problem.suffix}", ()),
            "quick": (problem.answers / f"vectorized{problem.suffix}", ("--quick",)),
            "rejected": (problem.folder / "submissions" / WRONG[problem.slug], ()),
        }
        for kind, (file, options) in files.items():
            found: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for _ in range(runs):
                for name in names:
                    found[name].append(judge(problem.slug, file, name, *options))
            for name, results in found.items():
                rows.append({"problem": problem.slug, "kind": kind, "box": name, **summary(results)})
                against = rows[-1]["wall_s"]["median"] / spread([result["wall"] for result in found[names[-1]]])["median"]
                times = f"{rows[-1]['wall_s']['median']:6.2f} s  {against:4.2f} of {names[-1]}"
                print(f"{problem.slug:20}{kind:10}{name:12}{times}  {rows[-1]['phases_s']}", flush=True)
    return rows


def summary(results: list[dict[str, Any]]) -> dict[str, Any]:
    """Sum up some judgements of the same file."""
    phases = defaultdict(list)
    for result in results:
        for phase, seconds in result["report"]["durations"].items():
            phases[phase].append(seconds)
    return {
        "verdicts": sorted({result["report"]["verdict"] for result in results}),
        "wall_s": spread([result["wall"] for result in results]),
        "cpu_s": spread([result["cpu"] for result in results]),
        "phases_s": {phase: round(statistics.median(seconds), 3) for phase, seconds in phases.items()},
    }


def measure_cost(slugs: list[str]) -> dict[str, float]:
    """Return, for each problem, the CPU of a whole judgement over the CPU that its boxes used, all in the bubblewrap box."""
    used: list[int] = []
    close = Session.close

    def watched(session: Session) -> None:
        if session.pid:
            with suppress(Failure):
                used.append(session.used_ns())
        close(session)

    Session.close = watched  # type: ignore[method-assign]
    ratios = {}
    for problem in Catalog().problems():
        if slugs and problem.slug not in slugs:
            continue
        used.clear()
        began = time.process_time_ns()
        file = problem.answers / f"vectorized{problem.suffix}"
        judge_submission(problem, read_submission(file, problem.suffix), find_box("bubblewrap"))
        ours = time.process_time_ns() - began
        ratios[problem.slug] = round((ours + sum(used)) / sum(used), 2)
    Session.close = close  # type: ignore[method-assign]
    return ratios


def spread(values: list[float]) -> dict[str, float]:
    """Return median, least and most."""
    return {"median": round(statistics.median(values), 3), "min": round(min(values), 3), "max": round(max(values), 3)}


def main() -> None:
    """Measure everything and write the JSON."""
    parser = argparse.ArgumentParser(description="The judge's own performance.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--problem", action="append", default=[])
    arguments = parser.parse_args()
    names = boxes()
    with tempfile.TemporaryDirectory() as home:
        os.environ["JUDGE_HOME"] = home
        for slug in arguments.problem or [problem.slug for problem in Catalog().problems()]:  # the references' growth, once
            answers = Catalog().problem(slug).answers
            for name in names:
                judge(slug, next(answers.glob("vectorized.*")), name)
        result = {
            "date": f"{datetime.now(UTC):%Y-%m-%d}",
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}, Python {platform.python_version()}",
            "runs": arguments.runs,
            "boxes": measure_boxes(names),
            "verdicts": measure_verdicts(names, arguments.problem, arguments.runs),
            "cpu_over_boxes": measure_cost(arguments.problem),
        }
    path = ROOT / "bench" / "results" / f"performance-{result['date']}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(result, indent=1) + "\n")
    print(f"written to {path}")


if __name__ == "__main__":
    main()
