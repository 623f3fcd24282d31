"""Sheets of records: rows put down one by one, and written as CSV files as `lingting registers import` reads them."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from demo.data import moment, zone

Cell = object


def time(words: str | datetime | date) -> datetime:
    """A time as the data files write it: `07-15 09:00` is of the firm's year, and a day alone is its morning."""
    if isinstance(words, datetime):
        return words if words.tzinfo else words.replace(tzinfo=zone())
    if isinstance(words, date):
        return datetime(words.year, words.month, words.day, 9, tzinfo=zone())
    whole = words if words[2:3] != "-" else f"2026-{words}"
    return moment(f"{whole} 09:00" if len(whole) == len("2026-07-15") else whole).replace(tzinfo=zone())


@dataclass
class Sheets:
    """The rows of every kind of record, by its label; a row is known by its code, or by what it happened to and when."""

    rows: dict[str, list[dict[str, Cell]]] = field(default_factory=dict)
    taken: set[tuple[str, str, datetime]] = field(default_factory=set)

    def put(self, label: str, at: str | datetime | date, **columns: Cell) -> str:
        """Put a row down; return how other rows refer to it."""
        about = str(next(iter(columns.values())))
        when = time(at)
        while (label, about, when) in self.taken:
            when += timedelta(minutes=1)
        self.taken.add((label, about, when))
        self.rows.setdefault(label, []).append({**columns, "at": when})
        known = next((str(columns[name]) for name in ("code", "version") if name == next(iter(columns))), "")
        return known or f"{about} @ {_plain(when)}"

    def fill(self, path: Path) -> None:
        """Put down the rows of a data file: `label: [rows]`; `as` names a row for those below it, `$name` refers to it, `each` repeats it."""
        named: dict[str, str] = {}
        for label, rows in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for row in rows:
                for each in row.pop("each", None) or [None]:
                    given = {name: _meant(value, each, named) for name, value in row.items() if name not in {"as", "at"}}
                    reference = self.put(label, _meant(row["at"], each, named), **given)
                    if "as" in row:
                        named[_meant(row["as"], each, named)] = reference

    def write(self, folder: Path) -> None:
        """Write `REGISTER/KIND.csv` for every kind, rows in the order of time."""
        for label, rows in self.rows.items():
            register, _, kind = label.partition(".")
            names = list(dict.fromkeys(name for row in rows for name in row))
            kept = io.StringIO()
            writer = csv.writer(kept, lineterminator="\n")
            writer.writerow(names)
            for row in sorted(rows, key=lambda row: row["at"]):  # type: ignore[arg-type,return-value]  # they are times
                writer.writerow([_plain(row.get(name)) for name in names])
            (folder / register).mkdir(parents=True, exist_ok=True)
            (folder / register / f"{kind}.csv").write_text(kept.getvalue(), encoding="utf-8")


def _meant(value: Any, each: Any, named: dict[str, str]) -> Any:
    """What a cell of a data file means: `{}` is what is repeated (`{name}` a part of it), and `$name` a row put down before."""
    if isinstance(value, list):
        return " ".join(str(_meant(one, each, named)) for one in value)
    if not isinstance(value, str):
        return value
    if each is not None:
        value = value.format_map(each) if isinstance(each, dict) else value.replace("{}", str(each))
    return named[value[1:]] if value.startswith("$") else value


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes" if not value.second and not value.microsecond else "seconds")
    return str(value)
