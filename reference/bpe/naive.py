"""Byte-pair encoding with plain loops: all pairs are counted afresh for every merge.

The baseline of the speed measurement and the oracle of the hidden tests.
"""

from __future__ import annotations

BYTES = 256
"""Ids below this are the single bytes."""


def train(text: str, num_merges: int) -> list[tuple[bytes, bytes]]:
    """Learn at most ``num_merges`` merges; O(len(text) * num_merges)."""
    ids = list(text.encode("utf-8"))
    if num_merges < 0:
        msg = f"num_merges must not be negative, got {num_merges}"
        raise ValueError(msg)
    vocabulary = [bytes([byte]) for byte in range(BYTES)]
    merges: list[tuple[bytes, bytes]] = []
    while len(merges) < num_merges and len(ids) >= 2:
        counts = count_pairs(ids)
        best = max(counts, key=lambda pair: (counts[pair], vocabulary[pair[0]], vocabulary[pair[1]]))
        left, right = vocabulary[best[0]], vocabulary[best[1]]
        ids = merge(ids, best, len(vocabulary))
        vocabulary.append(left + right)
        merges.append((left, right))
    return merges


def encode(text: str, merges: list[tuple[bytes, bytes]]) -> list[int]:
    """Apply the merges one after the other; O(len(text) * len(merges))."""
    ids = list(text.encode("utf-8"))
    id_of = {bytes([byte]): byte for byte in range(BYTES)}
    for left, right in merges:
        new = len(id_of)
        ids = merge(ids, (id_of[left], id_of[right]), new)
        id_of[left + right] = new
    return ids


def decode(ids: list[int], merges: list[tuple[bytes, bytes]]) -> str:
    """Join the tokens' bytes, then decode them once."""
    vocabulary = [bytes([byte]) for byte in range(BYTES)]
    for left, right in merges:
        vocabulary.append(left + right)
    data = bytearray()
    for token in ids:
        if not 0 <= token < len(vocabulary):
            msg = f"id {token} is outside 0 .. {len(vocabulary) - 1}"
            raise ValueError(msg)
        data += vocabulary[token]
    return data.decode("utf-8", errors="replace")


def count_pairs(ids: list[int]) -> dict[tuple[int, int], int]:
    """Count every adjacent position, overlapping ones included."""
    counts: dict[tuple[int, int], int] = {}
    for pair in zip(ids, ids[1:]):  # noqa: RUF007 - as people write it first
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def merge(ids: list[int], pair: tuple[int, int], new: int) -> list[int]:
    """Replace the pair from left to right, without overlap."""
    merged = []
    at = 0
    while at < len(ids):
        if at + 1 < len(ids) and ids[at] == pair[0] and ids[at + 1] == pair[1]:
            merged.append(new)
            at += 2
        else:
            merged.append(ids[at])
            at += 1
    return merged
