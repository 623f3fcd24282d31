"""What is true of offerings (产品和服务) as of a moment."""

from datetime import timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, Concat, Lower, Replace
from django.utils.timezone import localdate

from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.offerings.goods import listed  # noqa: F401  # the lists of the register are looked for here
from lingting.registers.offerings.models import (
    SERVICE,
    WHOLE,
    Allowed,
    Applies,
    Approved,
    Claim,
    Dropped,
    Ended,
    Failed,
    Improved,
    LawReviewed,
    Lifted,
    Mode,
    Obligation,
    Offering,
    Proven,
    Published,
    Recall,
    Reconsidered,
    Stated,
    TakenDown,
    Told,
    Version,
    Weighed,
)

OFTEN = 3
"""How many failures of one mode within a season make it a leading issue; a house default, shown as ours."""

SEASON = timedelta(days=90)

DETERMINANTS = ("statutory", "consequences", "nature", "requirements", "feedback")
"""What decides how far an obligation goes (8.5.5 a–e)."""

ARRANGEMENT = ("who", "how", "means")
"""Who does it, how, with what; `days` is the fourth: by when."""


def _of(model: type[Record], moment: Moment, **outer: str) -> RecordQuerySet[Any]:
    rows: RecordQuerySet[Any] = model.objects.as_of(moment)
    return rows.filter(**{name: OuterRef(place) for name, place in outer.items()})


def on_sale(moment: Moment) -> RecordQuerySet[Offering]:
    """Return what is offered now."""
    return Offering.objects.as_of(moment).exclude(Exists(_of(Ended, moment, offering="pk")))


def ended(moment: Moment) -> RecordQuerySet[Offering]:
    """Return what is offered no longer."""
    return Offering.objects.as_of(moment).filter(Exists(_of(Ended, moment, offering="pk")))


def live(moment: Moment) -> RecordQuerySet[Published]:
    """Return the publications that a customer meets: neither taken down nor replaced at the same place by a newer version."""
    rows = Published.objects.as_of(moment).exclude(Exists(_of(TakenDown, moment, published="pk")))
    same = _of(Published, moment, version__information="version__information", form="form", place="place")
    return rows.exclude(Exists(same.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), id__gt=OuterRef("pk")))))


def current(moment: Moment) -> RecordQuerySet[Version]:
    """Return the newest version that is published of each information."""
    out = Version.objects.as_of(moment).filter(Exists(live(moment).filter(version=OuterRef("pk"))))
    newer = _of(Version, moment, information="information").filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), id__gt=OuterRef("pk")))
    return out.exclude(Exists(newer.filter(Exists(live(moment).filter(version=OuterRef("pk"))))))


def _covering(rows: RecordQuerySet[Any], topics: tuple[str, ...]) -> RecordQuerySet[Any]:
    spaced = Concat(Value(" "), F("topics"), Value(" "), output_field=CharField())
    return rows.alias(spaced=spaced).filter(*(Q(spaced__contains=f" {topic} ") for topic in topics))


def product_only(moment: Moment) -> RecordQuerySet[Version]:
    """Return the versions now published that say nothing of the service: what follows delivery, how to complain."""
    return current(moment).exclude(pk__in=_covering(Version.objects.as_of(moment), SERVICE).values("pk"))


def incomplete(moment: Moment) -> RecordQuerySet[Version]:
    """Return the versions now published that lack a topic of the template."""
    return current(moment).exclude(pk__in=_covering(Version.objects.as_of(moment), WHOLE).values("pk"))


def unapproved(moment: Moment) -> RecordQuerySet[Version]:
    """Return the versions now published that nobody approved."""
    return current(moment).exclude(Exists(_of(Approved, moment, version="pk")))


def outdated(moment: Moment) -> RecordQuerySet[Version]:
    """Return the versions now published past the day to which they were valid."""
    return current(moment).filter(valid_to__lt=localdate(moment.at))


