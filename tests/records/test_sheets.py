"""Sheets: out and in again without loss; every wrong cell named with its place; nothing half imported."""

import io
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime

import pytest
import python_calamine
import xlsxwriter
from tests.conftest import LATER, ZONE

from lingting.ledger.models import Entry, Record
from lingting.ledger.moment import Moment
from lingting.records.bring import MOST_ROWS, Brought, bring
from lingting.records.kind import registers
from lingting.records.sheet import comma_separated, headings, title, workbook
from lingting.registers.parties.models import Party
from lingting.registers.property.models import Item, Told

pytestmark = pytest.mark.django_db
PROPERTY = registers()["property"]
ITEM, TOLD = PROPERTY.kinds[0], PROPERTY.kinds[1]
HEAD = ["编号", "Customer", "类别", "是什么", "所在地", "保管人", "When it happened"]


def filled(**sheets: Sequence[Sequence[object]]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return kept.getvalue()


def brought(content: bytes, name: str = "property.xlsx") -> Brought:
    return bring(PROPERTY, name, content, by=1, now=LATER, zone=ZONE)


def places(result: Brought) -> list[str]:
    return [one.place for one in result.mistakes]


def test_records_and_what_happened_to_them_come_in_together(customer: Party) -> None:
    items = [HEAD, ["PR-1", customer.id, "货物", "货架", "YH-Y", "仓管", "2026-07-01 09:00"]]
    result = brought(filled(item=items, told=[["item", "way", "words", "at"], ["PR-1", "短信", "存放在 YH-Y", "2026-07-01 09:05"]]))
    assert (result.written, result.mistakes) == ({"property.item": 1, "property.told": 1}, [])
    assert Told.objects.get().item.code == "PR-1"


def test_one_wrong_cell_and_nothing_is_written_and_every_wrong_cell_is_named(customer: Party) -> None:
    rows = [
        HEAD,
        ["PR-1", customer.id, "货物", "货架", "YH-Y", "仓管", "2026-07-01 09:00"],
        ["PR-2", "没有这家", "活物", "鱼", "", "", "2026-02-30"],
        ["PR-3", customer.id, "货物", "", "", "", ""],
    ]  # fmt: skip
    entries = Entry.objects.count()
    assert places(brought(filled(item=rows))) == ["item!B3", "item!C3", "item!G3", "item!D4"]
    assert Entry.objects.count() == entries


def test_brought_in_twice_nothing_is_written_twice(customer: Party) -> None:
    content = filled(item=[HEAD, ["PR-1", customer.id, "货物", "货架", "YH-Y", "仓管", "2026-07-01 09:00"]])
    brought(content)
    again = brought(content)
    assert (again.written, again.known, again.mistakes, Item.objects.count()) == ({}, 1, [], 1)


def test_the_same_code_with_other_words_overwrites_nothing(customer: Party) -> None:
    brought(filled(item=[HEAD, ["PR-1", customer.id, "货物", "货架", "YH-Y", "仓管", "2026-07-01 09:00"]]))
    result = brought(filled(item=[HEAD, ["PR-1", customer.id, "货物", "木箱", "YH-Y", "仓管", "2026-07-01 09:00"]]))
    assert places(result) == ["item!D2"]
    assert Item.objects.get().what == "货架"


def test_what_goes_out_comes_in_again_as_known(put: Callable[..., Record], customer: Party) -> None:
    row = put("property.item", code="PR-1", party=customer, category="data", what="=1+1", place="YH-Y", custodian="仓管", at="2026-07-01 09:00")
    put("property.told", item=row, way="短信", words="第一行\n第二行", at="2026-07-01 09:05")
    out = workbook(PROPERTY, Moment(LATER), zone=ZONE)
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(out)).get_sheet_by_name(title(ITEM)).to_python()
    assert sheet[1][4] == "=1+1", "words stay words: no formula is made of them"
    assert (brought(out).known, brought(out).written) == (2, {})
    csv = comma_separated(ITEM, Moment(LATER), zone=ZONE)
    assert "'=1+1" in csv
    assert (brought(csv.encode(), "item.csv").known, Item.objects.count()) == (1, 1)


def test_without_their_numbers_exported_rows_are_known_by_what_they_say(put: Callable[..., Record], customer: Party) -> None:
    put("property.item", code="PR-1", party=customer, category="data", what="-5 度记录", place="YH-Y", custodian="仓管", at="2026-07-01 09:00")
    lines = comma_separated(ITEM, Moment(LATER), zone=ZONE).splitlines()
    bare = "\r\n".join(line.partition(",")[2] for line in lines)
    result = brought(bare.encode(), "item.csv")
    assert (result.known, result.written, result.mistakes) == (1, {}, [])


