"""The promise that CI never passes without having tried the docker box, and the page in a browser."""

from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"


@pytest.fixture
def one_docker_test(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Make a project with one test that needs docker, on a machine without a daemon."""
    pytester.makeini("[pytest]\nmarkers =\n  docker\n  gvisor\n")
    pytester.makeconftest(CONFTEST.read_text())
    pytester.makepyfile("import pytest\n\n@pytest.mark.docker\ndef test_the_box():\n    pass\n")
    monkeypatch.setenv("DOCKER_HOST", f"unix://{pytester.path}/no.sock")
    monkeypatch.delenv("CI", raising=False)
    return pytester


def test_a_docker_test_is_skipped_where_no_daemon_answers(one_docker_test: pytest.Pytester) -> None:
    one_docker_test.runpytest_subprocess().assert_outcomes(skipped=1)


def test_a_docker_test_fails_in_ci_where_no_daemon_answers(one_docker_test: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    one_docker_test.runpytest_subprocess().assert_outcomes(errors=1)


@pytest.fixture
def one_browser_test(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Make a project with one test that needs a browser, on a machine without one."""
    pytester.makeini("[pytest]\nmarkers =\n  browser\n")
    pytester.makeconftest(CONFTEST.read_text())
    pytester.makepyfile("import pytest\n\n@pytest.mark.browser\ndef test_the_page():\n    pass\n")
    monkeypatch.setenv("PATH", str(pytester.path))
    monkeypatch.delenv("CI", raising=False)
    return pytester


def test_a_browser_test_is_skipped_where_there_is_no_chromium(one_browser_test: pytest.Pytester) -> None:
    one_browser_test.runpytest_subprocess().assert_outcomes(skipped=1)


def test_a_browser_test_fails_in_ci_where_there_is_no_chromium(one_browser_test: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    one_browser_test.runpytest_subprocess().assert_outcomes(errors=1)
