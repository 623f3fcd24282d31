"""仪器 Instruments: devices, people who judge, rules, models, prompts, speech, surveys in one register – how each stands, and what speaks for it (SC-11)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from django.views.decorators.http import require_GET, require_POST

from lingting.access.models import Account
from lingting.access.own import oneself
from lingting.access.queues import seen
from lingting.access.roles import may
from lingting.catalog import read_norms
from lingting.inspection.calibration import issued
from lingting.ledger.models import RecordQuerySet, Struck
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.values import fixed
from lingting.records.write import live
from lingting.registers.instruments import queries as instruments
from lingting.registers.instruments import studies
from lingting.registers.instruments.choices import Duties, Sort
from lingting.registers.instruments.models import (
    Approved,
    Calibrated,
    Deployed,
    Duty,
    Instrument,
    Plan,
    Rechecked,
    Scope,
    Studied,
    Used,
    Version,
)
from lingting.web.pages import lookback
from lingting.web.pages.around import newest_of, nexts, opened, visible
from lingting.web.pages.page import Request, page, render

STANDS = {
    "quarantined": ("■", "停用隔离", "In quarantine", "nonconforms"), "unlawful": ("▲", "强检缺失（违法）", "Unlawful: not verified", "nonconforms"),
    "overdue": ("▲", "已过期", "Overdue", "nonconforms"), "unplanned": ("△", "没有计划", "Without a plan", "at-risk"),
    "uncalibrated": ("◌", "未校准，只作提示", "Not calibrated: indications", "no-evidence"), "due_soon": ("△", "30 天内到期", "Due within 30 days", "at-risk"),
    "fit": ("●", "有效期内", "In date", "conforms"), "retired": ("▨", "已停止使用", "Retired", "not-applicable"),
    "": ("◌", "不知道", "Unknown", "no-evidence"),
}  # fmt: skip
"""How an instrument's standing is shown, the worst first."""

WHY = {
    "quarantined": ("发现不适用之后停用，还没有人在合格的校准之后解除。", "Found unfit and locked; nobody released it after a good calibration."),
    "unlawful": ("计量法要求检定，现在没有一份有效且带证书的检定。", "The law wants it verified, and no verification with a certificate is in force."),
    "overdue": ("上次合格校准的到期日已过，它还在用。", "The day until which its last good calibration holds has passed, and it is in use."),
    "unplanned": ("没有风险等级和校准间隔，也没有经批准的替代办法。", "It has neither a risk class and an interval nor an approved other way."),
    "uncalibrated": (
        "在用的版本从来没有合格校准，它说的只作提示，不计分。",
        "The version in use was never shown to be fit: what it tells are indications, and not scored.",
    ),
    "due_soon": ("合格校准还有效，但 30 天内到期。", "Its calibration holds, for less than 30 days more."),
    "fit": ("在用的版本有一份合格校准，30 天内不到期。", "The version in use has a good calibration that holds for 30 days and longer."),
    "retired": ("已经停止使用。", "It is used no more."),
    "": ("没有足够的记录。", "There are not enough records."),
}
RISKS = {"high": ("高", "High"), "medium": ("中", "Medium"), "low": ("低", "Low")}
JUDGING = (Sort.INSPECTOR, Sort.RULE, Sort.MODEL, Sort.PROMPT)
"""Those whose result is an agreement with a reference, not an error."""

SHARE = 10_000
"""Shares of a study are kept to four places."""

SHOWN = 8


