"""The mark that makes a function a hidden property, and the public examples."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

__all__ = ["Example", "Rule", "rule", "rules_of"]

F = TypeVar("F", bound="Callable[..., None]")


@dataclass(frozen=True)
class Rule:
    """One hidden property.

    Parameters
    ----------
    name : str
        The function's name.
    group : str
        The scoring group it counts for; declared in ``problem.toml``.
    text : str
        The rule of the statement that it checks, in the learner's words: the first line of the docstring.
    test : callable
        ``test(solution)``, ``test(solution, oracle)``, with hypothesis's ``@given`` or, for one fixed case, without.
    examples : int
        How many examples hypothesis draws; 1 for a fixed case.
    time_limit : float or None
        CPU seconds of one call, where this property's inputs need more than the problem's own limit.
    """

    name: str
    group: str
    text: str
    test: Callable[..., None]
    examples: int
    time_limit: float | None = None

    @property
    def wants_oracle(self) -> bool:
        """Whether the property takes the oracle."""
        return "oracle" in inspect.signature(self.test).parameters


@dataclass(frozen=True)
class Example:
    """A public example: one call and what it returns. ``judge test`` runs these."""

    title: str
    function: str
    args: tuple[Any, ...]
    want: Any
    kwargs: Mapping[str, Any] = field(default_factory=dict)


def rule(*, group: str = "base", examples: int = 200, time_limit: float | None = None) -> Callable[[F], F]:
    """Mark a property as hidden test of the given scoring group.

    Parameters
    ----------
    group : str
        A group declared under ``[scoring.groups]`` in ``problem.toml``.
    examples : int
        Examples to draw where the property has ``@given``.
    time_limit : float, optional
        CPU seconds of one call, where this property's inputs need more than the problem's own limit.
    """

    def mark(test: F) -> F:
        test.__rule__ = (group, examples, time_limit)  # type: ignore[attr-defined]
        return test

    return mark


def rules_of(module: ModuleType) -> tuple[Rule, ...]:
    """Collect the marked properties of a module, in the order in which they are written."""
    return tuple(_rule_of(name, test) for name, test in vars(module).items() if hasattr(test, "__rule__"))


def _rule_of(name: str, test: Callable[..., None]) -> Rule:
    group, examples, time_limit = test.__rule__  # type: ignore[attr-defined]
    fixed = not getattr(test, "is_hypothesis_test", False)
    text = (inspect.getdoc(test) or name.replace("_", " ")).splitlines()[0]
    return Rule(name, group, text, test, 1 if fixed else examples, time_limit)
