# why: one character per token, so that str.replace merges; the counts are made afresh each time
# tier: below
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple


class Merge(NamedTuple):
    left: bytes
    right: bytes


@dataclass
class Vocabulary:
    spelling: dict[str, bytes] = field(default_factory=lambda: {chr(b): bytes([b]) for b in range(256)})

    def add(self, left: bytes, right: bytes) -> str:
        name = chr(len(self.spelling))
        self.spelling[name] = left + right
        return name


def train(text, num_merges):
    if num_merges < 0:
        raise ValueError("negative")
    symbols = text.encode("utf-8").decode("latin-1")
    vocabulary = Vocabulary()
    merges = []
    while len(merges) < num_merges and len(symbols) > 1:
        counts = Counter(zip(symbols, symbols[1:]))
        top = max(counts.values())
        ties = [pair for pair in counts if counts[pair] == top]
        left, right = max(ties, key=lambda pair: [vocabulary.spelling[s] for s in pair])
        merge = Merge(vocabulary.spelling[left], vocabulary.spelling[right])
        symbols = symbols.replace(left + right, vocabulary.add(*merge))
        merges.append(merge)
    return merges


def encode(text, merges):
    symbols = text.encode("utf-8").decode("latin-1")
    vocabulary = Vocabulary()
    names = {spelling: name for name, spelling in vocabulary.spelling.items()}
    for left, right in merges:
        name = vocabulary.add(left, right)
        symbols = symbols.replace(names[left] + names[right], name)
        names[left + right] = name
    return [ord(s) for s in symbols]


def decode(ids, merges):
    vocabulary = Vocabulary()
    for left, right in merges:
        vocabulary.add(left, right)
    if not all(0 <= i < len(vocabulary.spelling) for i in ids):
        raise ValueError("id")
    return b"".join(vocabulary.spelling[chr(i)] for i in ids).decode("utf-8", "replace")
