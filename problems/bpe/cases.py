"""The timed case, and the texts that the hidden tests draw."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from hypothesis import strategies as st

from .explain import Merges, check_merges

__all__ = ["INVALID", "ODD", "PLAIN", "STYLES", "Drawn", "check_case", "drawn", "make_case"]

ALPHABET = "abcdefghijklmnopqrstuvwxyzéñü"
WORDS = 3000
"""Different words of a timed text; so many that 10,000 bytes hold enough pairs for 900 merges."""
WORD_LENGTH = 5
ENDS = (" ", ", ", ".\n")
LONGEST = 32
"""Pieces of the longest text of a property."""
MOST_MERGES = 20


def make_case(rng: np.random.Generator, *, n: int, merges: int) -> tuple[str, int]:
    """Make a fresh text of ``n`` bytes, or up to one less, from made-up words: few are frequent and most are rare."""
    letters = rng.permutation(list(ALPHABET))
    lengths = 1 + rng.poisson(WORD_LENGTH - 1, WORDS)
    spelt = "".join(letters[rng.choice(len(letters), int(lengths.sum()), p=_falling(len(letters), 0.8))].tolist())
    ends = np.cumsum(lengths)
    words = [spelt[end - length : end] for end, length in zip(ends.tolist(), lengths.tolist(), strict=True)]
    count = n // 3 + 1
    picks = rng.choice(WORDS, count, p=_falling(WORDS, 0.7)).tolist()
    marks = rng.choice(len(ENDS), count, p=(0.85, 0.1, 0.05)).tolist()
    text = "".join([words[pick] + ENDS[mark] for pick, mark in zip(picks, marks, strict=True)])
    return text.encode()[:n].decode(errors="ignore"), merges


def check_case(args: tuple[str, int], got: Any, want: Merges) -> None:
    """Compare a timed answer with the reference's."""
    check_merges(got, want, *args)


def _falling(count: int, power: float) -> np.ndarray:
    """Give the r-th of so many things the probability ``r ** -power``, scaled to a sum of 1."""
    weights = np.arange(1, count + 1) ** -power
    return weights / weights.sum()


def _code_points() -> tuple[str, ...]:
    """Choose 256 characters from all of Unicode, the edges of UTF-8's byte lengths among them."""
    edges = "a\x00\x7f\x80\u07ff\u0800\ud7ff\ue000\ufeff\ufffd\uffff\U00010000\U0010ffff\r\n\u0301"
    rng = random.Random(256)
    others = [chr(rng.randrange(0x80, 1 << rng.choice((11, 16, 20)))) for _ in range(400)]
    return (*edges, *[char for char in others if not "\ud800" <= char <= "\udfff"])[:256]


STYLES: dict[str, tuple[str, ...]] = {
    "two letters": ("a", "b"),
    "runs": ("a", "a", "a", "a", "a", "a", "b"),
    "four letters": ("a", "b", "l", "\n"),
    "words": ("a", "the ", "he ", "then ", "an", "ban", "ana", "is, ", "this\n", "\r\n", "  ", "10", "0."),
    "accents": ("a", "é", "è", "e", "e\u0301", "ß", " ", "\ufeff"),
    "emoji": ("a", "😀", "😁", "👍", "👍🏽", "👨\u200d👩\u200d👧", "é"),
    "scripts": ("a", "я", "ж", "中", "文", "ك", "ל", "𝄞", "é", "1", " ", "\x00", "\ufeff"),
    "code points": _code_points(),
}
"""The pieces that a text of each style is made of."""

PLAIN = ("two letters", "runs", "four letters", "words")
ODD = ("accents", "emoji", "scripts", "code points")


@dataclass(frozen=True)
class Drawn:
    """What one example of a property is made of.

    Parameters
    ----------
    text, other : str
        Two texts of one style.
    num_merges, fewer : int
        Two counts of merges, ``fewer <= num_merges``.
    picks : bytes
        Choices for any other use: as many as the second text has pieces.
    """

    text: str
    other: str
    num_merges: int
    fewer: int
    picks: bytes


def drawn(*styles: str) -> st.SearchStrategy[Drawn]:
    """Draw texts of the given styles, or of all.

    One draw of bytes stands for everything, since every further draw costs as much again: a byte each for the style,
    the two counts and the two lengths, then one for each piece of the texts. Bytes shrink towards 0: the plainest
    style, no merges, short texts, their first pieces.
    """
    return st.binary(min_size=5 + 2 * LONGEST, max_size=5 + 2 * LONGEST).map(partial(_read, styles or (*PLAIN, *ODD)))


def _read(styles: tuple[str, ...], raw: bytes) -> Drawn:
    pieces = STYLES[styles[raw[0] % len(styles)]]
    num_merges = raw[1] % (MOST_MERGES + 1)
    first, second = raw[5 : 5 + raw[2] % (LONGEST + 1)], raw[5 + LONGEST :][: raw[3] % (LONGEST + 1)]
    text, other = ("".join([pieces[pick % len(pieces)] for pick in picks]) for picks in (first, second))
    return Drawn(text, other, num_merges, raw[4] % (num_merges + 1), second)


# -- the few cases that can be listed -----------------------------------------------------------------------


def _invalid() -> tuple[tuple[str, str, tuple[Any, ...]], ...]:
    """List calls that are invalid: why, the function and its arguments."""
    listed: list[tuple[str, str, tuple[Any, ...]]] = []
    for text in ("", "a", "abab"):
        listed += [("num_merges < 0", "train", (text, num_merges)) for num_merges in (-1, -2, -256)]
        for surrogate in ("\ud83d", "\ude00", "\ud83d\ude00", "\udc80"):
            for spoilt in {surrogate + text, text + surrogate, text[:2] + surrogate + text[2:]}:
                listed += [("a lone surrogate in the text", "train", (spoilt, num_merges)) for num_merges in (0, 2)]
                listed += [("a lone surrogate in the text", "encode", (spoilt, merges)) for merges in ([], [(b"a", b"b")])]
    for merges in ([], [(b"a", b"b")], [(b"a", b"b"), (b"ab", b"ab")]):
        size = 256 + len(merges)
        for wrong in (size, size + 1, 2 * size, -1, -2, -size, -size - 1):
            because = f"id {wrong}, where ids end at {size - 1}"
            listed += [(because, "decode", (ids, merges)) for ids in ([wrong], [97, wrong], [wrong, 98], [97, 98, wrong, 255])]
    return tuple(sorted(listed, key=lambda call: (len(call[2][0]), call[0], str(call[2]))))


INVALID = _invalid()
