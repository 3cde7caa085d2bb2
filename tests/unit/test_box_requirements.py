"""The box's lock file says the same as what it was made from, and nothing about the machine that made it."""

import re
from pathlib import Path

import pytest

import judge

SANDBOX = Path(judge.__file__).parent / "sandbox"


@pytest.fixture
def locked() -> dict[str, str]:
    """Return each locked distribution with its whole entry."""
    text = (SANDBOX / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[a-z])", "\n" + text)[1:]
    return {entry.split("==")[0]: entry for entry in entries}


def test_every_distribution_of_the_box_is_locked(locked: dict[str, str]) -> None:
    wanted = re.findall(r"^([a-z][a-z0-9-]*)", (SANDBOX / "requirements.txt").read_text(), re.MULTILINE)
    assert set(wanted) == {"duckdb", "line-profiler", "numpy", "pandas"}
    assert set(wanted) <= set(locked)


def test_every_entry_is_one_exact_version_with_hashes(locked: dict[str, str]) -> None:
    for name, entry in locked.items():
        assert re.match(rf"{name}==[0-9][0-9a-z.]* (;.*)?\\\n +--hash=sha256:[0-9a-f]{{64}}", entry), entry.splitlines()[0]


def test_the_lock_names_no_registry_and_no_folder() -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links|(?<!\S)/", (SANDBOX / "requirements.lock").read_text())
