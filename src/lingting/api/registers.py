"""The registers for programs: one set of operations over every kind of record that a register describes."""

from typing import Any

from django.conf import settings
from django.http import Http404
from ninja import Field, Router, Schema, Status
from ninja.errors import HttpError

from lingting.access import closed
from lingting.access.roles import may
from lingting.api import lists, shapes
from lingting.api.door import Asked, allow
from lingting.api.lists import AS_OF, SAID
from lingting.ledger.models import Record
from lingting.records.kind import AT, Kind, kinds
from lingting.records.kind import registers as described
from lingting.records.values import name_of, plain
from lingting.records.write import strike, write
from lingting.site.clock import now

router = Router()


class ColumnShape(Schema):
    """A column of a kind: its name for programs, what it is called, what it holds."""

    name: str
    zh: str
    en: str
    shape: str
    needed: bool
    unit: str
    choices: list[str]
    refers_to: str


class KindShape(Schema):
    """A kind of record: `name` is the register's, both stand in the addresses below."""

    name: str
    kind: str
    zh: str
    en: str
    write: str = Field(description="The permission that writing needs.")
    columns: list[ColumnShape]
    lists: list[str]


class RecordShape(Schema):
    """A record: its number, the time it happened, what it is called, and its columns; an erased value is null."""

    id: int
    at: str
    name: str
    columns: dict[str, Any]


class WrongShape(Schema):
    """What is wrong with a column's value, in both languages."""

    column: str
    zh: str
    en: str


class RefusedShape(Schema):
    """Why nothing was written: every mistake at once."""

    wrong: list[WrongShape]


class RecordIn(Schema):
    """A new record: columns by name, as people write them; `at` is when it happened, now if left out."""

    at: str = ""
    columns: dict[str, Any]


class ReasonIn(Schema):
    """Why a record is struck out."""

    reason: str = Field(min_length=1, max_length=2000)


def _of(name: str, kind: str) -> Kind:
    found = kinds().get(f"{name}.{kind}")
    if found is None:
        raise Http404
    return found


def reading(name: str, **_: object) -> str:
    """Return the permission that seeing a register needs."""
    if name not in described():
        raise Http404
    return f"{name}.read"


def writing(name: str, kind: str, **_: object) -> str:
    """Return the permission that writing a kind needs."""
    return _of(name, kind).write


def _shape(kind: Kind, row: Record) -> dict[str, Any]:
    zone = settings.LINGTING["ZONE"]
    columns = {column.name: plain(column, row, zone=zone) for column in kind.columns}
    return {"id": row.id, "at": str(plain(AT, row, zone=zone)), "name": name_of(row), "columns": columns}


@router.get(
    "/registers", response={200: list[KindShape], **SAID}, summary="What the registers hold: every kind of record with its columns", openapi_extra=AS_OF
)
@allow("today.read")
def list_kinds(request: Asked) -> list[dict[str, Any]]:
    """Kinds of the registers that this account may see."""
    return [
        {
            "name": kind.register, "kind": kind.name, "zh": kind.text.zh, "en": kind.text.en, "write": kind.write, "lists": list(kind.text.lists),
            "columns": [
                {
                    "name": column.name, "zh": column.text.zh, "en": column.text.en, "shape": column.shape, "needed": column.needed,
                    "unit": column.text.unit, "choices": list(column.text.choices),
                    "refers_to": column.target._meta.label_lower if column.shape == "reference" else "",
                }
                for column in kind.columns
            ],
        }
        for kind in kinds().values() if may(request.auth, f"{kind.register}.read")
    ]  # fmt: skip


@router.get("/registers/{name}/{kind}", response={200: shapes.Rows[RecordShape], **SAID}, summary="List records, newest first", openapi_extra=AS_OF)
@allow(reading)
def list_records(request: Asked, name: str, kind: str, chosen: str = "", after: str = "", size: int = 25) -> dict[str, Any]:
    """Records of a kind; `chosen` keeps one of the kind's lists."""
    one = _of(name, kind)
    if chosen and chosen not in one.text.lists:
        raise HttpError(400, f"`chosen` must be one of {', '.join(one.text.lists) or 'none: this kind has no lists'}.")
    rows = one.listed(chosen, request.moment) if chosen else one.as_of(request.moment)
    references = [column.name for column in one.columns if column.shape == "reference"]
    page = closed.open_to(rows, one, request.auth).select_related(*references).page(after, size=lists.size(size))
    return {"rows": [_shape(one, row) for row in page.rows], "following": page.following}


@router.get("/registers/{name}/{kind}/{number}", response={200: RecordShape, **SAID}, summary="One record", openapi_extra=AS_OF)
@allow(reading)
def one_record(request: Asked, name: str, kind: str, number: int) -> dict[str, Any]:
    """A record as of a moment; one that was struck out is not there."""
    one = _of(name, kind)
    row = one.as_of(request.moment).filter(id=number).first() if 0 < number < 1 << 63 else None
    if row is None or closed.shut(row, request.auth):
        raise Http404
    return _shape(one, row)


@router.post("/registers/{name}/{kind}", response={201: RecordShape, 422: RefusedShape, **SAID}, summary="Write a record down")
@allow(writing)
def write_record(request: Asked, name: str, kind: str, given: RecordIn) -> Status[dict[str, Any]]:
    """Write a record down with what follows from it, or nothing."""
    one = _of(name, kind)
    if unknown := sorted(set(given.columns) - {column.name for column in one.columns}):
        raise HttpError(400, f"This kind has no column {', '.join(unknown)[:200]}.")
    row = write(one, {**given.columns, "at": given.at}, by=request.auth.pk, now=now(), zone=settings.LINGTING["ZONE"])
    return Status(201, _shape(one, row))


@router.post("/registers/{name}/{kind}/{number}/striking", response={200: shapes.Problem, 422: RefusedShape, **SAID}, summary="Strike a record out")
@allow(writing)
def strike_record(request: Asked, name: str, kind: str, number: int, given: ReasonIn) -> dict[str, Any]:
    """Strike out a record that was entered by mistake; it stays in the book."""
    row = _of(name, kind).model.objects.filter(id=number).first() if 0 < number < 1 << 63 else None
    if row is None or closed.shut(row, request.auth):
        raise Http404
    strike(row, reason=given.reason, at=now(), by=request.auth.pk)
    return {"detail": "written"}
