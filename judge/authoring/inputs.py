"""Inputs for properties: hypothesis chooses shape, kind and seed, NumPy fills the array.

Drawing every element through hypothesis costs milliseconds an example. Drawing a shape, a style and a seed costs a
tenth of that and still shrinks well: shapes and seeds go down, and the styles are ordered from the plainest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from judge.authoring.paste import remember

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["DTYPES", "FILLS", "LAYOUTS", "fill", "made", "matrix", "relayout", "seeds"]

Draw = Any
"""Hypothesis's ``draw`` function, as ``@st.composite`` hands it in."""


def _magnitudes(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return rng.choice([-1.0, 1.0], shape) * 10.0 ** rng.uniform(-100, 100, shape)


def _sparse(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return rng.normal(size=shape) * (rng.random(shape) < 0.5)  # noqa: PLR2004


FILLS: dict[str, Callable[[np.random.Generator, tuple[int, ...]], np.ndarray]] = {
    "small integers": lambda rng, shape: rng.integers(-3, 4, shape).astype(np.float64),
    "quarters": lambda rng, shape: rng.integers(-40, 41, shape) / 4.0,
    "normal": lambda rng, shape: rng.normal(size=shape),
    "sparse": _sparse,
    "far from the origin": lambda rng, shape: 1000.0 + rng.normal(size=shape),
    "magnitudes": _magnitudes,
}
"""Styles of values, plainest first. ``magnitudes`` spans 1e-100 to 1e100."""

DTYPES = ("float64", "float32", "int64", "int32", "int8", "uint8", "bool")
LAYOUTS = ("C", "F", "strided", "reversed")


def seeds() -> st.SearchStrategy[int]:
    """Seeds for NumPy's generator; small ones first when shrinking."""
    return st.integers(0, 2**16)


def fill(seed: int, shape: tuple[int, ...], style: str = "normal", dtype: str = "float64") -> np.ndarray:
    """Make an array of this shape from a seed, C-ordered.

    Integer dtypes are filled over a good part of their range (so that sums wrap where the contract forbids it);
    the style then does not matter.
    """
    rng = np.random.default_rng(seed)
    if dtype == "bool":
        return rng.integers(0, 2, shape).astype(bool)
    if dtype.startswith(("int", "uint")):
        info = np.iinfo(dtype)
        return rng.integers(max(info.min, -1000), min(info.max, 1000) + 1, shape).astype(dtype)
    if dtype == "float32" and style == "magnitudes":
        style = "normal"
    return FILLS[style](rng, shape).astype(dtype)


def relayout(array: np.ndarray, layout: str) -> np.ndarray:
    """Return the same values in another memory layout: one of `LAYOUTS`."""
    if layout == "F":
        return np.asfortranarray(array)
    if layout == "strided":
        return np.repeat(array, 2, axis=-1)[..., ::2]
    if layout == "reversed":
        return np.ascontiguousarray(array[::-1])[::-1]
    return np.ascontiguousarray(array)


def matrix(
    draw: Draw,
    *shape: int,
    styles: Sequence[str] = ("small integers", "quarters", "normal", "sparse"),
    dtypes: Sequence[str] = DTYPES,
    layouts: Sequence[str] = LAYOUTS,
) -> np.ndarray:
    """Draw an array of the given shape inside a ``@st.composite`` function.

    Style, dtype and layout are drawn too; the plainest come first, so that counterexamples shrink towards
    C-ordered float64 arrays of small integers.
    """
    style = draw(st.sampled_from(styles)) if len(styles) > 1 else styles[0]
    dtype = draw(st.sampled_from(dtypes)) if len(dtypes) > 1 else dtypes[0]
    layout = draw(st.sampled_from(layouts)) if len(layouts) > 1 else layouts[0]
    return relayout(fill(draw(seeds()), shape, style, dtype), layout)


def made(expression: str) -> np.ndarray:
    """Evaluate an expression of ``np`` from a package's own source and remember it, for arrays too large to print.

    The counterexample then shows the expression, which makes the very same array in the learner's shell:
    ``made("np.random.default_rng(7).normal(size=(300, 384))")``.
    """
    array: np.ndarray = eval(expression, {"np": np})  # noqa: S307 - trusted text: written by the problem's author
    remember(array, expression)
    return array
