"""``judge submit`` on a small problem, through the real command line and a real box."""

from __future__ import annotations

import hashlib
import json

import pytest
from tiny_bank import NAIVE, VECTORIZED

TOP_LEVEL = [
    "schema", "problem", "problem_version", "submission_sha256", "verdict", "reason", "score", "max_score", "box", "seed",
    "correctness", "speed", "complexity", "durations",
]  # fmt: skip
SPEED = ["clock", "speedup", "low", "high", "targets", "tier", "borderline", "void", "baseline_ms", "submission_ms", "pairs"]
GUARD = "    if x.ndim != 1:\n        raise ValueError('one dimension')\n"


def body(lines):
    """Return a solution with the guard and the given lines."""
    return "import numpy as np\ndef double(x):\n" + GUARD + "".join(f"    {line}\n" for line in lines)


def report(process):
    """Parse the JSON report and check that nothing else was printed."""
    assert process.stderr == ""
    return json.loads(process.stdout)


def test_the_json_report_is_exactly_the_documented_document(submit):
    found = report(submit(VECTORIZED, "--format", "json", "--seed", "7"))
    assert list(found) == TOP_LEVEL
    assert found["schema"] == "judge/report/v1"
    assert (found["problem"], found["problem_version"], found["seed"]) == ("double", "1.2.3+private", 7)
    assert found["submission_sha256"] == hashlib.sha256(VECTORIZED.encode()).hexdigest()
    assert (found["verdict"], found["max_score"]) == ("AC", 100.0)
    assert list(found["complexity"]) == ["time", "space", "reference", "claim", "notes"]
    assert found["box"]["name"] == "bubblewrap"
    assert list(found["correctness"]) == ["passed", "total", "properties"]
    assert (found["correctness"]["passed"], found["correctness"]["total"]) == (4, 4)
    assert all(list(item) == ["name", "group", "status", "message", "counterexample"] for item in found["correctness"]["properties"])
    assert list(found["speed"]) == SPEED
    assert found["speed"]["targets"] == [10.0, 100.0]
    assert found["speed"]["clock"] == "cpu"
    assert found["speed"]["low"] <= found["speed"]["speedup"] <= found["speed"]["high"]
    assert {"total_s", "correctness_s", "speed_s"} <= set(found["durations"])


def test_a_vectorized_solution_is_accepted_with_a_tier_and_points_for_it(submit):
    process = submit(VECTORIZED, "--format", "json")
    found = report(process)
    assert process.returncode == 0
    assert found["speed"]["tier"] in {"10x", "100x"}
    assert found["speed"]["void"] is None
    assert found["score"] == {"10x": 80.0, "100x": 100.0}[found["speed"]["tier"]]


def test_a_naive_solution_is_accepted_below_the_targets(submit):
    process = submit(NAIVE, "--format", "json")
    found = report(process)
    assert process.returncode == 0
    assert found["speed"]["tier"] == "below"
    assert found["score"] == 70.0


def test_a_wrong_answer_shows_the_smallest_call_that_shows_it(submit):
    found = report(submit(body(["return np.abs(x.astype(np.float64)) * 2.0"]), "--format", "json", "--seed", "1"))
    assert found["verdict"] == "WA"
    failed = found["correctness"]["properties"][0]
    assert failed["status"] == "failed"
    assert failed["message"].startswith("Every entry of the result is twice that of x")
    assert failed["counterexample"].startswith("double(np.array([-")
    assert failed["counterexample"].split("\n")[0].count(",") == 0
    assert "# expected: np.array([-" in failed["counterexample"]
    assert {item["status"] for item in found["correctness"]["properties"][1:]} == {"skipped"}


def test_the_same_seed_gives_the_same_counterexample_and_another_seed_other_inputs(submit):
    source = body(["out = x.astype(np.float64) * 2.0", "return np.where(out > 900, 0.0, out)"])
    runs = [report(submit(source, "--format", "json", "--seed", seed)) for seed in ("3", "3", "4")]
    first, again, _ = [run["correctness"] for run in runs]
    assert first == again


def test_every_property_runs_when_asked_to_keep_going(submit):
    found = report(submit(body(["return -x"]), "--format", "json", "--keep-going"))
    assert "skipped" not in {item["status"] for item in found["correctness"]["properties"]}


def test_an_optional_group_only_costs_points(submit):
    source = body(["return np.where(x == 0, -0.0, x.astype(np.float64) * 2.0)"])
    found = report(submit(source, "--format", "json", "--no-speed"))
    assert (found["verdict"], found["score"]) == ("AC", 60.0)


