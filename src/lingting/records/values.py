"""Values (值): a column's value as people write it – in a form, a cell, a program – and as it is shown to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from lingting.channels.table.values import BadValue
from lingting.channels.table.values import moment as read_moment
from lingting.ledger.models import Record
from lingting.records.kind import Column, kind_of

LONGEST = 20_000
"""Characters in one column at most; longer texts are documents, and kept as such."""

LARGEST = 10**15
"""Numbers beyond this are slips of the finger."""

YES = {"yes", "true", "1", "on", "是", "有", "y", "√"}
NO = {"no", "false", "0", "否", "无", "n", "×"}


@dataclass(unsafe_hash=True)
class Wrong(Exception):
    """What is wrong with a column's value, and what to do: one sentence in each language."""

    column: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.column}: {self.en}"


Finder = Callable[[Column, str], Record | None]
"""Finds the record that a word (a number or a code) means."""

_UNSAYABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read(column: Column, given: object, *, zone: ZoneInfo, find: Finder) -> Any:
    """Return what a column keeps of a given value, None if it was left empty; raise Wrong if it is none of its values."""
    words = words_of(given)
    if not words:
        if column.needed:
            raise Wrong(column.name, f"请填写“{column.text.zh}”。", f"Fill in “{column.text.en}”.")
        # Words that are personal and were left empty are "": null says that they were erased.
        return "" if column.personal and column.shape in {"words", "lines"} else column.field.get_default()
    if len(words) > LONGEST:
        raise Wrong(
            column.name,
            f"“{column.text.zh}”有 {len(words):,} 字，最多 {LONGEST:,} 字；更长的请作为文件保存。",
            f"“{column.text.en}” has {len(words):,} characters; at most {LONGEST:,}. Keep longer texts as a document.",
        )
    if isinstance(given, date | datetime) and column.shape in {"day", "time"}:
        return _day(column, given) if column.shape == "day" else _time(column, given, zone)
    return _READERS[column.shape](column, words, zone, find)


def words_of(given: object) -> str:
    """Return a value as somebody would write it."""
    if given is None:
        return ""
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    if isinstance(given, Record):
        given = given.id
    if isinstance(given, list | tuple):
        return " ".join(words_of(one) for one in given)
    return _UNSAYABLE.sub("", str(given)).strip()


def _plain(column: Column, words: str, _zone: ZoneInfo, _find: Finder) -> str:
    longest = column.field.max_length
    if longest and len(words) > longest:
        raise Wrong(column.name, f"“{column.text.zh}”最多 {longest} 字。", f"“{column.text.en}” takes at most {longest} characters.")
    return words


def _choice(column: Column, words: str, _zone: ZoneInfo, _find: Finder) -> str:
    for key, text in column.text.choices.items():
        if words.casefold() in {key.casefold(), text.zh.casefold(), text.en.casefold(), f"{text.zh} {text.en}".casefold()}:
            return key
    zh, en = ("、".join(text.zh for text in column.text.choices.values()), ", ".join(text.en for text in column.text.choices.values()))
    raise Wrong(
        column.name, f"“{words[:40]}”不是“{column.text.zh}”的选项；可以是：{zh}。", f"“{words[:40]}” is no choice of “{column.text.en}”; choose one of: {en}."
    )


def _many(column: Column, words: str, zone: ZoneInfo, find: Finder) -> str:
    names = {name.casefold() for key, text in column.text.choices.items() for name in (key, text.zh, text.en)}
    parts = [part.strip() for part in re.split(r"[;；,，、\n]+", words)]
    # A name may hold blanks itself ("analysis report"), and words of the program are parted by blanks alone.
    wanted = {_choice(column, one, zone, find) for part in parts for one in ([part] if part.casefold() in names else part.split())}
    return " ".join(key for key in column.text.choices if key in wanted)


def _yes_no(column: Column, words: str, _zone: ZoneInfo, _find: Finder) -> bool:
    if words.casefold() in YES | NO:
        return words.casefold() in YES
    raise Wrong(column.name, f"“{column.text.zh}”请填“是”或“否”。", f"“{column.text.en}” is yes or no.")


def _number(column: Column, words: str, _zone: ZoneInfo, _find: Finder) -> int:
    value = _decimal(column, words)
    if value != value.to_integral_value():
        raise Wrong(column.name, f"“{column.text.zh}”是整数，“{words[:20]}”不是。", f"“{column.text.en}” is a whole number; “{words[:20]}” is none.")
    return int(value)


def _fixed(column: Column, words: str, _zone: ZoneInfo, _find: Finder) -> int:
    scaled = _decimal(column, words).scaleb(column.places)
    if abs(scaled) >= 1 << 63:  # what the column can hold
        raise Wrong(column.name, f"“{words[:20]}”太大。", f"“{words[:20]}” is too large.")
    if scaled != scaled.to_integral_value():
        raise Wrong(column.name, f"“{column.text.zh}”最多 {column.places} 位小数。", f"“{column.text.en}” has at most {column.places} decimal places.")
    return int(scaled)


