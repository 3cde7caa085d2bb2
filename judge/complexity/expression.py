"""Bounds such as ``n*m + n log n`` as values that can be evaluated at any size.

Every node knows the natural logarithm of its value, so that ``2^n`` at a million is a number like any other. All values
are positive: sizes count things, and the grammar has neither zero nor minus.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PLACES", "Call", "Expression", "Name", "Number", "Power", "Product", "Quotient", "Sum"]

LARGEST = 709.0
"""The logarithm of the largest value: `math.exp` of more overflows."""
PLACES = 6
"""Decimal places of a number."""
FAR = 1e15
"""Logarithms of powers are kept within this, so that towers of powers stay finite."""
SMALLEST = 1e-300
"""What stands in for a size that is not positive, which none is."""


@dataclass(frozen=True)
class Expression:
    """A bound. ``str`` writes it in the grammar of claims, and reading that gives the same expression."""

    @property
    def parts(self) -> tuple[Expression, ...]:
        """What it is made of."""
        return ()

    @property
    def names(self) -> frozenset[str]:
        """The size variables in it."""
        return frozenset().union(*(part.names for part in self.parts))

    def at(self, sizes: Mapping[str, float]) -> float:
        """Return the value at these sizes; beyond the range of floats, the nearest that there is.

        Raises
        ------
        KeyError
            When a name of the expression has no size.
        """
        return math.exp(min(self.log_at(sizes), LARGEST))

    def log_at(self, sizes: Mapping[str, float]) -> float:
        """Return the natural logarithm of the value, which is always finite."""
        raise NotImplementedError


@dataclass(frozen=True)
class Number(Expression):
    """A positive constant."""

    value: float

    def log_at(self, sizes: Mapping[str, float]) -> float:  # noqa: ARG002 - the same at every size
        """Return the logarithm of the constant."""
        return math.log(self.value)

    def __str__(self) -> str:
        return f"{self.value:.{PLACES}f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Name(Expression):
    """A size variable."""

    name: str

    @property
    def names(self) -> frozenset[str]:
        """The variable itself."""
        return frozenset([self.name])

    def log_at(self, sizes: Mapping[str, float]) -> float:
        """Return the logarithm of the size."""
        return math.log(max(sizes[self.name], SMALLEST))

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Sum(Expression):
    """Terms added up."""

    terms: tuple[Expression, ...]

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The terms."""
        return self.terms

    def log_at(self, sizes: Mapping[str, float]) -> float:
        """Return the logarithm of the sum, taken relative to its largest term."""
        logs = [term.log_at(sizes) for term in self.terms]
        top = max(logs)
        return top + math.log(sum(math.exp(log - top) for log in logs))

    def __str__(self) -> str:
        return " + ".join(f"({term})" if isinstance(term, Sum) else str(term) for term in self.terms)


@dataclass(frozen=True)
class Product(Expression):
    """Factors multiplied."""

    factors: tuple[Expression, ...]

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The factors."""
        return self.factors

    def log_at(self, sizes: Mapping[str, float]) -> float:
        """Return the sum of the factors' logarithms."""
        return sum(factor.log_at(sizes) for factor in self.factors)

    def __str__(self) -> str:
        return "*".join(f"({factor})" if isinstance(factor, Sum | Product | Quotient) else str(factor) for factor in self.factors)


@dataclass(frozen=True)
class Quotient(Expression):
    """One expression divided by another."""

    top: Expression
    bottom: Expression

    @property
    def parts(self) -> tuple[Expression, ...]:
        """What is divided, and by what."""
        return self.top, self.bottom

    def log_at(self, sizes: Mapping[str, float]) -> float:
        """Return the difference of the two logarithms."""
        return self.top.log_at(sizes) - self.bottom.log_at(sizes)

    def __str__(self) -> str:
        top = f"({self.top})" if isinstance(self.top, Sum) else str(self.top)
        return f"{top}/({self.bottom})" if self.bottom.parts else f"{top}/{self.bottom}"


@dataclass(frozen=True)
class Power(Expression):
    """A base to an exponent, which may depend on the sizes as well (``2^n``)."""

    base: Expression
    exponent: Expression

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The base and the exponent."""
        return self.base, self.exponent

    def log_at(self, sizes: Mapping[str, float]) -> float:
        """Return the exponent times the base's logarithm."""
        return _near(_near(self.exponent.at(sizes)) * _near(self.base.log_at(sizes)))

    def __str__(self) -> str:
        base = f"({self.base})" if self.base.parts else str(self.base)
        return f"{base}^({self.exponent})" if self.exponent.parts else f"{base}^{self.exponent}"


@dataclass(frozen=True)
class Call(Expression):
    """``log``, ``sqrt``, ``min`` or ``max``.

    The logarithm is that to base 2, and at least 1: halving takes a step however few things there are, and a bound with
    the factor ``log n`` is not zero at ``n = 1``.
    """

    function: str
    arguments: tuple[Expression, ...]

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The arguments."""
        return self.arguments

    def log_at(self, sizes: Mapping[str, float]) -> float:
        """Return the logarithm of the function's value."""
        logs = [argument.log_at(sizes) for argument in self.arguments]
        if self.function == "log":
            return math.log(max(logs[0] / math.log(2.0), 1.0))
        if self.function == "sqrt":
            return logs[0] / 2.0
        return min(logs) if self.function == "min" else max(logs)

    def __str__(self) -> str:
        return f"{self.function}({', '.join(map(str, self.arguments))})"


def _near(value: float) -> float:
    return min(max(value, -FAR), FAR)
