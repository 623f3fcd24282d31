"""What is true of internal service agreements (内部服务协议) as of a moment."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.agreements.models import (
    Agreed,
    Agreement,
    Answered,
    Commitment,
    Delivered,
    Disputed,
    Finished,
    Improving,
    Measured,
    Owned,
    Promised,
    Rated,
    Request,
    Settled,
    Side,
    Wanted,
    Yardstick,
)

OWNERLESS_AFTER = period("agreements.ownerless-after", timedelta(days=5))
"""How long a request may be without an owner; a house default."""

LOW, TOP = 3, 3
"""A need ranked among the first three and met worse than three of five must have an action; house defaults."""


def begun(moment: Moment) -> RecordQuerySet[Agreement]:
    """Return the agreements begun so far."""
    return Agreement.objects.as_of(moment)


def drafts(moment: Moment) -> RecordQuerySet[Agreement]:
    """Return the agreements in which one side alone undertakes something, or neither: no agreement yet."""
    return begun(moment).exclude(_both(Commitment, moment))


def unsigned(moment: Moment) -> RecordQuerySet[Agreement]:
    """Return the agreements with commitments of both sides that not both have signed."""
    return begun(moment).filter(_both(Commitment, moment)).exclude(_both(Agreed, moment))


def in_force(moment: Moment) -> RecordQuerySet[Agreement]:
    """Return the agreements that both sides signed."""
    return begun(moment).filter(_both(Commitment, moment)).filter(_both(Agreed, moment))


def _both(kind: type[Commitment | Agreed], moment: Moment) -> Q:
    rows = kind.objects.as_of(moment).filter(agreement=OuterRef("pk"))
    return Q(Exists(rows.filter(side=Side.GIVER))) & Q(Exists(rows.filter(side=Side.RECEIVER)))


stands = Stands(("drafts", drafts), ("unsigned", unsigned), ("in_force", in_force))
"""How an agreement stands, the worst first."""


def yardsticks(moment: Moment) -> RecordQuerySet[Yardstick]:
    """Return the yardsticks that hold: of each indicator the receiver's newest."""
    theirs = Yardstick.objects.as_of(moment).filter(side=Side.RECEIVER)
    later = theirs.filter(agreement=OuterRef("agreement"), indicator=OuterRef("indicator"), at__gt=OuterRef("at"))
    return theirs.exclude(Exists(later))


def not_theirs(moment: Moment) -> RecordQuerySet[Yardstick]:
    """Return the yardsticks that the giver tried to set; none of them holds."""
    return Yardstick.objects.as_of(moment).filter(side=Side.GIVER)


def missed(moment: Moment) -> RecordQuerySet[Measured]:
    """Return the periods in which less was met than the receiver's yardstick asks; targets are per cent with one decimal place."""
    held = yardsticks(moment).filter(agreement=OuterRef("agreement"), indicator=OuterRef("indicator")).values("target")[:1]
    rows = Measured.objects.as_of(moment).annotate(target=Subquery(held))
    return rows.filter(n__gt=0, target__gt=F("met") * 1000 / F("n"))


def too_easy(moment: Moment) -> RecordQuerySet[Measured]:
    """Return the periods in which everything surpassed the target: it may be set too low."""
    return Measured.objects.as_of(moment).filter(n__gt=0, surpassed=F("n"))


def asked(moment: Moment) -> RecordQuerySet[Request]:
    """Return the requests made so far."""
    return Request.objects.as_of(moment)


def open_requests(moment: Moment) -> RecordQuerySet[Request]:
    """Return the requests that are not done yet."""
    return asked(moment).exclude(Exists(Finished.objects.as_of(moment).filter(request=OuterRef("pk"))))


def ownerless(moment: Moment) -> RecordQuerySet[Request]:
    """Return the open requests that nobody took on for too long (不弃)."""
    owned = Owned.objects.as_of(moment).filter(request=OuterRef("pk"))
    return open_requests(moment).filter(at__lt=moment.at - OWNERLESS_AFTER).exclude(Exists(owned))


def late(moment: Moment) -> RecordQuerySet[Request]:
    """Return the requests not done by their time."""
    in_time = Finished.objects.as_of(moment).filter(request=OuterRef("pk"), at__lte=OuterRef("due"))
    return asked(moment).filter(due__lt=moment.at).exclude(Exists(in_time))


def bare(moment: Moment) -> RecordQuerySet[Answered]:
    """Return the answers without a reason, or without a record that shows it (有理、有据)."""
    return Answered.objects.as_of(moment).filter(Q(reason="") | Q(evidence=""))


def broken(moment: Moment) -> RecordQuerySet[Promised]:
    """Return the promises between departments that were not kept by their time."""
    in_time = Delivered.objects.as_of(moment).filter(promised=OuterRef("pk"), at__lte=OuterRef("due"))
    return Promised.objects.as_of(moment).filter(due__lte=moment.at).exclude(Exists(in_time))


def rated(moment: Moment) -> RecordQuerySet[Rated]:
    """Return the ratings given so far."""
    return Rated.objects.as_of(moment)


def neglected(moment: Moment) -> RecordQuerySet[Wanted]:
    """Return the needs that matter most, are met badly, and about which nothing is done."""
    action = Improving.objects.as_of(moment).filter(wanted=OuterRef("pk"))
    return Wanted.objects.as_of(moment).filter(rank__lte=TOP, performance__lt=LOW).exclude(Exists(action))


def apart(moment: Moment) -> RecordQuerySet[Wanted]:
    """Return the needs that the two sides rank differently by more than one place."""
    rows = Wanted.objects.as_of(moment).filter(rank_of_giver__isnull=False)
    return rows.filter(Q(rank__gt=F("rank_of_giver") + 1) | Q(rank__lt=F("rank_of_giver") - 1))


def overpromised(moment: Moment) -> RecordQuerySet[Wanted]:
    """Return the needs for which more was promised than the giver can do."""
    return Wanted.objects.as_of(moment).filter(beyond_means=True).exclude(promised="")


def unsettled(moment: Moment) -> RecordQuerySet[Disputed]:
    """Return the disputes that are not settled."""
    return Disputed.objects.as_of(moment).exclude(Exists(Settled.objects.as_of(moment).filter(disputed=OuterRef("pk"))))


def one_sided(moment: Moment) -> RecordQuerySet[Settled]:
    """Return the disputes settled for one side alone."""
    return Settled.objects.as_of(moment).filter(for_both=False)
