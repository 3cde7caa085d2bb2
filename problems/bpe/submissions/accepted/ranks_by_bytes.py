# why: encodes as tiktoken does, by the rank of the joined bytes; pre-computed tables, ids as NumPy integers, early returns
# tier: below
from __future__ import annotations

import numpy as np

BYTES = tuple(bytes([value]) for value in range(256))


class ByteTokenizer:
    """A tokenizer object, with the three functions below as its front."""

    def __init__(self, merges: list[tuple[bytes, bytes]]) -> None:
        self.spelling = np.array([*BYTES, *(left + right for left, right in merges)], dtype=object)
        self.rank = {token: rank for rank, token in enumerate(self.spelling)}

    def encode(self, text: str) -> list[int]:
        tokens = [BYTES[value] for value in text.encode()]
        while True:
            joined = [self.rank.get(a + b) for a, b in zip(tokens, tokens[1:])]
            known = [rank for rank in joined if rank is not None]
            if not known:
                return [np.int64(self.rank[token]) for token in tokens]
            tokens = self._join(tokens, self.spelling[min(known)])

    @staticmethod
    def _join(tokens: list[bytes], target: bytes) -> list[bytes]:
        out = tokens[:1]
        for token in tokens[1:]:
            if out[-1] + token == target:
                out[-1] = target
            else:
                out.append(token)
        return out

    def decode(self, ids: list[int]) -> str:
        for token in ids:
            if token < 0 or token > len(self.spelling) - 1:
                raise ValueError("this id does not exist")
        return bytes().join(self.spelling[ids].tolist() if ids else []).decode(errors="replace")


def train(text: str, num_merges: int) -> list[tuple[bytes, bytes]]:
    data = text.encode()
    if num_merges < 0:
        raise ValueError("num_merges is negative")
    if len(data) < 2 or num_merges == 0:
        return []
    tokens, merges = [BYTES[value] for value in data], []
    while len(tokens) > 1 and len(merges) != num_merges:
        seen: dict[tuple[bytes, bytes], int] = {}
        for i in range(len(tokens) - 1):
            pair = tokens[i], tokens[i + 1]
            seen[pair] = seen.get(pair, 0) + 1
        most = max(seen.values())
        merges.append(max(pair for pair in seen if seen[pair] == most))
        tokens = ByteTokenizer._join(tokens, b"".join(merges[-1]))
    return merges


def encode(text: str, merges: list[tuple[bytes, bytes]]) -> list[int]:
    return ByteTokenizer(merges).encode(text)


def decode(ids: list[int], merges: list[tuple[bytes, bytes]]) -> str:
    return ByteTokenizer(merges).decode(ids)
