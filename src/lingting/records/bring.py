"""Bringing in (导入): the sheets of a register become records, all of them or none; every wrong cell is named with its place."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import python_calamine
from django.db import transaction
from xlsxwriter.utility import xl_col_to_name

from lingting.ledger.book import Act
from lingting.ledger.models import Record
from lingting.records.kind import AT, Kind, Register
from lingting.records.sheet import NUMBER, headings, title
from lingting.records.together import together
from lingting.records.values import Wrong
from lingting.records.write import Before, Draft, Known, Refused, differing, draft, held

OWN = "#"
"""Where a row's number in the book is kept among its cells: no column can be called so."""

MOST_ROWS = 20_000
"""Rows on one sheet: they are written in one transaction, and other writers wait for it."""

AT_ONCE = 1_000
"""Rows of one kind for which it is asked at once what stands written."""

LARGEST = 50 << 20
"""Bytes of a file."""

LARGEST_UNPACKED = 500 << 20
"""Bytes that a workbook may unpack to; a small file that unpacks to more is made to fill the memory."""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Something in a sheet that could not be taken: the sheet and cell it stands in, and what to do, in both languages."""

    place: str
    zh: str
    en: str


@dataclass(slots=True)
class Brought:
    """What became of a file: records written by kind, rows that were there already, and mistakes; with a mistake nothing was written."""

    written: dict[str, int] = field(default_factory=dict)
    known: int = 0
    mistakes: list[Misplaced] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A filled row of a sheet: its kind, its place, and what stands in its cells by column."""

    kind: Kind
    sheet: str
    line: int
    cells: Mapping[str, object]
    letters: Mapping[str, str]

    def place(self, column: str = "") -> str:
        """Return where a column's cell stands, as spreadsheets name it."""
        return f"{self.sheet}!{self.letters.get(column, 'A')}{self.line}"


def bring(register: Register, name: str, content: bytes, *, by: int | None, now: datetime, zone: ZoneInfo,
          advance: Callable[[int], object] = lambda _: None) -> Brought:  # fmt: skip
    """Write down what a workbook or a CSV file (`<kind>.csv`) holds: all of it or none.

    1. Read every filled row of the sheets that bear a kind's name.
    2. Kinds in the order of the description, so that what is referred to comes first; rows in their order.
    3. A row that says exactly what is known already is counted; the same code with other values is a mistake, never an overwriting.
    4. If anything is wrong, take everything back and name every wrong cell.
    """
    result = Brought()
    rows = list(_rows(register, name, content, result.mistakes))
    try:
        with transaction.atomic(), together() as write:
            known = Known()
            for some in _runs(rows):
                for column in some[0].kind.columns if len(some) > 1 else ():
                    if column.shape == "reference":
                        known.meet(column, [row.cells.get(column.name) for row in some])
                _bring(some, result, write, made=partial(draft, some[0].kind, now=now, zone=zone, known=known), by=by)
                advance(len(some))
            if result.mistakes:
                raise _Back  # noqa: TRY301  # leaving the block is what takes everything back
    except _Back:
        result.written.clear()
    return result


