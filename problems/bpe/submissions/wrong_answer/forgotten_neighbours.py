# why: keeps counts up to date but forgets the pair between two places side by side (abab)
# fails: train_merges_the_most_frequent_pair
from collections import Counter


def count_pairs(ids):
    counts = {}
    for pair in zip(ids, ids[1:]):
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def merge(ids, pair, new):
    out = []
    i = 0
    while i < len(ids):
        if i + 1 < len(ids) and (ids[i], ids[i + 1]) == pair:
            out.append(new)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return out


def vocabulary(merges):
    vocab = [bytes([b]) for b in range(256)]
    for left, right in merges:
        vocab.append(left + right)
    return vocab


def train(text, num_merges):
    if num_merges < 0:
        raise ValueError("num_merges must not be negative")
    ids = list(text.encode("utf-8"))
    vocab = vocabulary([])
    counts = Counter(zip(ids, ids[1:]))
    merges = []
    while len(merges) < num_merges and len(ids) >= 2:
        pair = max(counts, key=lambda p: (counts[p], vocab[p[0]], vocab[p[1]]))
        new = len(vocab)
        i = 0
        while i + 1 < len(ids):
            if (ids[i], ids[i + 1]) == pair:
                if i > 0 and ids[i - 1] != new:
                    counts[ids[i - 1], pair[0]] -= 1
                    counts[ids[i - 1], new] += 1
                if i + 2 < len(ids):
                    counts[pair[1], ids[i + 2]] -= 1
                    counts[new, ids[i + 2]] += 1
                i += 2
            else:
                i += 1
        del counts[pair]
        ids = merge(ids, pair, new)
        merges.append((vocab[pair[0]], vocab[pair[1]]))
        vocab.append(vocab[pair[0]] + vocab[pair[1]])
    return merges


def encode(text, merges):
    ids = list(text.encode("utf-8"))
    index = {token: i for i, token in enumerate(vocabulary(merges))}
    for left, right in merges:
        ids = merge(ids, (index[left], index[right]), index[left + right])
    return ids


def decode(ids, merges):
    vocab = vocabulary(merges)
    for i in ids:
        if not 0 <= i < len(vocab):
            raise ValueError(f"no token {i}")
    return b"".join(vocab[i] for i in ids).decode("utf-8", errors="replace")
