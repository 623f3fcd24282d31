"""What is true of interested parties (相关方) as of a moment."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.asking import newest
from lingting.ledger.models import Record, RecordQuerySet, Struck
from lingting.ledger.moment import Moment
from lingting.registers.parties import identity
from lingting.registers.parties.models import (
    Adopted,
    Based,
    Category,
    Considered,
    Contacted,
    Contested,
    Dealing,
    Declined,
    Difficulty,
    Grade,
    Indicator,
    Influence,
    Judged,
    Latent,
    Lifted,
    Need,
    Offered,
    Party,
    Placed,
    Preference,
    Reached,
    Reviewed,
    Supported,
    Tier,
    TurnedAway,
    Wish,
)

REVIEW_EVERY = period("parties.review-every", timedelta(days=365))


def known(moment: Moment) -> RecordQuerySet[Party]:
    """Return the parties known so far."""
    return Party.objects.as_of(moment)


def at_addresses(addresses: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Party]:
    """Return who was reached at these addresses (way, address) before; of entries merged since, the one that is kept."""
    wanted: dict[str, list[str]] = {}
    for way, address in addresses:
        wanted.setdefault(way, []).append(address)
    found: dict[tuple[str, str], Party] = {}
    for way, ours in wanted.items():
        for start in range(0, len(ours), 500):
            rows = (
                Reached.objects.exclude(id__in=Struck.objects.values("record")).filter(way=way, address__in=ours[start : start + 500]).select_related("party")
            )
            found.update({(way, row.address or ""): row.party for row in rows.order_by("-id")})
    entries = identity.now_kept(found.values())
    return {address: entries[party.pk] for address, party in found.items()}


def numbered(number: int) -> Party | None:
    """Return the party of this number, or the entry that is kept for it."""
    row = Party.objects.filter(id=number).first()
    return identity.now_kept([row])[row.pk] if row else None


def relevant(moment: Moment) -> RecordQuerySet[Party]:
    """Return the parties whose latest judgement says that they matter."""
    return _judged(moment).filter(latest=True)


def irrelevant(moment: Moment) -> RecordQuerySet[Party]:
    """Return the parties whose latest judgement says that they do not matter."""
    return _judged(moment).filter(latest=False)


def undecided(moment: Moment) -> RecordQuerySet[Party]:
    """Return the parties that nobody judged yet, and those whose judgement was to be looked at again by now."""
    return _judged(moment).filter(Q(latest=None) | Q(latest_review__lt=localdate(moment.at)))


def listed(moment: Moment) -> RecordQuerySet[Party]:
    """Return the parties other than customers, of whom nobody is on the register but by choice."""
    return known(moment).exclude(category=Category.CUSTOMER)


def listed_undecided(moment: Moment) -> RecordQuerySet[Party]:
    """Return those of them of whom nobody decided whether they matter, or whose decision was to be looked at again by now."""
    return undecided(moment).exclude(category=Category.CUSTOMER)


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


CATEGORIES = tuple(category.value for category in Category if category not in {Category.COMPETITOR, Category.NEIGHBOUR})
"""The categories that every organisation must say yes or no to; competitors and neighbours are society's."""


def categories_open(moment: Moment) -> tuple[str, ...]:
    """Return the categories of which nobody has said, with a reason that still holds, whether there is such a party."""
    considered = Considered.objects.as_of(moment).filter(review__gte=localdate(moment.at)).exclude(reason="")
    answered = {*categories_decided(moment), *considered.order_by().values_list("category", flat=True).distinct()}
    return tuple(category for category in CATEGORIES if category not in answered)


def looked_for(moment: Moment) -> bool:
    """Tell whether anybody has begun to look for interested parties at all."""
    return Judged.objects.as_of(moment).exists() or Considered.objects.as_of(moment).exists()


def taken_up(moment: Moment) -> RecordQuerySet[Placed]:
    """Return the people who spoke of being affected and were taken up as parties."""
    return Placed.objects.as_of(moment)


def turned_away(moment: Moment) -> RecordQuerySet[TurnedAway]:
    """Return those who were sent away and never taken up afterwards."""
    placed = Placed.objects.as_of(moment).filter(conversation=OuterRef("conversation"))
    return TurnedAway.objects.as_of(moment).exclude(Exists(placed))


def ungrounded(moment: Moment) -> RecordQuerySet[Party]:
    """Return the parties other than customers of which nobody said why they are one."""
    return known(moment).exclude(category=Category.CUSTOMER).exclude(Exists(Based.objects.as_of(moment).filter(party=OuterRef("pk"))))


def unmeasured(moment: Moment) -> RecordQuerySet[Need]:
    """Return the adopted needs that no indicator shows to be met or not."""
    adopted = Adopted.objects.as_of(moment).filter(need=OuterRef("pk"))
    return needs(moment).filter(Exists(adopted)).exclude(Exists(Indicator.objects.as_of(moment).filter(need=OuterRef("pk"))))


def risen(moment: Moment) -> RecordQuerySet[Influence]:
    """Return the ratings that are higher than the one before and after which no need of the party was looked at again."""
    before = Influence.objects.as_of(moment).filter(party=OuterRef("party"), at__lt=OuterRef("at")).order_by("-at", "-id")
    looked = Judged.objects.as_of(moment).filter(party=OuterRef("party"), at__gte=OuterRef("at"))
    rows = Influence.objects.as_of(moment).annotate(earlier=Subquery(before.values("influence")[:1]))
    return rows.filter(influence__gt=F("earlier")).exclude(Exists(looked))


