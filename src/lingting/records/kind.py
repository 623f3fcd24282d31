"""A kind (记录种类) of record, described as data: what it is called, what its columns are called, which lists it is shown in.

Every register has a `register.yaml` beside its models. Pages, forms, sheets and the API are made from it, so that a new register needs none of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from django.apps import AppConfig, apps
from django.db import models
from pydantic import Field as Given

from lingting.catalog.load import BadCatalog, CatalogError, ours, own, read_file, unknown_names
from lingting.catalog.model import Part, Text
from lingting.ledger.models import Entered, FixedField, Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands


class ColumnText(Text):
    """What a column is called, with what helps to fill it in.

    Args:
        hint: one sentence below the label.
        example: what could stand there.
        unit: what a number is counted in.
        choices: what each allowed word is called; the words themselves are the model's.
        many: whether several of the choices may stand together, parted by blanks.
        optional: whether the column may stay empty although it is personal.
        doer: whether it names who did what is written down; a form fills in whoever is signed in.
    """

    hint: Text | None = None
    example: str = ""
    unit: str = ""
    choices: dict[str, Text] = Given(default_factory=dict)
    many: bool = False
    optional: bool = False
    doer: bool = False


class Closed(Part):
    """By whom alone the rows of a kind are seen (`access.closed`), if not by everybody who reads the register.

    Args:
        permission: with it every row is seen.
        only: which rows are closed, as conditions on columns; all of them where nothing is named.
        persons: paths to the people who see what is about them.
        writers: paths to records; whoever wrote those down sees the row.
    """

    permission: str
    only: dict[str, str] = Given(default_factory=dict)
    persons: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()


class KindText(Text):
    """What a kind is called, what it is for, its columns and its lists (each a function of the register's queries).

    Args:
        title: the column by which people know a record.
        stands: a function of queries that tells how a record stands: `(row, moment) -> name of one of the lists, or ""`.
        write: the permission to write it, if it is another than the register's.
        once: whether it can happen only once to the record it is about.
        closed: by whom alone its rows are seen.
        anonymous: a function of queries that returns the rows that may be shown; who wrote them down is kept nowhere, and none can be struck out.
    """

    about: Text
    title: str = ""
    stands: str = ""
    write: str = ""
    once: bool = False
    anonymous: str = ""
    hidden: bool = False
    closed: Closed | None = None
    columns: dict[str, ColumnText] = Given(default_factory=dict)
    lists: dict[str, Text] = Given(default_factory=dict)


class RegisterText(Text):
    """What a register is called, what it is for, behind which door it stands and which clauses ask for it.

    Args:
        figures: the name of the page of its figures, if it has one.
    """

    about: Text
    door: str
    clauses: tuple[str, ...] = ()
    figures: str = ""
    kinds: dict[str, KindText]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind that people fill in."""

    name: str
    field: models.Field[Any, Any]
    text: ColumnText

    @property
    def shape(self) -> str:
        """Return what it holds: many, choice, yes-no, day, time, reference, fixed, number, lines or words."""
        if self.text.many:
            return "many"
        if self.field.choices:
            return "choice"
        kinds: tuple[tuple[type, str], ...] = (
            (models.BooleanField, "yes-no"), (models.DateTimeField, "time"), (models.DateField, "day"), (models.ForeignKey, "reference"),
            (FixedField, "fixed"), (models.IntegerField, "number"), (models.TextField, "lines"),
        )  # fmt: skip
        return next((shape for kind, shape in kinds if isinstance(self.field, kind)), "words")

    @property
    def attribute(self) -> str:
        """Return the attribute of a record that holds its value: of a reference, the number."""
        return str(getattr(self.field, "attname", self.name))

    @property
    def needed(self) -> bool:
        """Tell whether it must be filled in."""
        if self.text.optional or self.field.blank or self.field.has_default():
            return False
        return self.personal or not self.field.null

    @property
    def personal(self) -> bool:
        """Tell whether it holds somebody's personal data, which can be erased."""
        return self.name in getattr(getattr(self.field, "model", None), "PERSONAL", ())

    @property
    def places(self) -> int:
        """Return how many decimal places its numbers have."""
        return self.field.places if isinstance(self.field, FixedField) else 0

    @property
    def target(self) -> type[Record]:
        """Return the class of record that a reference leads to."""
        related: type[Record] = self.field.related_model  # type: ignore[assignment]  # references lead to records
        return related


AT = Column(
    "at", models.DateTimeField(null=True),
    ColumnText(zh="发生时间", en="When it happened", optional=True, hint=Text(zh="留空就是现在。", en="Leave it empty for now."), example="2026-08-20 17:00"),
)  # fmt: skip
"""Every record has it: when the thing happened, which may be long before it is written down."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record in a register; `label` is its name in both (`suppliers.provider`), `home` the package that keeps it."""

    home: str
    register: str
    name: str
    text: KindText
    model: type[Record]
    columns: tuple[Column, ...]

    @property
    def label(self) -> str:
        """Return its name, unique in the house."""
        return f"{self.register}.{self.name}"

    @property
    def write(self) -> str:
        """Return the permission that writing it needs."""
        return self.text.write or f"{self.register}.write"

    @property
    def has_code(self) -> bool:
        """Tell whether people gave its records codes by which they are known."""
        return any(column.name == "code" for column in self.columns)

    @property
    def title(self) -> str:
        """Return the column by which people know a record, or nothing."""
        names = {column.name for column in self.columns}
        return self.text.title or next((name for name in ("name", "title", "words", "what", "statement", "reason", "note") if name in names), "")

    @property
    def about(self) -> Column | None:
        """Return the column that says which record it happened to: its first reference that must be given."""
        return next((column for column in self.columns if column.shape == "reference" and column.needed), None)

    def column(self, name: str) -> Column:
        """Return a column by its name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def as_of(self, moment: Moment) -> RecordQuerySet[Record]:
        """Return its records as of a moment; of anonymous ones, those that may be shown."""
        return self.listed(self.text.anonymous, moment) if self.text.anonymous else self.model.objects.as_of(moment)

    def stands(self, row: Record, moment: Moment) -> str:
        """Return the name of the list in which a record stands at a moment, or nothing."""
        return str(self._query(self.text.stands)(row, moment)) if self.text.stands else ""

    def standings(self, rows: Collection[Record], moment: Moment) -> Mapping[int, str]:
        """Return how many records stand, by number; a register can answer for a page of them as quickly as for one."""
        if not self.text.stands:
            return {}
        stands = self._query(self.text.stands)
        return stands.of(rows, moment) if isinstance(stands, Stands) else {row.pk: str(stands(row, moment)) for row in rows}

    def listed(self, name: str, moment: Moment) -> RecordQuerySet[Record]:
        """Return the records of one of its lists."""
        rows: RecordQuerySet[Record] = self._query(name)(moment)
        return rows

    def _query(self, name: str) -> Any:
        return getattr(import_module(f"{self.home}.queries"), name)


@dataclass(frozen=True, slots=True)
class Register:
    """A register (台账) with its kinds."""

    name: str
    text: RegisterText
    kinds: tuple[Kind, ...]


@cache
def registers() -> Mapping[str, Register]:
    """Return the registers that are described, by name; a description with mistakes stops the start and names them all."""
    errors: list[CatalogError] = []
    found = {}
    for app in apps.get_app_configs():
        path = Path(app.path) / "register.yaml"
        if app.name.startswith("lingting.") and path.exists():
            text, _ = read_file(path, RegisterText, errors)
            if text is not None:
                errors += [CatalogError(str(path), 1, wrong, "Let register.yaml and models.py agree.") for wrong in _disagreements(app, text)]
                found[app.label] = (app, text)
    errors += [*_unknown_names(), *_unknown_columns({name: text for name, (_, text) in found.items()})]
    if errors:
        raise BadCatalog("\n".join(map(str, sorted(errors))))
    return {name: Register(name, text, tuple(_kinds(app, text))) for name, (app, text) in found.items()}


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by its label."""
    return {kind.label: kind for register in registers().values() for kind in register.kinds}


def held_about(parties: Collection[int]) -> list[Record]:
    """Return everything that described registers hold about these parties: what an erasure must reach."""
    found: list[Record] = []
    for home in sorted({kind.home for kind in kinds().values()}):
        queries = import_module(f"{home}.queries")
        found += queries.about(parties) if hasattr(queries, "about") else []
    return found


def kind_of(row: Record) -> Kind | None:
    """Return the kind of a record, if a register describes it."""
    return kinds().get(row._meta.label_lower)


@cache
def following(label: str) -> tuple[tuple[Kind, Column], ...]:
    """Return the kinds that can happen to records of a kind, with the column that refers to it."""
    model = kinds()[label].model
    return tuple((kind, column) for kind in kinds().values() for column in kind.columns if column.shape == "reference" and column.target is model)


HANDLED = {"id", "salt", "seal"}
"""Columns that the book fills in."""


def _disagreements(app: AppConfig, text: RegisterText) -> Iterator[str]:
    for name, kind in text.kinds.items():
        model = next((model for model in app.get_models() if model._meta.model_name == name), None)
        if model is None or not issubclass(model, Entered):
            yield f"{app.label} has no model {name} that is Entered."
            continue
        have = {field.name for field in model._meta.concrete_fields} - HANDLED - {"at"}
        if have - set(kind.columns):
            yield f"{app.label}.{name}: not described: {', '.join(sorted(have - set(kind.columns)))}."
        if set(kind.columns) - have:
            yield f"{app.label}.{name}: no such column: {', '.join(sorted(set(kind.columns) - have))}."
        for field in model._meta.concrete_fields:
            words = {str(key) for key, _ in field.flatchoices}
            given = kind.columns.get(field.name)
            if given and not given.many and words != set(given.choices):
                yield f"{app.label}.{name}.{field.name}: choices differ: {', '.join(sorted(words ^ set(given.choices)))}."
        queries = import_module(f"{app.name}.queries")
        for wanted in (*kind.lists, *filter(None, (kind.stands, kind.anonymous))):
            if not hasattr(queries, wanted):
                yield f"{app.label}.{name}: queries.py has no {wanted}."


def _unknown_names() -> Iterator[CatalogError]:
    """Yield the periods and templates that the house sets and nobody declares; each is declared in the module that asks for it."""
    if ours().periods or ours().templates:
        declare_all()
        yield from unknown_names()


def declare_all() -> None:
    """Import every module of the registers and checks, so that all periods and templates that a house may set are declared."""
    homes = [app for app in apps.get_app_configs() if app.name.startswith(("lingting.registers.", "lingting.conformity"))]
    for home in homes:
        for module in walk_packages([home.path], f"{home.name}."):
            if ".migrations" not in module.name:
                import_module(module.name)


def _unknown_columns(texts: Mapping[str, RegisterText]) -> Iterator[CatalogError]:
    """Yield the columns to which the house adds choices though there is none of that name that takes several."""
    described = {f"{name}.{kind}": one for name, text in texts.items() for kind, one in text.kinds.items()}
    known = {f"{label}.{column}" for label, kind in described.items() for column, words in kind.columns.items() if words.many}
    for label in sorted(set(ours().choices) - known):
        wrong = f"There is no column {label} that takes several choices."
        yield CatalogError(str((own() or Path()) / "house.yaml"), 1, wrong, f"Name one of {', '.join(sorted(known))}.")


def _with_own(words: ColumnText, label: str) -> ColumnText:
    """Return what a column is called with the choices that the house adds."""
    added = ours().choices.get(label)
    return words.model_copy(update={"choices": {**words.choices, **added}}) if added else words


def _kinds(app: AppConfig, text: RegisterText) -> Iterator[Kind]:
    for name, kind in text.kinds.items():
        model: Any = app.get_model(name)
        columns = tuple(
            Column(column, model._meta.get_field(column), _with_own(words, f"{app.label}.{name}.{column}")) for column, words in kind.columns.items()
        )
        yield Kind(app.name, app.label, name, kind, model, columns)