def test_as_of_an_earlier_day_goes_out_what_was_there(put: Callable[..., Record], customer: Party) -> None:
    put("property.item", code="PR-1", party=customer, category="data", what="名单", place="YH-Y", custodian="仓管", at="2026-07-01 09:00")
    assert len(comma_separated(ITEM, Moment(datetime(2026, 6, 30, tzinfo=ZONE)), zone=ZONE).splitlines()) == 1


def test_the_template_has_bilingual_headings_choices_and_a_guide() -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook(PROPERTY, None, zone=ZONE)))
    assert book.get_sheet_by_name(title(ITEM)).to_python()[0] == [heading for _, heading in headings(ITEM)]
    assert "编号 Code *" in book.get_sheet_by_name(title(ITEM)).to_python()[0]
    with zipfile.ZipFile(io.BytesIO(workbook(PROPERTY, None, zone=ZONE))) as parts:
        assert any(b"dataValidation" in parts.read(name) for name in parts.namelist() if "worksheets" in name)


def test_too_many_rows_are_refused_whole_with_what_to_do(customer: Party) -> None:
    line = f"PR,{customer.id},货物,货架,YH-Y,仓管,2026-07-01"
    content = "\n".join(["编号,顾客,类别,是什么,所在地,保管人,发生时间", *[line] * (MOST_ROWS + 1)])
    result = brought(content.encode(), "item.csv")
    assert len(result.mistakes) == 1
    assert f"{MOST_ROWS:,}" in result.mistakes[0].zh
    assert not Item.objects.exists()


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04" + b"\0" * 200], ids=["empty", "words", "broken"])
def test_what_is_no_workbook_is_said_to_be_none(content: bytes) -> None:
    result = brought(content)
    assert [one.place for one in result.mistakes] == ["property.xlsx"]
    assert result.written == {}


def test_an_unknown_sheet_or_heading_is_named() -> None:
    assert places(brought(filled(cargo=[["编号"], ["PR-1"]]))) == ["cargo"]
    assert "item!A1" in places(brought(filled(item=[["颜色"], ["红"]])))


def test_a_formula_gives_what_it_was_computed_to(customer: Party) -> None:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("item")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["PR-1", customer.id, "货物", "", "YH-Y", "仓管", "2026-07-01 09:00"])
        sheet.write_formula(1, 3, '="货"&"架"', None, "货架")
    assert brought(kept.getvalue()).mistakes == []
    assert Item.objects.get().what == "货架"


def test_a_workbook_of_200_000_rows_is_refused_whole_with_what_to_do(customer: Party) -> None:
    """Nobody takes an office's whole history in one transaction: it is said how many rows go at once, and nothing is half brought in."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("item")
        for column, words in enumerate(HEAD):
            sheet.write(0, column, words)
        for number in range(1, 200_001):
            sheet.write(number, 0, "PR")
    [wrong] = brought(kept.getvalue()).mistakes
    assert f"{MOST_ROWS:,}" in wrong.zh
    assert f"{MOST_ROWS:,}" in wrong.en
    assert "item" in wrong.place
    assert not Item.objects.exists()


def test_a_small_workbook_made_to_fill_the_memory_is_refused_before_it_is_unpacked() -> None:
    """Near miss: an honest workbook of the same bytes comes in; what it would unpack to is read from its own table of contents."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(6):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", b"\0" * (100 << 20))
    assert len(kept.getvalue()) < 1 << 20
    [wrong] = brought(kept.getvalue()).mistakes
    assert "600 MB" in wrong.en


def test_a_workbook_whose_words_are_entities_that_expand_takes_no_memory_and_no_time(customer: Party) -> None:
    """The billion laughs, in the sheet of a workbook: the words are not what they would expand to."""
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "哈"}">' for n in range(10))
    made = filled(item=[HEAD, ["PR-1", customer.id, "货物", "货架", "YH-Y", "仓管", "2026-07-01 09:00"]])
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            words = old.read(name).decode()
            if name.endswith("sharedStrings.xml"):
                head, _, rest = words.partition("<sst")
                words = f"{head}<!DOCTYPE sst [{bomb}]><sst{rest}".replace("货架", "&a9;")
            new.writestr(name, words)
    began = time.monotonic()
    result = brought(kept.getvalue())
    assert time.monotonic() - began < 10
    assert result.mistakes or len(Item.objects.get().what or "") < 100
