"""Growth in the report: exponents beside claim and reference, remarks at their lines, and what a quick look leaves out."""

from __future__ import annotations

import json

import pytest
from tiny_bank import NAIVE, VECTORIZED, write_bank

VARIABLES = '[variables.n]\ntitle = "numbers"\nlow = 1000\nhigh = 2000000\n'
EXPONENT = ["exponent", "low", "high"]


@pytest.fixture(scope="module")
def growing(tmp_path_factory):
    """Return a bank whose problem has a size variable."""
    bank = write_bank(tmp_path_factory.mktemp("growing"))
    manifest = bank / "problems" / "double" / "problem.toml"
    manifest.write_text(manifest.read_text() + VARIABLES)
    return bank


@pytest.fixture
def grown(submit, growing):
    """Submit and return the ``complexity`` part of the JSON report."""

    def run(source, *arguments):
        found = json.loads(submit(source, "--format", "json", *arguments, JUDGE_PROBLEMS=str(growing)).stdout)
        assert found["verdict"] == "AC"
        assert found["durations"]["growth_s"] > 0
        return found["complexity"]

    return run


@pytest.mark.timing
def test_linear_time_and_memory_are_measured_for_submission_and_reference(grown):
    found = grown(VECTORIZED)
    for growth in (found, found["reference"]):
        for kind in ("time", "space"):
            assert list(growth[kind]["n"]) == EXPONENT
            assert growth[kind]["n"]["exponent"] == pytest.approx(1.0, abs=0.3)
            assert growth[kind]["n"]["low"] <= growth[kind]["n"]["exponent"] <= growth[kind]["n"]["high"]
    assert found["claim"] == {"time": None, "space": None, "flags": []}
    assert found["notes"][0]["text"].startswith("Twice the numbers (n): ")


@pytest.mark.timing
def test_a_claim_that_holds_is_shown_and_one_that_does_not_is_flagged(grown):
    assert grown("# time: O(n)\n# space: O(n)\n" + VECTORIZED)["claim"] == {"time": "O(n)", "space": "O(n)", "flags": []}
    flags = grown("# time: O(log n)\n# space: O(n)\n" + VECTORIZED)["claim"]["flags"]
    assert len(flags) == 1
    assert flags[0].startswith("time in n: you claim n^0.1, measured n^")


def test_a_claim_that_cannot_be_read_is_a_note_and_no_failure(grown):
    notes = [note["text"] for note in grown("# time: O(n^)\n" + VECTORIZED)["notes"]]
    assert any("the claim `O(n^)`" in note for note in notes)


def test_a_loop_over_entries_is_remarked_at_its_line(grown):
    lines = [note["line"] for note in grown(NAIVE)["notes"] if note["line"]]
    assert lines
    assert all(any(word in NAIVE.splitlines()[line - 1] for word in ("for", "append")) for line in lines)


def test_the_terminal_shows_the_powers_and_the_claim(submit, growing):
    screen = submit("# time: O(n)\n" + NAIVE, JUDGE_PROBLEMS=str(growing)).stdout
    assert "growth" in screen
    assert "reference's time" in screen
    assert "you claim time O(n)" in screen


def test_the_page_has_a_plot_of_all_three_solutions(submit, growing):
    page = submit(VECTORIZED, "--format", "html", JUDGE_PROBLEMS=str(growing)).stdout
    assert page.lower().startswith("<!doctype html>")
    assert all(page.count(f">{who}<") for who in ("baseline", "reference"))


def test_the_reference_is_measured_once_on_a_machine(submit, growing, tmp_path):
    submit(VECTORIZED, JUDGE_PROBLEMS=str(growing))
    (kept,) = (tmp_path / "home" / "growth").iterdir()
    assert kept.name.startswith("double-")
    known = kept.read_bytes()
    kept.write_bytes(b"not what was written")
    assert submit(VECTORIZED, JUDGE_PROBLEMS=str(growing)).returncode == 0
    assert json.loads(kept.read_bytes()).keys() == json.loads(known).keys()


def test_a_quick_look_says_so_measures_no_growth_and_is_not_kept(submit, judge, growing):
    process = submit(VECTORIZED, "--quick", "--format", "json", JUDGE_PROBLEMS=str(growing))
    found = json.loads(process.stdout)
    assert (process.returncode, found["verdict"], found["complexity"]) == (0, "AC", None)
    assert "a quick look" in found["reason"]
    assert found["speed"]["pairs"] == 2
    listed = judge("list", JUDGE_PROBLEMS=str(growing)).stdout
    assert "AC" not in listed


def test_a_quick_look_still_finds_what_is_wrong(submit):
    wrong = VECTORIZED.replace("* 2.0", "* 3.0")
    assert wrong != VECTORIZED
    assert submit(wrong, "--quick").returncode == 1
