"""The trace: every requirement item says where it is shown, or openly that it is not; what it names exists."""

from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps

from lingting.catalog import lesson, trace
from lingting.catalog.trace import Demand
from lingting.cli import traced
from lingting.ledger.models import Record
from lingting.records.kind import kinds
from lingting.web.urls import urlpatterns

ITEMS = [item for group in trace.read() for item in group.items]
COUNTS = {"META": 6, "821": 23, "LISTEN": 39, "841": 10, "SVC": 34, "STAFF": 23, "715": 11, "HOT": 52, "842": 14, "855": 9, "714": 17, "323": 12,
          "MOT": 20, "INT": 33, "BANK": 24, "442": 9, "TALK": 33}  # fmt: skip


def record_kinds() -> set[str]:
    """The kinds of records there are: those that registers describe, and those of the book's own."""
    return set(kinds()) | {model._meta.label_lower for model in apps.get_models() if issubclass(model, Record)}


def test_all_369_items_are_there_group_by_group_and_kind_by_kind() -> None:
    assert {group.group: len(group.items) for group in trace.read()} == COUNTS
    assert Counter(item.kind for item in ITEMS) == {"C": 193, "R": 97, "W": 35, "K": 44}


def test_the_numbers_of_a_group_run_without_a_gap() -> None:
    for group in trace.read():
        assert sorted(int(item.id[-2:]) for item in group.items) == list(range(1, len(group.items) + 1)), group.group


def silent(items: list[Demand]) -> list[str]:
    """Return the items of kind C, R or W with neither a place nor an open word."""
    return [item.id for item in items if item.kind != "K" and not item.places and not item.gaps]


def test_whatever_is_computed_kept_or_worked_is_shown_or_openly_missing() -> None:
    assert silent(ITEMS) == []


def test_an_item_without_place_and_without_an_open_word_is_caught() -> None:
    mute = Demand.model_construct(id="S-821-01", kind="C", zh="一", en="one", shown_by=())
    assert silent([mute]) == ["S-821-01"]


def test_every_item_of_knowledge_has_its_lesson_and_the_lesson_knows_it() -> None:
    taught = {(place.name, item.id) for item in ITEMS for place in item.places if place.shape == "lesson"}
    assert {item for _, item in taught} >= {item.id for item in ITEMS if item.kind == "K"}
    assert taught == {(one.id, item) for one in lesson.read() for item in one.teaches}


def test_every_page_that_is_named_exists() -> None:
    assert {place.name for item in ITEMS for place in item.places if place.shape == "page"} <= {pattern.name for pattern in urlpatterns}


def test_every_kind_of_record_that_is_named_exists() -> None:
    assert {place.name for item in ITEMS for place in item.places if place.shape == "record"} <= record_kinds()
    assert "suppliers.imagined" not in record_kinds()


def test_no_kind_of_record_is_still_called_planned_when_it_exists() -> None:
    """供方台账建好之后，open 要改成 record。"""
    stale = {(item.id, kind) for item in ITEMS for gap in item.gaps for kind in gap.planned if kind in record_kinds()}
    assert stale == set()


def test_a_norm_that_names_an_item_is_among_the_places_of_that_item() -> None:
    from lingting.catalog import read_norms

    named = {(item, norm.id) for norm in read_norms() for item in norm.provenance}
    shown = {(item.id, place.name) for item in ITEMS for place in item.places if place.shape == "norm"}
    assert named <= shown, named - shown


def test_the_words_are_short_and_our_own_in_both_languages() -> None:
    for item in ITEMS:
        assert len(item.en.split()) <= 25, item.id
        assert len(item.zh) <= 60, item.id
        assert "“" not in item.zh or len(item.zh) < 60


BAD = """group: '821'
zh: 顾客沟通
en: Customer communication
items:
  - id: S-821-01
    kind: C
    zh: 一
    en: one
    shown_by:
      - norm: promise.made
      - norm: promise.imagined
  - id: S-821-01
    kind: C
    zh: 一
    en: one
    shown_by:
      - check: 8.2.1-C99
"""
WORSE = """group: HOT
zh: 热线
en: Hotline
items:
  - id: S-HOT-01
    kind: C
    zh: 一
    en: one
    shown_by: []
  - id: S-HOT-02
    kind: X
    zh: 一
    en: one
    shown_by:
      - {norm: promise.made, check: 8.2.1-C1}
"""


def test_every_mistake_is_returned_with_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "821.yaml").write_text(BAD, encoding="utf-8")
    (tmp_path / "HOT.yaml").write_text(WORSE, encoding="utf-8")
    found, errors = trace.requirements(tmp_path)
    assert [group.group for group in found] == ["821"]
    told = {(Path(error.path).name, error.line) for error in errors}
    assert {line for name, line in told if name == "821.yaml"} == {11, 12, 17}
    assert {line for name, line in told if name == "HOT.yaml"} == {5, 9, 11, 15}, "5 is the list that is left empty by its bad items"


@pytest.mark.parametrize(
    ("shape", "name", "test"),
    [("norm", "promise.made", traced.SAMPLES), ("check", "8.2.1-H1", "web/test_doors.py"), ("page", "conversation", "web/test_pages.py")],
)
def test_the_tests_of_a_place_are_found_by_its_name(shape: str, name: str, test: str) -> None:
    assert test in traced.tests_of(trace.Place.model_validate({shape: name}))


def test_a_name_that_only_begins_alike_is_not_taken_for_it() -> None:
    """8.2.1-H1 不是 8.2.1-H11；/clauses 不是 /clauses/8.2.1。"""
    assert traced.tests_of(trace.Place(check="8.2.1-H")) == ()
    assert "web/test_growth.py" in traced.tests_of(trace.Place(page="growth"))
    assert "web/test_growth.py" not in traced.tests_of(trace.Place(page="clauses"))


def test_the_page_of_requirements_has_a_row_for_every_item_and_comes_out_the_same_twice() -> None:
    page = traced.requirements_page()
    assert page == traced.requirements_page()
    for item in ITEMS:
        assert page.count(f"| `{item.id}` ") == 1