@require_GET
@page("instruments.read")
def listing(request: Request) -> HttpResponse:
    """List the instruments of all kinds, the worst first."""
    moment = request.moment
    standings, order = instruments.standings(moment), list(STANDS)
    rows = sorted(instruments.instruments(moment).select_related("person"), key=lambda row: (order.index(standings.get(row.pk, "")), row.code))
    calibrated = list(Calibrated.objects.as_of(moment).order_by("at", "id"))
    studied = _studied(request)
    return render(
        request, "instruments.html", rows=rows, standings=standings, stands=STANDS, risks=RISKS, choices=_choices(),
        plans=newest_of(Plan.objects.as_of(moment).order_by("at", "id"), "instrument_id"), last=newest_of(calibrated, "instrument_id"),
        results={row.pk: _result(row, calibrated, studied, request.user) for row in rows}, drifts=_drifts(request, rows, calibrated, studied),
        today=_today(moment), retired=instruments.retired(moment).count(),
        open_=Counter(instruments.open_lookbacks(moment).values_list("instrument_id", flat=True)),
        suspects=instruments.suspect_uses(moment).count(), suspect_findings=instruments.suspect_findings(moment).count(), strangers=_strangers(moment),
    )  # fmt: skip


def _choices() -> dict[str, Any]:
    """Return what the words are called that these pages show."""
    columns = (
        "instrument.sort", "duty.duty", "plan.metrology", "calibrated.way", "calibrated.occasion", "calibrated.decision", "unfit.cause", "disposed.how",
        "certificate.form", "certificate.signature", "studied.reference",
    )  # fmt: skip
    split = [name.split(".") for name in columns]
    return {column: kinds()[f"instruments.{kind}"].column(column).text.choices for kind, column in split}


def open_to(account: Account, row: Instrument) -> bool:
    """Tell whether how well it judges may be shown: of a person only to that person and to whoever leads the calibration."""
    if row.sort != Sort.INSPECTOR or may(account, "instruments.approve"):
        return True
    me = oneself(account)
    return me is not None and (row.person_id == me.pk or live(Studied).filter(instrument=row, leader=me).exists())


def _studied(request: Request, **of: object) -> list[Any]:
    """Return the studies that the reader may see, in the order of time: of a person, those alone in which they stand or which they led."""
    rows: RecordQuerySet[Any] = visible(request, kinds()["instruments.studied"]).filter(**of)
    return list(rows.select_related("gold", "version", "leader").order_by("at", "id"))


@dataclass(frozen=True, slots=True)
class Result:
    """What the newest calibration or study of an instrument showed: an error with its uncertainty, or shares with their intervals; `n` things."""

    error: str = ""
    uncertainty: str = ""
    limit: str = ""
    unit: str = ""
    precision: tuple[float, float, float] | None = None
    kappa: tuple[float, float, float] | None = None
    n: int = 0
    private: bool = False


def _result(row: Instrument, calibrated: list[Calibrated], studied: list[Studied], account: Account) -> Result | None:
    if not open_to(account, row):
        return Result(private=True)
    study = next((one for one in reversed(studied) if one.instrument_id == row.pk), None)
    if study is not None:
        judged_by = None if row.sort == Sort.INSPECTOR else _share(study, "precision")
        return Result(precision=judged_by, kappa=_share(study, "kappa"), n=study.items or 0)
    last = next((one for one in reversed(calibrated) if one.instrument_id == row.pk and one.left_error is not None), None)
    if last is None:
        return None
    error, uncertainty, limit = ("" if value is None else fixed(value, 9) for value in (last.left_error, last.uncertainty, last.limit))
    return Result(error=error, uncertainty=uncertainty, limit=limit, unit=last.unit)


def _share(study: Studied, name: str) -> tuple[float, float, float] | None:
    figures = [getattr(study, f"{name}{end}") for end in ("", "_low", "_high")]
    return None if any(one is None for one in figures) else (figures[0] / SHARE, figures[1] / SHARE, figures[2] / SHARE)


Line = list[tuple[str, float | None]]
"""How a figure went: a day and what it was then."""


