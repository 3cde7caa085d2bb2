"""The problem bank: a folder becomes a validated `Problem`.

A package is two folders, ``problems/<slug>/`` (the question) and ``reference/<slug>/`` (the answers). Its Python
files are trusted and run in the judge's own process; they are imported only when they are needed, so that listing
the bank imports nothing. Names and folders follow the ICPC problem package format wherever it has one.
"""

from __future__ import annotations

import difflib
import importlib
import importlib.machinery
import importlib.util
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from judge.errors import PackageError, UsageError
from judge.model import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

__all__ = ["Catalog", "Group", "Manifest", "Problem", "Scoring", "SpeedSpec"]

SHIPPED = Path(__file__).parent
"""The shipped bank: ``problems/`` and ``reference/`` inside the package."""

Positive = Annotated[int, msgspec.Meta(ge=1)]
Points = Annotated[float, msgspec.Meta(ge=0)]


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A scoring group of properties: its points, and whether ``AC`` needs it."""

    points: Points
    required: bool = True
    title: str = ""


class Scoring(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Points per group, and for the best speed tier reached (``"10x" = 10``; not added up)."""

    groups: dict[str, Group]
    tiers: dict[str, Points] = {}


class SpeedSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is timed.

    ``size`` is handed to ``cases.make_case(rng, **size)``, each value jittered by up to 10 % unless its name is in
    ``exact``. ``standard`` says what the submission is paired with: the baseline, or, where one baseline call costs
    more than about 0.3 s, the reference, which is then tied to the baseline once a run.
    """

    function: str
    size: dict[str, Positive]
    targets: tuple[float, ...] = (10.0, 100.0)
    exact: tuple[str, ...] = ()
    standard: Literal["baseline", "reference"] = "baseline"
    time_limit: Annotated[float, msgspec.Meta(gt=0)] | None = None


class Variable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A size variable: what it counts, and the range over which growth is measured."""

    title: str
    low: Positive
    high: Positive


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``problem.toml``. Unknown keys are errors."""

    name: str
    version: str
    uuid: str
    license: str
    topic: str
    difficulty: Annotated[int, msgspec.Meta(ge=1, le=5)]
    par_time: Positive
    functions: tuple[str, ...]
    scoring: Scoring
    speed: SpeedSpec
    credits: str = ""
    keywords: tuple[str, ...] = ()
    language: Literal["python", "sql"] = "python"
    limits: Limits = Limits()
    variables: dict[str, Variable] = {}


@dataclass(frozen=True)
class Problem:
    """One problem of the bank.

    Parameters
    ----------
    slug : str
        The folder's name; also the problem's name on the command line.
    folder, answers : pathlib.Path
        ``problems/<slug>`` and ``reference/<slug>``.
    manifest : Manifest
        The validated ``problem.toml``.
    """

    slug: str
    folder: Path
    answers: Path
    manifest: Manifest

    @property
    def is_private(self) -> bool:
        """Whether the package comes from a private bank rather than with the judge."""
        return self.folder.parent.parent != SHIPPED

    @property
    def version(self) -> str:
        """The package's version, marked ``+private`` where it is not the shipped one."""
        return f"{self.manifest.version}+private" if self.is_private else self.manifest.version

    @property
    def suffix(self) -> str:
        """The ending of a submission's file name."""
        return {"python": ".py", "sql": ".sql"}[self.manifest.language]

    @property
    def statement(self) -> str:
        """The statement, Markdown."""
        return self._text(self.folder / "statement.md")

    @property
    def hints(self) -> tuple[str, ...]:
        """The ladder of hints: the ``##`` sections of ``hints.md``, in order."""
        return tuple(f"## {section.strip()}" for section in re.split(r"^## ", self._text(self.folder / "hints.md"), flags=re.MULTILINE)[1:])

    @property
    def editorial(self) -> str:
        """The editorial, Markdown."""
        return self._text(self.folder / "editorial.md")

    @property
    def has_editorial(self) -> bool:
        """Whether there is one: a package can be judged without."""
        return (self.folder / "editorial.md").is_file()

    @property
    def starter(self) -> Path:
        """The file that a learner starts from."""
        return self.folder / f"starter{self.suffix}"

    @property
    def max_score(self) -> float:
        """The points of all groups and of the best tier."""
        scoring = self.manifest.scoring
        return sum(group.points for group in scoring.groups.values()) + max(scoring.tiers.values(), default=0.0)

    @property
    def baseline_source(self) -> bytes:
        """The naive solution that speed is measured against (Python, also for SQL problems)."""
        return self._text(self.answers / "naive.py").encode()

    @property
    def reference_source(self) -> bytes:
        """The vectorized solution."""
        return self._text(self.answers / f"vectorized{self.suffix}").encode()

    @cached_property
    def cases(self) -> ModuleType:
        """``cases.py``: ``make_case(rng, **size)`` and ``check_case(args, got, want)``."""
        return self._module(self.folder / "cases.py", "make_case", "check_case")

    @property
    def make_growth_case(self) -> Callable[..., Any]:
        """What makes the inputs on which growth is measured: the package's own, where that of the timed case is costly."""
        make: Callable[..., Any] = getattr(self.cases, "make_growth_case", self.cases.make_case)
        return make

    @property
    def sized_by(self) -> tuple[Path, Path]:
        """The files that say what is measured and at which sizes."""
        return self.folder / "problem.toml", self.folder / "cases.py"

    @cached_property
    def hidden_tests(self) -> ModuleType:
        """``hidden_tests.py``: the properties."""
        return self._module(self.folder / "hidden_tests.py")

    @cached_property
    def examples(self) -> ModuleType:
        """``examples.py``: the public examples."""
        return self._module(self.folder / "examples.py", "EXAMPLES")

    @cached_property
    def oracle(self) -> ModuleType:
        """The naive solution, for use in the judge's own process."""
        return self._module(self.answers / "naive.py", *self.manifest.functions)

    @cached_property
    def reference(self) -> ModuleType | SimpleNamespace:
        """The vectorized solution, for use in the judge's own process. A query runs in DuckDB as in the box, read-only."""
        if self.manifest.language == "sql":
            from judge.sandbox.sql import load_sql  # noqa: PLC0415 - DuckDB is imported for SQL only

            return SimpleNamespace(**load_sql(self.reference_source, "vectorized.sql"))
        return self._module(self.answers / "vectorized.py", *self.manifest.functions)

    def _text(self, path: Path) -> str:
        try:
            return path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            msg = f"problem {self.slug}: cannot read {path.name}: {error}"
            raise PackageError(msg) from error

    def _module(self, path: Path, *needed: str) -> ModuleType:
        """Import one file of the package under a name of its own.

        The package's folder becomes a package in ``sys.modules``, so that its files can import one another
        (``from .cases import ...``).
        """
        kind = "reference" if path.parent == self.answers else "problem"
        parent = f"judge_{kind}_{self.slug}_{abs(hash(path.parent))}"
        if parent not in sys.modules:
            spec = importlib.machinery.ModuleSpec(parent, None, is_package=True)
            spec.submodule_search_locations = [str(path.parent)]
            sys.modules[parent] = importlib.util.module_from_spec(spec)
        name = f"{parent}.{path.stem}"
        if name in sys.modules:
            return sys.modules[name]
        if not path.is_file():
            msg = f"problem {self.slug}: {path.name} is missing"
            raise PackageError(msg)
        try:
            module = importlib.import_module(name)
        except (ImportError, SyntaxError, NameError, TypeError, ValueError, AttributeError) as error:
            msg = f"problem {self.slug}: {path.name} cannot be imported: {error}"
            raise PackageError(msg) from error
        for attribute in needed:
            if not hasattr(module, attribute):
                msg = f"problem {self.slug}: {path.name} defines no {attribute}"
                raise PackageError(msg)
        return module


