# why: keeps counts up to date while it merges in place, and looks for the best pair with max() over all of them
# tier: below
from collections import Counter


def train(text, num_merges):
    if num_merges < 0:
        raise ValueError("num_merges must be at least 0")
    ids = list(text.encode("utf-8"))
    vocab = [bytes([i]) for i in range(256)]
    counts = Counter(zip(ids, ids[1:]))
    merges = []
    for _ in range(num_merges):
        if len(ids) < 2:
            break
        a, b = max(counts, key=lambda p: (counts[p], vocab[p[0]], vocab[p[1]]))
        new = len(vocab)
        vocab.append(vocab[a] + vocab[b])
        merges.append((vocab[a], vocab[b]))
        i = 0
        while i < len(ids) - 1:
            if ids[i] == a and ids[i + 1] == b:
                counts[a, b] -= 1
                if i > 0:
                    counts[ids[i - 1], a] -= 1
                    counts[ids[i - 1], new] += 1
                if i + 2 < len(ids):
                    counts[b, ids[i + 2]] -= 1
                    counts[new, ids[i + 2]] += 1
                ids[i] = new
                del ids[i + 1]
            i += 1
        counts = +counts
    return merges


def encode(text, merges):
    ids = list(text.encode("utf-8"))
    lookup = {bytes([i]): i for i in range(256)}
    for new, (left, right) in enumerate(merges, 256):
        a, b = lookup[left], lookup[right]
        lookup[left + right] = new
        i = 0
        while i < len(ids) - 1:
            if ids[i] == a and ids[i + 1] == b:
                ids[i : i + 2] = [new]
            i += 1
    return ids


def decode(ids, merges):
    table = {i: bytes([i]) for i in range(256)}
    table.update({256 + i: left + right for i, (left, right) in enumerate(merges)})
    out = []
    for i in ids:
        if i not in table:
            raise ValueError(f"id {i} is not in the vocabulary")
        out.append(table[i])
    return b"".join(out).decode("utf-8", errors="replace")
