"""What lands on a machine that installs the package: its data as real files, and one top-level name."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ("sandbox", "problems", "reference")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both distributions without a network, with the build backend that is installed."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "--directory", folder], cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture
def wheel(built: Path) -> zipfile.ZipFile:
    (path,) = built.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture
def sdist(built: Path) -> list[tarfile.TarInfo]:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        return archive.getmembers()


def files(folder: str) -> set[str]:
    """Return the files of a top-level folder, without what tools leave there."""
    paths = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if not any(part[0] == "." or part == "__pycache__" for part in path.parts)}


def test_the_wheel_brings_no_top_level_name_but_judge(wheel: zipfile.ZipFile) -> None:
    assert {name.split("/")[0] for name in wheel.namelist() if ".dist-info/" not in name} == {"judge"}


@pytest.mark.parametrize("folder", DATA)
def test_the_wheel_holds_every_file_of_the_folder(wheel: zipfile.ZipFile, folder: str) -> None:
    assert {f"judge/{name}" for name in files(folder)} == {name for name in wheel.namelist() if name.startswith(f"judge/{folder}/")}


@pytest.mark.parametrize("folder", DATA)
def test_the_source_distribution_holds_every_file_of_the_folder_once(sdist: list[tarfile.TarInfo], folder: str) -> None:
    names = [member.name.split("/", 1)[1] for member in sdist]
    assert sorted(f"judge/{name}" for name in files(folder)) == sorted(
        name for name in names if name.startswith((f"judge/{folder}/", f"{folder}/"))
    )


def test_the_source_distribution_holds_no_link(sdist: list[tarfile.TarInfo]) -> None:
    assert not [member.name for member in sdist if not member.isfile()]


def test_the_wheel_holds_what_the_html_report_is_made_of(wheel: zipfile.ZipFile) -> None:
    assert {"judge/report/html.jinja", "judge/report/html.css"} <= set(wheel.namelist())
