"""Cheats on the clock, each a live submission: it ends with the tier that its work deserves, without a tier, or rejected.

The problem is ``spread`` of `clock_bank`: `ROWS` deserves the tier 4x, `NAIVE` none. Every cheat wants 40x.
"""

from __future__ import annotations

from contextlib import closing

import pytest
from box_kinds import KINDS
from clock_bank import NAIVE, ROWS, SORTED, write_bank

from judge.boxes.bubblewrap import BubblewrapBox
from judge.catalog import Catalog
from judge.pipeline import Options, judge_submission
from judge.submission import Submission

pytestmark = pytest.mark.timing

HIDE = """
import gc, sys, threading, time, weakref
honest = spread
ready = {}
Worker = sys.modules["__main__"].Worker
Channel = sys.modules["sandbox.protocol"].Channel

def work(arguments):
    for x in arguments:
        ready[id(x)] = honest(x)

def inputs(calls):
    return [call[1][0] for call in calls]

def spread(x):
    end = time.thread_time() + 0.00025    # a plausible speed, not a miracle
    while time.thread_time() < end:
        pass
    return ready.pop(id(x)) if id(x) in ready else honest(x)
"""
"""The strongest cheat: answers lie ready when the clock starts. What follows it decides when ``work`` is done."""

AT_STAGING = """
stage = Worker.stage
def early(self, call, calls):
    work(inputs(calls))
    stage(self, call, calls)
Worker.stage = early
"""

HIDDEN = {
    "in the staging itself": AT_STAGING,
    "as inputs are received": """
receive = Channel.receive
def early(self):
    frame = receive(self)
    if frame.kind == 3:
        work(inputs(frame.value))
    return frame
Channel.receive = early
""",
    "before the answer to staging is sent": """
send = Channel.send
def early(self, kind, call, value):
    if kind == 20:
        work(x for x in arrays if x.ndim == 1 and len(x) > 600)
        arrays.clear()
    send(self, kind, call, value)
Channel.send = early
arrays, empty = [], np.empty
def remembering(shape, dtype):
    arrays.append(empty(shape, dtype))
    return arrays[-1]
np.empty = remembering
""",
    "in a patched gc.collect": """
stage = Worker.stage
def early(self, call, calls):
    gc.collect = lambda: work(inputs(calls))
    stage(self, call, calls)
Worker.stage = early
""",
    "in a callback of the garbage collector": """
def early(phase, info):
    if phase == "start":
        worker = sys._getframe(1).f_locals.get("self")
        if isinstance(worker, Worker):
            work(inputs(worker.staged))
gc.callbacks.append(early)
""",
    "in the end of an object": """
class Last:
    def __init__(self):
        self.me = self
    def __del__(self):
        frame = sys._getframe(1)
        if isinstance(frame.f_locals.get("self"), Worker):
            work(inputs(frame.f_locals["self"].staged))
            Last()
hidden, made = spread, []
def spread(x):
    if not made:
        made.append(Last() and None)      # not at the import: what that leaves is never collected
    return hidden(x)
""",
    "in a weak reference's callback": """
class Knot:
    pass
def early(_):
    frame = sys._getframe(1)
    if isinstance(frame.f_locals.get("self"), Worker):
        work(inputs(frame.f_locals["self"].staged))
    tie()
def tie():
    knot = Knot()
    knot.me = knot
    kept[:] = [weakref.ref(knot, early)]
kept = []
hidden = spread
def spread(x):
    if not kept:
        tie()
    return hidden(x)
""",
    "in a profiler's hook": """
def hook(frame, event, argument):
    if event == "call" and frame.f_code is Channel.send.__code__ and frame.f_locals["kind"] == 20:
        work(inputs(frame.f_back.f_locals["self"].staged))
sys.setprofile(hook)
""",
    "in a tracer": """
def hook(frame, event, argument):
    if frame.f_code is Channel.send.__code__ and frame.f_locals["kind"] == 20:
        work(inputs(frame.f_back.f_locals["self"].staged))
sys.settrace(hook)
""",
    "in a signal's handler": """
import signal
waiting = []
signal.signal(signal.SIGUSR1, lambda *_: work(waiting))
stage = Worker.stage
def early(self, call, calls):
    waiting[:] = inputs(calls)
    signal.raise_signal(signal.SIGUSR1)
    stage(self, call, calls)
Worker.stage = early
""",
    "in a thread that the staging waits for": """
stage = Worker.stage
def early(self, call, calls):
    thread = threading.Thread(target=work, args=(inputs(calls),))
    thread.start()
    thread.join()
    stage(self, call, calls)
Worker.stage = early
""",
    "after slow calls, so that a batch is one call": AT_STAGING + """
cached, seen = spread, []
def spread(x):
    if len(x) > 600 and len(seen) < 2:
        seen.append(time.sleep(0))
        end = time.thread_time() + 0.3
        while time.thread_time() < end:
            pass
    return cached(x)
""",
    "in three batches out of five": """
stage, batches = Worker.stage, []
def early(self, call, calls):
    batches.append(call)
    if len(batches) % 5 in (0, 2, 4):
        work(inputs(calls))
    stage(self, call, calls)
Worker.stage = early
""",
}  # fmt: skip
"""Where the work of the honest 10x solution is hidden."""

