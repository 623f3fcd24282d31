"""Writing (登记): what was given becomes a record of its kind, is held against the register's rules, and goes into the book – or nothing does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import CharField, Q, TextField
from django.utils.timezone import make_aware

from lingting.ledger import book
from lingting.ledger.models import Entered, Record, RecordQuerySet, Struck, numbered
from lingting.records.kind import AT, Column, Kind, following, kind_of
from lingting.records.values import Wrong, name_of, read, words_of

E = TypeVar("E", bound=Entered)
Rule = Callable[[Any], Iterator["Wrong | Record"]]

RULES: dict[type[Record], Rule] = {}


def act(kind: type[E]) -> Callable[[Callable[[E], Iterator[Wrong | Record]]], Callable[[E], Iterator[Wrong | Record]]]:
    """Bind a function of a register's actions to the kind of record it writes.

    It is handed the record before it is written and yields what is Wrong with it – then nothing is written – and further records that the same act
    writes. Its name is the act's name in the book.
    """

    def bind(rule: Callable[[E], Iterator[Wrong | Record]]) -> Callable[[E], Iterator[Wrong | Record]]:
        RULES[kind] = rule
        return rule

    return bind


class Refused(ValueError):
    """What was given cannot be written down; `wrong` says what is wrong with which column."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__("; ".join(map(str, wrong)))
        self.wrong = tuple(wrong)


@dataclass(slots=True)
class Known:
    """Finds records by number or code, each asked for once; made for one act or one import."""

    found: dict[tuple[str, str], Record | None] = field(default_factory=dict)

    def find(self, column: Column, words: str) -> Record | None:
        """Return the record that a word means in a column."""
        return self.named(column.target, words)

    def meet(self, column: Column, given: Iterable[object]) -> None:
        """Find what many words mean in a column of references with one question, as far as they are codes, or keys where nothing has a code."""
        model, names = column.target, {field.name for field in column.target._meta.concrete_fields}
        known_by = "code" if "code" in names else "key" if "key" in names and not names & {"name", "organisation"} else ""
        wanted = {words.partition(" · ")[0] for one in given if (words := words_of(one)) and not (known_by == "key" and words.isdigit())}
        if not known_by or not (wanted := {one for one in wanted if (model._meta.label_lower, one) not in self.found}):
            return
        rows: dict[str, list[Record]] = {}
        for row in live(model).filter(**{f"{known_by}__in": wanted}).order_by("id"):
            rows.setdefault(getattr(row, known_by), []).append(row)
        self.found |= {(model._meta.label_lower, one): found[-1] for one, found in rows.items() if known_by == "code" or len(found) == 1}

    def named(self, model: type[Record], words: str) -> Record | None:
        """Return the live record of a class with this number or code, or the only one of this name."""
        place = (model._meta.label_lower, words)
        if self.found.get(place) is None:
            self.found[place] = _named(model, words)
        return self.found[place]


def _named(model: type[Record], words: str) -> Record | None:
    """Find the live record that words mean: its code, the only one so named, its number, its key or version, `WHAT @ WHEN`, `WHAT # WHICH` or its talk."""
    for column in ("code", "name", "organisation"):
        if found := _only(model, column, words):
            return found
    row: Record | None = live(model).filter(id=numbered(words)).first()
    return row or _only(model, "key", words) or _only(model, "version", words) or _happened(model, words) or _marked(model, words) or _heard(model, words)


def _only(model: type[Record], column: str, words: str) -> Record | None:
    """Return the only live record with these words in a column; of a code, the newest; of an organisation, itself rather than its people."""
    if not any(field.name == column and isinstance(field, CharField | TextField) for field in model._meta.concrete_fields):
        return None
    rows = live(model).filter(**{column: words}).order_by("-id")
    found: list[Record] = list(rows[:2])
    if len(found) > 1 and column == "organisation":
        found = list(rows.filter(Q(name=None) | Q(name=""))[:2])
    return found[0] if len(found) == 1 or (found and column == "code") else None


def _happened(model: type[Record], words: str) -> Record | None:
    """Return the only live record of what happened to something at a time: `WB-71 @ 2026-07-15 09:00` is the calibration of that device then."""
    what, _, when = words.rpartition(" @ ")
    about = next((field for field in model._meta.concrete_fields if field.is_relation and not field.null), None)
    if not what or about is None:
        return None
    try:
        at = datetime.fromisoformat(when)
    except ValueError:
        return None
    thing = _named(about.related_model, what)  # type: ignore[arg-type]  # references lead to records
    rows: list[Record] = list(live(model).filter(**{about.name: thing}, at=at if at.tzinfo else make_aware(at))[:2]) if thing else []
    return rows[0] if len(rows) == 1 else None


