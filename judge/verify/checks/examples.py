"""What a learner meets first is right: statement, public examples, starter, hints and editorial."""

from __future__ import annotations

import doctest
import io
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from judge.authoring import Mismatch, check_answer, paste_call
from judge.errors import PackageError
from judge.model import Verdict
from judge.verify.model import Check, Finding
from judge.verify.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judge.authoring import Example
    from judge.catalog import Problem
    from judge.verify.bench import Bench

__all__ = ["run"]

HINTS = 3
FENCE = re.compile(r"^\s*(```|~~~).*$", re.MULTILINE)
TO_DO = re.compile(r"\bto do\b", re.IGNORECASE)
POLITE = {Verdict.WA, Verdict.RTE}
"""What a starter may end in: it runs and is rejected, without a limit exceeded and without the judge's failing."""


def run(bench: Bench) -> Check:
    """Run every example and the starter, and look for the texts."""
    problem = bench.problem
    bench.progress("examples", 0, 0)
    shown = _statement_examples(problem)
    findings = [*_run_statement(shown), *_run_examples(problem), *_try_starter(bench), *_texts(problem)]
    count = len(problem.examples.EXAMPLES)
    told = f"{len(shown.examples)} lines of the statement run" if shown.examples else "the statement has no >>> examples"
    return Check(
        name="examples",
        summary=f"{told}, {count} public examples, starter, {len(problem.hints)} hints, editorial",
        findings=tuple(findings),
        notes=tuple(_notes(problem, shown)),
    )


def _statement_examples(problem: Problem) -> doctest.DocTest:
    """Read the ``>>>`` lines of the statement; a fence ends what they print."""
    functions = {name: getattr(problem.reference, name) for name in problem.manifest.functions}
    return doctest.DocTestParser().get_doctest(FENCE.sub("", problem.statement), {"np": np, **functions}, "statement.md", "statement.md", 0)


def _run_statement(shown: doctest.DocTest) -> Iterator[Finding]:
    words = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    failed = runner.run(shown, out=words.write).failed
    if failed:
        yield Finding(title=f"statement.md: {failed} of {len(shown.examples)} lines print something else", detail=words.getvalue())


def _run_examples(problem: Problem) -> Iterator[Finding]:
    """Require that the reference and the naive solution agree with every public example, and that each function has one."""
    for example in problem.examples.EXAMPLES:
        for name, solution in (("the reference", problem.reference), ("naive.py", problem.oracle)):
            wrong = _disagreement(problem, solution, example)
            if wrong:
                call = paste_call(example.function, example.args, example.kwargs, 1000)
                yield Finding(title=f"examples.py: {example.title!r}: {name} disagrees: {wrong}", detail=call)
    for function in problem.manifest.functions:
        if not any(example.function == function for example in problem.examples.EXAMPLES):
            yield Finding(title=f"examples.py: no public example calls {function}")


def _disagreement(problem: Problem, solution: Any, example: Example) -> str:
    """Say how a solution's answer differs from the example's, or nothing."""
    try:
        check_answer(problem.examples, example, getattr(solution, example.function)(*example.args, **example.kwargs))
    except Mismatch as mismatch:
        return mismatch.message
    except Exception as error:
        # The package's own code, run in this process: whatever it raises is its fault.
        msg = f"problem {problem.slug}: examples.py: {example.title!r} raised {type(error).__name__}: {error}"
        raise PackageError(msg) from error
    return ""


def _try_starter(bench: Bench) -> Iterator[Finding]:
    """Require that the starter runs and is rejected politely."""
    starter = bench.problem.starter
    if not starter.is_file():
        yield Finding(title=f"{starter.name} is missing", broken=True)
        return
    (outcome,) = bench.try_all("starter", [Trial(starter.name, starter.read_bytes(), seed=0)])
    if outcome.broke:
        yield Finding(title=f"{starter.name}: the package broke", detail=outcome.message, broken=True)
    elif outcome.verdict not in POLITE:
        yield Finding(title=f"{starter.name} ends in {outcome.words}", detail="It should raise NotImplementedError, or answer wrongly.")


def _texts(problem: Problem) -> Iterator[Finding]:
    if len(problem.hints) != HINTS:
        yield Finding(title=f"hints.md has {len(problem.hints)} sections (##), not {HINTS}")
    for name, text in (("statement.md", problem.statement), ("editorial.md", problem.editorial)):
        if not text.strip():
            yield Finding(title=f"{name} is empty")


def _notes(problem: Problem, shown: doctest.DocTest) -> Iterator[Finding]:
    """Point out functions that the statement does not show, and what an author has marked as still to be done."""
    for function in problem.manifest.functions if problem.manifest.language == "python" else ():
        if not any(f"{function}(" in example.source for example in shown.examples):
            yield Finding(title=f"statement.md: no >>> example calls {function}")
    for path in sorted(problem.folder.iterdir()):
        count = len(TO_DO.findall(path.read_text("utf-8", "replace"))) if path.suffix in {".md", ".py", ".toml"} else 0
        if count:
            yield Finding(title=f"{path.name}: {count} marked `to do`")
