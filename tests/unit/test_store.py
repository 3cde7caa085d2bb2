"""The ledger keeps every run, from many writers at once."""

from __future__ import annotations

import multiprocessing
import sqlite3

import msgspec
import pytest

from judge.model import BoxInfo, Correctness, Report, Speed, Verdict
from judge.store import Store, StoreError


def report(verdict="AC", score=60.0, tier=None, ms=1.0, problem="double"):
    speed = None
    if tier is not None:
        figures = {"speedup": 20.0, "low": 19.0, "high": 21.0, "baseline_ms": 20.0, "submission_ms": ms, "pairs": 4}
        speed = Speed(clock="cpu", targets=(10.0, 100.0), tier=tier, borderline=False, void=None, **figures)
    return Report(
        problem=problem,
        problem_version="1",
        submission_sha256="0" * 64,
        verdict=Verdict(verdict),
        reason="",
        score=score,
        max_score=100.0,
        box=BoxInfo(name="bubblewrap"),
        seed=1,
        correctness=Correctness(passed=0, total=0, properties=()),
        speed=speed,
        complexity=None,
        durations={},
    )


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "deep" / "ledger.sqlite3")


def test_an_empty_ledger_has_no_best_and_is_not_made_by_asking(store, tmp_path):
    assert store.best() == {}
    assert not (tmp_path / "deep").exists()


def test_the_best_run_is_accepted_then_highest_then_quickest(store):
    for run in (report("WA", 90), report("AC", 60), report("AC", 100, "100x", 0.5), report("AC", 100, "100x", 0.3), report("JE", 0)):
        store.record(run)
    best = store.best()["double"]
    assert (best.verdict, best.score, best.tier, best.submission_ms) == ("AC", 100.0, "100x", 0.3)


def test_a_judge_error_is_never_anybodys_best(store):
    store.record(report("JE", 0))
    assert store.best() == {}


def _write(path, count):
    for _ in range(count):
        Store(path).record(report())


def test_many_processes_can_write_at_once_and_lose_nothing(tmp_path):
    path = tmp_path / "deep" / "ledger.sqlite3"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(path, 25)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT report FROM run").fetchall()
    database.close()
    assert len(rows) == 100
    assert all(msgspec.json.decode(text, type=Report).problem == "double" for (text,) in rows)


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as error:
        Store(tmp_path / "file" / "ledger.sqlite3").record(report())
    assert "JUDGE_HOME" in error.value.hint
