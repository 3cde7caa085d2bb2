"""The report as JSON: the document ``judge/report/v1`` and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from judge.pipeline import Judgement

__all__ = ["render"]


def render(judgement: Judgement) -> str:
    """Write the report, indented, keys in the order of the schema."""
    return msgspec.json.format(msgspec.json.encode(judgement.report), indent=2).decode() + "\n"
