"""A verification as text: terminal, JSON and JUnit."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

from judge.model import BoxInfo
from judge.verify.model import Check, Finding, PackageReport, PropertyFigures, State, VerifyReport
from judge.verify.package import worst
from judge.verify.render import formats, render

BAD = Check(name="mutants", summary="1 < 2 & \x1b[31m", findings=(Finding(title="a <mutant>", detail="-a < b\n+a <= b\x00"),))
GOOD = Check(name="speed", summary="fine", notes=(Finding(title="a note"),))
REPORT = VerifyReport(
    box=BoxInfo(name="bubblewrap"),
    state=State.failed,
    problems=(
        PackageReport(
            problem="double",
            version="1.0.0",
            state=State.failed,
            checks=(GOOD, BAD),
            properties=(PropertyFigures(name="rule", group="base", seconds=0.5, caught=3),),
            warnings=("idle caught nothing",),
            seconds=2.0,
        ),
    ),
    seconds=2.0,
)


def test_there_are_three_formats():
    assert formats() == ["json", "junit", "terminal"]


def test_the_terminal_shows_checks_diffs_and_properties():
    text = render(REPORT, "terminal")
    for words in (
        "ok      speed",
        "FAIL    mutants",
        "a <mutant>",
        "+a <= b",
        "a note",
        "rule [base]",
        "idle caught nothing",
        "0 of 1 packages are sound",
    ):
        assert words in text
    assert "\x1b[31m" not in text


def test_the_json_says_the_state_of_each_check():
    document = json.loads(render(REPORT, "json"))
    assert document["schema"] == "judge/verify/v1"
    assert [check["state"] for check in document["problems"][0]["checks"]] == ["ok", "failed"]


def test_the_junit_is_valid_xml_whatever_the_words():
    root = ET.fromstring(render(REPORT, "junit"))  # noqa: S314 - our own text
    assert root.attrib["tests"] == "2"
    assert root.attrib["failures"] == "1"
    assert "-a < b" in root.find(".//failure").text


def test_a_broken_package_is_an_error_and_worse_than_a_failure():
    broken = Check(name="corpus", summary="", findings=(Finding(title="x", broken=True), Finding(title="y")))
    assert broken.state is State.broken
    assert worst([State.ok, State.broken, State.failed]) is State.broken
    assert worst([]) is State.ok
