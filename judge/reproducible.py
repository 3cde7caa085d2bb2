"""Hypothesis, made to draw the same inputs everywhere.

By itself hypothesis mixes constants that it finds in the source of "local" modules into what it draws, and keeps
them in a folder ``.hypothesis`` below the working directory. Then the same seed gives other inputs in a checkout than in an
installation, and a learner finds a strange folder. Neither has a setting (as of hypothesis 6.170), so both are
turned off here, in one place.
"""

from __future__ import annotations

import hypothesis.configuration
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from judge.boxes.rundir import run_folder

__all__ = ["calm_hypothesis"]


def calm_hypothesis() -> None:
    """Keep hypothesis's files in the judge's temporary folder and its inputs free of local constants."""
    hypothesis.configuration.set_hypothesis_home_dir(run_folder().path / "hypothesis")
    none = Constants()
    providers._get_local_constants = lambda: none  # noqa: SLF001 - there is no setting for it
