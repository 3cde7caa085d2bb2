"""What a submission wrote is safe to show, and no more is told than the feedback level allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.report.escape import defuse, plain, quoted


@given(text=st.text())
def test_nothing_but_printable_characters_and_newlines_comes_out(text):
    assert all(character == "\n" or character.isprintable() for character in plain(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, äöü, 数, ✓", "plain, äöü, 数, ✓"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("admin\u202egpj.exe", "admin\\u202egpj.exe"),
        ("a\rb", "a\\rb"),
        ("\ud800", "\\ud800"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_controls_become_escapes(text, shown):
    assert plain(text) == shown


@given(text=st.text(alphabet=st.sampled_from(":#[ \nset-output")))
def test_no_line_can_be_read_as_a_command_of_a_ci_system(text):
    for safe in (quoted(text), defuse(text)):
        assert not any(line.lstrip().startswith(("::", "##[")) for line in safe.split("\n"))