def _marked(model: type[Record], words: str) -> Record | None:
    """Return the only live record about something that says a word: `CV-0709 # interruption.overlap` is what was found of that norm in that conversation."""
    what, _, which = words.rpartition(" # ")
    about = next((field for field in model._meta.concrete_fields if field.is_relation and not field.null), None)
    if not what or about is None:
        return None
    thing = _named(about.related_model, what)  # type: ignore[arg-type]  # references lead to records
    says = Q(pk=None)
    for one in model._meta.concrete_fields:
        if isinstance(one, CharField):
            says |= Q(**{one.name: which})
    rows: list[Record] = list(live(model).filter(says, **{about.name: thing})[:2]) if thing else []
    return rows[0] if len(rows) == 1 else None


def _heard(model: type[Record], words: str) -> Record | None:
    """Return the only live record of a conversation: `CV-0709` is the promise made in it, where there was but one."""
    if not any(field.name == "conversation" for field in model._meta.concrete_fields):
        return None
    rows: list[Record] = list(live(model).filter(conversation__key=words)[:2])
    return rows[0] if len(rows) == 1 else None


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as given, or what is wrong with it."""

    row: Record | None
    wrong: tuple[Wrong, ...] = ()


def draft(kind: Kind, given: Mapping[str, object], *, now: datetime, zone: ZoneInfo, known: Known | None = None) -> Draft:
    """Return a record made of what was given, `at` included (now, if empty); every mistake at once, never only the first."""
    find = (known or Known()).find
    values: dict[str, Any] = {}
    wrong = []
    for column in kind.columns:
        try:
            values[column.name] = read(column, given.get(column.name), zone=zone, find=find)
        except Wrong as one:
            wrong.append(one)
    at = now
    try:
        at = _at(given.get("at"), now, zone)
    except Wrong as one:
        wrong.append(one)
    return Draft(None, tuple(wrong)) if wrong else Draft(kind.model(at=at, **values))


AHEAD = Wrong("at", "发生的时间不能在将来；计划请填在计划的栏里。", "What is written down has happened; its time cannot lie ahead.")


def _at(given: object, now: datetime, zone: ZoneInfo) -> datetime:
    at: datetime | None = read(AT, given, zone=zone, find=lambda *_: None)
    if at is not None and at > now:
        raise AHEAD
    return at or now


def write(kind: Kind, given: Mapping[str, object], *, by: int | None, now: datetime, zone: ZoneInfo, known: Known | None = None) -> Record:
    """Write down a record with what follows from it, in one act; raise Refused if anything is wrong with it."""
    with transaction.atomic():
        made = draft(kind, given, now=now, zone=zone, known=known)
        if made.row is None:
            raise Refused(made.wrong)
        return enter(made.row, by=by)


def enter(row: Record, *, by: int | None = None) -> Record:
    """Hold a record against the rules of its register and write it down; raise Refused if they are broken."""
    book.write_all([held(row, by=by, before=Before.of(row))])
    return row


def held(row: Record, *, by: int | None, before: Before | None) -> book.Act:
    """Hold a record against what was written of its kind before and the rules of its register; return the act that writes it, or raise Refused.

    Of an anonymous record nobody learns who wrote it: the account is not kept.
    """
    rule = rule_of(type(row))
    follows = list(before.taken(row) if before else ()) + (list(rule(row)) if rule else [])
    if wrong := [one for one in follows if isinstance(one, Wrong)]:
        raise Refused(wrong)
    name = rule.__name__.rstrip("_") if rule else str(row._meta.model_name)
    kind = kind_of(row)
    known_by = None if kind and kind.text.anonymous else by
    return book.Act(f"{row._meta.app_label}.{name}", (row, *(one for one in follows if isinstance(one, Record))), known_by)


@cache
def rule_of(model: type[Record]) -> Rule | None:
    """Return the function of a register's actions that writes this class of record, if it has one."""
    import_module(f"{model.__module__.rpartition('.')[0]}.actions")
    return RULES.get(model)


def live(model: type[Record]) -> RecordQuerySet[Any]:
    """Return the records of a class that were not struck out."""
    rows: RecordQuerySet[Any] = model.objects.exclude(id__in=Struck.objects.values("record"))
    return rows


