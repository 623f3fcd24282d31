"""Editions: which text is in force on a day, how the clauses of two editions correspond, and what is only reported."""

from datetime import date
from pathlib import Path

import pytest

from lingting import catalog
from lingting.catalog import change, edition

BOOK = catalog.read()
SINCE, AHEAD = change.read_maps()["2008-2015"], change.read_maps()["2015-2026"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2008, 11, 14), "—"),
        (date(2015, 9, 14), "ISO 9001:2008"),
        (date(2015, 9, 15), "ISO 9001:2015"),
        (date(2024, 2, 22), "ISO 9001:2015"),
        (date(2024, 2, 23), "ISO 9001:2015 + Amd 1:2024"),
        (date(2026, 12, 1), "ISO 9001:2015 + Amd 1:2024"),
    ],
)
def test_evidence_is_stamped_with_what_was_in_force_on_its_day(day: date, words: str) -> None:
    assert edition.stamp(day) == words


def test_switching_to_a_new_edition_does_not_rewrite_what_was_stamped_before() -> None:
    """2027 年换版之后，2026 年的证据仍按 2015 版。"""
    before = edition.read()
    old = next(one for one in before if one.id == "iso9001-2015")
    new = next(one for one in before if one.id == "iso9001-2026")
    shelf = (
        *(one for one in before if one not in {old, new}),
        old.model_copy(update={"in_force": edition.Span.model_validate({"from": date(2015, 9, 15), "to": date(2027, 6, 30)})}),
        new.model_copy(update={"known": "published", "in_force": edition.Span.model_validate({"from": date(2027, 7, 1)})}),
    )
    assert edition.stamp(date(2026, 12, 1), among=shelf) == edition.stamp(date(2026, 12, 1))
    assert edition.stamp(date(2027, 7, 1), among=shelf) == "ISO 9001:2026"


def test_what_is_only_reported_is_never_in_force() -> None:
    reported = [one for one in edition.read() if one.known == "reported"]
    assert [one.name for one in reported] == ["ISO 9001:2026"]
    assert all(one.in_force is None for one in reported)


BAD_SHELF = """editions:
  - id: one
    name: One
    stage: IS
    known: published
    published: 2001-01-01
    in_force: {from: 2001-01-01, to: 2010-01-01}
  - id: two
    name: Two
    stage: IS
    known: published
    published: 2009-01-01
    in_force: {from: 2009-01-01}
    supersedes: nought
"""
WORSE_SHELF = """editions:
  - id: one
    name: One
    stage: WD
    known: reported
    published: 2001-01-01
"""
RUMOUR = """editions:
  - id: one
    name: One
    stage: IS
    known: reported
    published: 2001-01-01
    in_force: {from: 2001-01-01}
"""


def test_two_editions_at_once_and_a_name_that_leads_nowhere_are_told_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "editions.yaml"
    path.write_text(BAD_SHELF, encoding="utf-8")
    assert [error.line for error in edition.editions(path)[1]] == [13, 14]
    path.write_text(WORSE_SHELF, encoding="utf-8")
    assert [error.line for error in edition.editions(path)[1]] == [2, 4], "2 is the shelf that is left empty by it"
    path.write_text(RUMOUR, encoding="utf-8")
    assert "only reported" in str(edition.editions(path)[1][0])


def test_every_clause_of_2015_says_how_it_came_about_and_where_it_is_said_to_go() -> None:
    leaves = {leaf.number for leaf in BOOK.leaves()}
    assert {number for row in SINCE.rows for number in row.newer} == leaves | {"3.2.3"}
    assert {number for row in AHEAD.rows for number in row.older} == leaves
    assert len({number for row in AHEAD.rows for number in row.newer}) == 65 == change.read_outlook().edition.clauses


def test_the_map_from_2008_names_the_same_clauses_as_the_catalog() -> None:
    """新条款只有“最接近”的旧条款。"""
    for leaf in (*BOOK.leaves(), BOOK.clause("3.2.3")):
        row = SINCE.row(leaf.number)
        assert row is not None
        numbers = [number for number in leaf.change.clauses_2008 if number[0].isdigit()]
        assert list(row.older) == numbers, leaf.number


