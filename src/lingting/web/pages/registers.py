"""台账 Registers: every register made from its description – what is in it, lists, one record with its history, forms, sheets out and in."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingting.access import closed
from lingting.access.roles import may
from lingting.ledger.models import Record, numbered
from lingting.records.bring import bring
from lingting.records.kind import AT, Kind, Register, following, kinds
from lingting.records.kind import registers as described
from lingting.records.sheet import Seen, comma_separated, workbook
from lingting.records.values import Wrong, name_of
from lingting.records.write import Refused, strike, write
from lingting.site.clock import now
from lingting.web.doors import DOORS
from lingting.web.evidence import address
from lingting.web.hints import hints
from lingting.web.lengths import lengths
from lingting.web.pages.around import around, cell, visible
from lingting.web.pages.forms import asked_for
from lingting.web.pages.page import Request, page, refuse, render

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_A_ROW = 5
"""Columns that a list shows."""

UNFOLDED = 6
"""Kinds that a register's page shows without folding any."""


def reading(register: str, **_: object) -> str:
    """Return the permission that seeing a register needs; one that does not exist is nobody's to know of."""
    if register not in described():
        raise Http404
    return f"{register}.read"


def writing(register: str, kind: str = "", **_: object) -> str:
    """Return the permission that writing a kind needs."""
    found = kinds().get(f"{register}.{kind}")
    if found is None:
        raise Http404
    return found.write


def bringing(register: str, **_: object) -> str:
    """Return the permission that bringing a file into a register needs."""
    reading(register)
    return f"{register}.write"


def _kind(register: str, kind: str) -> Kind:
    return kinds()[f"{register}.{kind}"]


def _known(register: str, kind: str) -> Kind:
    found = kinds().get(f"{register}.{kind}")
    if found is None:
        raise Http404
    return found


@require_GET
@page("today.read")
def index(request: Request) -> HttpResponse:
    """List the registers that the reader may see, door by door."""
    doors = [(door, [one for one in described().values() if one.text.door == door.name and may(request.user, f"{one.name}.read")]) for door in DOORS]
    said = [kind for kind in kinds().values() if may(request.user, kind.write) and not may(request.user, f"{kind.register}.read")]
    return render(request, "registers.html", doors=[door for door in doors if door[1]], said=said)


@require_GET
@page(reading)
def register(request: Request, register: str) -> HttpResponse:
    """Show one register: what it is for, its kinds with their lists and counts."""
    one = described()[register]
    return render(request, "register.html", register=one, groups=_groups(list(_counts(request, one))))


Counts = tuple[Kind, int, list[tuple[str, Any, int]]]


def _groups(rows: list[Counts]) -> list[tuple[Kind | None, list[Counts]]]:
    """Put the kinds of a big register into groups: what stands for itself, and under each of them what happens to it; a small one is one group."""
    own = {row[0].model: row[0] for row in rows}
    about = {row[0].label: own.get(row[0].about.target) if row[0].about is not None else None for row in rows}
    heads = {kind.label for kind in about.values() if kind is not None and about[kind.label] is None}
    if len(rows) <= UNFOLDED or not heads:
        return [(None, rows)]
    groups: dict[str, list[Counts]] = {"": []}
    for row in rows:
        kind = about[row[0].label]
        groups.setdefault(kind.label if kind is not None and kind.label in heads else "", []).append(row)
    return [(kinds()[label] if label else None, inside) for label, inside in groups.items() if inside]


def _counts(request: Request, register: Register) -> Iterator[Counts]:
    for kind in register.kinds:
        if not kind.text.hidden:
            held = lengths(request, kind)
            lists = [(name, text, held[name]) for name, text in kind.text.lists.items()]
            yield kind, visible(request, kind).count(), lists


@require_GET
@page(reading)
def listing(request: Request, register: str, kind: str) -> HttpResponse:
    """List the records of a kind, newest first: all, one of its lists, or those of another record."""
    one = _known(register, kind)
    chosen = request.GET.get("list", "") if request.GET.get("list", "") in one.text.lists else ""
    words = request.GET.get("words", "").strip()[:100]
    rows = closed.open_to(one.listed(chosen, request.moment), one, request.user) if chosen else visible(request, one)
    references = [column.name for column in one.columns if column.shape == "reference"]
    narrowed = {name: number for name in references if (number := numbered(request.GET.get(name, ""))) is not None}
    for name, number in narrowed.items():
        rows = rows.filter(**{name: number})
    if words:
        rows = rows.filter(_with(one, words))
    shown = [column.name for column in one.columns[:IN_A_ROW] if column.shape == "reference"]
    found = rows.select_related(*shown).page(request.GET.get("after", ""))
    held, total = lengths(request, one), visible(request, one).count()
    here = rows.count() if words or narrowed else held.get(chosen, total)
    return render(
        request, "kind.html", register=described()[register], kind=one, page=found, chosen=chosen, found=here, words=words,
        columns=one.columns[:IN_A_ROW], cell=cell(request), query={"list": chosen, "words": words, **narrowed}, name_of=name_of,
        lists=[(name, text, held[name]) for name, text in one.text.lists.items()], total=total,
        standing=one.standings(found.rows, request.moment),
    )  # fmt: skip


