"""The report as JSON: the document ``judge/verify/v1`` and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from judge.verify.model import Check, VerifyReport

__all__ = ["render"]


def render(report: VerifyReport) -> str:
    """Write the report, indented, keys in the order of the schema; each check says its state."""
    document: dict[str, Any] = msgspec.to_builtins(report)
    for package, plain in zip(report.problems, document["problems"], strict=True):
        plain["checks"] = [_with_state(check) for check in package.checks]
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _with_state(check: Check) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(check)
    return {"name": plain.pop("name"), "state": str(check.state), **plain}
