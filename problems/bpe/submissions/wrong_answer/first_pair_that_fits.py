# why: encode merges the first pair from the left that is any merge, whatever its rank
# fails: one_letter_repeated


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
    merges = []
    while len(merges) < num_merges and len(ids) >= 2:
        counts = count_pairs(ids)
        pair = max(counts, key=lambda p: (counts[p], vocab[p[0]], vocab[p[1]]))
        ids = merge(ids, pair, len(vocab))
        merges.append((vocab[pair[0]], vocab[pair[1]]))
        vocab.append(vocab[pair[0]] + vocab[pair[1]])
    return merges


def encode(text, merges):
    ids = list(text.encode("utf-8"))
    index = {token: i for i, token in enumerate(vocabulary(merges))}
    known = {(index[left], index[right]): index[left + right] for left, right in merges}
    i = 0
    while i + 1 < len(ids):
        if (ids[i], ids[i + 1]) in known:
            ids[i : i + 2] = [known[ids[i], ids[i + 1]]]
            i = max(i - 1, 0)
        else:
            i += 1
    return ids


def decode(ids, merges):
    vocab = vocabulary(merges)
    for i in ids:
        if not 0 <= i < len(vocab):
            raise ValueError(f"no token {i}")
    return b"".join(vocab[i] for i in ids).decode("utf-8", errors="replace")
