# why: recounts everything for every merge, but in NumPy; returns NumPy integers as ids
# tier: 10x
import numpy as np


def _merge(ids, left, right, new):
    places = ((ids[:-1] == left) & (ids[1:] == right)).nonzero()[0]
    if left == right and len(places) > 1:
        first = np.concatenate(([True], np.diff(places) > 1))
        start = places[first][np.cumsum(first) - 1]
        places = places[(places - start) % 2 == 0]
    keep = np.ones(len(ids), bool)
    keep[places + 1] = False
    ids = ids.copy()
    ids[places] = new
    return ids[keep]


def _most_frequent(ids):
    """All pairs that share the highest count, by sorting the pairs and measuring the runs of equal ones."""
    codes = np.sort(ids[:-1] << np.uint32(16) | ids[1:])
    starts = np.concatenate(([0], (codes[1:] != codes[:-1]).nonzero()[0] + 1, [len(codes)]))
    counts = np.diff(starts)
    tied = codes[starts[:-1][counts == counts.max()]].tolist()
    return [(code >> 16, code & 0xFFFF) for code in tied]


def train(text, num_merges):
    if num_merges < 0:
        raise ValueError("num_merges < 0")
    ids = np.frombuffer(text.encode("utf-8"), np.uint8).astype(np.uint32)
    vocab = [bytes([b]) for b in range(256)]
    merges = []
    while len(merges) < num_merges and len(ids) > 1:
        left, right = max(_most_frequent(ids), key=lambda pair: (vocab[pair[0]], vocab[pair[1]]))
        ids = _merge(ids, left, right, len(vocab))
        merges.append((vocab[left], vocab[right]))
        vocab.append(vocab[left] + vocab[right])
    return merges


def encode(text, merges):
    ids = np.frombuffer(text.encode("utf-8"), np.uint8).astype(np.int32)
    index = {bytes([b]): b for b in range(256)}
    for left, right in merges:
        ids = _merge(ids, index[left], index[right], len(index))
        index[left + right] = len(index)
    return list(ids)


def decode(ids, merges):
    vocab = [bytes([b]) for b in range(256)] + [left + right for left, right in merges]
    array = np.array(ids, np.int64)
    if array.size and (array.min() < 0 or array.max() >= len(vocab)):
        raise ValueError("id out of range")
    return b"".join(vocab[i] for i in array).decode("utf-8", errors="replace")
