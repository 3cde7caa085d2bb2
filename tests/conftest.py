"""What a test does where the machine lacks what it needs.

A test marked ``docker`` is skipped where no daemon answers. Where ``CI=true`` it fails instead, so that a green CI
always means that the docker box was tried. A test marked ``gvisor`` is skipped where docker has no ``runsc`` runtime.
The same goes for a test marked ``browser`` and Chromium.
"""

from __future__ import annotations

import fcntl
import functools
import os
import shutil
import signal
import tempfile
from pathlib import Path

import docker
import pytest
from hypothesis import settings

from judge.boxes.docker import DockerBox
from judge.boxes.image_build import DEBOOTSTRAP, DEFAULT_BASE, build_box
from judge.errors import BoxError

pytest_plugins = ["pytester"]

# Started in the background (`&`, nohup), a process ignores these signals, and so would every judge that a test interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

# A shared machine stalls at times; a slow example is not a wrong one.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


@functools.cache
def docker_runtimes() -> frozenset[str]:
    """Return the names of the daemon's runtimes; none means that no daemon answers."""
    socket = Path("/var/run/docker.sock")
    if "DOCKER_HOST" not in os.environ and socket.exists() and not os.access(socket, os.R_OK | os.W_OK):
        return frozenset()  # asked all the same, the SDK would leave its own socket open, and the warning fails a test
    try:
        client = docker.from_env(timeout=10)
        try:
            return frozenset(client.info()["Runtimes"])
        finally:
            client.close()
    except docker.errors.DockerException:
        return frozenset()


def find_chromium() -> str | None:
    """Return the path of Chromium, by the names that distributions give it."""
    return next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Decide before any fixture is made whether the test can run here."""
    gvisor = item.get_closest_marker("gvisor") is not None
    if (gvisor or item.get_closest_marker("docker")) and not docker_runtimes():
        if os.environ.get("CI") == "true":
            pytest.fail("no docker daemon answers, and CI must try the docker box", pytrace=False)
        pytest.skip("no docker daemon answers")
    if gvisor and "runsc" not in docker_runtimes():
        pytest.skip("docker has no runsc runtime")
    if item.get_closest_marker("browser") and find_chromium() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("there is no Chromium, and CI must look at the page", pytrace=False)
        pytest.skip("there is no Chromium")


@pytest.fixture(scope="session")
def chromium():
    """Return the path of Chromium."""
    return find_chromium()


@pytest.fixture(scope="session")
def docker_image():
    """Build the docker box's image unless it is there; on Debian's packages where no registry can be reached."""
    if DockerBox().problem() is None:
        return
    with Path(tempfile.gettempdir(), "ml-judge-tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes want the same image
        try:
            build_box(None, print)
        except BoxError as error:
            if DEFAULT_BASE not in error.message:
                raise
            build_box(DEBOOTSTRAP, print)
