# why: a linked list of tokens, the places of every pair, and a heap with outdated entries put back when they surface
# tier: 30x
import heapq
from collections import defaultdict

END = chr(256)


class Trainer:
    def __init__(self, data):
        self.n = len(data)
        self.ids = [*data, -1]
        self.next = list(range(1, self.n + 1))
        self.prev = list(range(-1, self.n - 1))
        self.spelling = [bytes([byte]) for byte in range(256)]
        # complemented characters with an end mark sort in the opposite order of the bytes
        self.falling = [chr(255 - byte) + END for byte in range(256)]
        self.places = defaultdict(list)
        for place, pair in enumerate(zip(data, data[1:])):
            self.places[pair].append(place)
        self.counts = {pair: len(places) for pair, places in self.places.items()}
        self.heap = [self.entry(pair) for pair in self.counts]
        heapq.heapify(self.heap)

    def entry(self, pair):
        left, right = pair
        return -self.counts[pair], self.falling[left], self.falling[right], left, right

    def best(self):
        while self.heap:
            count, _, _, left, right = heapq.heappop(self.heap)
            now = self.counts[left, right]
            if now == -count:
                return left, right
            if now:
                heapq.heappush(self.heap, self.entry((left, right)))
        return None

    def merge(self, left, right):
        new = len(self.spelling)
        self.spelling.append(self.spelling[left] + self.spelling[right])
        self.falling.append(self.falling[left][:-1] + self.falling[right])
        n, ids, nxt, prev, counts = self.n, self.ids, self.next, self.prev, self.counts
        fresh = defaultdict(list)
        for place in self.places.pop((left, right)):
            other = nxt[place]
            if ids[place] != left or ids[other] != right:
                continue
            before, after = prev[place], nxt[other]
            ids[place], ids[other] = new, -2
            nxt[place] = after
            if before >= 0:
                token = ids[before]
                fresh[token, new].append(before)
                if token != new:
                    counts[token, left] -= 1
            if after < n:
                token = ids[after]
                fresh[new, token].append(place)
                prev[after] = place
                counts[right, token] -= 1
        counts[left, right] = 0
        for pair, found in fresh.items():
            # a neighbour may have become part of the next place meanwhile
            found = [place for place in found if ids[place] == pair[0] and ids[nxt[place]] == pair[1]]
            if found:
                self.places[pair] = found
                counts[pair] = len(found)
                heapq.heappush(self.heap, self.entry(pair))


def train(text, num_merges):
    if num_merges < 0:
        raise ValueError("num_merges must not be negative")
    trainer = Trainer(text.encode("utf-8"))
    merges = []
    while len(merges) < num_merges:
        pair = trainer.best()
        if pair is None:
            break
        merges.append((trainer.spelling[pair[0]], trainer.spelling[pair[1]]))
        trainer.merge(*pair)
    return merges


def encode(text, merges):
    ids = list(text.encode("utf-8"))
    token_id = {bytes([byte]): byte for byte in range(256)}
    ranks = {}
    for left, right in merges:
        new = len(token_id)
        ranks[token_id[left], token_id[right]] = new
        token_id[left + right] = new
    n = len(ids)
    nxt, prev = list(range(1, n + 1)), list(range(-1, n - 1))
    heap = [(ranks[pair], place, pair) for place, pair in enumerate(zip(ids, ids[1:])) if pair in ranks]
    heapq.heapify(heap)
    ids.append(-1)
    while heap:
        new, place, (left, right) = heapq.heappop(heap)
        other = nxt[place]
        if ids[place] != left or other >= n or ids[other] != right:
            continue
        after = nxt[other]
        ids[place], ids[other], nxt[place] = new, -2, after
        if after < n:
            prev[after] = place
            pair = new, ids[after]
            if pair in ranks:
                heapq.heappush(heap, (ranks[pair], place, pair))
        if prev[place] >= 0:
            pair = ids[prev[place]], new
            if pair in ranks:
                heapq.heappush(heap, (ranks[pair], prev[place], pair))
    return [token for token in ids if token >= 0]


def decode(ids, merges):
    spelling = [bytes([byte]) for byte in range(256)] + [left + right for left, right in merges]
    for token in ids:
        if token < 0 or token >= len(spelling):
            raise ValueError(f"no token {token}")
    return b"".join([spelling[token] for token in ids]).decode("utf-8", "replace")
