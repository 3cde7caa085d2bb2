"""`judge verify`: the proof that a problem package is sound.

::

    package ─▶ examples      statement, public examples, starter, hints, editorial
             ─▶ corpus        every labelled submission ends as labelled
             ─▶ speed         the targets are honest
             ─▶ canaries      zeros, NaN, the input itself ... are rejected
             ─▶ determinism   with other seeds, the same verdicts
             ─▶ mutants       small mistakes in right solutions are rejected
             ─▶ PackageReport ─▶ terminal | json | junit

Every check but speed is made of trials (`judge.verify.trial`): a source against the hidden properties, in a box. A crew of processes
(`judge.verify.crew`) runs them side by side; speed is measured with nothing beside it.
"""

__all__ = ["CHECKS"]

CHECKS = ("examples", "corpus", "speed", "canaries", "determinism", "mutants")
"""The checks, as ``--only`` knows them, in the order in which they run: what an author wants to know first."""