def uninformed(moment: Moment) -> RecordQuerySet[Offering]:
    """Return what is on sale without current approved information that also speaks of the service."""
    good = _covering(current(moment), SERVICE).filter(Q(valid_to=None) | Q(valid_to__gte=localdate(moment.at)))
    good = good.filter(Exists(_of(Approved, moment, version="pk")), information__offering=OuterRef("pk"))
    return on_sale(moment).exclude(Exists(good))


def said_now(moment: Moment) -> RecordQuerySet[Stated]:
    """Return the values that customers meet now, each with what it is `about` and a `bare` form for comparing."""
    bare = Replace(Lower(F("value")), Value(" "), Value(""), output_field=CharField())
    about = Coalesce(F("published__version__information__offering"), Value(0))
    return Stated.objects.as_of(moment).filter(Exists(live(moment).filter(pk=OuterRef("published")))).annotate(bare=bare, about=about)


def contradicting(moment: Moment) -> RecordQuerySet[Stated]:
    """Return the values that another live publication about the same offering contradicts: the site says 7 days, the script 3."""
    least, most = (Window(extreme("bare"), partition_by=["about", "matter"]) for extreme in (Min, Max))
    differing = said_now(moment).annotate(least=least, most=most).exclude(least=F("most"))
    return Stated.objects.as_of(moment).filter(pk__in=differing.values("pk"))


def silence(offering: Offering, moment: Moment) -> list[Version | Told]:
    """Return what shows that customers hear of an offering without its service: the sheets in force that leave it out, and the tellings from them."""
    sheets = product_only(moment).filter(information__offering=offering).order_by("at", "id")
    return [*sheets, *Told.objects.as_of(moment).filter(version__in=sheets.values("pk")).order_by("at", "id")]


def told_product_only(moment: Moment) -> RecordQuerySet[Told]:
    """Return the tellings that left the service out."""
    rows = Told.objects.as_of(moment)
    return rows.exclude(pk__in=_covering(rows, SERVICE).values("pk"))


def not_understood(moment: Moment) -> RecordQuerySet[Told]:
    """Return the tellings after which the customer said it was not clear."""
    return Told.objects.as_of(moment).filter(understood=Told.Understood.UNCLEAR)


def claims(moment: Moment) -> RecordQuerySet[Claim]:
    """Return the claims made now, for what is on sale."""
    rows = Claim.objects.as_of(moment).exclude(Exists(_of(Dropped, moment, claim="pk")))
    return rows.exclude(Exists(_of(Ended, moment, offering="offering")))


def unproven(moment: Moment) -> RecordQuerySet[Claim]:
    """Return the claims for which the newest evidence says no, has run out, or is missing."""
    newest = _of(Proven, moment, claim="pk").order_by("-at", "-id").values("pk")[:1]
    good = Proven.objects.as_of(moment).filter(pk=OuterRef("proof"), holds=True, until__gte=localdate(moment.at))
    return claims(moment).annotate(proof=Subquery(newest)).exclude(Exists(good))


def law_unreviewed(moment: Moment) -> RecordQuerySet[Offering]:
    """Return what is on sale although nobody looked which legal duties apply, or it is time to look again."""
    return on_sale(moment).exclude(Exists(_of(LawReviewed, moment, offering="pk").filter(until__gte=localdate(moment.at))))


def without_statute(moment: Moment) -> RecordQuerySet[Offering]:
    """Return what is on sale with no legal duty attached; a review may well have concluded that."""
    return on_sale(moment).exclude(Exists(_of(Applies, moment, offering="pk")))


def weighed(moment: Moment) -> RecordQuerySet[Weighed]:
    """Return the promises that were held against what may be promised."""
    return Weighed.objects.as_of(moment)


def beyond(moment: Moment) -> RecordQuerySet[Weighed]:
    """Return the promises that went beyond what may be promised, or rested on a permission that had run out."""
    stale = Allowed.objects.as_of(moment).filter(pk=OuterRef("allowed"), until__lt=OuterRef("promise__at__date"))
    return weighed(moment).filter(Q(within=False) | Exists(stale))