class _Back(Exception):  # it carries nothing out but the way back
    """Take everything back."""


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield rows of one kind that follow one another, not too many at a time."""
    for _, run in groupby(rows, lambda row: row.kind.label):
        kept = list(run)
        yield from (kept[first : first + AT_ONCE] for first in range(0, len(kept), AT_ONCE))


def _bring(rows: Sequence[Row], result: Brought, write: Callable[[Act], None], *, made: Callable[[Mapping[str, object]], Draft], by: int | None) -> None:
    """Bring in rows of one kind; what they could say again is asked for once for all of them."""
    new = [row for row in rows if not row.cells.get(OWN)]
    result.known += len(rows) - len(new)
    drafts, before = [made(row.cells) for row in new], Before(rows[0].kind)
    before.look([one.row for one in drafts if one.row])
    for row, given in zip(new, drafts, strict=True):
        one = given
        if one.row is None:  # what it refers to may have been written by a row above
            one = made(row.cells)
            before.look([one.row] if one.row else [])
        wrong = one.wrong if one.row is None else _take(one.row, result, write, before, by=by)
        result.mistakes += [Misplaced(row.place(each.column), each.zh, each.en) for each in wrong]


def _take(row: Record, result: Brought, write: Callable[[Act], None], before: Before, *, by: int | None) -> Sequence[Wrong]:
    """Count a row as known, or write it; return what is wrong with it."""
    kind = before.kind
    if before.alike(row):
        result.known += 1
        return ()
    if same := before.same_code(row):
        return [_differs(kind, name) for name in differing(kind, same, row)]
    try:
        write(held(row, by=by, before=before))
    except Refused as refused:
        return refused.wrong
    before.add(row)
    result.written[kind.label] = result.written.get(kind.label, 0) + 1
    return ()


def _differs(kind: Kind, name: str) -> Wrong:
    text = kind.column(name).text
    return Wrong(
        name,
        f"这个编号已有记录，“{text.zh}”不同。写下的不会被覆盖；要更正请先作废原记录。",
        f"There is a record with this code whose “{text.en}” differs. What is written down is not overwritten; strike it out to correct it.",
    )


def _rows(register: Register, name: str, content: bytes, mistakes: list[Misplaced]) -> Iterator[Row]:
    if len(content) > LARGEST:
        mistakes.append(Misplaced(name, f"文件超过 {LARGEST >> 20} MB；请分成几份。", f"The file is larger than {LARGEST >> 20} MB; split it."))
        return
    for sheet, lines in _csv(name, content, mistakes) if name.lower().endswith(".csv") else _xlsx(name, content, mistakes):
        kind = _kind(register, sheet)
        if kind is not None:
            yield from _of(kind, sheet, lines, mistakes)
        elif not sheet.startswith(("说明", "选项")) and any(map(any, lines)):
            names = "、".join(title(one) for one in register.kinds)
            mistakes.append(Misplaced(sheet, f"这一页的名字不认识；可以是：{names}。", f"The name of this sheet is not known; use one of: {names}."))


def _kind(register: Register, sheet: str) -> Kind | None:
    name = sheet.strip().casefold()
    for kind in register.kinds:
        if name in {title(kind).casefold(), kind.name, kind.label, kind.text.zh.casefold(), kind.text.en.casefold()}:
            return kind
    return None


def _of(kind: Kind, sheet: str, lines: Sequence[Sequence[Any]], mistakes: list[Misplaced]) -> Iterator[Row]:
    if len(lines) - 1 > MOST_ROWS:
        mistakes.append(
            Misplaced(
                sheet, f"这一页有 {len(lines) - 1:,} 行，一次最多 {MOST_ROWS:,} 行；请分成几份。没有写入任何一行。",
                f"This sheet has {len(lines) - 1:,} rows; at most {MOST_ROWS:,} go in at once. Split it. No row was written.",
            )
        )  # fmt: skip
        return
    header = [str(cell or "").strip() for cell in lines[0]] if lines else []
    places = _columns(kind, header)
    unknown = [cell for place, cell in enumerate(header) if cell and place not in places.values()]
    missing = [column.text for column in kind.columns if column.needed and column.name not in places]
    if unknown or missing:
        for cell in unknown:
            letter = xl_col_to_name(header.index(cell))
            mistakes.append(
                Misplaced(f"{sheet}!{letter}1", f"列名“{cell}”不认识；请用模板里的列名。", f"The heading “{cell}” is not known; use the template's.")
            )
        mistakes += [Misplaced(f"{sheet}!A1", f"缺少“{text.zh}”一列。", f"The column “{text.en}” is missing.") for text in missing]
        return
    letters = {name: xl_col_to_name(place) for name, place in places.items()}
    for number, line in enumerate(lines[1:], 2):
        cells = {name: _unquoted(line[place]) for name, place in places.items() if place < len(line)}
        if any(cell not in (None, "") for cell in cells.values()):
            yield Row(kind, sheet, number, cells, letters)


def _columns(kind: Kind, header: Sequence[str]) -> dict[str, int]:
    names = {NUMBER.casefold(): OWN}
    for column, heading in headings(kind):
        for called in (heading, heading.removesuffix(" *"), column.text.zh, column.text.en, column.name):
            names[called.casefold()] = column.name
    names.setdefault(AT.name, AT.name)
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        if cell.casefold() in names:
            found.setdefault(names[cell.casefold()], place)
    return found


def _unquoted(cell: object) -> object:
    return cell[1:] if isinstance(cell, str) and cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


def _csv(name: str, content: bytes, mistakes: list[Misplaced]) -> Iterator[tuple[str, list[Sequence[Any]]]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = words.partition("\n")[0]
        try:
            yield name.rpartition("/")[2][:-4], list(csv.reader(io.StringIO(words.replace("\0", "")), delimiter=max(",;\t", key=first.count)))
        except csv.Error as error:
            mistakes.append(Misplaced(name, f"这不是 CSV 文件：{error}。", f"This is no CSV file: {error}."))
        return
    mistakes.append(Misplaced(name, "文件既不是 UTF-8 也不是 GB18030；请另存为“CSV UTF-8”。", "The file is neither UTF-8 nor GB18030; save it as “CSV UTF-8”."))


def _xlsx(name: str, content: bytes, mistakes: list[Misplaced]) -> Iterator[tuple[str, list[Sequence[Any]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            mistakes.append(
                Misplaced(name, f"文件展开后有 {unpacked >> 20:,} MB，太大；请分成几份。", f"The workbook unpacks to {unpacked >> 20:,} MB; split it.")
            )
            return
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in book.sheet_names:
            yield sheet, list(book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))
    # zipfile says NotImplementedError of a compression it does not know; calamine says ValueError of a sheet that breaks off.
    except (zipfile.BadZipFile, python_calamine.CalamineError, ValueError, EOFError, NotImplementedError, OSError) as error:
        said = str(error)[:100]
        mistakes.append(
            Misplaced(
                name,
                f"这个工作簿打不开（{said}）；请不带密码另存为 .xlsx。",
                f"The workbook cannot be opened ({said}); save it again as .xlsx without a password.",
            )
        )
