"""Byte-pair encoding with incremental pair counts and one character per token.

Token ``i`` is the character ``chr(i)``, so the whole text is one string and a pair is a string of two characters.
``str.split`` finds all places of a pair, left to right and without overlap, at the speed of C. The pieces that it
returns show the only counts that change: those of the pairs across a piece's two ends.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BYTES = 256
"""Ids below this are the single bytes."""


def train(text: str, num_merges: int) -> list[tuple[bytes, bytes]]:
    """Learn merges from a text.

    The pairs are counted once. After that a merge costs a scan in C and a few dictionary steps for each of its
    places, instead of a recount of everything.

    Parameters
    ----------
    text : str
        Any text that UTF-8 can encode; may be empty.
    num_merges : int
        Merges to make at most, >= 0; fewer are made where a single token is left before.

    Returns
    -------
    list of tuple of (bytes, bytes)
        The two tokens of each merge, in the order learnt.

    Raises
    ------
    ValueError
        When ``num_merges`` is negative or the text holds lone surrogates.
    """
    tokens = _single_bytes(text)
    if num_merges < 0:
        msg = f"num_merges must not be negative, got {num_merges}"
        raise ValueError(msg)
    spelling = {chr(byte): bytes([byte]) for byte in range(BYTES)}
    ranking = _Ranking(Counter(map(add, tokens, tokens[1:])), spelling)
    merges = []
    for new in map(chr, range(BYTES, BYTES + num_merges)):
        if len(tokens) < 2:
            break
        pair = ranking.pop()
        left, right = spelling[pair[0]], spelling[pair[1]]
        merges.append((left, right))
        spelling[new] = left + right
        pieces = tokens.split(pair)
        tokens = new.join(pieces)
        ranking.merged(pair, new, pieces)
    return merges


def encode(text: str, merges: list[tuple[bytes, bytes]]) -> list[int]:
    """Cut a text into tokens.

    Parameters
    ----------
    text : str
        Any text that UTF-8 can encode; may be empty.
    merges : list of tuple of (bytes, bytes)
        What `train` returned, or a prefix of it.

    Returns
    -------
    list of int
        Ids from 0 to ``255 + len(merges)``.

    Raises
    ------
    ValueError
        When the text holds lone surrogates.
    """
    tokens = _single_bytes(text)
    name = {bytes([byte]): chr(byte) for byte in range(BYTES)}  # no two tokens of one training share their bytes
    for rank, (left, right) in enumerate(merges):
        name[left + right] = chr(BYTES + rank)
        tokens = tokens.replace(name[left] + name[right], chr(BYTES + rank))
    return list(map(ord, tokens))


def decode(ids: list[int], merges: list[tuple[bytes, bytes]]) -> str:
    """Turn tokens back into text. Bytes that are no UTF-8 become U+FFFD, as ``errors="replace"`` has it.

    Parameters
    ----------
    ids : list of int
        Ids from 0 to ``255 + len(merges)``.
    merges : list of tuple of (bytes, bytes)
        What `train` returned, or a prefix of it.

    Returns
    -------
    str
        The text.

    Raises
    ------
    ValueError
        When an id is out of range.
    """
    spelling = [bytes([byte]) for byte in range(BYTES)] + [left + right for left, right in merges]
    if ids and not (min(ids) >= 0 and max(ids) < len(spelling)):
        msg = f"ids must lie in 0 .. {len(spelling) - 1}"
        raise ValueError(msg)
    return b"".join([spelling[token] for token in ids]).decode("utf-8", errors="replace")


def _single_bytes(text: str) -> str:
    """Write every UTF-8 byte of the text as the character of the same number. Lone surrogates: UnicodeEncodeError."""
    return text.encode("utf-8").decode("latin-1")


class _Ranking:
    """Pairs by falling count, and by falling bytes among equals.

    No count ever rises: a merge lowers counts around it, and the pairs that it makes are at most as frequent as the
    merged one. So only one level of equally frequent pairs is sorted at a time. The pairs below it wait in
    unsorted lists; a pair whose count has dropped meanwhile is put down to its level when its turn comes.

    Parameters
    ----------
    counts : Counter of str
        How often each pair occurs, overlapping places included.
    spelling : mapping of str to bytes
        The bytes of each token; grows with the merges.
    """

    def __init__(self, counts: Counter[str], spelling: Mapping[str, bytes]) -> None:
        self._counts = dict(counts)  # faster to index than a Counter
        self._spelling = spelling
        self._waiting: defaultdict[int, list[str]] = defaultdict(list)
        for pair, count in counts.items():
            self._waiting[count].append(pair)
        self._level = max(counts.values(), default=0) + 1
        self._sorted: list[tuple[bytes, bytes, str]] = []

    def pop(self) -> str:
        """Take the first pair. There must be one."""
        while True:
            while not self._sorted:
                self._level -= 1
                pairs = self._waiting.pop(self._level, ())
                self._sorted = sorted(self._entry(pair) for pair in pairs if self._belongs(pair))
            pair = self._sorted.pop()[-1]
            if self._belongs(pair):
                return pair

    def merged(self, pair: str, new: str, pieces: list[str]) -> None:
        """Update the counts after a merge: ``pieces`` is the text cut at each place of the pair."""
        left, right = pair
        counts = self._counts
        for token, count in Counter([piece[-1] for piece in pieces[:-1] if piece]).items():
            counts[token + left] -= count
            self._add(token + new, count)
        for token, count in Counter([piece[0] for piece in pieces[1:] if piece]).items():
            counts[right + token] -= count
            self._add(new + token, count)
        if twins := pieces[1:-1].count(""):  # two places side by side
            counts[right + left] -= twins
            self._add(new + new, twins)
        del counts[pair]

    def _add(self, pair: str, count: int) -> None:
        self._counts[pair] = count
        if count == self._level:
            insort(self._sorted, self._entry(pair))
        else:
            self._waiting[count].append(pair)

    def _belongs(self, pair: str) -> bool:
        """Tell whether a pair still has the count of this level, and put it down to its own where not."""
        count = self._counts[pair]
        if count != self._level:
            self._waiting[count].append(pair)
        return count == self._level

    def _entry(self, pair: str) -> tuple[bytes, bytes, str]:
        return self._spelling[pair[0]], self._spelling[pair[1]], pair
