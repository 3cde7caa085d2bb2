"""``judge verify``, as an author meets it: on a small package that is sound, and on what can be wrong with one."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from tiny_bank import CASES, HIDDEN, MANIFEST, NAIVE, write_bank

GUARD = "import numpy as np\n\n\ndef double(x):\n    if x.ndim != 1:\n        raise ValueError\n"
CORPUS = {
    "accepted/sum.py": f"# why: adds x to itself\n{GUARD}    return x.astype(np.float64) + x\n",
    "wrong_answer/triple.py": f"# why: three times\n# fails: every_entry_is_doubled\n{GUARD}    return x * 3.0\n",
    "wrong_answer/no_guard.py": "# why: takes a matrix\n# fails: a_matrix_is_invalid\n\n\ndef double(x):\n    return 2 * x.astype(float)\n",
    "run_time_error/index.py": f"# why: counts from one\n{GUARD}    return np.array([2.0 * x[i] for i in range(1, len(x) + 1)])\n",
    "cheating/exit.py": "# why: leaves\n# verdict: RTE\nimport os\n\n\ndef double(x):\n    os._exit(0)\n",
}


def write_package(folder):
    """Write the tiny bank with all that a sound package has, and properties that draw few examples."""
    bank = write_bank(folder)
    question = bank / "problems" / "double"
    (question / "problem.toml").write_text(
        MANIFEST.replace('"10x" = 10', '"2x" = 10').replace('"100x" = 30', '"3x" = 30').replace("[speed]", "[speed]\ntargets = [2.0, 3.0]")
    )
    (question / "hidden_tests.py").write_text(HIDDEN.replace('@rule(group="base")', '@rule(group="base", examples=30)'))
    (question / "statement.md").write_text(
        "# Double\n\nReturn twice x.\n\n```python\n>>> double(np.array([1.0, 2.0]))\narray([2., 4.])\n```\n"
    )
    (question / "hints.md").write_text("## One\n\n## Two\n\n## Three\n")
    (question / "editorial.md").write_text("# How\n\nMultiply.\n")
    for name, text in CORPUS.items():
        path = question / "submissions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return question


@pytest.fixture
def package(tmp_path):
    """Return the question's folder of a sound package of one's own."""
    return write_package(tmp_path / "own")


@pytest.fixture
def verify(judge, tmp_path, package):  # noqa: ARG001 - the package must be there
    """Verify the package; returns the finished process."""

    def run(*arguments):
        return judge("verify", "double", "--problems", tmp_path / "own", "--jobs", "1", *arguments, timeout=280)

    return run


def report(process):
    """Read the one package of a JSON report, its checks by name."""
    (found,) = json.loads(process.stdout)["problems"]
    return found, {check["name"]: check for check in found["checks"]}


def test_a_sound_package_passes_every_check_but_speed(verify):
    process = verify("--only", "examples,corpus,canaries,determinism,mutants", "--seeds", "2", "--format", "json")
    found, checks = report(process)
    assert process.returncode == 0, process.stdout
    assert found["state"] == "ok"
    assert all(check["state"] == "ok" for check in checks.values())
    figures = checks["mutants"]["figures"]
    assert figures["mutants_ran"] == figures["mutants_killed"] + figures["mutants_observed_equal"] + figures["mutants_survived"]
    assert next(item for item in found["properties"] if item["name"] == "every_entry_is_doubled")["caught"] > 10
    assert "double: ok      corpus" in process.stderr


@pytest.mark.timing
def test_honest_targets_are_reached(verify):
    process = verify("--only", "speed")
    assert process.returncode == 0, process.stdout
    assert "ok      speed" in process.stdout


def test_a_wrong_label_is_found(verify, package):
    (package / "submissions/wrong_answer/right.py").write_text("# why: not wrong at all\n" + NAIVE)
    (package / "submissions/wrong_answer/triple.py").write_text(
        CORPUS["wrong_answer/triple.py"].replace("every_entry_is_doubled", "a_matrix_is_invalid")
    )
    process = verify("--only", "corpus")
    assert process.returncode == 1
    assert "wrong_answer/right.py: WA expected, but it is accepted" in process.stdout
    assert "should fail in a_matrix_is_invalid, but failed in every_entry_is_doubled" in process.stdout


def test_properties_that_look_at_the_shape_only_let_canaries_pass(verify, package):
    hidden = (package / "hidden_tests.py").read_text().replace("import check_close", "import check_array, check_close")
    for strict in (
        "check_close(solution.double(x), oracle.double(x))",
        'check_close(solution.double(solution.double(x)), 4.0 * x.astype(np.float64), "the second result")',
    ):
        assert strict in hidden
        hidden = hidden.replace(strict, "check_array(solution.double(x), x.shape)")
    (package / "hidden_tests.py").write_text(hidden)
    process = verify("--only", "canaries", "--format", "junit")
    assert process.returncode == 1
    words = ET.fromstring(process.stdout).find(".//failure").text  # noqa: S314 - our own text
    assert "double: zeros: accepted" in words
    assert "in the wrong dtype" not in words


def test_a_property_that_trusts_the_type_breaks_the_package(verify, package):
    hidden = (package / "hidden_tests.py").read_text()
    strict = "check_close(solution.double(x), oracle.double(x))"
    (package / "hidden_tests.py").write_text(hidden.replace(strict, "assert len(solution.double(x)) == len(x)"))
    process = verify("--only", "canaries")
    assert process.returncode == 3
    assert "double: nothing: the package broke" in process.stdout


def test_a_surviving_mutant_is_shown_as_a_diff(verify, package):
    hidden = (package / "hidden_tests.py").read_text()
    strict = 'check_raises(solution.double, np.zeros((2, 2)), because="ndim is 2")'
    careless = "try:\n        solution.double(np.zeros((2, 2)))\n    except Exception:\n        pass"
    assert strict in hidden
    (package / "hidden_tests.py").write_text(hidden.replace(strict, careless))
    process = verify("--only", "mutants")
    assert process.returncode == 1
    assert "vectorized.py:6: removed guard: survived" in process.stdout
    assert "-    if x.ndim != 1:\n      +    if False:\n" in process.stdout
    assert "# original: ValueError" in process.stdout


def test_a_statement_that_promises_something_else_is_found(verify, package):
    (package / "statement.md").write_text("# Double\n\n    >>> double(np.array([1.0]))\n    array([3.])\n")
    process = verify("--only", "examples")
    assert process.returncode == 1
    assert "statement.md: 1 of 1 lines print something else" in process.stdout


def test_a_broken_package_exits_with_three(verify, package):
    (package / "cases.py").write_text(CASES.replace("def make_case", "def make_cases"))
    (package / "submissions/nonsense").mkdir()
    (package / "submissions/nonsense/a.py").write_text("# why: not\n")
    process = verify("--only", "corpus")
    assert process.returncode == 3
    assert "BROKEN" in process.stdout
    assert "submissions/nonsense is no verdict's folder" in process.stdout


def test_an_unknown_check_is_refused(judge):
    process = judge("verify", "double", "--only", "everything")
    assert process.returncode == 2
    assert "examples, corpus, speed" in process.stderr