def _with(kind: Kind, words: str) -> Q:
    wanted = Q(pk=numbered(words))
    for column in kind.columns:
        if column.shape in {"words", "lines"}:
            wanted |= Q(**{f"{column.name}__icontains": words})
    return wanted


@require_GET
@page(reading)
def record(request: Request, register: str, kind: str, number: int) -> HttpResponse:
    """Show one record: its columns, what happened to it since, and what can be done next."""
    return _show(request, _known(register, kind), number)


def _show(request: Request, kind: Kind, number: int, status: int = 200, wrong: tuple[Wrong, ...] = ()) -> HttpResponse:
    # A record that was struck out is shown as such; an anonymous one only where it may be.
    rows = kind.as_of(request.moment) if kind.text.anonymous else kind.model.objects.filter(at__lte=request.moment.at)
    row = rows.filter(id=number).first()
    if row is None or closed.shut(row, request.user):
        raise Http404
    references = {column.name: getattr(row, column.name) for column in kind.columns if column.shape == "reference"}
    links = {name: "" if other is not None and closed.shut(other, request.user) else _address(other) for name, other in references.items()}
    return render(
        request, "record.html", status, **(around(request, kind, row) | {"wrong": wrong, "links": links, "standing": kind.stands(row, request.moment)})
    )


def _address(row: Record | None) -> str:
    return address(row) if row is not None else ""


@require_http_methods(["GET", "POST"])
@page(writing)
def new(request: Request, register: str, kind: str) -> HttpResponse:
    """Ask for a new record and write it down; what is wrong is said at the field and at the top, and what was typed stays."""
    one = _kind(register, kind)
    if request.method == "GET":
        return _form(request, one, request.GET)
    given = {column.name: " ".join(request.POST.getlist(column.name)) for column in (*one.columns, AT)}
    if hinted := hints(one, given, anyway=bool(request.POST.get("anyway"))):
        return _form(request, one, given, 422, hinted, hinted=True)
    try:
        row = write(one, given, by=request.user.pk, now=now(), zone=settings.LINGTING["ZONE"])
    except Refused as refused:
        return _form(request, one, given, 422, refused.wrong)
    if not may(request.user, f"{register}.read"):
        return redirect("registers")
    about = None if following(one.label) else one.about
    return redirect((_address(getattr(row, about.name)) if about is not None else "") or _address(row))


def _form(request: Request, kind: Kind, given: Mapping[str, str], status: int = 200, wrong: tuple[Wrong, ...] = (), *,
          hinted: bool = False) -> HttpResponse:  # fmt: skip
    asked = asked_for(request, kind, given, wrong)
    known = {one.column.name for one in asked}
    return render(
        request, "entry.html", status, register=described()[kind.register], kind=kind, asked=asked, wrong=wrong,
        hinted=hinted, elsewhere=[one for one in wrong if one.column not in known],
    )  # fmt: skip


@require_POST
@page(writing)
def striking(request: Request, register: str, kind: str, number: int) -> HttpResponse:
    """Strike out a record that was entered by mistake."""
    one = _kind(register, kind)
    row = one.model.objects.filter(id=number).first()
    if row is None or closed.shut(row, request.user):
        raise Http404
    try:
        strike(row, reason=request.POST.get("reason", ""), at=now(), by=request.user.pk)
    except Refused as refused:
        return _show(request, one, number, 422, refused.wrong)
    return redirect("record", register, kind, number)


@require_GET
@page(reading)
def template(request: Request, register: str) -> HttpResponse:  # noqa: ARG001  # Django hands it over
    """Hand out the empty workbook of a register."""
    return _file(workbook(described()[register], None, zone=settings.LINGTING["ZONE"]), f"{register}-template.xlsx", XLSX)


def _seen(request: Request) -> Seen:
    """Return what keeps the rows that the reader may take out."""
    return lambda rows, kind: closed.open_to(rows, kind, request.user)


@require_GET
@page(reading)
def export(request: Request, register: str) -> HttpResponse:
    """Hand out a register with its records as of a moment."""
    return _file(workbook(described()[register], request.moment, zone=settings.LINGTING["ZONE"], seen=_seen(request)), f"{register}.xlsx", XLSX)


@require_GET
@page(reading)
def export_kind(request: Request, register: str, kind: str) -> HttpResponse:
    """Hand out the records of one kind as CSV."""
    words = comma_separated(_known(register, kind), request.moment, zone=settings.LINGTING["ZONE"], seen=_seen(request))
    return _file(words.encode(), f"{kind}.csv", "text/csv; charset=utf-8")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "POST"])
@page(bringing)
def bring_in(request: Request, register: str) -> HttpResponse:
    """Take a filled workbook: all of it, or nothing and a list of every wrong cell."""
    one = described()[register]
    if request.method == "GET":
        return render(request, "bring.html", register=one, result=None, missing=False)
    if forbidden := next((kind.write for kind in one.kinds if not may(request.user, kind.write)), ""):
        return refuse(request, forbidden)
    file = request.FILES.get("file")
    if file is None:
        return render(request, "bring.html", 422, register=one, result=None, missing=True)
    result = bring(one, file.name or "", file.read(), by=request.user.pk, now=now(), zone=settings.LINGTING["ZONE"])
    return render(request, "bring.html", 422 if result.mistakes else 200, register=one, result=result, missing=False, kinds=kinds())
