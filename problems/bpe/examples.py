"""The public examples."""

from __future__ import annotations

from typing import Any

from judge.authoring import Example, check_equal

from .explain import check_ids, check_merges

BANANA = [(b"a", b"n"), (b"b", b"an"), (b"an", b"a"), (b"d", b"ana")]

EXAMPLES = [
    Example(title="The most frequent pair first; of equals, the greatest", function="train", args=("banana bandana", 4), want=BANANA),
    Example(
        title="Overlapping places count, and merging stops at one token",
        function="train",
        args=("aaaa", 5),
        want=[(b"a", b"a"), (b"aa", b"aa")],
    ),
    Example(
        title="Tokens may cross a blank",
        function="train",
        args=("low lower lowest", 4),
        want=[(b"o", b"w"), (b"l", b"ow"), (b"low", b"e"), (b" ", b"lowe")],
    ),
    Example(
        title="Encode the text that was learnt from", function="encode", args=("banana bandana", BANANA), want=[257, 258, 32, 257, 259]
    ),
    Example(title="The order learnt decides, not the place", function="encode", args=("abc", [(b"b", b"c"), (b"a", b"b")]), want=[97, 256]),
    Example(title="Two tokens that share an emoji", function="decode", args=([256, 152, 128], [(b"\xf0", b"\x9f")]), want="😀"),
]


def check_example(example: Example, got: Any) -> None:
    """Compare with the example, and explain as the hidden tests do."""
    if example.function == "train":
        check_merges(got, example.want, *example.args)
    elif example.function == "encode":
        check_ids(got, example.want, example.args[1])
    else:
        check_equal(got, example.want, "decode(...)")
