"""The hidden properties of byte-pair encoding: types, what is quickly told, training, encoding and decoding, large input."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from judge.authoring import check, check_equal, check_raises, rule

from .cases import INVALID, ODD, PLAIN, STYLES, Drawn, drawn
from .explain import Merges, check_id_types, check_ids, check_merge_types, check_merges, spellings

if TYPE_CHECKING:
    from types import ModuleType


@rule()
def results_have_the_stated_types(solution: Any) -> None:
    """train gives a list of tuples of two bytes objects, encode a list of ints, decode a str."""
    check_merge_types(solution.train("banana", 2))
    merges = [(b"n", b"a")]
    check_ids(solution.encode("nab", merges), [256, 98], merges)
    check_equal(solution.decode([256, 98], merges), "nab", "decode(...)")


@rule()
@given(drawn=drawn(*PLAIN))
def train_merges_the_most_frequent_pair(solution: Any, oracle: ModuleType, drawn: Drawn) -> None:
    """Each merge joins the pair with the most places, overlaps included, the greatest of equals, until one token is left."""
    _check_training(solution, oracle, drawn.text, drawn.num_merges)


@rule()
@given(case=st.sampled_from(INVALID))
def invalid_input_raises_value_error(solution: Any, case: tuple[str, str, tuple[Any, ...]]) -> None:
    """A negative num_merges, an id that does not exist and a lone surrogate raise ValueError."""
    because, function, args = case
    check_raises(getattr(solution, function), *args, because=because)


@rule()
def one_letter_repeated(solution: Any, oracle: ModuleType) -> None:
    """A text of one repeated letter is halved by every merge; what an odd number leaves over stays at the end."""
    for length in (2, 3, 4, 5, 7, 15, 16, 1000, 4095):
        text = "a" * length
        merges = oracle.train(text, 50)
        check_merges(solution.train(text, 50), merges, text, 50)
        check_ids(solution.encode("a" * 999, merges), oracle.encode("a" * 999, merges), merges)


@rule()
@given(drawn=drawn(*ODD))
def train_works_on_utf8_bytes(solution: Any, oracle: ModuleType, drawn: Drawn) -> None:
    """Tokens are made of the text's UTF-8 bytes, whatever the script, and may begin or end inside a character."""
    _check_training(solution, oracle, drawn.text, drawn.num_merges)


@rule()
@given(drawn=drawn("words", *ODD))
def decode_reverses_encode(solution: Any, oracle: ModuleType, drawn: Drawn) -> None:
    """The tokens' bytes, one after the other, are the text's bytes; decode(encode(text)) is the text."""
    merges = oracle.train(drawn.text, drawn.num_merges)
    ids = solution.encode(drawn.other, merges)
    check_id_types(ids)
    vocabulary = spellings(merges)
    check(all(0 <= token < len(vocabulary) for token in ids), "encode gave an id outside 0 .. 255 + len(merges)", actual=ids)
    check_equal(b"".join([vocabulary[token] for token in ids]), drawn.other.encode(), "the bytes of encode's tokens")
    check_equal(solution.decode(ids, merges), drawn.other, "decode(encode(text))")


@rule()
@given(drawn=drawn())
def encode_applies_merges_in_the_order_learnt(solution: Any, oracle: ModuleType, drawn: Drawn) -> None:
    """Encode applies the merges in the order learnt, each from left to right, to any text."""
    merges = oracle.train(drawn.text, drawn.num_merges)
    check_ids(solution.encode(drawn.other, merges), oracle.encode(drawn.other, merges), merges)


@rule()
@given(drawn=drawn())
def decode_joins_the_bytes_first(solution: Any, oracle: ModuleType, drawn: Drawn) -> None:
    """Decode joins the bytes of all tokens, then reads them as UTF-8 once, with errors="replace"."""
    merges = oracle.train(drawn.text, drawn.num_merges)
    known = [*range(256, 256 + len(merges)), *sorted(set(drawn.text.encode())), 0xF0, 0x9F, 0]
    ids = [known[pick % len(known)] for pick in drawn.picks]
    check_equal(solution.decode(ids, merges), oracle.decode(ids, merges), "decode(...)")


@rule()
@given(drawn=drawn())
def more_merges_only_add(solution: Any, drawn: Drawn) -> None:
    """train(text, j) is the beginning of train(text, k) for j <= k, and an encoding never gets longer with more of the merges."""
    merges = solution.train(drawn.text, drawn.num_merges)
    check_merge_types(merges)
    fewer = merges[: drawn.fewer]
    check_equal(solution.train(drawn.text, drawn.fewer), fewer, f"train(text, {drawn.fewer})")
    long, short = solution.encode(drawn.other, fewer), solution.encode(drawn.other, merges)
    check_id_types(long)
    check_id_types(short)
    check(len(short) <= len(long), f"all {len(merges)} merges give {len(short)} tokens, the first {len(fewer)} only {len(long)}")


