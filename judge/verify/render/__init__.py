"""A verification becomes text: one file a format, each with ``render(report) -> str``; found by module name."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from judge.verify.model import VerifyReport

__all__ = ["formats", "render"]


def formats() -> list[str]:
    """Return the names of the formats."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def render(report: VerifyReport, format_name: str) -> str:
    """Write a report in the named format."""
    module: Any = importlib.import_module(f"{__name__}.{format_name}")
    text: str = module.render(report)
    return text
