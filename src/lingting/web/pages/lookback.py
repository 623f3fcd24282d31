"""反向追溯 Look-back: every result that an unfit instrument told since it was last good, what becomes of each, and who was told."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404

from lingting.ledger.models import RecordQuerySet, numbered
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.values import Wrong
from lingting.records.write import Known, Refused, live, write
from lingting.registers.instruments import queries as instruments
from lingting.registers.instruments.choices import Disposal
from lingting.registers.instruments.models import Closed, Disposed, Instrument, Told, Unfit
from lingting.site.clock import now
from lingting.web.evidence import HIDDEN, out_of_sight
from lingting.web.pages.page import Request

AT_ONCE = 20
"""Doubtful results that the page shows to choose from; the rest follow when these are disposed of, or are taken all together."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A result in doubt: how it is named in the form, what was measured or said, when, and whether measuring it again gives a value."""

    name: str
    row: Any
    words: str
    measured: bool

    @property
    def used(self) -> bool:
        """Tell whether it was measured or judged in the register, and not found in a conversation."""
        return self.name.startswith("used-")


@dataclass(frozen=True, slots=True)
class Look:
    """A look-back: how many results were in doubt, what became of them, how many wait, who was told."""

    unfit: Unfit
    uses: int
    findings: int
    left: int
    untold: int
    customers: int
    by: dict[str, int]
    told: list[Told]
    closed: Closed | None
    waiting: list[Doubtful]


@dataclass(slots=True)
class Mistakes:
    """What is wrong with what was typed at a look-back: by field, and by result."""

    unfit: int
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)
    items: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.fields or self.items)


def looks(request: Request, row: Instrument) -> list[Look]:
    """Return the look-backs of an instrument, those under way first."""
    rows = Unfit.objects.as_of(request.moment).filter(instrument=row).select_related("instrument", "version", "calibrated").order_by("-at", "-id")
    return sorted((_look(request, one) for one in rows), key=lambda look: look.closed is not None)


def _look(request: Request, unfit: Unfit) -> Look:
    moment = request.moment
    uses, findings = instruments.undisposed_uses(unfit, moment), instruments.undisposed_findings(unfit, moment)
    by = Counter(Disposed.objects.as_of(moment).filter(unfit=unfit).values_list("how", flat=True))
    closed = Closed.objects.as_of(moment).filter(unfit=unfit).select_related("person").first()
    return Look(
        unfit=unfit, uses=instruments.uses_in_doubt(unfit, moment).count(), findings=instruments.findings_in_doubt(unfit, moment).count(),
        left=uses.count() + findings.count(), by={how: by[how] for how in Disposal.values if by[how]}, closed=closed,
        untold=instruments.untold(moment).filter(unfit=unfit).count(), customers=instruments.customers_in_doubt(unfit, moment).count(),
        told=list(Told.objects.as_of(moment).filter(unfit=unfit).select_related("party", "person").order_by("at")),
        waiting=[] if closed else list(_waiting(request, uses, findings)),
    )  # fmt: skip


def _waiting(request: Request, uses: RecordQuerySet[Any], findings: RecordQuerySet[Any]) -> Iterator[Doubtful]:
    measured = list(uses.select_related("party", "person").order_by("at", "id")[:AT_ONCE])
    for one in measured:
        yield Doubtful(f"used-{one.pk}", one, one.what or "▒▒", one.value is not None)
    for one in findings.select_related("conversation").order_by("at", "id")[: AT_ONCE - len(measured)]:
        yield Doubtful(f"found-{one.pk}", one, HIDDEN if out_of_sight(one, request.user) else one.quote or "▒▒", measured=False)


def dispose(request: Request, row: Instrument) -> Mistakes:
    """Write down what becomes of several doubtful results for one reason: of all, or of none if anything is wrong with one; return what is wrong."""
    unfit = _unfit(request, row, request.POST.get("unfit", ""))
    names = _names(request, unfit)
    wrong = Mistakes(unfit.pk, {one.column: (one.zh, one.en) for one in _missing(request, names)})
    if not wrong.fields:
        wrong.items = _write(request, unfit, names)
    return wrong


def _unfit(request: Request, row: Instrument, words: str) -> Unfit:
    found: Unfit | None = live(Unfit).filter(pk=numbered(words), instrument=row, at__lte=request.moment.at).select_related("instrument", "version").first()
    if found is None:
        raise Http404
    return found


def _names(request: Request, unfit: Unfit) -> list[str]:
    """Return which results were chosen: those that are ticked, or all that wait."""
    if not request.POST.get("all"):
        return list(dict.fromkeys(request.POST.getlist("item")))
    moment = Moment(now())
    uses, findings = instruments.undisposed_uses(unfit, moment), instruments.undisposed_findings(unfit, moment)
    return [f"used-{pk}" for pk in uses.values_list("pk", flat=True)] + [f"found-{pk}" for pk in findings.values_list("pk", flat=True)]


def _missing(request: Request, names: list[str]) -> Iterator[Wrong]:
    if not names:
        yield Wrong("item", "请勾选要处置的结果，或勾选“全部剩余”。", "Tick the results to dispose of, or tick “all that are left”.")
    if request.POST.get("how", "") not in Disposal.values:
        yield Wrong("how", "请选择怎样处置。", "Choose what becomes of them.")
    if not request.POST.get("why", "").strip():
        yield Wrong("why", "请写明理由；一个理由用于这次勾选的全部结果。", "Give the reason; it stands for everything ticked here.")


def _write(request: Request, unfit: Unfit, names: list[str]) -> dict[str, tuple[str, str]]:
    """Write all down, or return what is wrong with which result and write nothing."""
    wrong: dict[str, tuple[str, str]] = {}
    known, at = Known(), now()
    with transaction.atomic():
        for name in names:
            column, _, number = name.partition("-")
            value = request.POST.get(f"value-{name}", "") if request.POST.get("how") == Disposal.REMEASURE else ""
            given = {"unfit": unfit, column: number, "how": request.POST["how"], "why": request.POST["why"], "value": value}
            try:
                write(kinds()["instruments.disposed"], given, by=request.user.pk, now=at, zone=settings.LINGTING["ZONE"], known=known)
            except Refused as refused:
                wrong[name] = (" ".join(one.zh for one in refused.wrong), " ".join(one.en for one in refused.wrong))
        if wrong:
            transaction.set_rollback(True)
    return wrong


SIDES = {
    "doubtful-uses": ("起疑期间的测量", "Measurements in doubt"),
    "doubtful-findings": ("起疑期间的发现", "Findings in doubt"),
    "disposed": ("已处置的结果", "Results disposed of"),
    "untold": ("当事人还不知道的", "Concerned and not told"),
}
"""The lists behind the numbers of a look-back."""


def behind(request: Request, row: Instrument, side: str) -> tuple[tuple[str, str], RecordQuerySet[Any], str]:
    """Return what a number of a look-back was counted from: title, records, the way to the queue of a conversation."""
    unfit, moment, how = _unfit(request, row, request.GET.get("unfit", "")), request.moment, request.GET.get("how", "")
    disposed = Disposed.objects.as_of(moment).filter(unfit=unfit)
    rows: dict[str, RecordQuerySet[Any]] = {
        "doubtful-uses": instruments.uses_in_doubt(unfit, moment), "doubtful-findings": instruments.findings_in_doubt(unfit, moment),
        "disposed": disposed.filter(how=how) if how in Disposal.values else disposed, "untold": instruments.untold(moment).filter(unfit=unfit),
    }  # fmt: skip
    return SIDES[side], rows[side], "conversation__queue" if side == "doubtful-findings" else ""
