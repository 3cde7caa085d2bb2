# why: the textbook version: a dictionary of counts made afresh for every merge
# tier: below


def get_stats(ids):
    counts = {}
    for pair in zip(ids, ids[1:]):
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def merge(ids, pair, idx):
    newids = []
    i = 0
    while i < len(ids):
        if ids[i] == pair[0] and i < len(ids) - 1 and ids[i + 1] == pair[1]:
            newids.append(idx)
            i += 2
        else:
            newids.append(ids[i])
            i += 1
    return newids


def build_vocab(merges):
    vocab = {idx: bytes([idx]) for idx in range(256)}
    for left, right in merges:
        vocab[len(vocab)] = left + right
    return vocab


def train(text, num_merges):
    if num_merges < 0:
        raise ValueError("num_merges must be >= 0")
    ids = list(text.encode("utf-8"))
    vocab = build_vocab([])
    merges = []
    for i in range(num_merges):
        stats = get_stats(ids)
        if not stats:
            break
        pair = max(stats, key=lambda p: (stats[p], vocab[p[0]], vocab[p[1]]))
        idx = 256 + i
        ids = merge(ids, pair, idx)
        vocab[idx] = vocab[pair[0]] + vocab[pair[1]]
        merges.append((vocab[pair[0]], vocab[pair[1]]))
    return merges


def encode(text, merges):
    ids = list(text.encode("utf-8"))
    index = {token: idx for idx, token in build_vocab(merges).items()}
    ranks = {(index[left], index[right]): 256 + rank for rank, (left, right) in enumerate(merges)}
    while len(ids) >= 2:
        pair = min(zip(ids, ids[1:]), key=lambda p: ranks.get(p, float("inf")))
        if pair not in ranks:
            break
        ids = merge(ids, pair, ranks[pair])
    return ids


def decode(ids, merges):
    vocab = build_vocab(merges)
    if any(idx not in vocab for idx in ids):
        raise ValueError("unknown id")
    return b"".join(vocab[idx] for idx in ids).decode("utf-8", errors="replace")
