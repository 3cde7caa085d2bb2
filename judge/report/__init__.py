"""A judgement becomes text: one file a format, each with ``render(judgement, feedback) -> str``; found by module name."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from judge.pipeline import Judgement
    from judge.report.feedback import Feedback

__all__ = ["formats", "render"]

_HELPERS = {"escape", "feedback", "plot", "words"}


def formats() -> list[str]:
    """Return the names of the formats."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name not in _HELPERS)


def render(judgement: Judgement, format_name: str, feedback: Feedback) -> str:
    """Write a judgement in the named format, telling no more than the feedback level allows."""
    from judge.report.feedback import redact  # noqa: PLC0415 - `formats` must be cheap, the command line's help uses it

    module: Any = importlib.import_module(f"judge.report.{format_name}")
    text: str = module.render(redact(judgement, feedback))
    return text
