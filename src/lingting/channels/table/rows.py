"""Rows: CSV and XLSX with one message a row; rows of one conversation stand together or apart, as they like."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import python_calamine

from lingting.channels.table.values import BadValue, channel, key_of, moment, role, whether, words
from lingting.message import Envelope, Message, Mistake, Person

HEADERS = {
    "conversation": ("conversation", "conversation id", "会话", "会话编号", "对话"), "channel": ("channel", "渠道"),
    "subject": ("subject", "主题", "标题"), "language": ("language", "lang", "语言"), "customer": ("customer", "客户", "顾客", "客户姓名"),
    "queue": ("queue", "team", "队列", "班组"), "drill": ("drill", "practice", "练习", "演练"),
    "organisation": ("organisation", "organization", "company", "单位", "公司"), "phone": ("phone", "电话", "手机"),
    "email": ("email", "mail", "邮箱"), "message": ("message", "message id", "消息", "消息编号"), "at": ("at", "time", "时间", "发送时间"),
    "until": ("until", "结束"), "role": ("role", "角色", "身份"), "speaker": ("speaker", "说话人", "姓名"),
    "seat": ("seat", "席位", "席位号", "坐席号"), "text": ("text", "内容", "文本", "words"),
}  # fmt: skip
"""What a column may be called, in either language."""

NEEDED = ("conversation", "at", "role", "text")

MOST_ROWS = 1_048_576
LARGEST_UNPACKED = 1024 * 1024 * 1024
"""Bytes that a workbook may unpack to; a small file that unpacks to more is made to fill the memory."""

csv.field_size_limit(4_000_000)

Row = tuple[int, Sequence[Any]]


def read_csv(path: Path, *, zone: ZoneInfo) -> Iterator[Message | Mistake]:
    """Yield the messages of a CSV file: UTF-8, or GB18030 as Chinese spreadsheets write it; comma, semicolon or tab."""
    encoding = _encoding(path)
    if encoding is None:
        yield Mistake(str(path), "", "The file is neither UTF-8 nor GB18030.", "Save it as “CSV UTF-8”.")
        return
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(100_000)
        file.seek(0)
        delimiter = max(",;\t", key=first.count)
        lines = (line.replace("\0", "") for line in file)
        try:
            yield from _rows(path, enumerate(csv.reader(lines, delimiter=delimiter), 1), zone, place="row {row}")
        except csv.Error as error:
            yield Mistake(str(path), "", f"The file is not CSV: {error}.", "Check its quotation marks, and save it again from the spreadsheet.")


def _encoding(path: Path) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding) as file:
                while file.read(1 << 20):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def read_xlsx(path: Path, *, zone: ZoneInfo) -> Iterator[Message | Mistake]:
    """Yield the messages of a workbook's first sheet; formulas give what they were computed to, nothing is computed here."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            yield Mistake(str(path), "", f"The workbook unpacks to {unpacked >> 20:,} MB.", "Split it, or bring the data as CSV.")
            return
        sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, python_calamine.CalamineError, ValueError, EOFError, NotImplementedError) as error:
        yield Mistake(str(path), "", f"The workbook cannot be opened: {str(error)[:120]}.", "Save it again as .xlsx without a password.")
        return
    yield from _rows(path, enumerate(rows, 1), zone, place=f"{sheet.name}!{{row}}")


def _rows(path: Path, rows: Iterable[Row], zone: ZoneInfo, *, place: str) -> Iterator[Message | Mistake]:
    numbered = iter(rows)
    _, header = next(numbered, (0, ()))
    columns = _columns(header)
    if missing := [name for name in NEEDED if name not in columns]:
        wrong = f"The first row has no column {', '.join(missing)}."
        yield Mistake(str(path), place.format(row=1), wrong, "Name the columns as docs/formats.md does, in Chinese or in English.")
        return
    filled = ((number, row) for number, row in numbered if any(cell not in (None, "") for cell in row))
    at = columns["conversation"]
    for _, group in groupby(filled, lambda row: str(row[1][at]) if at < len(row[1]) else ""):
        yield from _conversation(path, list(group), columns, zone, place)


def _columns(header: Sequence[Any]) -> dict[str, int]:
    names = {alias: name for name, aliases in HEADERS.items() for alias in aliases}
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = names.get(str(cell).strip().lower())
        if name:
            found.setdefault(name, place)
    return found


def _conversation(path: Path, rows: list[Row], columns: dict[str, int], zone: ZoneInfo, place: str) -> Iterator[Message | Mistake]:
    """Yield the messages of one conversation, or the mistakes of its rows: half a conversation is not taken."""
    read: list[Message] = []
    wrong: list[Mistake] = []
    envelope: Envelope | None = None
    for number, row in rows:
        cells = {name: row[column] if column < len(row) else None for name, column in columns.items()}
        try:
            envelope = envelope or _envelope(cells)
            read.append(_message(envelope, cells, len(read), zone))
        except BadValue as error:
            remedy = "Mend the cell and import the file again; conversations without mistakes are in."
            wrong.append(Mistake(str(path), place.format(row=number), str(error), remedy))
    yield from wrong or read


def _envelope(cells: dict[str, Any]) -> Envelope:
    person = Person(*(words(cells.get(name), what=name)[:300] for name in ("customer", "organisation", "phone", "email")))
    return Envelope(
        source="table", key=words(cells["conversation"], what="conversation", needed=True)[:255], channel=channel(cells.get("channel")),
        customer=person, subject=words(cells.get("subject"), what="subject"), language=words(cells.get("language"), what="language")[:10],
        queue=words(cells.get("queue"), what="queue").strip()[:60], drill=whether(cells.get("drill"), what="drill"),
    )  # fmt: skip


def _message(envelope: Envelope, cells: dict[str, Any], place: int, zone: ZoneInfo) -> Message:
    text = words(cells["text"], what="text", needed=True)
    at = moment(cells["at"], what="at", zone=zone)
    key = words(cells.get("message"), what="message")[:255] or key_of(envelope.key, at.isoformat(), place, text)
    until = moment(cells["until"], what="until", zone=zone) if cells.get("until") not in (None, "") else None
    return Message(envelope, key, at, role(cells["role"]), text, words(cells.get("speaker"), what="speaker")[:300], until,
                   seat=words(cells.get("seat"), what="seat").strip()[:40])  # fmt: skip