class Catalog:
    """The problems that can be judged.

    Parameters
    ----------
    overlays : sequence of pathlib.Path
        Private banks, searched first: each a folder with ``problems/`` and ``reference/``.
    """

    def __init__(self, overlays: tuple[Path, ...] = ()) -> None:
        for bank in overlays:
            if not (bank / "problems").is_dir():
                msg = f"{bank} is no problem bank: it has no folder problems/"
                raise UsageError(msg, "A bank holds problems/<slug>/ and reference/<slug>/; `judge new` makes one.")
        self._banks = (*overlays, SHIPPED)

    @cached_property
    def folders(self) -> dict[str, tuple[Path, Path]]:
        """Slug to (question, answers), sorted by slug. The first bank that has a slug wins."""
        found: dict[str, tuple[Path, Path]] = {}
        for bank in reversed(self._banks):
            for manifest in (bank / "problems").glob("*/problem.toml"):
                slug = manifest.parent.name
                found[slug] = (manifest.parent, bank / "reference" / slug)
        return dict(sorted(found.items()))

    def problems(self) -> list[Problem]:
        """All problems, sorted by slug."""
        return [self.problem(slug) for slug in self.folders]

    def problem(self, name: str) -> Problem:
        """Find one problem; hyphens, underscores and case are the same.

        Raises
        ------
        UsageError
            When there is no such problem; suggests the nearest.
        PackageError
            When its ``problem.toml`` is broken.
        """
        slug = name.strip().lower().replace("-", "_")
        if slug not in self.folders:
            near = difflib.get_close_matches(slug, self.folders, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}?" if near else "`judge list` shows all problems."
            msg = f"there is no problem {name!r}"
            raise UsageError(msg, hint)
        folder, answers = self.folders[slug]
        return Problem(slug, folder, answers, self._manifest(slug, folder / "problem.toml"))

    @staticmethod
    def _manifest(slug: str, path: Path) -> Manifest:
        try:
            manifest = msgspec.toml.decode(path.read_bytes(), type=Manifest)
        except (OSError, msgspec.DecodeError) as error:
            msg = f"problem {slug}: problem.toml: {error}"
            raise PackageError(msg) from error
        _check_manifest(slug, manifest)
        return manifest


def _check_manifest(slug: str, manifest: Manifest) -> None:
    """Check what types cannot say."""
    speed, scoring = manifest.speed, manifest.scoring
    tiers = {f"{target:g}x" for target in speed.targets}
    complaint = (
        (not manifest.functions and "functions is empty")
        or (speed.function not in manifest.functions and f"speed.function {speed.function!r} is not in functions")
        or (list(speed.targets) != sorted(set(speed.targets)) and "speed.targets must rise")
        or (not set(scoring.tiers) <= tiers and f"scoring.tiers may name only {', '.join(sorted(tiers))}")
        or (not any(group.required for group in scoring.groups.values()) and "no scoring group is required")
        or (not set(manifest.variables) <= set(speed.size) and "variables names a size that speed.size does not have")
        or (not set(speed.exact) <= set(speed.size) and "speed.exact names a size that is not there")
    )
    if complaint:
        msg = f"problem {slug}: problem.toml: {complaint}"
        raise PackageError(msg)
