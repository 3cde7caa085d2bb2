"""Does a verdict or a tier depend on what else the machine does? A fixed set judged again and again, quiet and beside load.

    python bench/stability.py [--runs 17] [--loads quiet,busy1,busy3,memory] [--problem kmeans ...]

Each problem gives four subjects: its reference, its naive solution, and the labelled submissions nearest its lowest and
its highest target. Every run is a whole judgement (correctness and speed) with a fresh secret seed. The kinds of
load take turns, run by run, so that a machine that changes changes all of them. The wall-clock ratio of the same
batches is computed beside the CPU ratio, to show what the CPU clock is for. Results go to ``bench/results/`` as JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import judge.timing
from judge.boxes import find_box
from judge.boxes.session import Session
from judge.catalog import Catalog
from judge.pipeline import Options, judge_submission
from judge.submission import read_submission

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
NEAR = {
    "bpe": ("numpy_recount.py", "linked_list_and_heap.py"),
    "cosine_similarity": ("row_by_row.py", "divide_last.py"),
    "f1": ("masks_per_label.py", "bincount_in_place.py"),
    "kmeans": ("row_by_row.py", "matrix_products.py"),
    "pairwise_distances": ("row_by_row.py", "refined_expansion.py"),
    "sql_retention": ("count_distinct.sql", "table_of_days.sql"),
}
"""The accepted submissions nearest the lowest and the highest target."""
CLEAR = 1.25
"""A true ratio this far from every target must never change tiers."""
BUSY = "while True: pass"
HOG = "import time\nblocks = []\nwhile True:\n    blocks = [bytearray(b'x') * (64 << 20) for _ in range(24)]\n    time.sleep(0.01)"
LOADS = {"quiet": [], "busy1": [BUSY], "busy3": [BUSY] * 3, "memory": [HOG]}


@contextmanager
def loaded(programs: list[str]) -> Iterator[None]:
    """Run other processes meanwhile."""
    processes = [subprocess.Popen([sys.executable, "-c", program]) for program in programs]  # noqa: S603 - our own
    try:
        if processes:
            time.sleep(0.3)  # until they are at it
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


class WallRatio:
    """Watches the batches of a measurement and forms the ratio that a wall clock would have given."""

    def __init__(self) -> None:
        self.value = 0.0
        measure, batch = judge.timing.measure_speed, Session.batch
        walls: dict[int, list[float]] = defaultdict(list)

        def watched_batch(session: Session, calls: Any) -> Any:
            result = batch(session, calls)
            walls[id(session)].append(result.wall_ns / len(calls))
            return result

        def watched_measure(problem: Any, submission: Session, standard: Session, **options: Any) -> Any:
            walls.clear()
            outcome = measure(problem, submission, standard, **options)
            ours, theirs = walls[id(submission)][2:], walls[id(standard)][1:]
            self.value = statistics.median(theirs) / statistics.median(ours) if ours and theirs else 0.0
            return outcome

        judge.timing.measure_speed, Session.batch = watched_measure, watched_batch  # type: ignore[method-assign]


def subjects(problem: Any) -> dict[str, Path]:
    """Return the four files of a problem."""
    accepted = problem.folder / "submissions" / "accepted"
    low, high = NEAR[problem.slug]
    return {
        "reference": problem.answers / f"vectorized{problem.suffix}",
        "naive": accepted / "window_functions.sql" if problem.suffix == ".sql" else problem.answers / "naive.py",
        "near the lowest target": accepted / low,
        "near the highest target": accepted / high,
    }


def main() -> None:
    """Run the experiment and print the table."""
    parser = argparse.ArgumentParser(description="Stability of verdicts and tiers under load.")
    parser.add_argument("--runs", type=int, default=17, help="judgements of each subject under each load (17 x 6 problems > 100)")
    parser.add_argument("--loads", default=",".join(LOADS))
    parser.add_argument("--problem", action="append")
    arguments = parser.parse_args()
    box, wall = find_box("bubblewrap"), WallRatio()
    rows: list[dict[str, Any]] = []
    loads = arguments.loads.split(",")
    problems = [problem for problem in Catalog().problems() if not arguments.problem or problem.slug in arguments.problem]
    for number in range(arguments.runs):
        for load in loads:
            with loaded(LOADS[load]):
                for problem in problems:
                    for kind, path in subjects(problem).items():
                        report = judge_submission(problem, read_submission(path, problem.suffix), box, Options(growth=False)).report
                        speed = report.speed
                        rows.append(
                            {
                                "load": load,
                                "problem": problem.slug,
                                "kind": kind,
                                "verdict": str(report.verdict),
                                "tier": speed.tier if speed else None,
                                "void": speed.void if speed else None,
                                "speedup": speed.speedup if speed else None,
                                "wall": round(wall.value, 3),
                                "targets": list(problem.manifest.speed.targets),
                            }
                        )
        print(f"round {number + 1} of {arguments.runs}", file=sys.stderr, flush=True)
        if number + 1 < arguments.runs:
            save(rows)
    print(f"written to {save(rows)}\n")
    print(table(rows, loads))


def save(rows: list[dict[str, Any]]) -> Path:
    """Write what has been measured so far."""
    path = ROOT / "bench" / "results" / f"stability-{datetime.now(UTC):%Y-%m-%d}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(rows, indent=0) + "\n")
    return path


def table(rows: list[dict[str, Any]], loads: list[str]) -> str:
    """Sum up: flips of verdict and tier, median and spread of both ratios, for each problem, kind and load."""
    groups: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        groups[row["problem"], row["kind"]][row["load"]].append(row)
    lines = [
        "| problem | subject | load | runs | verdict flips | tier flips | CPU ratio (min-max) | wall ratio (min-max) |",
        "|" + "---|" * 8,
    ]
    totals: dict[str, list[int]] = {load: [0, 0, 0] for load in loads}
    for (problem, kind), by_load in sorted(groups.items()):
        calm = [row["speedup"] for row in by_load.get("quiet", next(iter(by_load.values()))) if row["speedup"]]
        true = statistics.median(calm) if calm else 0.0
        targets = next(iter(by_load.values()))[0]["targets"]
        due = f"{max((target for target in targets if true >= target), default=0):g}x" if true >= min(targets) else "below"
        clear = all(not target / CLEAR < true < target * CLEAR for target in targets)
        for load in loads:
            found = by_load.get(load, [])
            if not found:
                continue
            verdicts = sum(row["verdict"] != "AC" for row in found)
            tiers = sum(row["tier"] != due for row in found)
            for place, count in enumerate((len(found), verdicts, tiers if clear else 0)):
                totals[load][place] += count
            cells = (spread([row[name] for row in found if row["speedup"]]) for name in ("speedup", "wall"))
            flips = str(tiers) if clear else f"{tiers} (within {CLEAR:g}x of a target)"
            lines.append(f"| {problem} | {kind} | {load} | {len(found)} | {verdicts} | {flips} | {' | '.join(cells)} |")
    lines += [
        f"\n{load}: {runs} judgements, {verdicts} verdict flips, {tiers} tier flips where the ratio is clear of every target"
        for load, (runs, verdicts, tiers) in totals.items()
    ]
    return "\n".join(lines)


def spread(values: list[float]) -> str:
    """Write median, least and most."""
    return f"{statistics.median(values):.3g} ({min(values):.3g}-{max(values):.3g})" if values else "-"


if __name__ == "__main__":
    main()