def test_what_is_new_in_2015_is_tagged_new_and_only_that() -> None:
    assert {row.newer[0] for row in SINCE.rows if row.tag == "new"} == {"3.2.3", "4.1", "4.2", "7.1.6", "8.5.6"}
    assert {row.older for row in SINCE.rows if row.tag == "removed"} >= {("8.5.3",), ("4.2.2",), ("5.5.2",)}


def test_customer_communication_grew_from_three_items_to_five_of_which_d_and_e_are_new() -> None:
    row = SINCE.row("8.2.1")
    assert row is not None
    assert (row.counts.older, row.counts.newer) == (3, 5)
    assert [item.item for item in row.items if item.tag == "new"] == ["8.2.1.d", "8.2.1.e"]


def test_every_item_of_a_clause_that_lists_its_items_is_tagged() -> None:
    for leaf in BOOK.leaves():
        items = [item.id for item in leaf.requirement.items]
        row = SINCE.row(leaf.number)
        assert row is not None
        assert [item.item for item in row.items] == items, leaf.number


def test_what_is_reported_to_change_is_told_and_what_is_not_is_called_so() -> None:
    told = {one.number for one in change.read_outlook().reported}
    assert {number for row in AHEAD.rows if row.tag != "same" for number in row.newer} == told


def test_every_report_names_who_says_so_and_what_evidence_it_would_take_or_that_nobody_can_say() -> None:
    for one in change.read_outlook().reported:
        for report in one.reports:
            assert report.sources
            assert report.carries or report.needs or report.unclear
            assert not (report.unclear and report.needs), "what nobody knows needs nothing definite"


def test_of_2026_the_evidence_that_is_missing_is_culture_awareness_and_opportunities() -> None:
    needing = {one.number for one in change.read_outlook().reported if any(report.needs for report in one.reports)}
    assert needing == {"5.1.1", "6.1.3", "7.3"}


BAD_MAP = """older: iso9001-2008
newer: iso9001-2015
known: published
notice: {zh: 一, en: one}
rows:
  - older: []
    newer: ['4.1']
    tag: reworded
"""
LOST_MAP = """older: iso9001-2008
newer: iso9001-2015
known: published
notice: {zh: 一, en: one}
rows:
  - older: [7.2.3]
    newer: [8.2.1]
    tag: reworded
    items:
      - {item: 8.2.1.z, tag: new}
  - older: [7.2.3]
    newer: [8.2.1, '99.1']
    tag: reworded
"""


def test_the_mistakes_of_a_map_are_told_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(BAD_MAP, encoding="utf-8")
    assert any("names the older clause" in str(error) and error.line == 6 for error in change.maps(tmp_path)[1])
    path.write_text(LOST_MAP, encoding="utf-8")
    told = {(error.line, error.message) for error in change.maps(tmp_path)[1]}
    assert (10, "There is no item 8.2.1.z.") in told
    assert (12, "8.2.1 stands in two lines.") in told
    assert (12, "iso9001-2015 has no clause 99.1.") in told
    assert (6, "4.1 is not in the map.") in told


def test_a_report_without_a_known_source_or_check_is_told_with_its_line(tmp_path: Path) -> None:
    folder = Path(change.__file__).parent / "iso9001_2026"
    (tmp_path / "edition.yaml").write_text((folder / "edition.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    words = (folder / "4.1.yaml").read_text(encoding="utf-8")
    (tmp_path / "4.1.yaml").write_text(words.replace("[secondary]", "[hearsay]").replace("4.1-C2", "4.1-C9"), encoding="utf-8")
    found, errors = change.outlook(tmp_path)
    assert found is None
    assert [error.message for error in errors] == ["4.1-R1: there is no source hearsay.", "4.1-R1: there is no check 4.1-C9."]
    assert all(error.line > 5 for error in errors)
