"""The catalog: complete, in both languages, and every mistake named with its file and line."""

from pathlib import Path

from lingting import catalog
from lingting.catalog import load
from lingting.conformity.check import CHECKS


def test_all_65_assessable_clauses_and_the_term_are_there() -> None:
    book = catalog.read()
    assert len(book.leaves()) == 65
    assert "3.2.3" in {term.number for term in book.terms()}


def test_every_clause_has_four_layers_in_both_languages_with_their_sources() -> None:
    for leaf in catalog.read().leaves():
        assert leaf.title.zh
        assert leaf.title.en
        assert leaf.requirement.zh
        assert leaf.requirement.en
        assert leaf.change.zh
        assert leaf.checks
        assert leaf.nonconformities
        assert {check.source for check in leaf.checks} <= {"seed", "domain", "seed+domain", "house"}


def test_every_bound_check_is_one_of_the_catalog() -> None:
    assert set(CHECKS) <= set(catalog.read().checks)


def test_the_catalog_has_its_201_checks_and_more_only_from_the_house() -> None:
    checks = catalog.read().checks.values()
    assert len([check for check in checks if check.source != "house"]) >= 201 - len([check for check in checks if check.source == "house"])
    assert len(checks) >= 201


BAD = """id: bad.norm
version: 0
requirement: iso9001:2015/8.2.1/c
zh: 坏，的
en: A bad norm
unknown: 1
kind: opinion
"""


def test_every_mistake_is_returned_with_its_file_and_line_not_only_the_first(tmp_path: Path) -> None:
    (tmp_path / "bad.norm.yaml").write_text(BAD, encoding="utf-8")
    (tmp_path / "worse.norm.yaml").write_text("id: [", encoding="utf-8")
    found, errors = load.norms(tmp_path)
    assert found == ()
    told = [str(error) for error in errors]
    assert {error.path.name if hasattr(error.path, "name") else Path(error.path).name for error in errors} == {"bad.norm.yaml", "worse.norm.yaml"}
    assert len([words for words in told if "bad.norm" in words]) >= 4
    assert any("2" in words for words in told)


def test_the_catalog_that_is_shipped_has_no_mistake() -> None:
    assert load.clauses()[1] == ()
    assert load.norms()[1] == ()