def _drifts(request: Request, rows: list[Instrument], calibrated: list[Calibrated], studied: list[Studied]) -> dict[int, Line]:
    """Return how the figure of each instrument went: on its control, else its error at calibrations, else its precision or kappa in studies."""
    found: dict[int, Line] = {}
    people = {row.pk for row in rows if row.sort == Sort.INSPECTOR}
    sources: tuple[tuple[list[Any], Callable[[Any], float | None]], ...] = (
        (studied, lambda one: _of(one.kappa if one.precision is None or one.instrument_id in people else one.precision, SHARE)),
        (calibrated, lambda one: _of(one.found_error, 10**9)),
        (list(visible(request, kinds()["instruments.checked"]).order_by("at", "id")), lambda one: one.value / SHARE),
    )
    for source, value in sources:
        lines: dict[int, Line] = {}
        for one in source:
            if (figure := value(one)) is not None:
                lines.setdefault(one.instrument_id, []).append((localdate(one.at).isoformat(), figure))
        found |= lines
    private = {row.pk for row in rows if not open_to(request.user, row)}
    return {pk: line for pk, line in found.items() if len(line) > 1 and pk not in private}


def _of(value: int | None, whole: int) -> float | None:
    return None if value is None else value / whole


def _day(moment: Moment) -> datetime:
    """Return when the day of a moment began, where the organisation is."""
    return make_aware(datetime.combine(instruments.today(moment), time()))


def _today(moment: Moment) -> dict[str, dict[Any, int]]:
    """Return how often each instrument was used today, and how much each norm found today."""
    used = Used.objects.as_of(moment).filter(at__gte=_day(moment)).order_by().values_list("instrument").annotate(Count("pk"))
    found = instruments.findings(moment).filter(at__gte=_day(moment)).order_by().values_list("norm").annotate(Count("pk"))
    return {"used": dict(used), "found": dict(found)}


def _strangers(moment: Moment) -> list[Any]:
    """Return the norms under which something was found by a detector that is in no register: the starter list."""
    names = {norm.id: norm for norm in read_norms()}
    return sorted((names[norm] for norm in instruments.unregistered(moment).values_list("norm", flat=True) if norm in names), key=lambda norm: norm.id)


@require_GET
@page("instruments.read")
def instrument(request: Request, number: int) -> HttpResponse:
    """Show one instrument: who sees to it, what speaks for it, what it is meant for, and what is in doubt when it was found unfit."""
    return _show(request, _find(request, number))


def _find(request: Request, number: int) -> Instrument:
    row: Instrument | None = Instrument.objects.select_related("person").filter(id=number, at__lte=request.moment.at).first()
    if row is None:
        raise Http404
    return row


def _show(request: Request, row: Instrument, status: int = 200, wrong: lookback.Mistakes | None = None) -> HttpResponse:
    """Show an instrument, and what is wrong with what was typed at a look-back."""
    moment, stands = request.moment, instruments.stands(row, request.moment)
    mine = {"instrument": row}
    calibrated = list(Calibrated.objects.as_of(moment).filter(**mine).select_related("certificate", "version", "calibrator", "study").order_by("at", "id"))
    private = not open_to(request.user, row)
    studied = _studied(request, **mine)
    duties = {one.duty: one for one in Duty.objects.as_of(moment).filter(**mine).order_by("at", "id")}
    plan = Plan.objects.as_of(moment).filter(**mine).order_by("-at", "-id").first()
    logged, outside = instruments.logged(moment).filter(**mine), _outside(row, moment)
    return render(
        request, "instrument.html", status, row=row, stand=stands, stands=STANDS, why=WHY, risks=RISKS, choices=_choices(), plan=plan, private=private,
        last=calibrated[-1] if calibrated else None, calibrated=calibrated[: -SHOWN - 1 : -1],
        calibrated_count=len(calibrated),
        studied=[(one, _truth(one)) for one in studied[: -SHOWN - 1 : -1]], judges=row.sort in JUDGING,
        duties=[(name, duties.get(name)) for name in Duties.values],
        scope=Scope.objects.as_of(moment).filter(**mine).order_by("-at", "-id").first(), logged=logged.count(), outside=outside.count(),
        versions=_versions(row, moment), compared=_compared(row, moment), drift=_drifts(request, [row], calibrated, studied).get(row.pk),
        told=issued().get(row.norm) if row.norm else None, used=instruments.ratings(moment).filter(**mine).count(),
        unfit_uses=instruments.unfit_uses(moment).filter(**mine).count(), found_today=_found_today(row, moment).count(),
        used_today=_used_today(row, moment).count(),
        locks=list(instruments.locks(moment).filter(**mine).select_related("version")), looks=lookback.looks(request, row), wrong=wrong,
        nexts=nexts(request, "instruments.instrument"), struck=Struck.objects.as_of(moment).filter(record=row.pk).first(), given=request.POST,
        picked=set(request.POST.getlist("item")), fixed=fixed,
    )  # fmt: skip


