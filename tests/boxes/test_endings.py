"""However a judge ends, nothing of its boxes is left: no process, no container, no folder."""

from __future__ import annotations

import gc
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import docker
import pytest
from box_kinds import eventually

import judge
from judge.boxes.rundir import run_folder
from judge.errors import BoxError
from judge.model import Limits

JUDGE = """
import os, sys, time
sys.path[:0] = {path!r}
from box_kinds import KINDS
from judge.boxes.rundir import run_folder
from judge.model import Limits

box = KINDS[{kind!r}]()
busy, idle = box.open(Limits()), box.open(Limits())
with busy, idle:
    busy.load(b"import os\\ndef uid(): return os.getuid()\\ndef spin():\\n    while True: pass", "submission.py", ["uid", "spin"])
    idle.connect()
    print(busy.call("uid"), run_folder().path, flush=True)
    with box.open(Limits()):
        {then}
"""


class Leftovers:
    """What there may still be of a judge."""

    def __init__(self, judge, kind):
        words = judge.stdout.readline().split()
        assert words, judge.stderr.read()
        self.pid, self.uid, self.folder, self.kind = judge.pid, int(words[0]), Path(words[1]), kind

    def __call__(self):
        found = [f"process {pid}" for pid in processes_of(self.uid)] if os.geteuid() == 0 else []
        if self.kind.startswith("docker"):
            found += [f"container {container}" for container in containers(self.pid)]
        return found + [str(self.folder)] * self.folder.exists()


def processes_of(uid):
    """Return the processes that run under a user id."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            users = re.search(r"^Uid:(.*)$", status.read_text(), re.MULTILINE)[1].split()
        except OSError:
            continue
        found += [status.parent.name] * (str(uid) in users)
    return found


def open_descriptors():
    return len(list(Path("/proc/self/fd").iterdir()))


def containers(pid):
    """Return the containers that a judge's process started, in whatever state they are."""
    client = docker.from_env()
    try:
        return [entry["Id"][:12] for entry in client.api.containers(all=True, filters={"label": f"ml-judge.pid={pid}"})]
    finally:
        client.close()


@pytest.fixture
def start_judge(kind):
    """Start a judge with a busy box, an idle one and one that is just starting; then it does what is asked."""
    started = []

    def start(then, **options):
        path = [str(Path(__file__).parents[1] / "support"), str(Path(judge.__file__).parents[1])]
        code = JUDGE.format(path=path, kind=kind, then=then)
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("then", ["time.sleep(60)", "busy.call('spin')"])
def test_a_judge_that_is_killed_leaves_nothing(start_judge, kind, then):
    process = start_judge(then)
    leftovers = Leftovers(process, kind)
    assert leftovers()
    process.kill()
    assert eventually(lambda: not leftovers()), leftovers()


@pytest.mark.docker
@pytest.mark.usefixtures("docker_image")
@pytest.mark.parametrize("delay", [0.0, 0.02, 0.05, 0.1, 0.2])
def test_a_judge_that_is_killed_while_its_boxes_start_leaves_nothing(delay):
    code = JUDGE.format(path=[str(Path(__file__).parents[1] / "support"), str(Path(judge.__file__).parents[1])], kind="docker", then="pass")
    code = code.replace("with busy, idle:", "print(0, run_folder().path, flush=True)\ntime.sleep(60)\nwith busy, idle:")
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        folder = Path(process.stdout.readline().split()[1])
        time.sleep(delay)  # not a wait for anything: the moment to be tried
        process.kill()
    time.sleep(1)  # what the daemon was asked for may still appear
    assert eventually(lambda: not containers(process.pid) and not folder.exists()), (containers(process.pid), folder)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_judge_that_is_interrupted_leaves_nothing(start_judge, kind, number):
    process = start_judge("busy.call('spin')", start_new_session=True)
    leftovers = Leftovers(process, kind)
    os.killpg(process.pid, number)  # as a terminal does: everything that belongs to the judge gets it
    process.wait(30)
    assert eventually(lambda: not leftovers()), leftovers()


def test_a_judge_that_ends_in_the_middle_leaves_nothing(start_judge, kind):
    process = start_judge("sys.exit('no reason')")
    leftovers = Leftovers(process, kind)
    process.wait(20)
    assert eventually(lambda: not leftovers()), leftovers()


def test_a_closed_session_leaves_nothing(box, kind):
    with box.open(Limits()) as session:
        session.load(b"import os\ndef f(): return os.getuid()", "submission.py", ["f"])
        uid = session.call("f")
        assert os.geteuid() != 0 or processes_of(uid)
        before = set(containers(os.getpid())) if kind.startswith("docker") else set()
        folders = set(run_folder().path.iterdir())
    assert eventually(lambda: os.geteuid() != 0 or not processes_of(uid))
    assert eventually(lambda: not kind.startswith("docker") or set(containers(os.getpid())) < before)
    assert set(run_folder().path.iterdir()) <= folders


def test_a_session_can_be_closed_twice_and_at_any_time(box):
    for _ in range(3):
        session = box.open(Limits())
        session.close()
        session.close()
        with pytest.raises(BoxError):
            session.connect()


def test_no_descriptor_leaks(box):
    def use():
        with box.open(Limits()) as session:
            session.load(b"def f(): return 1", "submission.py", ["f"])
            assert session.call("f") == 1

    for _ in range(10):  # docker's SDK keeps ten connections for later, and gets two more with each use until then
        use()
    before = open_descriptors()
    for _ in range(6):
        use()
    assert eventually(lambda: gc.collect() >= 0 and open_descriptors() <= before + 1)
