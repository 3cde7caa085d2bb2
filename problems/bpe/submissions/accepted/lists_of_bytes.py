# why: keeps the tokens as bytes objects and looks ids up only at the end; Counter and generators throughout
# tier: below
from collections import Counter
from itertools import pairwise


def _apply(tokens, left, right):
    joined = left + right
    out = []
    for token in tokens:
        if out and token == right and out[-1] == left:
            out[-1] = joined
        else:
            out.append(token)
    return out


def _split(text):
    try:
        return [bytes((b,)) for b in text.encode()]
    except UnicodeEncodeError as error:
        raise ValueError("not encodable") from error


def train(text, num_merges):
    tokens, merges = _split(text), []
    if num_merges < 0:
        raise ValueError(num_merges)
    while len(merges) < num_merges:
        counts = Counter(pairwise(tokens))
        if not counts:
            return merges
        most = max(counts.values())
        pair = max(pair for pair, count in counts.items() if count == most)
        tokens = _apply(tokens, *pair)
        merges.append(pair)
    return merges


def encode(text, merges):
    tokens = _split(text)
    for left, right in merges:
        tokens = _apply(tokens, left, right)
    vocabulary = [bytes((b,)) for b in range(256)] + [left + right for left, right in merges]
    position = {token: i for i, token in enumerate(vocabulary)}
    return [position[token] for token in tokens]


def decode(ids, merges):
    vocabulary = dict(enumerate([bytes((b,)) for b in range(256)] + [left + right for left, right in merges]))
    try:
        data = b"".join(vocabulary[i] for i in ids)
    except KeyError as error:
        raise ValueError(f"unknown id {error}") from None
    return str(data, "utf-8", "replace")