def _decimal(column: Column, words: str) -> Decimal:
    unit = column.text.unit
    bare = words.removesuffix(unit).strip() if unit else words
    try:
        value = Decimal(bare.replace(",", "").replace("，", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > LARGEST:
        what = f" {unit}" if unit else ""
        raise Wrong(
            column.name,
            f"“{words[:20]}”不是数；“{column.text.zh}”填数字{f'，单位是 {unit}' if unit else ''}。",
            f"“{words[:20]}” is no number; “{column.text.en}” is a number{f' of{what}' if unit else ''}.",
        )
    return value


def _day(column: Column, given: object, _zone: ZoneInfo | None = None, _find: Finder | None = None) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?", str(given))
    try:
        if match and 1900 <= int(match[1]) <= 2199:  # noqa: PLR2004  # days that people can mean
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise Wrong(
        column.name, f"“{str(given)[:20]}”不是日历上的一天；请写成 2026-08-20。", f"“{str(given)[:20]}” is no day of the calendar; write it like 2026-08-20."
    )


def _time(column: Column, given: object, zone: ZoneInfo, _find: Finder | None = None) -> datetime:
    if isinstance(given, date) and not isinstance(given, datetime):
        given = datetime.combine(given, time())
    if isinstance(given, str) and re.fullmatch(r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?", given):
        given = datetime.combine(_day(column, given), time())
    try:
        at = read_moment(given if isinstance(given, datetime) else str(given), what=column.text.en, zone=zone)
    except BadValue as error:
        said = str(given)[:30]
        raise Wrong(column.name, f"“{said}”不是时间；请写成 2026-08-20 17:00。", f"“{said}” is no time; write it like 2026-08-20 17:00.") from error
    return at.astimezone(UTC)


def _reference(column: Column, words: str, _zone: ZoneInfo, find: Finder) -> Record:
    found = find(column, words.partition(" · ")[0])
    if found is None:
        raise Wrong(
            column.name,
            f"没有编号为“{words[:40]}”的“{column.text.zh}”；请先登记，或填它的编号。",
            f"There is no “{column.text.en}” known as “{words[:40]}”; enter it first, or give its code.",
        )
    return found


_READERS: dict[str, Callable[[Column, str, ZoneInfo, Finder], Any]] = {
    "words": _plain, "lines": _plain, "choice": _choice, "many": _many, "yes-no": _yes_no, "number": _number, "fixed": _fixed,
    "day": _day, "time": _time, "reference": _reference,
}  # fmt: skip


def fixed(value: int, places: int) -> str:
    """Return a number that is kept as a whole number of its last place, as people write it.

    >>> fixed(-420, 3), fixed(1500, 2), fixed(7, 0)
    ('-0.42', '15', '7')
    """
    words = f"{Decimal(value).scaleb(-places):f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def shown(column: Column, row: Record, *, zh: bool, zone: ZoneInfo) -> str:  # noqa: PLR0911  # one return a shape
    """Return a column's value as a reader sees it; what was erased is shown as such."""
    value = getattr(row, column.attribute)
    if value is None:
        return "▒▒" if row.erased and column.name in row.PERSONAL else ""
    match column.shape:
        case "choice" | "many":
            texts = [column.text.choices[key] for key in str(value).split() if key in column.text.choices]
            return ("、" if zh else ", ").join(text.zh if zh else text.en for text in texts) or str(value)
        case "yes-no":
            return ("是" if value else "否") if zh else ("yes" if value else "no")
        case "time":
            return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
        case "fixed":
            return fixed(value, column.places) + (f" {column.text.unit}" if column.text.unit else "")
        case "number":
            return f"{value}" + (f" {column.text.unit}" if column.text.unit else "")
        case "reference":
            return name_of(getattr(row, column.name))
        case _:
            return str(value)


def name_of(row: Record) -> str:
    """Return what people call a record: its code and its title, or its number where it has neither."""
    kind = kind_of(row)
    titles = (kind.title,) if kind and kind.title else ("organisation", "name", "subject", "words", "quote")
    parts = [getattr(row, "code", "") or "", *(getattr(row, title, "") or "" for title in titles)]
    if not any(parts):
        for column in kind.columns if kind else ():
            if column.shape == "reference" and getattr(row, column.attribute) is not None:
                return name_of(getattr(row, column.name))
    words = " · ".join(str(part) for part in parts if part)
    return (words[:80] + "…" if len(words) > 80 else words) or ("▒▒" if row.erased else f"{row.id}")  # noqa: PLR2004  # a line


def plain(column: Column, row: Record, *, zone: ZoneInfo) -> object:
    """Return a column's value for a sheet or a program: a number, a day, yes or no, the words; a reference as the code or number it can be found by."""
    value = getattr(row, column.attribute)
    if value is None:
        return None
    match column.shape:
        case "fixed":
            return fixed(value, column.places)
        case "time":
            return value.astimezone(zone).isoformat(timespec="minutes" if not value.second else "seconds")
        case "day":
            return value.isoformat()
        case "reference":
            return getattr(getattr(row, column.name), "code", None) or value
        case _:
            return value  # words, numbers, yes and no
