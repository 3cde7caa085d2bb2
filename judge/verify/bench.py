"""What the checks of one package share: the package, the crew, the boxes, and what has been tried already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from judge.verify.labels import read_corpus
from judge.verify.model import Finding
from judge.verify.trial import Trial, try_source

if TYPE_CHECKING:
    from judge.boxes import Box
    from judge.catalog import Problem
    from judge.verify.crew import Crew
    from judge.verify.labels import Labelled
    from judge.verify.trial import Outcome

__all__ = ["Bench", "Options", "broken_by"]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Options:
    """How much to prove.

    Parameters
    ----------
    seeds : int
        Seeds with which every labelled submission is judged; 0, 1 and so on.
    mutants : int or None
        Mutants to run at most, drawn by a fixed seed; None runs all.
    more_seeds : int
        Further seeds for the inputs on which a surviving mutant is compared with the original.
    """

    seeds: int = 3
    mutants: int | None = 60
    more_seeds: int = 5


@dataclass
class Bench:
    """The work on one package.

    Parameters
    ----------
    problem : Problem
        The package.
    box : Box
        For what is measured, in this process and alone.
    crew : Crew
        For what is tried side by side.
    options : Options
        How much to prove.
    progress : callable
        Told what is being done, how many steps are done and how many there are.
    """

    problem: Problem
    box: Box
    crew: Crew
    options: Options
    progress: Progress
    caught: Counter[str] = field(default_factory=Counter)
    """Property to how many wrong solutions it was the first to reject."""
    _verdicts: dict[int, dict[str, Outcome]] = field(default_factory=dict)

    @cached_property
    def corpus(self) -> tuple[Labelled, ...]:
        """The labelled submissions."""
        return read_corpus(self.problem)

    @cached_property
    def originals(self) -> dict[str, bytes]:
        """The package's own solutions: file name to source."""
        return {f"vectorized{self.problem.suffix}": self.problem.reference_source, "naive.py": self.problem.baseline_source}

    @cached_property
    def own_outcomes(self) -> dict[str, Outcome]:
        """How the package's own solutions fare: file name to outcome."""
        trials = [Trial(name, source, seed=0, keep_going=True) for name, source in self.originals.items()]
        return dict(zip(self.originals, self.try_all("own solutions", trials), strict=True))

    def try_all(self, what: str, trials: list[Trial]) -> list[Outcome]:
        """Run trials side by side; the outcomes are in the order of the trials."""
        return self.crew.map(try_source, self.problem, trials, lambda done, total: self.progress(what, done, total))

    def verdicts(self, seed: int, *, shrink: bool = False) -> dict[str, Outcome]:
        """Return the outcome of every labelled submission with one seed; tried once.

        Parameters
        ----------
        seed : int
            The seed.
        shrink : bool
            Judge by the smallest counterexample, as a judgement does.
        """
        if seed not in self._verdicts:
            trials = [Trial(item.file, item.source, seed, shrink=shrink) for item in self.corpus]
            outcomes = self.try_all(f"labelled submissions, seed {seed}", trials)
            self._verdicts[seed] = {item.name: outcome for item, outcome in zip(self.corpus, outcomes, strict=True)}
            self.caught.update(outcome.first for outcome in outcomes if outcome.first and seed == 0)
        return self._verdicts[seed]


def broken_by(title: str, outcome: Outcome) -> Finding:
    """Say that the package broke over a source."""
    return Finding(title=f"{title}: the package broke", detail=outcome.message, broken=True)
