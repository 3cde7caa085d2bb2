"""What the guides say works: their files are written, their commands run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_the_guide_to_adding_a_problem_works_as_written(judge, tmp_path):
    outputs = []
    for language, file, text in BLOCK.findall((DOCS / "add-a-problem.md").read_text("utf-8")):
        if file:
            path = tmp_path / "bank" / file
            assert path.parent.is_dir(), f"the scaffold has no place for {file}"
            path.write_text(text)
        elif language == "sh":
            for line in text.splitlines():
                program, *arguments = shlex.split(line)
                assert program == "judge"
                process = judge(*arguments)
                assert process.returncode == 0, (line, process.stdout, process.stderr)
                outputs.append(process.stdout)
    assert any("ACCEPTED" in output for output in outputs)
    for file in (tmp_path / "bank/problems/moving_average/submissions/wrong_answer").iterdir():
        process = judge("submit", "moving_average", file, "--problems", tmp_path / "bank", "--no-speed")
        fails = re.search(r"# fails: (\w+)", file.read_text())
        assert process.returncode == 1
        assert fails
        assert f"✗ {fails[1].replace('_', ' ')}" in process.stdout


def test_every_link_between_the_guides_leads_somewhere():
    pages = [*DOCS.glob("*.md"), DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md", DOCS.parent / "SECURITY.md"]
    for page in pages:
        for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_of_the_readme_exists(judge):
    text = (DOCS.parent / "README.md").read_text("utf-8")
    for name in sorted(set(re.findall(r"(?:`|^ {4})judge ([a-z]+)", text, re.MULTILINE))):
        assert judge(name, "--help").returncode == 0, name


def test_the_verdict_table_has_every_verdict():
    from judge.model import Verdict  # noqa: PLC0415 - only this test looks at the code

    assert re.findall(r"^\| `([A-Z]{2,3})` ", (DOCS / "verdict.md").read_text("utf-8"), re.MULTILINE) == [
        verdict.value for verdict in Verdict
    ]
