"""What a submission may use: time, memory, output, processes, space; and that the kernel sees to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from box_kinds import eventually

import judge.boxes.session
from judge.model import Failure, Limits, Verdict

SHORT = Limits(time_limit=0.3)
TMP = "/tmp"  # noqa: S108 - the box's own


@pytest.fixture
def impatient(monkeypatch):
    """Wait for a worker that only sleeps half a second instead of the usual time."""
    monkeypatch.setattr(judge.boxes.session, "IDLE", 0.5)
    monkeypatch.setattr(judge.boxes.session, "WALL_EXTRA", 0.2)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "code",
    [
        "while True: pass",
        "while True:\n        try: f()\n        except BaseException: pass",
        "__import__('re').fullmatch('(a+)+b', 'a' * 50)",  # a loop in C, which holds the interpreter
    ],
)
def test_an_endless_loop_is_stopped(load, code):
    with load(f"def f():\n    {code}", "f", limits=SHORT) as session, pytest.raises(Failure) as failure:
        session.call("f")
    assert failure.value.verdict == Verdict.TLE


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "code",
    [
        "__import__('time').sleep(1000)",
        "__import__('threading').Lock().acquire() and None or __import__('threading').Event().wait()",
        "__import__('os').kill(__import__('os').getpid(), __import__('signal').SIGSTOP)",
    ],
)
def test_waiting_for_ever_is_stopped(load, code):
    with load(f"def f(): {code}", "f", limits=SHORT) as session, pytest.raises(Failure, match="did not answer in time") as failure:
        session.call("f")
    assert failure.value.verdict == Verdict.TLE


@pytest.mark.usefixtures("impatient")
def test_a_submission_that_ignores_every_signal_is_stopped(load):
    source = """
        import signal
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        def f():
            while True: pass
        """
    with load(source, "f", limits=SHORT) as session, pytest.raises(Failure) as failure:
        session.call("f")
    assert failure.value.verdict == Verdict.TLE


@pytest.mark.parametrize(
    "code",
    [
        "return len(__import__('numpy').ones(1 << 29))",
        "return bytes(3 << 30)",
        "hoard = []\n    while True: hoard.append(bytes(1 << 20))",
        "hoard = []\n    while True: hoard.append([0] * 1000)",
    ],
)
def test_a_memory_bomb_exceeds_the_memory_limit(load, code):
    with load(f"def f():\n    {code}", "f", limits=Limits(memory=256)) as session, pytest.raises(Failure, match="256 MiB") as failure:
        session.call("f")
    assert failure.value.verdict == Verdict.MLE


def test_memory_within_the_limit_is_granted(load):
    with load("import numpy as np\ndef f(): return float(np.ones(25_000_000).sum())", "f", limits=Limits(memory=256)) as session:
        assert session.call("f") == 25e6


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_printing_a_gigabyte_exceeds_the_output_limit(load, stream):
    source = f"""
        import sys
        def f():
            for _ in range(1000):
                sys.{stream}.write("x" * 1_000_000)
        """
    with load(source, "f") as session:
        with pytest.raises(Failure, match="printed more than 1 MiB") as failure:
            session.call("f")
        assert failure.value.verdict == Verdict.OLE
        assert len(session.output) <= 1 << 20


def test_a_flood_from_a_thread_between_calls_is_noticed(load):
    source = """
        import os, threading
        def flood():
            while True: os.write(2, b"x" * 100_000)
        def f():
            threading.Thread(target=flood, daemon=True).start()
        def g(): return 1
        """

    def flooded(session):
        session.call("f")  # the flood may be noticed here already
        eventually(lambda: session.call("g") == 0)

    with load(source, "f", "g") as session, pytest.raises(Failure, match="printed more") as failure:
        flooded(session)
    assert failure.value.verdict == Verdict.OLE


def test_threads_are_allowed_up_to_a_bound(toolbox):
    assert 8 <= toolbox.call("start_threads", 2000) <= 80
    assert toolbox.call("start_threads", 4) == 5


@pytest.mark.parametrize(
    "code",
    [
        "os.fork()",
        "os.forkpty()",
        "os.posix_spawn('/bin/sh', ['sh'], {})",
        "os.execv('/proc/self/exe', ['python3'])",
        "os.system('true') and 1 / 0",
        "subprocess.run(['/proc/self/exe', '-c', 'pass'])",
        "multiprocessing.get_context('fork').Process(target=print).start()",
        "multiprocessing.get_context('spawn').Process(target=print).start()",
        "multiprocessing.Pool(1)",
        "ctypes.CDLL(None, use_errno=True).vfork() < 0 and 1 / 0",
    ],
)
def test_no_other_process_can_be_started(toolbox, code):
    assert toolbox.call("attempt", code) is not None
    assert toolbox.call("other_processes") in ([], [1])


def test_a_large_file_and_a_full_disk_are_errors_of_the_submission(toolbox):
    kinds = [toolbox.call("write_file", f"{TMP}/{number}", 6 << 20) for number in range(6)]
    assert kinds[0] is None
    assert "OSError" in {kind[0] for kind in kinds if kind}
    assert toolbox.call("write_file", f"{TMP}/large", 20 << 20)[0] == "OSError"
    for number in (*range(6), "large"):
        toolbox.call("attempt", f"os.remove('{TMP}/{number}')")


def test_one_thread_computes(toolbox):
    assert toolbox.call("blas_threads") == 1


def test_the_kernels_limits_are_set_from_outside_view(load):
    with load("def f(): pass", "f", limits=Limits(memory=300)) as session:
        if session.pid is None:
            pytest.skip("the worker cannot be seen from here")
        text = Path(f"/proc/{session.pid}/limits").read_text("ascii")
        status = Path(f"/proc/{session.pid}/status").read_text("ascii")
    rows = re.findall(r"^(Max [a-z ]+?)\s{2,}(\S+)\s+(\S+)", text, re.MULTILINE)
    soft_and_hard = {name: (soft, hard) for name, soft, hard in rows}
    for name in ("address space", "cpu time", "file size", "open files", "core file size", "locked memory", "msgqueue size"):
        soft, hard = soft_and_hard[f"Max {name}"]
        assert soft == hard != "unlimited", name
    assert 300 << 20 < int(soft_and_hard["Max address space"][0]) < 4 << 30
    assert re.search(r"^Seccomp:\t2$", status, re.MULTILINE)
    assert re.search(r"^NoNewPrivs:\t1$", status, re.MULTILINE)
    assert re.findall(r"^Cap(?:Inh|Prm|Eff|Amb):\t(\S+)$", status, re.MULTILINE) == ["0" * 16] * 4