SPIN = """
import os, sys, threading, time
main = sys.modules["__main__"]
Worker = main.Worker
honest = spread
"""

CHEATS = {
    # -- clocks and helpers: none of them is asked ------------------------------------------------------------------------
    "every clock stands still": (NAIVE + """
import os, resource, statistics, time
for name in ("time", "perf_counter", "monotonic", "process_time", "thread_time"):
    for unit, zero in (("", 0.0), ("_ns", 0)):
        setattr(time, name + unit, lambda zero=zero: zero)
time.clock_gettime = time.clock_gettime_ns = lambda clock: 0
resource.getrusage = os.times = lambda *_: (0.0,) * 16
statistics.median = statistics.mean = lambda values: 1e-9
""", "below"),
    "the worker's own tools are patched": (NAIVE + """
import gc, sys
gc.collect = gc.freeze = gc.enable = gc.disable = lambda *_: 0
main = sys.modules["__main__"]
main.Worker.flush_output = lambda self: None
main.lockdown.trim = lambda: None
""", "below"),
    "scheduling is asked for favours": (NAIVE + """
import ctypes, os
for ask in (
    lambda: os.nice(-20), lambda: os.nice(19), lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
    lambda: os.sched_setaffinity(0, {0, 1}), lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99)),
    lambda: os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0)), lambda: ctypes.CDLL(None).prctl(29, 1 << 40, 0, 0, 0),
):
    try:
        ask()
    except OSError:
        pass
honest = spread
def spread(x):
    os.sched_yield()
    try:
        return honest(x)
    finally:
        os.sched_yield()
""", "below"),
    # -- work at another time ---------------------------------------------------------------------------------------------
    "answers for guessed inputs, at import and kept in a file": (NAIVE + """
import pathlib, tempfile
store = pathlib.Path(tempfile.gettempdir(), "answers")
known = {}
for seed in range(5):
    x = np.random.default_rng([seed, 1]).normal(size=700)
    known[x.tobytes()] = spread(x)
store.write_text(str(len(known)))
honest = spread
def spread(x):
    found = known.get(x.tobytes())
    return honest(x) if found is None else found
""", "below"),
    "answers kept by content": (NAIVE + """
honest, known = spread, {}
def spread(x):
    if x.tobytes() not in known:
        known[x.tobytes()] = honest(x)
    return known[x.tobytes()]
""", "below"),
    "answers kept by shape": (NAIVE + """
honest, known = spread, {}
def spread(x):
    return known.setdefault(x.shape, None) if known.get(x.shape) is not None else known.__setitem__(x.shape, honest(x)) or known[x.shape]
""", "rejected"),
    "answers kept by identity": (NAIVE + """
honest, known = spread, {}
def spread(x):
    if id(x) not in known:
        known[id(x)] = honest(x)
    return known[id(x)]
""", "rejected below"),
    "slow at first": (NAIVE + """
import time
honest, calls = spread, []
def spread(x):
    if len(x) > 600 and len(calls) < 3:
        calls.append(None)
        for _ in range(8):
            honest(x)
    return honest(x)
""", "below"),
    "a batch's work in its first call": (SPIN + """
run = Worker.run
def all_at_once(self, call):
    known = {id(args[0]): honest(args[0]) for _, args, _ in self.staged}
    self.staged = [((lambda x: known[id(x)]), args, kwargs) for _, args, kwargs in self.staged]
    run(self, call)
Worker.run = all_at_once
""", "4x"),
    "the first call's answer for all": (SPIN + """
run = Worker.run
def repeated(self, call):
    answer = honest(self.staged[0][1][0])
    self.staged = [((lambda x: answer), args, kwargs) for _, args, kwargs in self.staged]
    run(self, call)
Worker.run = repeated
""", "rejected"),
    "answers before they are asked for": (SPIN + """
stage = Worker.stage
def early(self, call, calls):
    for number, (name, args, kwargs) in enumerate(calls):
        self.channel.send(18, call + 1 + number, (honest(args[0]), -1))
    stage(self, call, calls)
Worker.stage = early
""", "rejected"),
    # -- threads ----------------------------------------------------------------------------------------------------------
    "a thread from the import works ahead": (SPIN + """
import queue
tasks, ready = queue.Queue(), {}
def ahead():
    while True:
        x = tasks.get()
        ready[id(x)] = honest(x)
threading.Thread(target=ahead, daemon=True).start()
stage = Worker.stage
def early(self, call, calls):
    for _, args, _ in calls:
        tasks.put(args[0])
    stage(self, call, calls)
Worker.stage = early
def spread(x):
    while id(x) not in ready and tasks.unfinished_tasks and len(x) > 600:
        time.sleep(0.0005)
    return ready.pop(id(x)) if id(x) in ready else honest(x)
""", "4x void"),
    "the first thread sleeps while another answers": (SPIN + """
run = Worker.run
def elsewhere(self, call):
    staged, self.staged = self.staged, []
    def answer():
        self.staged = staged
        run(self, call)
    threading.Thread(target=answer).start()
Worker.run = elsewhere
""", "4x rejected"),
    "the first thread is busy while another answers": (SPIN + """
busy = threading.Event()
def spin():
    while True:
        pass
run = Worker.run
def elsewhere(self, call):
    run(self, call)
    if not busy.is_set():
        busy.set()
        threading.Thread(target=loop, args=(self,)).start()
        spin()
def loop(self):
    while True:
        frame = self.channel.receive()
        if frame.kind == 3:
            self.stage(frame.call, frame.value)
        elif frame.kind == 4:
            run(self, frame.call)
Worker.run = elsewhere
""", "below 4x void rejected"),
    "the first thread is gone": (SPIN + """
import ctypes
run = Worker.run
def elsewhere(self, call):
    Worker.run = run
    run(self, call)
    threading.Thread(target=self.serve_on).start()
    ctypes.CDLL(None).pthread_exit(None)
def serve_on(self):
    while True:
        frame = self.channel.receive()
        if frame.kind == 3:
            self.stage(frame.call, frame.value)
        elif frame.kind == 4:
            run(self, frame.call)
Worker.run = elsewhere
Worker.serve_on = serve_on
""", "below 4x void rejected"),
    "a thread disturbs the baseline's turn": (SPIN + """
def disturb():
    block = np.ones(1 << 21)
    while True:
        block += 1.0
threading.Thread(target=disturb, daemon=True).start()
""", "below 4x void"),
    "a thread fills the answer in after it is returned": (SPIN + """
def later(out, x):
    time.sleep(0.001)
    out[:] = honest(x)
def spread(x):
    if len(x) < 100:
        return honest(x)
    out = np.zeros(len(x))
    threading.Thread(target=later, args=(out, x)).start()
    return out
""", "rejected"),
    "a call waits while a thread works": (SPIN + """
def spread(x):
    out = []
    thread = threading.Thread(target=lambda: out.append(honest(x)))
    thread.start()
    while not out:
        time.sleep(0.0002)
    return out[0]
""", "4x below"),
    "timers and signals do the work": (SPIN + """
import signal
staged = []
def handler(*_):
    for x in list(staged):
        honest(x)
signal.signal(signal.SIGALRM, handler)
signal.signal(signal.SIGPROF, handler)
signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
signal.setitimer(signal.ITIMER_PROF, 0.05, 0.05)
stage = Worker.stage
def early(self, call, calls):
    staged[:] = [args[0] for _, args, _ in calls[:2]]
    stage(self, call, calls)
Worker.stage = early
""", "below 4x void"),
    "the process stops itself": (SPIN + """
import signal
def spread(x):
    if len(x) > 600:
        os.kill(os.getpid(), signal.SIGSTOP)
    return honest(x)
""", "rejected"),
    "a child does the work": (SPIN + """
def spread(x):
    if os.fork() == 0:
        os._exit(0)
    return honest(x)
""", "rejected"),
    "between the answer to staging and the clock": (SPIN + """
ready = {}
stage = Worker.stage
def late(self, call, calls):
    stage(self, call, calls)
    for _, args, _ in calls:
        ready[id(args[0])] = honest(args[0])
Worker.stage = late
def spread(x):
    return ready.pop(id(x)) if id(x) in ready else honest(x)
""", "4x void"),
    "at exit": (SPIN + """
import atexit
atexit.register(lambda: [honest(np.ones(700)) for _ in range(1000)])
""", "4x"),
    # -- answers that are no answers yet ----------------------------------------------------------------------------------
    "a lazy array": (SPIN + """
class Lazy(np.ndarray):
    def __array__(self, *_, **__):
        return honest(self.x)
    def __len__(self):
        return 700
def spread(x):
    lazy = np.empty(len(x)).view(Lazy)
    lazy.x = x
    return lazy
""", "rejected"),
    "an object that turns into an array": (SPIN + """
class Lazy:
    def __init__(self, x):
        self.x = x
    def __array__(self, *_, **__):
        return honest(self.x)
    def __len__(self):
        return len(self.x)
def spread(x):
    return Lazy(x)
""", "rejected"),
    "a generator": (SPIN + """
def spread(x):
    return (value for value in honest(x))
""", "rejected"),
    "a file mapped to memory": (SPIN + """
def spread(x):
    out = np.memmap("/tmp/answer", np.float64, "w+", shape=x.shape)
    out[:] = honest(x)
    return out
""", "rejected"),
    "a tuple that works as it is encoded": (SPIN + """
class Late(tuple):
    def __iter__(self):
        return iter(honest(np.array(self[:])))
def spread(x):
    return Late(x)
""", "rejected"),
    "the encoder does the work": (SPIN + """
protocol = sys.modules["sandbox.protocol"]
encode = protocol.encode
def late(value):
    if isinstance(value, tuple) and len(value) == 2 and type(value[0]) is tuple and type(value[0][0]) is np.ndarray:
        value = (honest(value[0][0]), value[1])
    return encode(value)
protocol.encode = late
def spread(x):
    return (x,)
""", "4x"),
}  # fmt: skip
"""Sources, and how they may end: the tier that the work deserves, ``void`` or ``rejected``."""


