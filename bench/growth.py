"""How right the measured exponents are, on functions whose growth is known; quiet and beside busy processes.

    python bench/growth.py [--busy 3] [--only WORD]

Prints each function with the truth and the measurement, and the share of exponents within 0.25 of the truth.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

import numpy as np
from _growth_set import LABELLED, Labelled

from judge.boxes import find_box
from judge.complexity.growth import Subject, measure_growth
from judge.model import Limits

NEAR = 0.25
WANTED = {"time": 0.95, "space": 0.90}
LIMITS = Limits(time_limit=5.0, memory=1024)
BUSY = "while True: pass"


def measure(entry: Labelled) -> tuple[dict[str, dict[str, float]], float]:
    """Return the measured exponents and the seconds that it took."""
    subject = Subject("f", entry.make_case, entry.ranges, {})
    with find_box("bubblewrap").open(LIMITS) as session:
        session.load(entry.source.encode(), "labelled.py", ("f",), measured=True)
        began = time.monotonic()
        growth = measure_growth(session, subject, np.random.default_rng(0))
        took = time.monotonic() - began
    exponents = {kind: {name: value.exponent for name, value in getattr(growth, kind).items()} for kind in WANTED}
    return exponents, took


def main() -> None:
    """Measure the set and print the score."""
    parser = argparse.ArgumentParser(description="Measured exponents against known ones.")
    parser.add_argument("--busy", type=int, default=0, help="busy processes beside the measurement")
    parser.add_argument("--only", default="", help="functions whose name holds this word")
    arguments = parser.parse_args()
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(arguments.busy)]  # noqa: S603 - our own command
    score = {kind: [0, 0, 0] for kind in WANTED}  # right, measured, asked for
    try:
        for entry in LABELLED:
            if arguments.only not in entry.name:
                continue
            found, took = measure(entry)
            words = []
            for kind, truths in (("time", entry.time), ("space", entry.space)):
                for name, truth in truths.items():
                    got = found[kind].get(name)
                    right = got is not None and abs(got - truth) <= NEAR
                    score[kind][0] += right
                    score[kind][1] += got is not None
                    score[kind][2] += 1
                    mark = "" if right else "  <--" if got is not None else "  (none)"
                    words.append(f"{kind} {name}^{truth:g}: {'-' if got is None else f'{got:.2f}'}{mark}")
            print(f"{entry.name:30}{took:5.1f} s   {';  '.join(words)}", flush=True)
    finally:
        for process in busy:
            process.kill()
            process.wait()
    for kind, (right, measured, asked) in score.items():
        if asked:
            wanted = f"{WANTED[kind]:.0%}"
            print(f"{kind}: {right} of {asked} within {NEAR} ({right / asked:.1%}, wanted {wanted}); {asked - measured} not measured")


if __name__ == "__main__":
    main()
