"""审核 Audits: what was planned, frozen, drawn with the auditor's dice, asked and found – and the evidence pack that can be verified without us."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from lingting import catalog
from lingting.access.roles import may
from lingting.conformity import assess, weeks
from lingting.conformity.dossier import Dossier, pack
from lingting.conformity.verdict import State
from lingting.ledger import proof, sealer
from lingting.ledger.models import Block, Record, Struck, numbered
from lingting.ledger.proof import Told
from lingting.records.kind import Kind, kinds
from lingting.records.values import Wrong
from lingting.records.write import enter, live
from lingting.registers.audits import queries as audits
from lingting.registers.audits.models import (
    Asked,
    Audit,
    Corrected,
    Drawn,
    Examined,
    Finding,
    Joined,
    Packed,
    Population,
    Question,
    Replied,
    Reported,
)
from lingting.registers.direction import queries as direction
from lingting.site import worker
from lingting.site.clock import now
from lingting.web.asking import filled, ready
from lingting.web.evidence import Line, out_of_sight, shown
from lingting.web.pages.around import around
from lingting.web.pages.forms import Asked as Field
from lingting.web.pages.forms import asked_for, write_step
from lingting.web.pages.page import Request, page, refuse, render

STEPS: Mapping[str, type[Record]] = {
    "examined": Audit, "population": Audit, "drawn": Population, "question": Audit, "finding": Audit, "corrected": Finding, "asked": Audit,
    "replied": Asked, "joined": Audit, "reported": Audit,
}  # fmt: skip
"""What can be entered on the page of an audit, and what each is about."""

PARTS = {
    "population": "samples", "drawn": "samples", "question": "questions", "finding": "findings", "corrected": "findings", "asked": "requests",
    "replied": "requests",
}  # fmt: skip
"""The part of the page on which a step then stands, if not the plan."""

COMPUTED = ("size", "digest", "numbers")
"""Columns that are computed when they are left empty; the page leaves them so."""

SPOKEN = {
    "conversations.conversation": ("对话", "Conversations"), "conversations.found": ("听到的发现", "What was heard"), "promises.promise": ("承诺", "Promises"),
}  # fmt: skip
"""What is no register of forms, and drawn from most."""

WORST = 5
YEAR = timedelta(days=365)
UNSURE = (State.NONCONFORMS, State.AT_RISK, State.TO_BE_JUDGED, State.NO_EVIDENCE)


@dataclass(frozen=True, slots=True)
class Planned:
    """An audit in the list: how it stands, and how much was examined, drawn and found."""

    row: Audit
    stands: str
    examined: int
    drawn: int
    found: int


@require_GET
@page("audits.read")
def listing(request: Request) -> HttpResponse:
    """List the audits, the newest first, and which clauses an audit should look at next."""
    found = audits.audits(request.moment).select_related("lead").page(request.GET.get("after", ""))
    return render(request, "audits.html", page=found, rows=list(_planned(request, found.rows)), first=_first(request), waiting=audits.unreplied(request.moment))


def _planned(request: Request, rows: Iterable[Audit]) -> Iterator[Planned]:
    moment, numbers = request.moment, [row.pk for row in rows]
    done = set(audits.finished(moment).filter(pk__in=numbers).values_list("pk", flat=True))
    paths = {Examined: "audit", Drawn: "population__audit", Finding: "audit"}
    counts = {model: _tally(model, path, numbers, request) for model, path in paths.items()}
    for row in rows:
        stands = "finished" if row.pk in done else "late" if row.due < localdate(moment.at) else "running"
        yield Planned(row, stands, *(counts[model].get(row.pk, 0) for model in paths))


def _tally(model: Any, path: str, numbers: list[int], request: Request) -> dict[int, int]:
    counted: dict[int, int] = {}
    for number in model.objects.as_of(request.moment).filter(**{f"{path}__in": numbers}).values_list(path, flat=True):
        counted[number] = counted.get(number, 0) + 1
    return counted


def _first(request: Request) -> list[tuple[Any, State, int]]:
    """Return the clauses to audit first: those that stand worst, of which no audit looked at within a year; with how many checks fail."""
    moment, standing = request.moment, weeks.standings(request.moment, now=now())
    left = assess.left(moment)
    lately = set(audits.examined(moment).filter(at__gte=moment.at - YEAR).values_list("clause", flat=True))
    found = []
    for leaf in catalog.read().leaves():
        if leaf.assessable and leaf.number not in lately:
            state, _, _ = assess.clause(leaf.number, standing, left)
            failing = sum(check.id in standing and standing[check.id].verdict.failing > 0 for check in leaf.checks)
            if state in UNSURE:
                found.append((leaf, state, failing))
    return sorted(found, key=lambda one: (UNSURE.index(one[1]), -one[2], one[0].number))[:WORST]


@require_GET
@page("audits.read")
def audit(request: Request, number: int) -> HttpResponse:
    """Show one audit: its plan, samples, questions, findings, requests, and its evidence pack."""
    return _show(request, number)


@require_POST
@page("audits.read")
def step(request: Request, number: int, kind: str, about: int) -> HttpResponse:
    """Write down a step of an audit, by the same rules as the register's own form."""
    if kind not in STEPS:
        raise Http404
    one, row = kinds()[f"audits.{kind}"], _find(request, number)
    if not may(request.user, one.write):
        return refuse(request, one.write)
    if about not in _of_audit(STEPS[kind], row):
        raise Http404
    given, wrong = write_step(request, one, {_about(kind): about})
    if wrong:
        return _show(request, number, 422, (kind, about), given, wrong)
    return redirect(f"{reverse('audit', args=[number])}#{PARTS.get(kind, 'plan')}")


