"""Scaffolding: all the parts of a thing together, in the shape that the others have."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from lingting.catalog import load
from lingting.cli import new as scaffold


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(scaffold, "HOUSE", tmp_path / "src")
    monkeypatch.setattr(scaffold, "TESTS", tmp_path / "tests")
    return tmp_path


def run(*words: str) -> object:
    return CliRunner().invoke(scaffold.new, list(words))


def test_a_register_comes_with_its_models_queries_actions_and_test(house: Path) -> None:
    assert run("register", "complaints", "--zh", "投诉").exit_code == 0
    made = {str(path.relative_to(house)) for path in house.rglob("*.py")}
    parts = ("__init__", "models", "queries", "actions", "migrations/__init__")
    assert made == {f"src/registers/complaints/{part}.py" for part in parts} | {"tests/registers/test_complaints.py"}
    for path in house.rglob("*.py"):
        compile(path.read_text(encoding="utf-8"), str(path), "exec")


def test_what_exists_is_never_written_over(house: Path) -> None:
    run("register", "complaints", "--zh", "投诉")
    again = run("register", "complaints", "--zh", "投诉")
    assert again.exit_code == 1
    assert "exists already" in again.output


def test_a_norm_is_in_shape_and_asks_for_its_samples(house: Path) -> None:
    run("norm", "closing.thanked", "--zh", "结束时感谢来电")
    found, errors = load.norms(house / "src" / "catalog" / "norms")
    assert found == ()
    assert ["at least five" in str(error) for error in errors] == [True]


def test_a_check_binds_one_of_the_catalog_and_no_other(house: Path) -> None:
    assert run("check", "8.2.1-C4", "changes_are_confirmed").exit_code == 0
    assert '@check("8.2.1-C4"' in (house / "src" / "conformity" / "iso9001_2015" / "c8_2_1.py").read_text(encoding="utf-8")
    assert run("check", "8.2.1-C4", "again").exit_code == 1
    assert run("check", "8.2.1-C99", "nothing").exit_code == 2
