"""However a judge ends, nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tiny_bank import write_bank

ROOT = Path(__file__).parents[2]
DEADLINE = 20.0
ENDLESS = "def double(x):\n    while True: pass\n"


def descendants(pid):
    """Return the process ids below a process."""
    found = []
    for child in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = child.read_text().split()
        except OSError:  # the thread has just ended
            continue
        for each in below:
            found += [int(each), *descendants(int(each))]
    return found


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:  # it has just ended
        return ""


def wait_until(condition):
    """Poll, bounded."""
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def running(tmp_path):
    """A judge in the middle of an endless submission, with a temporary folder of its own."""
    bank = write_bank(tmp_path / "bank")
    manifest = bank / "problems" / "double" / "problem.toml"
    patient = manifest.read_text().replace("time_limit = 1.0", "time_limit = 60.0")  # so that no verdict comes before the signal
    manifest.write_text(patient)
    (tmp_path / "endless.py").write_text(ENDLESS)
    (tmp_path / "tmp").mkdir()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "JUDGE_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp")}
    command = [sys.executable, "-m", "judge", "submit", "double", "endless.py", "--problems", str(bank), "--box", "bubblewrap"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def is_looping():
        return any("sandbox.worker" in command_line(pid) for pid in descendants(process.pid) if is_alive(pid))

    wait_until(is_looping)
    yield process, tmp_path / "tmp"
    process.kill()
    process.wait()
    process.stdout.close()
    process.stderr.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_a_judge_that_is_interrupted_leaves_no_process_and_no_folder(running, how):
    process, folder = running
    below = descendants(process.pid)
    assert below
    process.send_signal(how)
    process.wait(DEADLINE)
    wait_until(lambda: not any(map(is_alive, below)))
    wait_until(lambda: not list(folder.iterdir()))


def test_ctrl_c_says_so_in_one_line(running):
    process, _ = running
    process.send_signal(signal.SIGINT)
    try:
        out, err = process.communicate(timeout=1)
    except subprocess.TimeoutExpired:  # Python drops an interrupt that falls into a destructor; people press again
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=DEADLINE)
    assert (process.returncode, out, err.strip()) == (130, "", "interrupted")