@pytest.fixture(scope="session")
def problem(tmp_path_factory):
    """Return the problem whose reference is the fastest solution."""
    return Catalog((write_bank(tmp_path_factory.mktemp("clock")),)).problem("spread")


@pytest.fixture(scope="session")
def box():
    return BubblewrapBox()


def judged(problem, source, box):
    """Judge a source and say how it ended: ``rejected``, ``void`` or the tier."""
    report = judge_submission(problem, Submission("solution.py", source.encode()), box, Options(growth=False)).report
    if report.verdict != "AC":
        return "rejected", report
    if report.speed.void is not None:
        assert report.speed.tier == "below"
        return "void", report
    return report.speed.tier, report


@pytest.mark.parametrize(("source", "tier"), [(NAIVE, "below"), (ROWS, "4x"), (SORTED, "40x")], ids=["naive", "rows", "sorted"])
def test_honest_work_gets_its_tier(problem, box, source, tier):
    ending, report = judged(problem, source, box)
    assert ending == tier, report


@pytest.mark.parametrize("place", HIDDEN)
def test_work_hidden_before_the_clock_starts_voids_the_tier(problem, box, place):
    ending, report = judged(problem, ROWS + HIDE + HIDDEN[place], box)
    assert ending == "void", report
    assert "outside the timed calls" in report.speed.void