def designed(moment: Moment) -> RecordQuerySet[Offering]:
    """Return what had to be designed: everything but what was offered before the register began."""
    return Offering.objects.as_of(moment).exclude(origin=Offering.Origin.BEFORE)


def undesigned(moment: Moment) -> RecordQuerySet[Offering]:
    """Return what was put on sale without a design that had begun before."""
    return designed(moment).filter(Q(project=None) | Q(project__at__gt=F("at")))


def obligations(moment: Moment) -> RecordQuerySet[Obligation]:
    """Return what is owed after delivery now."""
    rows = Obligation.objects.as_of(moment).exclude(Exists(_of(Lifted, moment, obligation="pk")))
    return rows.exclude(Exists(_of(Ended, moment, offering="offering")))


def unarranged(moment: Moment) -> RecordQuerySet[Obligation]:
    """Return the obligations of which nobody arranged who does it, how, with what or by when."""
    return obligations(moment).filter(Q(days=None) | Q(*((name, "") for name in ARRANGEMENT), _connector=Q.OR))


def without_aftercare(moment: Moment) -> RecordQuerySet[Offering]:
    """Return what is on sale without an obligation after delivery, or with one that is not fully arranged."""
    some = obligations(moment).filter(offering=OuterRef("pk"))
    return on_sale(moment).filter(~Exists(some) | Exists(unarranged(moment).filter(offering=OuterRef("pk"))))


def ill_considered(moment: Moment) -> RecordQuerySet[Obligation]:
    """Return the obligations that leave out one of the five considerations, or whose offering has no mode of failure thought through."""
    blank = Q(*((name, "") for name in DETERMINANTS), _connector=Q.OR)
    return obligations(moment).filter(blank | ~Exists(_of(Mode, moment, offering="offering")))


def without_modes(moment: Moment) -> RecordQuerySet[Offering]:
    """Return what is on sale although nobody wrote down how it may fail and what is done then."""
    return on_sale(moment).exclude(Exists(_of(Mode, moment, offering="pk")))


def to_reconsider(moment: Moment) -> RecordQuerySet[Obligation]:
    """Return the obligations whose day of review has passed."""
    newest = _of(Reconsidered, moment, obligation="pk").order_by("-at", "-id").values("review")[:1]
    return obligations(moment).annotate(next=Coalesce(Subquery(newest), F("review"))).filter(next__lt=localdate(moment.at))


def unforeseen(moment: Moment) -> RecordQuerySet[Failed]:
    """Return the failures that fit no mode that had been written down."""
    return Failed.objects.as_of(moment).filter(mode=None)


def leading(moment: Moment) -> RecordQuerySet[Mode]:
    """Return the modes of failure that came up often this season, with how often."""
    recent = Failed.objects.as_of(moment).filter(mode=OuterRef("pk"), at__gt=moment.at - SEASON).order_by()
    often = recent.values("mode").annotate(count=Count("pk")).values("count")
    return Mode.objects.as_of(moment).annotate(often=Coalesce(Subquery(often), 0)).filter(often__gte=OFTEN)


def unattended(moment: Moment) -> RecordQuerySet[Mode]:
    """Return the leading modes of failure about which nothing was begun this season."""
    return leading(moment).exclude(Exists(_of(Improved, moment, mode="pk").filter(at__gt=moment.at - SEASON)))


def recalls(moment: Moment) -> RecordQuerySet[Recall]:
    """Return the recalls so far."""
    return Recall.objects.as_of(moment)


stands = Stands(
    ("uninformed", uninformed), ("law_unreviewed", law_unreviewed), ("without_aftercare", without_aftercare), ("without_modes", without_modes),
    ("undesigned", undesigned), ("on_sale", on_sale), ("ended", ended),
)  # fmt: skip
"""How an offering stands, the worst first."""
