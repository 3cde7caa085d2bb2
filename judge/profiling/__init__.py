"""Where the time of a submission goes: by line of its source or, for a query, by operator of its plan.

- `judge.profiling.run` has the submission profiled in a box of its own, never together with timing;
- `judge.profiling.read` makes checked values of what the box says;
- `judge.profiling.render` shows them.

All of it informs; none of it is a verdict, and the box can lie in every figure but the CPU time of a call.
"""

from __future__ import annotations

from judge.profiling.model import FunctionTime, LineTime, OperatorTime, Profile
from judge.profiling.read import read_lines, read_plan
from judge.profiling.render import render
from judge.profiling.run import SIZES, profile_submission, scaled

__all__ = [
    "SIZES",
    "FunctionTime",
    "LineTime",
    "OperatorTime",
    "Profile",
    "profile_submission",
    "read_lines",
    "read_plan",
    "render",
    "scaled",
]