@rule()
@given(drawn=drawn("words", "emoji"))
def numpy_integers_are_ints(solution: Any, oracle: ModuleType, drawn: Drawn) -> None:
    """num_merges and ids may be NumPy integers."""
    text, kind = drawn.text[:8], (np.int64, np.int32)[drawn.fewer % 2]
    merges = oracle.train(text, drawn.num_merges)
    if len(drawn.picks) % 2:
        ids = [kind(token) for token in oracle.encode(text, merges)]
        check_equal(solution.decode(ids, merges), text, "decode(...)")
    else:
        check_merges(solution.train(text, kind(drawn.num_merges)), merges, text, drawn.num_merges)


@rule()
def a_page_of_text(solution: Any, oracle: ModuleType) -> None:
    """The rules hold for a page and 100 merges as they do for a few words and 20."""
    page, other = _page(seed=1), _page(seed=2)
    merges = oracle.train(page, 100)
    check_merges(solution.train(page, 100), merges, page, 100)
    ids = oracle.encode(other, merges)
    check_ids(solution.encode(other, merges), ids, merges)
    check_equal(solution.decode(ids, merges), other, "decode(encode(text))")


@rule(group="large")
def a_text_of_100_000_bytes(solution: Any) -> None:
    """Texts reach 100,000 bytes."""
    pieces = STYLES["words"] + STYLES["accents"] + STYLES["emoji"] + STYLES["runs"]
    text = "".join(random.Random(7).choices(pieces, k=60_000)).encode()[:100_000].decode(errors="ignore")
    merges, ids = _learn(text, 12)
    check_merges(solution.train(text, 12), merges, text, 12)
    check_ids(solution.encode(text, merges), ids, merges)
    check(solution.decode(ids, merges) == text, "decode(encode(text)) is not the text of 100,000 bytes")


@rule(group="large")
def three_thousand_merges(solution: Any) -> None:
    """There may be 3,000 merges, each made of the one before: no recursion per merge."""
    text = _pairs_all_different(3010)
    raw = text.encode()
    merges = [(raw[:end], raw[end : end + 1]) for end in range(1, 3001)]
    check_merges(solution.train(text, 3000), merges, text, 3000)
    ids = [3255, *raw[3001:]]
    check_ids(solution.encode(text, merges), ids, merges)
    check(solution.decode(ids, merges) == text, "decode(encode(text)) is not the text after 3,000 merges")


def _check_training(solution: Any, oracle: ModuleType, text: str, num_merges: int) -> None:
    check_merges(solution.train(text, num_merges), oracle.train(text, num_merges), text, num_merges)


def _page(seed: int) -> str:
    rng = random.Random(seed)
    return "".join([rng.choice(STYLES[style]) for style in rng.choices(list(STYLES), k=250)])


def _pairs_all_different(length: int) -> str:
    """Write a text in which no two letters follow one another twice, and whose first letter is the greatest.

    Every pair is found once, so the greatest is taken: always the token at the beginning with the letter behind it.
    """
    letters = range(33, 126)
    order = [code for first in letters for second in letters[first - 33 :] for code in ((first, second) if second > first else (first,))]
    return "~" + "".join(map(chr, order))[: length - 1]


def _learn(text: str, num_merges: int) -> tuple[Merges, list[int]]:
    """Learn merges by counting all pairs with NumPy: the oracle takes too long for 100,000 bytes."""
    ids = np.frombuffer(text.encode(), np.uint8).astype(np.int64)
    merges: Merges = []
    for size in range(256, 256 + num_merges):
        vocabulary = spellings(merges)
        codes = ids[:-1] * size + ids[1:]
        counts = np.bincount(codes)
        best = max(np.flatnonzero(counts == counts.max()).tolist(), key=lambda code: (vocabulary[code // size], vocabulary[code % size]))
        merges.append((vocabulary[best // size], vocabulary[best % size]))
        places = np.flatnonzero(codes == best)
        if best // size == best % size:
            starts = np.concatenate(([True], np.diff(places) > 1))
            run = places[np.flatnonzero(starts)][np.cumsum(starts) - 1]
            places = places[(places - run) % 2 == 0]
        ids[places] = size
        ids = np.delete(ids, places + 1)
    return merges, ids.tolist()
