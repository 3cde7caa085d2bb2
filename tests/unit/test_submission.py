"""A path becomes bytes, or one clear refusal."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.errors import UsageError
from judge.model import Failure
from judge.submission import MAX_SOURCE, Submission, check_source, read_submission


def test_a_file_is_read_as_it_is(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(b"x = 1\r\n")
    assert read_submission(path).source == b"x = 1\r\n"


@pytest.mark.parametrize("kind", ["missing", "directory", "fifo", "link", "dangling link", "device"])
def test_what_is_not_a_file_is_refused_without_being_opened_for_long(tmp_path, kind):
    path = tmp_path / "it.py"
    match kind:
        case "directory":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case "link":
            path.symlink_to("/etc/passwd")
        case "dangling link":
            path.symlink_to(tmp_path / "nowhere")
        case "device":
            path = path.with_name("zero")
            path = type(path)("/dev/zero")
    with pytest.raises(UsageError) as refusal:
        read_submission(path)
    assert refusal.value.hint
    assert "\n" not in refusal.value.message


def test_a_name_with_newlines_stays_on_one_line(tmp_path):
    with pytest.raises(UsageError) as refusal:
        read_submission(tmp_path / "two\nlines.py")
    assert "\n" not in refusal.value.message


def test_a_huge_file_is_not_read_whole(tmp_path):
    path = tmp_path / "huge.py"
    with path.open("wb") as file:
        file.truncate(100 << 20)
    assert len(read_submission(path).source) == MAX_SOURCE + 1


@pytest.mark.parametrize(
    ("name", "source", "word"),
    [
        ("a.txt", b"x = 1", ".py"),
        ("a.py", b"", "empty"),
        ("a.py", b" \n\t\n", "empty"),
        ("a.py", b"x = 1\n\0", "NUL"),
        ("a.py", b"ok = 1\nx = '\xff'", "line 2"),
        ("a.py", b"#" * (MAX_SOURCE + 1), "larger"),
    ],
)
def test_what_cannot_be_a_source_is_refused_with_the_reason(name, source, word):
    with pytest.raises(Failure) as failure:
        check_source(Submission(name, source), ".py")
    assert failure.value.verdict == "CE"
    assert word in failure.value.message + failure.value.hint


@given(source=st.binary(max_size=200))
def test_any_bytes_are_either_accepted_or_refused(source):
    try:
        check_source(Submission("a.py", source), ".py")
    except Failure:
        return
    source.decode("utf-8")
