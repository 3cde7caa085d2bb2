"""The checks, one file each, with ``run(bench) -> Check``; `judge.verify.CHECKS` names them in order."""

from __future__ import annotations

import importlib
import time
from typing import TYPE_CHECKING, Any

import msgspec

from judge.errors import PackageError
from judge.verify.model import Check, Finding

if TYPE_CHECKING:
    from judge.verify.bench import Bench

__all__ = ["run_check"]


def run_check(name: str, bench: Bench) -> Check:
    """Run one check; a broken package is a finding, and the other checks go on.

    Raises
    ------
    JudgeError
        When the judge or the machine is at fault.
    """
    module: Any = importlib.import_module(f"{__name__}.{name}")
    began = time.monotonic()
    try:
        check: Check = module.run(bench)
    except PackageError as error:
        found = Finding(title=error.message, detail=error.hint, broken=True)
        check = Check(name=name, summary="the package is broken", findings=(found,))
    return msgspec.structs.replace(check, seconds=round(time.monotonic() - began, 2))
