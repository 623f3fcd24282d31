"""What is true of interested parties (相关方) as of a moment."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.parties.models import Adopted, Declined, Judged, Need, Party, Reached, Reviewed

REVIEW_EVERY = timedelta(days=365)


def known(moment: Moment) -> RecordQuerySet[Party]:
    """Return the parties known so far."""
    return Party.objects.as_of(moment)


def at_addresses(addresses: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Party]:
    """Return who was reached at these addresses (way, address) before."""
    wanted: dict[str, list[str]] = {}
    for way, address in addresses:
        wanted.setdefault(way, []).append(address)
    found: dict[tuple[str, str], Party] = {}
    for way, ours in wanted.items():
        for start in range(0, len(ours), 500):
            rows = Reached.objects.filter(way=way, address__in=ours[start : start + 500]).select_related("party")
            found.update({(way, row.address or ""): row.party for row in rows.order_by("-id")})
    return found


def numbered(number: int) -> Party | None:
    """Return the party of this number."""
    return Party.objects.filter(id=number).first()


def relevant(moment: Moment) -> RecordQuerySet[Party]:
    """Return the parties whose latest judgement says that they matter."""
    return _judged(moment).filter(latest=True)


def undecided(moment: Moment) -> RecordQuerySet[Party]:
    """Return the parties that nobody judged yet, and those whose judgement was to be looked at again by now."""
    return _judged(moment).filter(Q(latest=None) | Q(latest_review__lt=moment.at.date()))


def categories_decided(moment: Moment) -> QuerySet[Judged, str]:
    """Return the categories in which at least one party was judged, with a reason."""
    return Judged.objects.as_of(moment).exclude(reason="").order_by().values_list("party__category", flat=True).distinct()


def inside(moment: Moment) -> RecordQuerySet[Party]:
    """Return the parties within the organisation."""
    return known(moment).filter(internal=True)


def without_need(moment: Moment) -> RecordQuerySet[Party]:
    """Return the relevant parties of whom no need with its origin is written down."""
    needs = Need.objects.as_of(moment).filter(party=OuterRef("pk")).exclude(origin="")
    return relevant(moment).exclude(Exists(needs))


def needs(moment: Moment) -> RecordQuerySet[Need]:
    """Return the needs known so far."""
    return Need.objects.as_of(moment)


def untreated(moment: Moment, *, older_than: timedelta = timedelta(0)) -> RecordQuerySet[Need]:
    """Return the needs neither adopted nor declined with a reason, `older_than` since they were heard."""
    adopted = Adopted.objects.as_of(moment).filter(need=OuterRef("pk")).exclude(serves="")
    declined = Declined.objects.as_of(moment).filter(need=OuterRef("pk")).exclude(reason="")
    return needs(moment).filter(at__lte=moment.at - older_than).exclude(Exists(adopted)).exclude(Exists(declined))


def heard_needs(moment: Moment) -> RecordQuerySet[Need]:
    """Return the needs that were heard in conversations or notices."""
    return needs(moment).filter(origin__in=["conversation", "notice"])


def late_needs(moment: Moment, *, within: timedelta) -> RecordQuerySet[Need]:
    """Return the heard needs on which nobody decided within the time allowed."""
    decided = Q()
    for kind in (Adopted, Declined):
        in_time = kind.objects.as_of(moment).filter(need=OuterRef("pk"), at__lte=OuterRef("at") + within)
        decided |= Q(Exists(in_time))
    return heard_needs(moment).filter(at__lte=moment.at - within).exclude(decided)


def last_review(moment: Moment) -> RecordQuerySet[Reviewed]:
    """Return the latest review of the whole register, alone or none."""
    return Reviewed.objects.as_of(moment).filter(pk__in=Reviewed.objects.as_of(moment).order_by("-at").values("pk")[:1])


def review_overdue(moment: Moment) -> RecordQuerySet[Reviewed]:
    """Return the latest review if it was longer ago than the register may go unseen."""
    return last_review(moment).filter(at__lt=moment.at - REVIEW_EVERY)


def about(parties: Collection[int]) -> list[Party | Reached | Need]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    return [
        *Party.objects.filter(id__in=parties),
        *Reached.objects.filter(party__in=parties),
        *Need.objects.filter(party__in=parties),
    ]


def _judged(moment: Moment) -> RecordQuerySet[Party]:
    latest = Judged.objects.as_of(moment).filter(party=OuterRef("pk")).order_by("-at", "-id")
    return known(moment).annotate(latest=Subquery(latest.values("relevant")[:1]), latest_review=Subquery(latest.values("review")[:1]))
