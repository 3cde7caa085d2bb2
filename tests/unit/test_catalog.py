"""The bank: what is found, what is refused, and with which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge.catalog import Catalog
from judge.commands.schema import schema_text
from judge.errors import PackageError, UsageError

GOOD = """
name = "Double"
version = "1.0.0"
uuid = "4cf5fa7f-17a4-4a70-a3c4-6b1cbd0ac9ab"
license = "MIT"
topic = "warm-up"
difficulty = 1
par_time = 5
functions = ["double"]
[speed]
function = "double"
size = {n = 10}
[scoring.groups.base]
points = 70
[scoring.tiers]
"10x" = 10
"100x" = 30
"""


@pytest.fixture
def bank(tmp_path):
    def make(text=GOOD, slug="double"):
        folder = tmp_path / "problems" / slug
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "problem.toml").write_text(text)
        return Catalog((tmp_path,))

    return make


def test_a_private_bank_is_laid_over_the_shipped_one(bank):
    assert bank().problem("double").max_score == 100
    assert "kmeans" in bank().folders


def test_a_private_problem_of_the_same_name_wins(bank):
    assert bank(slug="kmeans").problem("kmeans").manifest.name == "Double"


@pytest.mark.parametrize("name", ["pairwise_distances", "pairwise-distances", "Pairwise-Distances"])
def test_hyphens_underscores_and_case_are_the_same(name):
    assert Catalog().problem(name).slug == "pairwise_distances"


def test_a_misspelt_name_suggests_the_nearest():
    with pytest.raises(UsageError) as error:
        Catalog().problem("kmean")
    assert "kmeans" in error.value.hint


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("par_time = 5", "par_time = 5\npar_tim = 6", "par_tim"),
        ("difficulty = 1", "difficulty = 9", "<= 5"),
        ("difficulty = 1", 'difficulty = "hard"', "int"),
        ('function = "double"', 'function = "triple"', "triple"),
        ('"10x" = 10', '"12x" = 10', "scoring.tiers"),
        ("points = 70", "points = 70\nrequired = false", "required"),
        ('name = "Double"', "", "name"),
        ('name = "Double"', 'name = "', "problem.toml"),
        ("size = {n = 10}", 'size = {n = 10}\nexact = ["m"]', "exact"),
    ],
)
def test_a_broken_manifest_is_refused_with_the_place(bank, old, new, word):
    with pytest.raises(PackageError) as error:
        bank(GOOD.replace(old, new, 1)).problem("double")
    assert word in error.value.message
    assert error.value.exit_code == 3


def test_a_folder_that_is_no_bank_is_refused(tmp_path):
    with pytest.raises(UsageError):
        Catalog((tmp_path,))


def test_every_shipped_problem_is_valid():
    for problem in Catalog().problems():
        assert problem.max_score == 100
        assert problem.statement
        assert problem.starter.is_file()


def test_the_checked_in_schema_is_the_generated_one():
    assert (Path(__file__).parents[2] / "problems" / "problem.schema.json").read_text("utf-8") == schema_text()