def _about(kind: str) -> str:
    return STEPS[kind]._meta.model_name or ""


def _find(request: Request, number: int) -> Audit:
    row = audits.audits(request.moment).select_related("lead", "programme").filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _of_audit(model: Any, row: Audit) -> set[int]:
    """Return the numbers of what a step of this audit may be about."""
    return {row.pk} if model is Audit else set(live(model).filter(audit=row).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample with its records as lines of evidence, in the order in which they were drawn."""

    row: Drawn
    lines: tuple[Line, ...]


def _show(
    request: Request,
    number: int,
    status: int = 200,
    chosen: tuple[str, int] | None = None,
    given: Mapping[str, str] | None = None,
    wrong: tuple[Wrong, ...] = (),
) -> HttpResponse:
    moment = request.moment
    row = audits.audits(moment).select_related("lead", "programme").filter(pk=number).first()
    if row is None:
        if Struck.objects.as_of(moment).filter(record=number).exists():
            return redirect("record", "audits", "audit", number)
        raise Http404
    populations, draws = _rows(request, Population, row), _rows(request, Drawn, row, "population")
    corrections = _rows(request, Corrected, row, "finding")
    kind, about = chosen or _chosen(request, row, populations, draws)
    one = kinds()[f"audits.{kind}"] if kind else None
    asked = _form(request, one, given, wrong) if one and may(request.user, one.write) else []
    context, clauses = around(request, kinds()["audits.audit"], row), _clauses(request, row)
    return render(
        request,
        "audit.html",
        status,
        **(context | {"wrong": wrong}),
        step=one if asked else None,
        about=about,
        asked=asked,
        known={field.column.name for field in asked},
        stands=next(_planned(request, [row])).stands,
        team=[joined.person for joined in _rows(request, Joined, row, "person")],
        clauses=clauses,
        ready=ready([clause.number for _, clause, stand in clauses if stand], weeks.standings(moment, now=now())) if clauses else [],
        own_work=audits.own_work(moment).filter(audit=row).count(),
        populations=populations,
        draws={population.pk: [_draw(request, draw) for draw in draws if draw.population_id == population.pk] for population in populations},
        questions=_rows(request, Question, row),
        findings=_rows(request, Finding, row, "nonconformity"),
        corrected={done.finding_id: done for done in corrections},
        corrected_late={done.finding_id for done in corrections if done.finding.due and localdate(done.at) > done.finding.due},
        requests=_rows(request, Asked, row, "owner"),
        replied={done.asked_id: done for done in _rows(request, Replied, row)},
        reports=_rows(request, Reported, row, "to"),
        packs=_rows(request, Packed, row),
        excluded=list(direction.excluded(moment)),
        head=Block.objects.order_by("-height").first(),
        grades=kinds()["audits.finding"].column("grade").text.choices,
        today=localdate(moment.at),
        until=request.user.until,
    )


def _rows(request: Request, kind: type[Record], row: Audit, *related: str) -> list[Any]:
    return list(audits.part_of(row, kind, request.moment).select_related(*related))


def _chosen(request: Request, row: Audit, populations: list[Population], draws: list[Drawn]) -> tuple[str, int]:
    """Return the step whose form is shown: the one asked for, else of an audit under way what is due – freeze, then draw –, else none."""
    kind, about = request.GET.get("step", ""), numbered(request.GET.get("about", "")) or row.pk
    if kind in STEPS and about in _of_audit(STEPS[kind], row):
        return kind, about
    if audits.finished(request.moment).filter(pk=row.pk).exists():
        return "", row.pk
    undrawn = [one for one in populations if one.pk not in {draw.population_id for draw in draws}]
    return ("population", row.pk) if not populations else ("drawn", undrawn[0].pk) if undrawn else ("", row.pk)


def _form(request: Request, kind: Kind, given: Mapping[str, str] | None, wrong: tuple[Wrong, ...]) -> list[Field]:
    """Return the form of a step; where a population is frozen, with what it can be drawn from; of a check's question, with what the registers answer."""
    asked_of = filled(request, request.GET.get("check", "")) if kind.name == "question" else {}
    typed = given or asked_of | {column.name: request.GET[column.name] for column in kind.columns if column.name in request.GET}
    asked = asked_for(request, kind, typed, wrong, fixed={_about(kind.name), *COMPUTED})
    return [replace(one, suggested=_sources(request)) if one.column.name == "source" else one for one in asked]


def _sources(request: Request) -> list[tuple[str, str]]:
    """Return what the reader may draw from: what is spoken, and each kind of record known by a code or that stands alone, with its lists."""
    zh = request.language == "zh-hans"
    found = [(label, names[0] if zh else names[1]) for label, names in SPOKEN.items() if may(request.user, f"{label.partition('.')[0]}.read")]
    for kind in kinds().values():
        if may(request.user, f"{kind.register}.read") and (kind.about is None or any(column.name == "code" for column in kind.columns)):
            called = kind.text.zh if zh else kind.text.en
            found.append((kind.label, called))
            found += [(f"{kind.label}:{name}", f"{called} · {text.zh if zh else text.en}") for name, text in kind.text.lists.items()]
    return found


def _clauses(request: Request, row: Audit) -> list[tuple[Examined, Any, Any]]:
    """Return what the audit looks at, each with its clause and how that stands now."""
    book, standing, left = catalog.read(), weeks.standings(request.moment, now=now()), assess.left(request.moment)
    found = []
    for one in _rows(request, Examined, row, "process"):
        clause = book.clause(one.clause)
        found.append((one, clause, assess.clause(one.clause, standing, left) if clause.assessable else None))
    return found


def _draw(request: Request, drawn: Drawn) -> Draw:
    model = apps.get_model(drawn.population.source.partition(":")[0])
    numbers = [int(number) for number in drawn.numbers.split()]
    rows = {row.pk: row for row in model.objects.filter(pk__in=numbers)}
    return Draw(drawn, tuple(shown(rows[number], request.user) for number in numbers if number in rows))


@require_POST
@page("audits.examine")
def dossier(request: Request, number: int) -> HttpResponse:
    """Hand out the evidence pack of an audit, and write down that it left the house; personal columns go along only if one who may decides so."""
    personal = request.POST.get("personal") == "yes"
    if personal and not may(request.user, "audits.disclose"):
        return refuse(request, "audits.disclose")
    row = _find(request, number)
    sealer.seal(worker.seal_key(), heads=worker.heads())
    standings = weeks.standings(request.moment, now=now())
    made = pack(Dossier(row, request.moment, standings, told=lambda one: _told(one, request, personal=personal), public_key=_public_key()))
    enter(Packed(audit=row, digest=made.digest, records=made.records, personal=personal, at=now()), by=request.user.pk)
    headers = {"Content-Disposition": f'attachment; filename="evidence-{row.pk}.zip"'}
    return HttpResponse(made.content, content_type="application/zip", headers=headers)


def _told(row: Record, request: Request, *, personal: bool) -> Told:
    """Return how much of a record this reader takes out of the house: nothing of what is out of their sight, personal columns only if so decided."""
    app, kind = row._meta.app_label, kinds().get(row._meta.label_lower)
    sees = app == Struck._meta.app_label or may(request.user, f"{app}.read")
    if not sees or (kind and kind.text.anonymous) or out_of_sight(row, request.user):
        return proof.NOTHING
    return proof.ALL if personal else proof.WITHOUT_PERSONAL


def _public_key() -> bytes:
    key = worker.seal_key()
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo) if key else b""
