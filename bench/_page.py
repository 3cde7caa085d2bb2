"""Write docs/performance.md from the newest results of ``bench/performance.py``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
WORDS = {"accepted": "accepted, all phases", "quick": "accepted, `--quick`", "rejected": "a wrong answer"}


def page(result: dict[str, Any]) -> str:
    """Return the page."""
    names = list(result["boxes"])
    lines = [
        "# Performance",
        "",
        f"Measured on {result['date']} ({result['machine']}), {result['runs']} runs each, the boxes in turns.",
        "Written by `make bench`; do not edit.",
        "",
        "## Time to verdict",
        "",
        "Wall seconds of a whole `judge submit` process: median (least to most).",
        "",
        "| problem | submission | " + " | ".join(names) + " |",
        "|---|---|" + "---|" * len(names),
    ]
    cells: dict[tuple[str, str], dict[str, Any]] = {}
    for row in result["verdicts"]:
        cells.setdefault((row["problem"], row["kind"]), {})[row["box"]] = row
    lines += [
        f"| {slug} | {WORDS[kind]} | {' | '.join(seconds(by_box[name]['wall_s']) for name in names)} |"
        for (slug, kind), by_box in cells.items()
    ]
    lines += [
        "",
        "## Phases",
        "",
        "Median seconds of the accepted submission, bubblewrap box.",
        "",
        "| problem | properties | speed | growth | CPU of everything | CPU over CPU in the boxes | a minute and core |",
        "|---|---|---|---|---|---|---|",
    ]
    for (slug, kind), by_box in cells.items():
        if kind == "accepted" and "bubblewrap" in by_box:
            row, phases = by_box["bubblewrap"], by_box["bubblewrap"]["phases_s"]
            shares = " | ".join(f"{phases[name]:.2f}" for name in ("correctness_s", "speed_s", "growth_s"))
            cpu = row["cpu_s"]["median"]
            lines.append(f"| {slug} | {shares} | {cpu:.2f} | {result['cpu_over_boxes'][slug]:.2f} | {60 / cpu:.1f} |")
    lines += [
        "",
        "## Boxes",
        "",
        "| box | start and load | round trip, same core | round trip, two cores | bandwidth, there and back |",
        "|---|---|---|---|---|",
    ]
    for name, box in result["boxes"].items():
        figures = (
            f"{box['start_ms']['median']:.0f} ms",
            f"{box['round_trip_same_core_us']['median']:.0f} us",
            f"{box['round_trip_us']['median']:.0f} us",
            f"{box['bandwidth_mb_s']['median']:.0f} MB/s",
        )
        lines.append(f"| {name} | {' | '.join(figures)} |")
    return "\n".join(lines) + "\n"


def seconds(spread: dict[str, float]) -> str:
    """Write median, least and most."""
    return f"{spread['median']:.2f} ({spread['min']:.2f} to {spread['max']:.2f})"


if __name__ == "__main__":
    newest = max((ROOT / "bench" / "results").glob("performance-*.json"))
    (ROOT / "docs" / "performance.md").write_text(page(json.loads(newest.read_text())))
