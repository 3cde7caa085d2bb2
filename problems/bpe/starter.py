"""Byte-pair encoding."""

from __future__ import annotations


def train(text: str, num_merges: int) -> list[tuple[bytes, bytes]]:
    """Learn merges from a text.

    Parameters
    ----------
    text : str
        Any text that UTF-8 can encode; may be empty.
    num_merges : int
        Merges to make at most.

    Returns
    -------
    list of tuple of (bytes, bytes)
        The two tokens of each merge, in the order learnt.

    Raises
    ------
    ValueError
        When ``num_merges`` is negative or the text holds a lone surrogate.
    """
    raise NotImplementedError


def encode(text: str, merges: list[tuple[bytes, bytes]]) -> list[int]:
    """Cut a text into tokens.

    Parameters
    ----------
    text : str
        Any text that UTF-8 can encode; may be empty.
    merges : list of tuple of (bytes, bytes)
        What ``train`` returned, or a prefix of it.

    Returns
    -------
    list of int
        Ids: 0 to 255 are the single bytes, ``256 + i`` is what merge ``i`` made.

    Raises
    ------
    ValueError
        When the text holds a lone surrogate.
    """
    raise NotImplementedError


def decode(ids: list[int], merges: list[tuple[bytes, bytes]]) -> str:
    """Turn tokens back into text.

    Parameters
    ----------
    ids : list of int
        Ids from 0 to ``255 + len(merges)``.
    merges : list of tuple of (bytes, bytes)
        What ``train`` returned, or a prefix of it.

    Returns
    -------
    str
        The text; bytes that are no UTF-8 become U+FFFD.

    Raises
    ------
    ValueError
        When an id is out of range.
    """
    raise NotImplementedError
