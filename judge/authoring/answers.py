"""Whether an answer is that of a public example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from judge.authoring.checks import check_close, check_equal, check_tuple

if TYPE_CHECKING:
    from types import ModuleType

    from judge.authoring.rules import Example

__all__ = ["check_answer"]


def check_answer(examples: ModuleType, example: Example, got: Any) -> None:
    """Require the example's answer: numbers within the usual tolerance, everything else exactly.

    Parameters
    ----------
    examples : module
        The package's ``examples.py``; its own ``check_example(example, got)`` is used where it has one.
    example : Example
        The example.
    got : object
        What the call returned.

    Raises
    ------
    Mismatch
        When the answer is another.
    """
    own = getattr(examples, "check_example", None)
    if own is not None:
        own(example, got)
    elif isinstance(example.want, tuple) and example.want:
        check_tuple(got, len(example.want))
        for index, (item, wanted) in enumerate(zip(got, example.want, strict=True)):
            _check_one(item, wanted, f"result[{index}]")
    else:
        _check_one(got, example.want, "the result")


def _check_one(got: Any, want: Any, what: str) -> None:
    floating = isinstance(want, float) or (isinstance(want, np.ndarray) and want.dtype.kind == "f")
    (check_close if floating else check_equal)(got, want, what)
