"""``judge calibrate``: sizes that suit this machine, for authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from judge.commands._shared import box_option, open_box, open_catalog, problems_option, progress_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from judge.verify.calibration import Calibration
    from judge.verify.sizes import Sizes

__all__ = ["command"]


@click.command("calibrate", short_help="Propose sizes for a problem package on this machine.")
@click.argument("problem")
@box_option
@problems_option
def command(*, problem: str, box_name: str, banks: tuple[Path, ...]) -> None:
    """Propose the size of PROBLEM's timed case, and the ranges over which growth is measured, for this machine.

    \b
    judge calibrate kmeans
    judge calibrate moving_average --problems bank

    Takes about a minute, changes no file, and wants a quiet machine. Prints what the present sizes give, what is proposed, and
    the tables to paste into problem.toml.
    """  # noqa: D301 - \b is click's mark for a paragraph that keeps its lines
    from judge.verify.calibration import calibrate, toml_fragment  # noqa: PLC0415 - keeps `judge --help` quick

    found = open_catalog(banks).problem(problem)
    box = open_box(box_name)
    try:
        with progress_line() as progress:
            calibration = calibrate(found, box, progress)
    finally:
        box.close()
    _print_sizes(calibration)
    _print_ranges(calibration)
    click.echo("\nFor problem.toml:\n")
    click.echo(toml_fragment(calibration), nl=False)


def _print_sizes(calibration: Calibration) -> None:
    """Print the table of timed sizes."""
    rows: list[tuple[str, Mapping[str, int], Sizes]] = [("present", calibration.problem.manifest.speed.size, calibration.present)]
    if not calibration.keeps_size:
        rows.append(("proposed", calibration.size, calibration.proposed))
    shown = [(what, ", ".join(f"{name} = {value}" for name, value in size.items()), sizes) for what, size, sizes in rows]
    width = max(len("timed size"), *(len(size) for _, size, _ in shown))
    click.echo(f"{'':9} {'timed size':{width}} {'baseline':>10} {'reference':>10} {'needed':>8} {'harness':>8}")
    for what, size, sizes in shown:
        share = "-" if sizes.share is None else f"{sizes.share:.1%}"
        figures = f"{sizes.baseline_ms:7.1f} ms {sizes.reference:9.3g}x {sizes.needed:7.3g}x {share:>8}"
        click.echo(f"{what:9} {size:{width}} {figures}")
        for complaint in sizes.complaints:
            click.echo(f"{'':9} {complaint}")
    if calibration.keeps_size:
        click.echo(f"{'':9} no other size was found that suits better")


def _print_ranges(calibration: Calibration) -> None:
    """Print the table of ranges."""
    from judge.complexity.growth import LEAST_RANGE, RANGE  # noqa: PLC0415 - keeps `judge --help` quick
    from judge.verify.proposals import LARGEST_MS, SMALLEST_MS  # noqa: PLC0415 - the same

    ranges, variables = calibration.ranges, calibration.problem.manifest.variables
    width = max(map(len, ("variable", *ranges.low)))
    click.echo(f"\n{'variable':{width}} {'present':>20} {'proposed':>20}")
    for name, low in ranges.low.items():
        present = f"{variables[name].low} to {variables[name].high}" if name in variables else "-"
        span = ranges.high[name] / low
        note = f"   a factor of {span:.2g}: growth needs {LEAST_RANGE:g}, and uses {RANGE:g}" if span < RANGE else ""
        click.echo(f"{name:{width}} {present:>20} {f'{low} to {ranges.high[name]}':>20}{note}")
    for what, ms, (least, most) in (
        ("all smallest: a baseline call takes", ranges.low_ms, SMALLEST_MS),
        ("all largest: a reference call takes", ranges.high_ms, LARGEST_MS),
    ):
        took = "cannot be made here" if ms is None else f"{ms:.3g} ms"
        click.echo(f"{what.removesuffix(' takes') if ms is None else what} {took} (aim: {least:g} to {most:g} ms)")
