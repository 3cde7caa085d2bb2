"""Hypothesis, made to draw the same inputs everywhere, and quickly.

By itself hypothesis mixes constants that it finds in the source of "local" modules into what it draws, and keeps
them in a folder ``.hypothesis`` below the working directory. Then the same seed gives other inputs in a checkout than in an
installation, and a learner finds a strange folder. Neither has a setting (as of hypothesis 6.170), so both are
turned off here, in one place.

It also saves and seeds NumPy's global generator around every example, which takes a tenth of the time of a small property.
Packages draw with generators of their own (`judge.authoring.fill`), so that is left out.
"""

from __future__ import annotations

import gc
import random

import hypothesis.configuration
from hypothesis.internal import entropy
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from judge.boxes.rundir import run_folder

__all__ = ["calm_hypothesis"]

COLLECT_EVERY = 50_000
"""New objects between two collections of garbage; hypothesis makes some thousand an example, nearly all without cycles."""


def calm_hypothesis() -> None:
    """Keep hypothesis's files in the judge's temporary folder, its inputs free of local constants, and its overhead low."""
    hypothesis.configuration.set_hypothesis_home_dir(run_folder().path / "hypothesis")
    none = Constants()
    providers._get_local_constants = lambda: none  # noqa: SLF001 - there is no setting for it
    entropy.NP_RANDOM = random.Random()  # taken for NumPy's, already registered  # noqa: S311 - never drawn from
    gc.freeze()
    gc.set_threshold(COLLECT_EVERY, 20, 20)
