"""Loading a submission and calling it: what it raises, how it ends, what it prints, what a batch measures."""

from __future__ import annotations

import pytest
from box_kinds import eventually

from judge.boxes import RemoteError
from judge.model import BoxInfo, Failure, Limits, Verdict


def test_loading_tells_which_functions_there_are_and_which_others(box):
    with box.open(Limits()) as session:
        source = b"def f(): pass\ndef other(): pass\nlate = None\nclass Late: pass\n"
        assert session.load(source, "submission.py", ["f", "late", "missing"]) == (("f",), ("f", "other"))
        assert session.call("f") is None
        with pytest.raises((RemoteError, Failure)):
            session.call("missing")


def test_a_box_opens_without_being_waited_for(box):
    with box.open(Limits()) as session:
        assert session.pid is None
        session.connect()
        assert session.versions[0].startswith("3.")


def test_a_box_describes_itself_and_its_clock(box, kind, toolbox):
    info = box.info()
    assert isinstance(info, BoxInfo)
    assert info.name == box.name
    assert info.detail
    assert info.clock == toolbox.clock_kind == ("wall" if kind == "docker-stdio" else "cpu")
    assert (toolbox.pid is None) == (toolbox.clock_kind == "wall")


def test_an_exception_arrives_with_its_classes_its_message_and_the_learners_traceback(toolbox):
    with pytest.raises(RemoteError) as error:
        toolbox.call("raise_value_error")
    assert error.value.kinds[:2] == ("ValueError", "Exception")
    assert error.value.text == "a message for the learner"
    assert "toolbox.py" in error.value.traceback
    assert "worker" not in error.value.traceback


def test_an_exception_of_the_submissions_own_arrives_even_if_it_cannot_be_printed(toolbox):
    with pytest.raises(RemoteError) as error:
        toolbox.call("raise_own_error")
    assert error.value.kinds[:3] == ("OwnError", "LookupError", "Exception")


def test_a_call_of_exit_is_an_exception(toolbox):
    with pytest.raises(RemoteError) as error:
        toolbox.call("call_exit")
    assert error.value.kinds[0] == "SystemExit"


def test_there_is_no_standard_input(toolbox):
    with pytest.raises(RemoteError) as error:
        toolbox.call("ask")
    assert error.value.kinds[0] == "EOFError"


@pytest.mark.parametrize(
    ("source", "verdict", "message"),
    [
        ("def f(:", Verdict.CE, "SyntaxError"),
        ("1 / 0", Verdict.RTE, "ZeroDivisionError"),
        ("raise SystemExit", Verdict.RTE, "exits while it is imported"),
        ("import no_such_module", Verdict.RTE, "No module named 'no_such_module'"),
        ("import os; os._exit(0)", Verdict.RTE, "exit code 0"),
    ],
)
def test_a_submission_that_cannot_be_imported_is_told_why(load, source, verdict, message):
    with pytest.raises(Failure, match=message) as failure, load(source):
        pass
    assert failure.value.verdict == verdict


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("__import__('os')._exit(3)", r"exit code 3"),
        ("__import__('os').abort()", r"SIGABRT"),
        ("__import__('ctypes').string_at(0)", r"SIGSEGV"),
        ("__import__('os').kill(__import__('os').getpid(), 9)", r"SIGKILL"),
        ("__import__('os').kill(__import__('os').getpid(), 15)", r"SIGTERM"),
    ],
)
def test_the_end_of_the_process_is_a_run_time_error_that_says_how_it_ended(load, code, message):
    with load(f"def f(): {code}", "f") as session:
        with pytest.raises(Failure, match=message) as failure:
            session.call("f")
        assert failure.value.verdict == Verdict.RTE
        with pytest.raises(Failure, match=message):
            session.call("f")


def test_what_is_printed_reaches_the_judge_from_both_streams(load):
    with load("import sys\ndef f():\n    print('to stdout ☃')\n    print('to stderr', file=sys.stderr)", "f") as session:
        session.call("f")
        assert eventually(lambda: "to stdout ☃\n" in session.output and "to stderr\n" in session.output)


def test_what_is_printed_before_a_crash_is_kept(load):
    with load("import os\ndef f():\n    print('last words', flush=True)\n    os.abort()", "f") as session:
        with pytest.raises(Failure):
            session.call("f")
        assert eventually(lambda: "last words" in session.output)


def test_a_batch_returns_every_result_in_order(toolbox):
    batch = toolbox.batch([("double", (number,), (("scale", 3),)) for number in range(20)])
    assert batch.results == tuple(range(0, 60, 3))


def test_a_batch_is_charged_for_the_time_that_the_submission_works(toolbox):
    batch = toolbox.batch([("spin", (0.05,), ())] * 4)
    assert batch.ns > 0.19e9
    assert batch.ns < 2e9 or toolbox.clock_kind == "wall"  # by the wall, a busy machine is charged too
    assert batch.wall_ns > 0.19e9


def test_a_sleeping_submission_is_charged_by_wall_time_only_where_there_is_no_other_clock(toolbox):
    batch = toolbox.batch([("nap", (0.3,), ())])
    assert batch.wall_ns > 0.3e9
    assert (batch.ns < 0.1e9) == (toolbox.clock_kind == "cpu")


def test_an_exception_in_a_batch_is_raised(load):
    with load("def f(x): return 1 / x", "f") as session, pytest.raises(RemoteError, match="ZeroDivisionError"):
        session.batch([("f", (1,), ()), ("f", (0,), ())])


def test_boxes_run_side_by_side(box):
    with box.open(Limits()) as one, box.open(Limits()) as other:
        one.load(b"def f(): return 1", "one.py", ["f"])
        other.load(b"def f(): return 2", "other.py", ["f"])
        assert (one.call("f"), other.call("f")) == (1, 2)