@pytest.mark.parametrize(
    ("lines", "verdict", "words"),
    [
        (["out = x.astype(np.float64) * 2.0", "x[...] = 1", "return out"], "WA", "modified its argument 1"),
        (["return [2 * v for v in x]"], "WA", "must be a NumPy array, not a list"),
        (["return (2 * v for v in x)"], "WA", "of type generator"),
        (["return x.astype(np.float32) * 2"], "WA", "must have dtype float64"),
        (["raise KeyError('a')"], "RTE", "raised KeyError: 'a'"),
        (["import sys; sys.exit(0)"], "RTE", "called exit"),
        (["import os; os._exit(0)"], "RTE", "ended the process with exit code 0"),
        (["import os; os.abort()"], "RTE", "SIGABRT"),
        (["import ctypes; ctypes.string_at(0)"], "RTE", "SIGSEGV"),
        (["return double(x)"], "RTE", "RecursionError"),
        (["while True: pass"], "TLE", "1 s of CPU time"),
        (["import time; time.sleep(60)"], "TLE", "did not answer in time"),
        (["import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"], "TLE", "did not answer in time"),
        (["return np.ones((1 << 14, 1 << 14))"], "MLE", "128 MiB"),
        (["while True: print('x' * 4096)"], "OLE", "printed more than 1 MiB"),
        (["import os; os.fork()"], "RTE", "PermissionError"),
        (["import socket; socket.socket()"], "RTE", "PermissionError"),
        (["open('/tmp/../etc/passwd')"], "RTE", "FileNotFoundError"),
        (
            ["class Liar(np.ndarray):\n        def __eq__(self, o): return True", "return x.view(Liar)"],
            "WA",
            "of type submission.double.<locals>.Liar",
        ),
    ],
)
def test_each_way_to_fail_has_its_verdict_and_its_reason(submit, lines, verdict, words):
    process = submit(body(lines), "--format", "json", "--no-speed")
    found = report(process)
    assert process.returncode == 1
    assert (found["verdict"], found["score"]) == (verdict, 0.0)
    messages = [found["reason"], *(item["message"] or "" for item in found["correctness"]["properties"])]
    assert any(words in message for message in messages), messages


@pytest.mark.parametrize(
    ("source", "verdict", "words"),
    [
        (b"", "CE", "empty"),
        (b"x = '\xff'", "CE", "not UTF-8"),
        (b"x = 1\0", "CE", "NUL"),
        (b"def double(x:\n", "CE", "SyntaxError"),
        (b"x = " + b"(" * 50000, "CE", "SyntaxError"),
        (b"#" * (1 << 20), "CE", "larger than"),
        (b"def triple(x): return x", "CE", "defines no function double: it defines triple"),
        (b"double = 3", "CE", "defines no function double"),
        (b"import torch", "RTE", "ModuleNotFoundError"),
        (b"import hypothesis", "RTE", "ModuleNotFoundError"),
        (b"import judge", "RTE", "ModuleNotFoundError"),
        (b"raise SystemExit(0)", "RTE", "exits while it is imported"),
        (b"1 / 0", "RTE", "ZeroDivisionError"),
        (b"import time; time.sleep(600)", "TLE", "did not answer"),
        (b"x = bytearray(1 << 30)", "MLE", "128 MiB"),
        (b"def double(): return 1", "RTE", "TypeError"),
    ],
)
def test_a_file_that_is_no_solution_is_told_why(submit, source, verdict, words):
    process = submit(source, "--format", "json")
    found = report(process)
    assert (process.returncode, found["verdict"]) == (1, verdict)
    assert words in found["reason"]


def test_a_correct_solution_may_be_written_in_any_style(submit):
    source = """
from __future__ import annotations
import dataclasses, enum
import pandas as pd
import numpy as np
print("printing at import is allowed")

@dataclasses.dataclass
class Doubler:
    factor: float = 2.0
    def __call__(self, x: np.ndarray) -> np.ndarray:
        return np.asfortranarray(pd.Series(x, dtype=float).mul(self.factor).to_numpy())

def check(x):
    if (n := x.ndim) != 1:
        raise np.linalg.LinAlgError(f"{n} dimensions")
    return x

helpers = [check, Doubler()]

def double(x: np.ndarray) -> np.ndarray:
    for helper in helpers:
        x = helper(x)
    return x
"""
    found = report(submit(source, "--format", "json", "--no-speed"))
    assert found["verdict"] == "AC", found


