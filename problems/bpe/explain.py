"""Checks that tell a learner which step went wrong, and why."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import numpy as np

from judge.authoring import Mismatch, check

__all__ = ["Merges", "check_id_types", "check_ids", "check_merge_types", "check_merges", "spellings"]

Merges = list[tuple[bytes, bytes]]


def spellings(merges: Merges) -> list[bytes]:
    """List the bytes of every token by its id."""
    return [bytes([byte]) for byte in range(256)] + [left + right for left, right in merges]


def check_merge_types(got: Any) -> None:
    """Require a list of tuples of two bytes objects."""
    check(type(got) is list, f"train must return a list, not {type(got).__name__}", actual=got)
    for place, merge in enumerate(got):
        good = isinstance(merge, tuple) and len(merge) == 2 and all(type(token) is bytes for token in merge)
        check(good, f"train(...)[{place}] must be a tuple of two bytes objects", actual=got)


def check_merges(got: Any, want: Merges, text: str, num_merges: int) -> None:
    """Require exactly these merges; explain the first that differs."""
    check_merge_types(got)
    if got == want:
        return
    for place, (mine, best) in enumerate(zip(got, want, strict=False)):
        if mine != best:
            raise Mismatch(_explain_choice(place, mine, best, _replay(text, want[:place])), expected=want, actual=got)
    tokens = len(_replay(text, want[: len(got)]))
    raise Mismatch(_explain_length(len(got), len(want), tokens, num_merges), expected=want, actual=got)


def check_id_types(got: Any) -> None:
    """Require a list of ints or NumPy integers."""
    check(type(got) is list, f"encode must return a list, not {type(got).__name__}", actual=got)
    kinds = set(map(type, got))
    odd = next((kind.__name__ for kind in kinds if kind is not int and not issubclass(kind, np.integer)), None)
    check(odd is None, f"encode must return a list of ints, this one holds {odd}", actual=got)


def check_ids(got: Any, want: list[int], merges: Merges) -> None:
    """Require exactly these ids, as ints or NumPy integers; name the first token that differs."""
    check_id_types(got)
    if got == want:
        return
    place = next((at for at, pair in enumerate(zip(got, want, strict=False)) if pair[0] != pair[1]), min(len(got), len(want)))
    message = f"encode(...)[{place}] is {_name(got, place, merges)}, expected {_name(want, place, merges)}"
    raise Mismatch(message, expected=want, actual=got)


def _explain_choice(place: int, mine: tuple[bytes, bytes], best: tuple[bytes, bytes], tokens: list[bytes]) -> str:
    """Say why ``best`` goes before ``mine``; the tokens are the text just before this merge."""
    counts = Counter(pairwise(tokens))
    start = f"train(...)[{place}] is {mine}"
    if not counts[mine]:
        return f"{start}: these two tokens are nowhere side by side at that step"
    if counts[mine] < counts[best]:
        return f"{start}, found {_times(counts[mine])}; {best} is found {_times(counts[best])}, overlaps included"
    return f"{start}; {best} is as frequent (found {_times(counts[best])}) and lexicographically greater"


def _explain_length(got: int, want: int, tokens: int, num_merges: int) -> str:
    if got < want:
        return f"train made {got} of {num_merges} merges and stopped with {tokens} tokens left"
    if want == num_merges:
        return f"train made {got} merges, but num_merges is {num_merges}"
    return f"train made {got} merges, but fewer than two tokens are left after {want}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _replay(text: str, merges: Merges) -> list[bytes]:
    """Cut the text into the tokens that it consists of after these merges. No two tokens share their bytes."""
    tokens = [bytes([byte]) for byte in text.encode()]
    for left, right in merges:
        cut: list[bytes] = []
        for token in tokens:
            if token == right and cut and cut[-1] == left:
                cut[-1] = left + right
            else:
                cut.append(token)
        tokens = cut
    return tokens


def _name(ids: list[int], place: int, merges: Merges) -> str:
    """Write an id with its bytes, or that the list has ended."""
    if place == len(ids):
        return "missing: the list ends there"
    vocabulary = spellings(merges)
    return f"{ids[place]} ({vocabulary[ids[place]]})" if 0 <= ids[place] < len(vocabulary) else f"{ids[place]} (no id)"
