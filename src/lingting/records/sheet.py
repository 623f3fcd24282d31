"""Sheets (表格): a register as a workbook – empty as a template to fill in, or with its records; it goes back in as it came out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.kind import AT, Column, Kind, Register
from lingting.records.values import plain

NUMBER = "编号（账本） Record number"
"""The heading of the column that holds a record's number in the book; rows that have one are there already."""

ROWS_WITH_CHOICES = 5000
"""Rows of a template that offer a column's choices."""

LONGEST_NAME = 31
"""Characters in the name of a sheet, as spreadsheets limit it."""


def title(kind: Kind) -> str:
    """Return what the sheet of a kind is called."""
    return f"{kind.text.zh[: LONGEST_NAME - len(kind.name) - 1]} {kind.name}"


def headings(kind: Kind) -> list[tuple[Column, str]]:
    """Return the columns of a kind's sheet with their headings in both languages; a star marks what must be filled in."""
    return [(column, f"{column.text.zh} {column.text.en}{' *' if column.needed else ''}") for column in (*kind.columns, AT)]


Seen = Callable[[RecordQuerySet[Any], Kind], RecordQuerySet[Any]]
"""Keeps the rows that the reader may see; where nobody asks through a page, the operator at the machine reads the whole book."""


def workbook(register: Register, moment: Moment | None, *, zone: ZoneInfo, seen: Seen | None = None) -> bytes:
    """Return a register as an XLSX workbook, one sheet a kind: with the records that are `seen` as of a moment, or without any as a template."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, wrapped = book.add_format({"bold": True, "bg_color": "#E8F1EC", "text_wrap": True}), book.add_format({"text_wrap": True})
        guide = book.add_worksheet("说明 Guide")
        choices = book.add_worksheet("选项 Choices")
        choices.hide()
        _guide(guide, register, bold, wrapped)
        offered = 0
        for kind in register.kinds:
            sheet = book.add_worksheet(title(kind))
            sheet.freeze_panes(1, 0)
            first = [NUMBER] if moment else []
            for place, (column, heading) in enumerate(headings(kind), len(first)):
                sheet.write_string(0, place, heading, bold)
                sheet.set_column(place, place, 40 if column.shape == "lines" else 18, wrapped if column.shape == "lines" else None)
                if (column.text.choices and not column.text.many) or column.shape == "yes-no":
                    _offer(sheet, choices, place, offered, _words(column))
                    offered += 1
            if first:
                sheet.write_string(0, 0, NUMBER, bold)
                for line, row in enumerate(rows(kind, moment, zone=zone, seen=seen) if moment else (), 1):
                    _write(sheet, line, row)
    return kept.getvalue()


def _guide(sheet: Worksheet, register: Register, bold: object, wrapped: object) -> None:
    lines: list[Sequence[str]] = [(register.text.zh, register.text.en), (register.text.about.zh, register.text.about.en), ()]
    for kind in register.kinds:
        lines += [(f"{kind.text.zh}（{title(kind)}）", kind.text.en), (kind.text.about.zh, kind.text.about.en)]
        for column in (*kind.columns, AT):
            zh = "、".join(text.zh for text in column.text.choices.values())
            en = ", ".join(text.en for text in column.text.choices.values())
            hint = column.text.hint
            example = column.text.example
            lines.append(
                (
                    f"  {column.text.zh}：{hint.zh if hint else ''}{zh}{f' 例：{example}' if example else ''}",
                    f"{column.text.en}: {hint.en if hint else ''} {en}{f' e.g. {example}' if example else ''}",
                )
            )
        lines.append(())
    sheet.set_column(0, 1, 70, wrapped)
    for place, line in enumerate(lines):
        for side, words in enumerate(line):
            sheet.write_string(place, side, words, bold if place == 0 else wrapped)


def _words(column: Column) -> list[str]:
    if column.shape == "yes-no":
        return ["是", "否"]
    return [f"{text.zh} {text.en}" for text in column.text.choices.values()]


def _offer(sheet: Worksheet, choices: Worksheet, place: int, offered: int, words: Sequence[str]) -> None:
    choices.write_column(0, offered, words)
    name = xlsxwriter.utility.xl_col_to_name(offered, col_abs=True)
    source = f"='选项 Choices'!{name}$1:{name}${len(words)}"
    sheet.data_validation(1, place, ROWS_WITH_CHOICES, place, {"validate": "list", "source": source, "error_type": "warning"})


def _write(sheet: Worksheet, line: int, values: Sequence[object]) -> None:
    for place, value in enumerate(values):
        if isinstance(value, bool):
            sheet.write_string(line, place, "是" if value else "否")
        elif isinstance(value, int) and place:
            sheet.write_number(line, place, value)
        elif value is not None:
            sheet.write_string(line, place, str(value))


def rows(kind: Kind, moment: Moment, *, zone: ZoneInfo, seen: Seen | None = None) -> Iterator[list[object]]:
    """Yield the records of a kind as of a moment, oldest first: number, columns, time."""
    references = [column.name for column in kind.columns if column.shape == "reference"]
    kept = kind.as_of(moment) if seen is None else seen(kind.as_of(moment), kind)
    found: Iterable[Record] = kept.select_related(*references).order_by("at", "id").iterator(2000)
    for row in found:
        values = [_with_label(column, plain(column, row, zone=zone)) for column in (*kind.columns, AT)]
        yield [str(row.id), *values]


def _with_label(column: Column, value: object) -> object:
    texts = column.text.choices
    if isinstance(value, str) and texts:
        return "；".join(texts[key].zh for key in value.split() if key in texts) if column.text.many else f"{texts[value].zh} {texts[value].en}"
    return value


def comma_separated(kind: Kind, moment: Moment, *, zone: ZoneInfo, seen: Seen | None = None) -> str:
    """Return the records of a kind as CSV; a cell that a spreadsheet would take for a formula is quoted with an apostrophe."""
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow([NUMBER, *(heading for _, heading in headings(kind))])
    for row in rows(kind, moment, zone=zone, seen=seen):
        writer.writerow([harmless(value) for value in row])
    return "\ufeff" + kept.getvalue()


def harmless(value: object) -> object:
    """Return what stands in a cell, such that no spreadsheet takes it for a formula."""
    if isinstance(value, bool):
        return "是" if value else "否"
    words = "" if value is None else str(value)
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t", "\r"} and not words.lstrip("-").replace(".", "", 1).isdigit() else words
