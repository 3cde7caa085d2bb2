"""The channel in a submission's hands: whatever it writes there is its own failure, and never the judge's."""

from __future__ import annotations

import pytest

from judge.model import Failure, Limits, Verdict

PRELUDE = """
import gc, os, struct, sys

def send(data):
    \"\"\"Write to the judge, past the worker's own code.\"\"\"
    gc.unfreeze()
    worker = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Worker")
    worker.channel._stream.sendall(data)

def frame(kind, call, description=b"", payload=b"", size=None, length=None):
    length = len(description) if length is None else length
    size = len(payload) if size is None else size
    return struct.pack("<2sBxIIQ", b"J1", kind, call, length, size) + description + payload

def call_number():
    \"\"\"Return the number of the call under way.\"\"\"
    here = sys._getframe()
    while "call" not in here.f_locals or here.f_code.co_name != "answer":
        here = here.f_back
    return here.f_locals["call"]

RESULT, RAISED, STAGED = 18, 19, 20
PAIR = b"t" + struct.pack("<I", 2)
NOTHING_CHANGED = b"i" + bytes([1, 0xFF])

def array(dtype, length):
    return PAIR + b"a" + bytes([len(dtype)]) + dtype + bytes([1]) + struct.pack("<Q", length) + b"C" + NOTHING_CHANGED

ONE = PAIR + b"i" + bytes([1, 1]) + NOTHING_CHANGED

def g():
    return 0
"""


def failure_of(load, body, limits=None):
    """Load the body as function ``f``; call it, then ``g`` a few times; return how that failed."""
    source = PRELUDE + "def f():\n" + "\n".join(f"    {line}" for line in body.strip().splitlines())
    with load(source.encode(), "f", "g", limits=limits) as session:
        try:
            session.call("f")
            for _ in range(5):
                assert session.call("g") == 0
        except Failure as failure:
            return failure
    pytest.fail("the session goes on")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("send(b'x' * 10)", id="garbage"),
        pytest.param("send(b'x' * 100_000)", id="much garbage"),
        pytest.param("send(frame(RESULT, call_number() + 1, ONE))", id="the answer to a call not yet made"),
        pytest.param("send(frame(RESULT, call_number() - 1, ONE))", id="an answer to the previous call"),
        pytest.param("send(frame(RESULT, call_number(), ONE) * 2)", id="an answer given twice"),
        pytest.param("send(frame(STAGED, call_number(), b'N'))", id="a frame of another kind"),
        pytest.param("send(frame(1, call_number(), b'N'))", id="a frame that only the judge sends"),
        pytest.param("send(frame(255, call_number(), b'N'))", id="a frame of no kind"),
        pytest.param("send(frame(RESULT, call_number(), b'?'))", id="an unknown tag"),
        pytest.param("send(frame(RESULT, call_number(), b''))", id="an empty description"),
        pytest.param("send(frame(RESULT, call_number(), ONE + b'N'))", id="bytes left over"),
        pytest.param("send(frame(RESULT, call_number(), ONE, b'payload that nothing asks for'))", id="a payload left over"),
        pytest.param("send(frame(RESULT, call_number(), b't' + b'\\xff' * 4))", id="more items than bytes"),
        pytest.param("send(frame(RESULT, call_number(), PAIR * 100_000))", id="endless nesting"),
        pytest.param("send(frame(RESULT, call_number(), b'N'))", id="a result without its other half"),
        pytest.param("send(frame(RAISED, call_number(), b'N'))", id="an exception without its parts"),
        pytest.param("send(frame(RESULT, call_number(), array(b'|O8', 1), bytes(8)))", id="an object array"),
        pytest.param("send(frame(RESULT, call_number(), array(b'<f8', 1 << 60)))", id="an array of 2^63 bytes"),
        pytest.param("send(frame(RESULT, call_number(), ONE)[:9])\nos._exit(0)", id="half a frame and the end"),
        pytest.param("send(frame(RESULT, call_number(), ONE, size=1000)[:30])\nos._exit(0)", id="half a payload and the end"),
    ],
)  # fmt: skip
def test_a_forged_frame_is_a_run_time_error(load, body):
    assert failure_of(load, body).verdict == Verdict.RTE


@pytest.mark.parametrize("size", ["10 << 30", "1 << 40", "(1 << 64) - 1"])
def test_a_frame_that_claims_to_be_huge_exceeds_the_output_limit(load, size):
    failure = failure_of(load, f"send(frame(RESULT, call_number(), ONE, size={size}))")
    assert failure.verdict == Verdict.OLE
    assert "returned more than" in failure.message


def test_a_description_that_claims_to_be_huge_exceeds_the_output_limit(load):
    assert failure_of(load, "send(frame(RESULT, call_number(), length=(1 << 32) - 1))").verdict == Verdict.OLE


def test_a_result_that_is_too_large_exceeds_the_output_limit(load):
    source = "import numpy as np\ndef f(): return np.zeros(40_000_000)"
    with load(source, "f", limits=Limits(memory=1024)) as session, pytest.raises(Failure, match="returned more than") as failure:
        session.call("f")
    assert failure.value.verdict == Verdict.OLE


def test_a_frame_that_never_ends_runs_out_of_time(load):
    failure = failure_of(load, "send(frame(RESULT, call_number(), ONE, size=1000)[:30])\nwhile True: pass", Limits(time_limit=0.3))
    assert failure.verdict == Verdict.TLE


@pytest.mark.parametrize("data", ["b'x'", "b'\\0' * 65536", "frame(RESULT, call_number(), ONE)"])
def test_writing_to_every_open_file_gains_nothing(load, data):
    body = f"""
data = {data}
for number in range(3, 64):
    try: os.write(number, data)
    except OSError: pass
"""
    assert failure_of(load, body).verdict == Verdict.RTE


@pytest.mark.parametrize("number", ["range(3, 64)", "range(64)"])
def test_closing_every_open_file_ends_the_session(load, number):
    failure = failure_of(load, f"for number in {number}:\n    try: os.close(number)\n    except OSError: pass", Limits(time_limit=0.3))
    assert failure.verdict in (Verdict.RTE, Verdict.TLE)


def test_a_forged_answer_is_worth_no_more_than_a_returned_one(load):
    source = PRELUDE + "def f(x):\n    send(frame(RESULT, call_number(), ONE))\n    return 7"
    with load(source.encode(), "f") as session:
        assert session.call("f", 1) == 1  # as good as returning 1: the judge checks it like any other answer
        with pytest.raises(Failure, match="wrote to the judge's channel"):
            session.call("f", 2)


def test_a_frame_sent_while_the_file_is_imported_ends_the_session(load):
    source = PRELUDE + "send(frame(17, 1, PAIR + (b't' + struct.pack('<I', 0)) * 2))\ndef f(): return 1"
    with pytest.raises(Failure), load(source.encode(), "f") as session:
        session.call("f")


def test_what_is_printed_is_never_taken_for_a_frame(load):
    source = PRELUDE + "def f():\n    for number in (1, 2):\n        os.write(number, frame(RESULT, call_number(), ONE))\n    return 7"
    with load(source.encode(), "f") as session:
        assert session.call("f") == 7