def ratings_overdue(moment: Moment) -> RecordQuerySet[Influence]:
    """Return the newest rating of each party, where its day of review is past."""
    later = Influence.objects.as_of(moment).filter(party=OuterRef("party"), at__gt=OuterRef("at"))
    return Influence.objects.as_of(moment).filter(review__lt=localdate(moment.at)).exclude(Exists(later))


def silent(moment: Moment) -> RecordQuerySet[Supported]:
    """Return those whose support we need and with whom we were not in touch for longer than was agreed."""
    later = Supported.objects.as_of(moment).filter(party=OuterRef("party"), at__gt=OuterRef("at"))
    rows = Supported.objects.as_of(moment).exclude(Exists(later))
    touched = Contacted.objects.as_of(moment).filter(party=OuterRef("party")).order_by("-at")
    last = rows.annotate(last=Coalesce(Subquery(touched.values("at")[:1]), F("at")))
    agreed = rows.order_by().values_list("every", flat=True).distinct()
    overdue = [Q(every=days, last__lt=moment.at - timedelta(days=days)) for days in agreed]
    return last.filter(reduce(or_, overdue)) if overdue else last.none()


def tier_at(moment: Moment, party: str = "pk") -> dict[str, Subquery]:
    """Return the annotation `tier`: the newest tier that has not run out, of parties or of rows that name one by the path `party`."""
    tiers = Tier.objects.as_of(moment).filter(party=OuterRef(party), until__gte=localdate(moment.at)).order_by("-at", "-id")
    return {"tier": Subquery(tiers.values("tier")[:1])}


def tiers_at(moment: Moment, times: Sequence[tuple[int, datetime]]) -> list[str]:
    """Return which tier customers had at these times, one after the other; none is ``, and one given later, or run out before, is none."""
    rows = Tier.objects.as_of(moment).filter(party__in={party for party, _ in times}).order_by("at", "id")
    tiers: dict[int, list[tuple[datetime, str, date]]] = {}
    for party, at, tier, until in rows.values_list("party", "at", "tier", "until"):
        tiers.setdefault(party, []).append((at, tier, until))
    return [next((tier for given, tier, until in reversed(tiers.get(party, [])) if given <= at and localdate(at) <= until), "") for party, at in times]


def first_served(rows: RecordQuerySet[Any]) -> RecordQuerySet[Any]:
    """Return what waits (with its `tier`), the higher tier first, then by when its time is up (`due`); a tier moves a queue, and nothing but a queue.

    It is meant for those who are still in time: whose time is over goes first whatever their tier.
    """
    place = Case(*(When(tier=tier, then=number) for number, tier in enumerate((Grade.VIP, Grade.GOLD))), default=2)
    return rows.order_by(place, "due", "id")


def dealings(moment: Moment) -> RecordQuerySet[Dealing]:
    """Return the newest word of each customer's place in a deal."""
    later = Dealing.objects.as_of(moment).filter(party=OuterRef("party"), at__gt=OuterRef("at"))
    return Dealing.objects.as_of(moment).exclude(Exists(later))


def intermediaries(moment: Moment) -> RecordQuerySet[Dealing]:
    """Return the customers who buy for others."""
    return dealings(moment).filter(parts__contains="intermediary")


def end_customers(moment: Moment) -> RecordQuerySet[Dealing]:
    """Return the customers who buy for themselves."""
    return dealings(moment).filter(Q(parts__startswith="end") | Q(parts__contains=" end"))


def quiet_times(moment: Moment) -> RecordQuerySet[Preference]:
    """Return the times in which customers do not want to be called."""
    return Preference.objects.as_of(moment).filter(about=Wish.QUIET)


def disturbed(calls: RecordQuerySet[Any], moment: Moment) -> RecordQuerySet[Any]:
    """Return those of our calls (each with its `clock`, the time of day where we are) that came while the customer had asked not to be called."""
    wishes = quiet_times(moment).filter(party=OuterRef("party"), at__lte=OuterRef("at"), quiet_from__lte=OuterRef("clock"), quiet_until__gt=OuterRef("clock"))
    return calls.filter(party__in=quiet_times(moment).values("party")).filter(Exists(wishes))


def marked(moment: Moment) -> RecordQuerySet[Difficulty]:
    """Return the marks of difficulty in force."""
    lifted = Lifted.objects.as_of(moment).filter(difficulty=OuterRef("pk"))
    return Difficulty.objects.as_of(moment).filter(until__gte=localdate(moment.at)).exclude(Exists(lifted))


def contested(moment: Moment) -> RecordQuerySet[Difficulty]:
    """Return the marks in force that are contested."""
    return marked(moment).filter(Exists(Contested.objects.as_of(moment).filter(difficulty=OuterRef("pk"))))


def latent_open(moment: Moment) -> RecordQuerySet[Latent]:
    """Return the latent needs for which nothing was offered yet."""
    return Latent.objects.as_of(moment).exclude(Exists(Offered.objects.as_of(moment).filter(latent=OuterRef("pk"))))


def about(parties: Collection[int]) -> list[Record]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    of_them = {"party__in": parties}
    return [
        *Party.objects.filter(id__in=parties), *Reached.objects.filter(**of_them), *Need.objects.filter(**of_them), *Based.objects.filter(**of_them),
        *Contacted.objects.filter(**of_them), *Preference.objects.filter(**of_them), *Difficulty.objects.filter(**of_them),
        *Contested.objects.filter(difficulty__party__in=parties), *Latent.objects.filter(**of_them),
    ]  # fmt: skip


def _judged(moment: Moment) -> RecordQuerySet[Party]:
    judged = Judged.objects.as_of(moment).filter(party=OuterRef("pk"))
    return known(moment).annotate(latest=newest(judged, "relevant"), latest_review=newest(judged, "review"))