@dataclass(slots=True)
class Before:
    """What stands written of a kind: asked for once for many rows, however many there are; what is written meanwhile is added."""

    kind: Kind
    coded: dict[str, Record] = field(default_factory=dict)
    said: set[tuple[object, ...]] = field(default_factory=set)
    happened: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, *rows: Record) -> Before | None:
        """Return what stands written that these rows, all of one kind, could clash with; None if no register describes them."""
        kind = kind_of(rows[0])
        if kind is None:
            return None
        before = cls(kind)
        before.ask(rows)
        return before

    def ask(self, rows: Sequence[Record]) -> None:
        """Look for what these rows could clash with: their codes, and what happens only once."""
        if codes := {code for row in rows if (code := _code(row))}:
            self.coded |= {_code(one): one for one in live(self.kind.model).filter(code__in=codes).order_by("id")}
        if self.kind.text.once and (about := self.kind.about):
            happened = live(self.kind.model).filter(**{f"{about.attribute}__in": {_about(row, about) for row in rows}})
            self.happened |= set(happened.values_list(about.attribute, flat=True))

    def look(self, rows: Sequence[Record]) -> None:
        """Look for what these rows could clash with or say again: those without a code are known by what they say."""
        self.ask(rows)
        if not (bare := [row for row in rows if not _code(row)]):
            return
        said = live(self.kind.model).filter(at__in={row.at for row in bare})
        if about := self.kind.about:
            said = said.filter(**{f"{about.attribute}__in": {_about(row, about) for row in bare}})
        self.said |= set(said.values_list("at", *(column.attribute for column in self.kind.columns)))

    def add(self, row: Record) -> None:
        """Take in a row that is written now."""
        if code := _code(row):
            self.coded[code] = row
        self.said.add(self._words(row))
        if about := self.kind.about:
            self.happened.add(_about(row, about))

    def alike(self, row: Record) -> bool:
        """Tell whether exactly the same stands written: the same code with the same words, or the same in every column at the same time."""
        if not _code(row):
            return self._words(row) in self.said
        found = self.same_code(row)
        return found is not None and not differing(self.kind, found, row)

    def same_code(self, row: Record) -> Record | None:
        """Return the record that has the code of this row."""
        return self.coded.get(_code(row))

    def taken(self, row: Record) -> Iterator[Wrong]:
        """Yield that a code is taken, or that something which happens once has happened."""
        code, about, text = _code(row), self.kind.about, self.kind.text
        if code in self.coded:
            yield Wrong(
                "code",
                f"编号“{code}”已被使用；请换一个，或作废原来的记录。",
                f"The code “{code}” is taken; choose another, or strike out the record that has it.",
            )
        if text.once and about is not None and _about(row, about) in self.happened:
            yield Wrong(about.name, f"“{text.zh}”已经登记过了。", f"“{text.en}” was entered already.")

    def _words(self, row: Record) -> tuple[object, ...]:
        return (row.at, *(getattr(row, column.attribute) for column in self.kind.columns))


def _code(row: Record) -> str:
    return str(getattr(row, "code", "") or "")


def _about(row: Record, about: Column) -> int:
    return int(getattr(row, about.attribute) or getattr(row, about.name).id)


def differing(kind: Kind, one: Record, other: Record) -> list[str]:
    """Return the columns in which two records differ."""
    return [column.name for column in kind.columns if getattr(one, column.attribute) != getattr(other, column.attribute)]


def strike(row: Record, *, reason: str, at: datetime, by: int | None) -> Struck:
    """Strike out a record that was entered by mistake; what happened to it since must be struck out first."""
    wrong = []
    if not isinstance(row, Entered):
        wrong.append(Wrong("reason", "这条记录是听到或算出的，不能作废。", "This record was heard or computed; it cannot be struck out."))
    if not reason.strip():
        wrong.append(Wrong("reason", "请写明作废的理由。", "Say why it is struck out."))
    if Struck.objects.filter(record=row.id).exists():
        wrong.append(Wrong("reason", "这条记录已经作废。", "This record is struck out already."))
    kind = kind_of(row)
    if kind and kind.text.anonymous:
        # What is left without it would tell what it said.
        wrong.append(Wrong("reason", "匿名的记录不能作废。", "An anonymous record cannot be struck out."))
    for other, column in following(kind.label) if kind else ():
        if later := live(other.model).filter(**{column.name: row.id}).first():
            wrong.append(
                Wrong(
                    "reason",
                    f"先作废引用它的“{other.text.zh}”：{name_of(later)}。",
                    f"First strike out the “{other.text.en}” that refers to it: {name_of(later)}.",
                )
            )
    if wrong:
        raise Refused(wrong)
    struck = Struck(record=row.id, reason=reason.strip(), at=at)
    book.write(struck, act="ledger.strike", by=by)
    return struck
