"""The labelled corpus: folders and headers."""

from __future__ import annotations

import pytest
from tiny_bank import write_bank

from judge.catalog import Catalog
from judge.errors import PackageError
from judge.model import Verdict
from judge.verify.labels import read_corpus, read_header


@pytest.fixture
def problem(tmp_path):
    return Catalog((write_bank(tmp_path / "bank"),)).problem("double")


def add(problem, name, text):
    path = problem.folder / "submissions" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_folder_is_the_verdict_and_the_header_says_the_rest(problem):
    add(problem, "wrong_answer/triple.py", "# why: times three\n# fails: every_entry_is_doubled\nX = 1\n")
    (item,) = [item for item in read_corpus(problem) if item.file == "triple.py"]
    assert (item.verdict, item.why, item.fails) == (Verdict.WA, "times three", "every_entry_is_doubled")


def test_a_header_ends_with_the_comments_and_other_comments_are_left_alone():
    assert read_header(b"# why: a reason\n# see: a book\nx = 1\n# fails: this\n") == {"why": "a reason"}
    assert read_header(b"-- why: a query\nSELECT 1") == {"why": "a query"}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("wrong_answer/a.py", "x = 1\n", "no `why:` line"),
        ("accepted/a.py", "# why: a\n# tier: 7x\n", "no tier '7x'"),
        ("cheating/a.py", "# why: a\n# verdict: XX\n", "no verdict 'XX'"),
        ("wrong_answer/a.py", "# why: a\n# verdict: RTE\n", "the folder says WA"),
        ("nonsense/a.py", "# why: a\n", "no verdict's folder"),
    ],
)
def test_a_label_that_makes_no_sense_is_a_fault_of_the_package(problem, name, text, words):
    add(problem, name, text)
    with pytest.raises(PackageError, match=words):
        read_corpus(problem)


def test_hidden_folders_hold_no_submissions(problem):
    add(problem, ".hypothesis/a.py", "x = 1\n")
    assert not [item for item in read_corpus(problem) if item.name.startswith(".hypothesis")]
