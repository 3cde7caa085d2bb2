"""The ledger of runs: every judgement a row, in SQLite. The only module that touches the database.

Rows are only ever added. The file lies in ``$JUDGE_HOME``, else in the user's data folder. Writes take the lock at
once (``BEGIN IMMEDIATE``): a transaction that reads first and writes later fails under concurrent writers, whatever
the timeout.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from judge.errors import JudgeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judge.model import Report

__all__ = ["Best", "Store", "StoreError", "default_path"]

MIGRATIONS = (
    """
    CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        problem TEXT NOT NULL,
        problem_version TEXT NOT NULL,
        submission_sha256 TEXT NOT NULL,
        verdict TEXT NOT NULL,
        score REAL NOT NULL,
        max_score REAL NOT NULL,
        tier TEXT,
        submission_ms REAL,
        report TEXT NOT NULL
    ) STRICT;
    CREATE INDEX run_by_problem ON run (problem, verdict);
    """,
)
"""Numbered by position; ``PRAGMA user_version`` says how many have been applied. Append only."""


class StoreError(JudgeError):
    """The ledger cannot be read or written."""


@dataclass(frozen=True)
class Best:
    """The best run of one problem: accepted before rejected, then the score, then the quicker call."""

    verdict: str
    score: float
    tier: str | None
    submission_ms: float | None


def default_path() -> Path:
    """Return where the ledger lies: ``$JUDGE_HOME``, else ``$XDG_DATA_HOME/ml-judge``, else ``~/.local/share/ml-judge``."""
    home = os.environ.get("JUDGE_HOME")
    if home:
        return Path(home) / "ledger.sqlite3"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "ml-judge" / "ledger.sqlite3"


class Store:
    """The ledger.

    Parameters
    ----------
    path : pathlib.Path
        The database file; made with its folder at the first write.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def record(self, report: Report) -> None:
        """Add one run.

        Raises
        ------
        StoreError
            When it cannot be written; the judgement itself stands.
        """
        speed = report.speed
        row = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "problem": report.problem,
            "problem_version": report.problem_version,
            "submission_sha256": report.submission_sha256,
            "verdict": report.verdict.value,
            "score": report.score,
            "max_score": report.max_score,
            "tier": speed.tier if speed is not None and speed.void is None else None,
            "submission_ms": None if speed is None else speed.submission_ms,
            "report": msgspec.json.encode(report).decode(),
        }
        columns = ", ".join(row)
        with self._connected() as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute(f"INSERT INTO run ({columns}) VALUES ({', '.join(f':{name}' for name in row)})", row)  # noqa: S608 - our own names
            database.execute("COMMIT")

    def best(self) -> dict[str, Best]:
        """Return the best run of every problem that was ever judged; nothing where there is no ledger yet."""
        if not self._path.exists():
            return {}
        query = """
            SELECT problem, verdict, score, tier, submission_ms FROM (
                SELECT *, row_number() OVER (
                    PARTITION BY problem ORDER BY verdict = 'AC' DESC, score DESC, submission_ms IS NULL, submission_ms, id
                ) AS place FROM run WHERE verdict <> 'JE'
            ) WHERE place = 1
        """
        with self._connected() as database:
            return {problem: Best(*rest) for problem, *rest in database.execute(query)}

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, isolation_level=None, timeout=10)) as database:
                for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 10000", "foreign_keys = ON"):
                    database.execute(f"PRAGMA {pragma}")
                _migrate(database)
                yield database
        except (sqlite3.Error, OSError) as error:
            msg = f"the ledger {self._path} cannot be used: {error}"
            raise StoreError(msg, "Set JUDGE_HOME to a folder that you can write to.") from error


def _migrate(database: sqlite3.Connection) -> None:
    """Apply the migrations that this file has not seen, each in a transaction of its own."""
    if _version(database) == len(MIGRATIONS):
        return
    database.execute("BEGIN IMMEDIATE")
    for number in range(_version(database), len(MIGRATIONS)):  # read again: another process may have been quicker
        for statement in MIGRATIONS[number].split(";"):
            if statement.strip():
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {number + 1}")
    database.execute("COMMIT")


def _version(database: sqlite3.Connection) -> int:
    row: tuple[Any, ...] = database.execute("PRAGMA user_version").fetchone()
    return int(row[0])
