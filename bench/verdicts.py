"""Time to verdict, per box and problem: median, spread, and the ratio between the boxes, all in one run.

    python bench/verdicts.py [--runs 5] [--problem kmeans ...]

Each run is a whole ``judge submit`` process, so that start-up and imports count, as a learner would feel them. The
boxes take turns, run by run: a machine that slows down slows both. Needs a machine with nothing else to do.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUDGET = {("rejected", "bubblewrap"): 1.5, ("rejected", "docker"): 2.5, ("accepted", "bubblewrap"): 4.0, ("accepted", "docker"): 5.0}
"""Seconds that a verdict may take on a 2-core machine; printed beside the figures, not enforced."""


def submission(problem: str, kind: str) -> Path:
    """Return what stands for the kind: the reference, or the first labelled wrong answer."""
    if kind == "accepted":
        return next((ROOT / "reference" / problem).glob("vectorized.*"))
    return min((ROOT / "problems" / problem / "submissions" / "wrong_answer").iterdir())


def run(problem: str, file: Path, box: str) -> float:
    """Judge once; return wall seconds of the whole process."""
    began = time.monotonic()
    command = [sys.executable, "-m", "judge", "submit", problem, str(file), "--box", box]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if finished.returncode > 1:
        sys.exit(f"{' '.join(command)} failed:\n{finished.stdout}{finished.stderr}")
    return time.monotonic() - began


def boxes() -> list[str]:
    """Return the boxes that work here."""
    from judge.boxes import BOX_NAMES, find_box  # noqa: PLC0415 - after the arguments have been read

    return [name for name in BOX_NAMES[1:] if find_box(name).problem() is None]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Time to verdict per box and problem.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--problem", action="append")
    arguments = parser.parse_args()
    problems = arguments.problem or sorted(path.parent.name for path in (ROOT / "problems").glob("*/problem.toml"))
    names = boxes()
    print(f"{'problem':22}{'verdict':10}" + "".join(f"{name + ' median (min-max) s':34}" for name in names) + "ratio")
    for problem in problems:
        for kind in ("rejected", "accepted"):
            file = submission(problem, kind)
            times: dict[str, list[float]] = {name: [] for name in names}
            for _ in range(arguments.runs):
                for name in names:
                    times[name].append(run(problem, file, name))
            medians = {name: statistics.median(values) for name, values in times.items()}
            cells = [
                f"{medians[name]:.2f} ({min(times[name]):.2f}-{max(times[name]):.2f}), budget {BUDGET[kind, name]:.1f}" for name in names
            ]
            ratio = f"{medians['docker'] / medians['bubblewrap']:.2f}" if len(names) > 1 else "-"
            print(f"{problem:22}{kind:10}" + "".join(f"{cell:34}" for cell in cells) + ratio, flush=True)


if __name__ == "__main__":
    main()