@pytest.mark.parametrize("cheat", CHEATS)
def test_no_cheat_gets_a_better_tier_than_its_work_deserves(problem, box, cheat):
    source, endings = CHEATS[cheat]
    ending, report = judged(problem, (ROWS if source.startswith(SPIN) else "") + source, box)
    assert ending in endings.split(), report


@pytest.mark.docker
@pytest.mark.parametrize("kind", ["docker", "docker-stdio"])
@pytest.mark.usefixtures("docker_image")
def test_hidden_work_is_found_in_docker_too_even_by_the_wall_clock(problem, kind):
    with closing(KINDS[kind]()) as docker_box:
        ending, report = judged(problem, ROWS + HIDE.replace("0.00025", "0.0001") + AT_STAGING, docker_box)
    assert report.speed.clock == ("wall" if kind == "docker-stdio" else "cpu")
    assert ending == "void", report


@pytest.mark.docker
@pytest.mark.parametrize("cheat", ["a thread from the import works ahead", "scheduling is asked for favours"])
@pytest.mark.usefixtures("docker_image")
def test_the_docker_box_gives_a_cheat_nothing_more(problem, cheat):
    source, endings = CHEATS[cheat]
    with closing(KINDS["docker"]()) as docker_box:
        ending, report = judged(problem, (ROWS if source.startswith(SPIN) else "") + source, docker_box)
    assert ending in endings.split(), report