@require_POST
@page("instruments.write")
def dispose(request: Request, number: int) -> HttpResponse:
    """Decide what becomes of doubtful results."""
    row = _find(request, number)
    if wrong := lookback.dispose(request, row):
        return _show(request, row, 422, wrong)
    return redirect(reverse("instrument", args=[row.pk]) + "#lookback")


def _truth(study: Studied) -> list[list[int]] | None:
    """Return the confusion matrix of a study: rows are what is studied, columns the reference."""
    if not study.counts:
        return None
    try:
        return [[int(cell) for cell in line] for line in studies.table(study.counts)]
    except studies.BadTable:
        return None


def _versions(row: Instrument, moment: Moment) -> list[dict[str, Any]]:
    """Return the versions of an instrument, the newest first: who agreed to the parameters, when it was put to use, whether they are what was agreed to."""
    rows = list(Version.objects.as_of(moment).filter(instrument=row).select_related("author").order_by("-at", "-id"))
    approved, deployed = (
        newest_of(model.objects.as_of(moment).filter(version__instrument=row).order_by("at", "id"), "version_id") for model in (Approved, Deployed)
    )
    tampered = set(instruments.tampered(moment).filter(instrument=row).values_list("pk", flat=True)) if rows else set()
    return [{"row": one, "approved": approved.get(one.pk), "deployed": deployed.get(one.pk), "tampered": one.pk in tampered} for one in rows]


def _compared(row: Instrument, moment: Moment) -> set[int]:
    """Return the certificates that a second person compared with what was typed."""
    rows = Rechecked.objects.as_of(moment).filter(certificate__instrument=row, agrees=True)
    return set(rows.values_list("certificate_id", flat=True))


def _outside(row: Instrument, moment: Moment) -> RecordQuerySet[Any]:
    """Return the findings outside what a detector is meant for."""
    return instruments.out_of_scope(moment).filter(norm=row.norm) if row.norm else instruments.findings(moment).none()


def _found_today(row: Instrument, moment: Moment) -> RecordQuerySet[Any]:
    return instruments.findings(moment).filter(norm=row.norm, at__gte=_day(moment)) if row.norm else instruments.findings(moment).none()


def _used_today(row: Instrument, moment: Moment) -> RecordQuerySet[Any]:
    return Used.objects.as_of(moment).filter(instrument=row, at__gte=_day(moment))


SIDES: dict[str, tuple[tuple[str, str], str, Callable[[Instrument, Moment], RecordQuerySet[Any]]]] = {
    "used-today": (("今天用它量的", "Measured with it today"), "", _used_today),
    "found-today": (("今天听到的", "Found by it today"), "conversation__queue", _found_today),
    "out-of-scope": (("适用范围以外的发现（不计分）", "Findings out of scope, not scored"), "conversation__queue", _outside),
    "measured": (("用它量过或判过的", "Measured or judged with it"), "", lambda row, moment: instruments.ratings(moment).filter(instrument=row)),
}  # fmt: skip
"""The lists behind the numbers of an instrument; the second names the way to the queue of a conversation."""


@require_GET
@page("instruments.read")
def evidence(request: Request, number: int, side: str) -> HttpResponse:
    """Show the records behind a number: of the instrument, or of one of its look-backs (`?unfit=`)."""
    row = _find(request, number)
    back = (reverse("instrument", args=[row.pk]), f"{row.code} {row.name}")
    if side in lookback.SIDES:
        title, rows, queue = lookback.behind(request, row, side)
    elif side in SIDES:
        title, queue, ask = SIDES[side]
        rows = ask(row, request.moment)
    else:
        raise Http404
    return opened(request, seen(rows, request.user, queue) if queue else rows, title=title, back=back)
