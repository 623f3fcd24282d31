"""Shipments (货票) behind the numbers of a provider's page: which, of which days, and the picture of their shares."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404
from markupsafe import Markup

from lingting.conformity import shipped
from lingting.conformity.providers import Figure
from lingting.conformity.shipped import PART, WHOLE, Fates, Shipped
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.remembered import Remembered
from lingting.registers.suppliers.models import Provider
from lingting.web.pages.around import Words
from lingting.web.pages.page import Request
from lingting.web.pictures import charts

_KNOWN: Remembered[Fates] = Remembered(10)

NAMES: Mapping[str, Words] = {"late": ("迟到", "late"), "harmed": ("破损或遗失", "damaged or lost")}
"""What can befall a shipment."""

SIDES: Mapping[str, Words] = {
    "late": ("迟到的货票", "Shipments that were late"), "late-known": (
        "知道到没到、准不准时的货票", "Shipments of which it is known whether they were in time"
    ),
    "late-all": ("所有迟到的货票，不论谁承运", "All shipments that were late, whoever carried them"),
    "late-not": ("没有迟到的货票", "Shipments that were not late"),
    "harmed": ("破损或遗失的货票", "Shipments that were damaged or lost"), "harmed-known": ("到了终点的货票", "Shipments that came to an end"),
    "harmed-all": ("所有破损或遗失的货票，不论谁承运", "All shipments that were damaged or lost, whoever carried them"),
    "harmed-not": ("没有破损或遗失的货票", "Shipments that were neither damaged nor lost"),
}  # fmt: skip
"""The lists behind the numbers; `?since=` and `?until=` narrow them to days."""


def fates(request: Request) -> Fates:
    """Return how all shipments fared, reckoned once while the book stays as it is and the minute lasts."""
    moment = request.moment
    at = moment.at if request.asked_at else moment.at.replace(second=0, microsecond=0)
    return _KNOWN.answer((at, moment.known), lambda: shipped.fates(moment))


def rows(request: Request, row: Provider, side: str) -> RecordQuerySet[Any]:
    """Return the shipments behind a number."""
    what, _, how = side.partition("-")
    moment = request.moment
    found: RecordQuerySet[Any] = (WHOLE if how in {"known", "not"} else PART)[what](moment)
    if how == "not":
        found = found.exclude(pk__in=PART[what](moment).values("pk"))
    if how != "all":
        found = found.filter(provider=row)
    for name, lookup in (("since", "day__gte"), ("until", "day__lte")):
        if words := request.GET.get(name, ""):
            found = found.filter(**{lookup: _day(words)})
    return found


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Http404 from None


def picture(found: tuple[Shipped, ...], *, zh: bool) -> Markup:
    """Draw the shares of one provider below each other with their intervals."""
    lines: list[tuple[str, Figure]] = []
    for one in found:
        name = NAMES[one.what][not zh]
        lines.append((f"它承运的货票中{name}" if zh else f"Of its shipments, {name}", one.own))
        lines.append((f"所有{name}的货票中由它承运" if zh else f"Of all shipments {name}, carried by it", one.of_all))
    drawn = [
        (f"{name}（n={figure.n}）" if zh else f"{name} (n={figure.n})", figure.met / figure.n, figure.interval.low, figure.interval.high)
        if figure.interval
        else (f"{name}（n=0）" if zh else f"{name} (n=0)", None, None, None)
        for name, figure in lines
    ]
    return charts.intervals(
        drawn, label="由货票算出的比例及其 95% 区间" if zh else "Shares reckoned from shipments, with their 95 % intervals",
        headings=["什么", "比例", "区间下端", "区间上端"] if zh else ["What", "Share", "Lower end", "Upper end"],
    )  # fmt: skip