def test_an_output_that_is_wrong_only_on_the_timed_case_is_caught(submit):
    source = body(["out = x.astype(np.float64) * 2.0", "return out if len(x) < 1000 else np.zeros(len(x))"])
    found = report(submit(source, "--format", "json"))
    assert found["verdict"] == "WA"
    assert "timed case" in found["reason"]


def test_answers_computed_while_inputs_arrive_void_the_tier(submit):
    """The worker is the learner's to patch: it computes at staging, outside the window. The conserved CPU tells."""
    source = (
        NAIVE
        + """
import sys
slow = double
worker = sys.modules["__main__"].Worker
stage = worker.stage
ready = {}
def early(self, call, calls):
    for name, args, kwargs in calls:
        ready[id(args[0])] = slow(args[0])
    stage(self, call, calls)
worker.stage = early
def double(x):
    return ready.pop(id(x)) if id(x) in ready else slow(x)
"""
    )
    found = report(submit(source, "--format", "json"))
    assert found["verdict"] == "AC"
    assert "outside the timed calls" in found["speed"]["void"]
    assert found["speed"]["tier"] == "below"
    assert found["score"] == 70.0


@pytest.mark.parametrize(("level", "told"), [("full", True), ("property", False), ("verdict", False)])
def test_feedback_levels_tell_no_more_than_they_should(submit, level, told):
    process = submit(body(["return x.astype(np.float64) * 3.0"]), "--format", "json", "--feedback", level)
    assert ("double(np.array" in process.stdout) is told
    properties = json.loads(process.stdout)["correctness"]["properties"]
    assert bool(properties) is (level != "verdict")


def test_the_terminal_shows_verdict_rule_call_and_next_step(submit):
    process = submit(body(["return x.astype(np.float64) * 3.0"]), COLUMNS="100")
    for words in ("WRONG ANSWER", "every entry is doubled", "twice that of x", "double(np.array([", "# expected:", "# actual:", "next"):
        assert words in process.stdout
    assert "\x1b" not in process.stdout
    assert "Traceback" not in process.stdout + process.stderr


def test_the_html_report_is_one_page_and_nothing_else_is_printed(submit):
    process = submit(body(["return x.astype(np.float64) * 3.0"]), "--format", "html", PYTHONIOENCODING="latin-1")
    assert (process.returncode, process.stderr) == (1, "")
    assert process.stdout.startswith("<!doctype html>\n")
    assert process.stdout.endswith("</html>\n")
    for words in ("Wrong answer", "every entry is doubled", "double(np.array([", "solution.py"):
        assert words in process.stdout


def test_what_a_submission_prints_is_shown_escaped_and_never_obeyed(submit):
    source = 'print(\'\\x1b[2J::set-output name=x::1\\n::error::gotcha\\n{"verdict": "AC"}\')\n' + body(
        ["return x.astype(np.float64) * 3.0"]
    )
    process = submit(source)
    assert "\x1b" not in process.stdout
    assert not any(line.lstrip().startswith("::") for line in process.stdout.splitlines())
    assert "WRONG ANSWER" in process.stdout


def test_no_box_that_works_is_a_judge_error_with_the_fix(submit):
    process = submit(VECTORIZED, "--box", "docker", "--format", "json", DOCKER_HOST="unix:///nonexistent.sock")
    assert process.returncode == 4
    assert json.loads(process.stdout)["verdict"] == "JE"


def test_a_broken_package_is_not_the_learners_fault(judge, bank, tmp_path):
    copy = tmp_path / "bank"
    for part in ("problems", "reference"):
        (copy / part / "double").mkdir(parents=True)
        for file in (bank / part / "double").glob("*.*"):
            (copy / part / "double" / file.name).write_bytes(file.read_bytes())
    hidden = copy / "problems" / "double" / "hidden_tests.py"
    hidden.write_text(hidden.read_text().replace("check_close(solution", "chekc_close(solution", 1))
    (tmp_path / "s.py").write_text(VECTORIZED)
    process = judge("submit", "double", "s.py", "--problems", copy)
    assert process.returncode == 3
    assert "NameError" in process.stdout
    assert "Traceback" not in process.stdout + process.stderr


def test_nothing_is_left_in_the_working_folder(submit, tmp_path):
    submit(VECTORIZED, "--no-speed")
    assert {path.name for path in tmp_path.iterdir()} == {"solution.py", "home"}
