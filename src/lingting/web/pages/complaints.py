"""投诉的数字 Figures of complaints: causes, what a failure costs, who waited, which kinds fell silent – our own beside what is only claimed."""

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.registers.complaints import effort
from lingting.registers.complaints import queries as complaints
from lingting.registers.conversations import queries as conversations
from lingting.statistics.intervals import wilson
from lingting.web.pages.page import Request, page, render

ARGUED = "arguing.retort"
EFFORT = {"minutes": ("时间", "Time"), "contacts": ("联系次数", "Contacts"), "compensation": ("补偿", "Compensation")}
Share = tuple[str, int, int, float | None, float | None, float | None]
"""A name, how many of how many, the share and the ends of its 95 % interval."""


@require_GET
@page("complaints.read")
def figures(request: Request) -> HttpResponse:
    """Show what the complaints add up to."""
    moment = request.moment
    causes = complaints.causes(moment)
    whole = sum(causes.values())
    registered, kinds_heard = complaints.counted(moment).count(), kinds()["complaints.feedback"].column("kinds").text.choices
    return render(
        request, "complaints.html", registered=registered, silent=[kinds_heard[kind] for kind in complaints.silent_kinds(moment)],
        causes=[_share(cause, count, whole) for cause, count in sorted(causes.items(), key=lambda one: -one[1])],
        cause_names=kinds()["complaints.investigated"].column("cause").text.choices,
        tiers=[_share(tier, late, due) for tier, (due, late) in complaints.by_tier(moment).items()], unfair=complaints.unfair(moment),
        waits=complaints.waits(moment),
        tier_names=kinds()["complaints.complaint"].column("tier").text.choices, multipliers=effort.multipliers(moment), efforts=EFFORT,
        processes=_most(complaints.by_process(moment)), providers=_most(complaints.by_provider(moment)),
        first=_share("", complaints.at_first_contact(moment).count(), complaints.closed(moment).count()),
        repeated=_share("", complaints.repeated(moment).count(), registered), argued=_after_arguing(moment),
    )  # fmt: skip


def _share(name: str, count: int, whole: int) -> Share:
    found = wilson(count, whole)
    return (name, count, whole, count / whole, found.low, found.high) if found else (name, count, whole, None, None, None)


def _after_arguing(moment: Moment) -> tuple[Share, Share]:
    """Return how many customers complained within a fortnight after a talk in which we argued, and after one in which we did not."""
    talks = conversations.begun(moment).filter(party__isnull=False, at__lte=moment.at - complaints.REPEATED_WITHIN)
    arguing = Exists(conversations.findings(moment).filter(conversation=OuterRef("pk"), norm=ARGUED))
    argued, calm = talks.filter(arguing), talks.exclude(arguing)
    first, second = (_share("", complaints.complained_after(rows, moment).count(), rows.count()) for rows in (argued, calm))
    return first, second


def _most(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: -one[1])[:10]
