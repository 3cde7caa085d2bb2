"""A tiny problem bank and a way to run the command line as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_bank import write_bank

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def bank(tmp_path_factory):
    """Return a private bank with one small problem, ``double``."""
    return write_bank(tmp_path_factory.mktemp("bank"))


@pytest.fixture
def judge(tmp_path, bank):
    """Run ``judge`` in an empty folder; returns the finished process."""

    def run(*arguments, timeout=120, **environment):
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("JUDGE_", "NO_COLOR", "COLUMNS"))}
        clean |= {
            "PYTHONPATH": str(ROOT),
            "JUDGE_PROBLEMS": str(bank),
            "JUDGE_BOX": "bubblewrap",
            "JUDGE_HOME": str(tmp_path / "home"),
        } | environment
        command = [sys.executable, "-m", "judge", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=timeout, cwd=tmp_path, env=clean, check=False)

    return run


@pytest.fixture
def submit(judge, tmp_path):
    """Submit a source to the small problem."""

    def run(source, *arguments, problem="double", name="solution.py", **options):
        path = tmp_path / name
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        return judge("submit", problem, path, *arguments, **options)

    return run
