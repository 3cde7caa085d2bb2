"""Every kind of box, behind one contract.

The tests in this folder take ``box`` or something made from it, and run once for each kind. Where they need a session
that survives, they share one (``toolbox``); those that end theirs take ``load``, which keeps the next box warm.
"""

from __future__ import annotations

import re
import textwrap
from contextlib import contextmanager
from pathlib import Path

import pytest
from box_kinds import KINDS

from judge.model import Limits

PARAMS = [
    pytest.param("bubblewrap"),
    pytest.param("docker", marks=pytest.mark.docker),
    pytest.param("docker-stdio", marks=pytest.mark.docker),
]

TOOLBOX = Path(__file__).with_name("submissions").joinpath("toolbox.py").read_bytes()
TOOLS = tuple(re.findall(r"^def (\w+)", TOOLBOX.decode(), re.MULTILINE))


@pytest.fixture(scope="session", params=PARAMS)
def kind(request):
    """The name of a kind of box."""
    if request.param.startswith("docker"):
        request.getfixturevalue("docker_image")
    return request.param


@pytest.fixture(scope="session")
def box(kind):
    """One box of each kind."""
    made = KINDS[kind]()
    assert made.problem() is None
    yield made
    made.close()


class Loader:
    """Loads submissions, each into a box of its own, while the next box starts."""

    def __init__(self, box):
        self.box = box
        self.spare = None

    @contextmanager
    def __call__(self, source, *functions, limits=None):
        session = self.box.open(limits) if limits else self.spare or self.box.open(Limits())
        if not limits:
            self.spare = self.box.open(Limits())
        with session:
            session.load(source if isinstance(source, bytes) else textwrap.dedent(source).encode(), "submission.py", functions)
            yield session

    def close(self):
        if self.spare is not None:
            self.spare.close()


@pytest.fixture(scope="session")
def load(box):
    """Load a submission: ``with load(source, "function") as session``."""
    loader = Loader(box)
    yield loader
    loader.close()


@pytest.fixture(scope="session")
def _toolbox_session(box):
    with box.open(Limits()) as session:
        session.load(TOOLBOX, "toolbox.py", TOOLS)
        yield session


@pytest.fixture
def toolbox(_toolbox_session):
    """A session, shared by many tests, whose submission looks around (``toolbox.py``)."""
    return _toolbox_session
