"""What passes between us and providers: the requirements they were sent, and what is put down to them."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from lingting.catalog.load import period
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.suppliers.choices import Class, Harm
from lingting.registers.suppliers.models import Agreement, Attributed, Disputed, Reviewed, Sent, Settled, Told, Withdrawn

TELL_WITHIN = period("suppliers.tell-within", timedelta(days=7))
"""How soon a provider hears of a complaint put down to it; a house default, shown as ours."""


INFORMATION = ("provision", "approval", "competence", "interaction", "monitoring", "premises")
"""The six kinds of information that a provider is given (8.4.3 a–f)."""

HEARS_CUSTOMERS = (Class.DESK, Class.RECOGNITION, Class.MODEL, Class.MESSAGING)
"""Providers that cannot do their work without what customers say, or where they are reached."""


def attributed(moment: Moment) -> RecordQuerySet[Attributed]:
    """Return what is put down to providers; a dispute that was upheld takes the case out of every count."""
    upheld = Settled.objects.as_of(moment).filter(disputed__attributed=OuterRef("pk"), upheld=True)
    return Attributed.objects.as_of(moment).exclude(Exists(upheld))


def complaints_to_tell(moment: Moment) -> RecordQuerySet[Attributed]:
    """Return the complaints put down to a provider of which it had to hear by now, or has heard."""
    told = Told.objects.as_of(moment).filter(attributed=OuterRef("pk"))
    return attributed(moment).filter(harm=Harm.COMPLAINT).filter(Q(at__lte=moment.at - TELL_WITHIN) | Q(Exists(told)))


def untold(moment: Moment) -> RecordQuerySet[Attributed]:
    """Return the complaints put down to a provider that was not told of them."""
    return complaints_to_tell(moment).exclude(Exists(Told.objects.as_of(moment).filter(attributed=OuterRef("pk"))))


def public(moment: Moment) -> RecordQuerySet[Attributed]:
    """Return what was said of a provider's failures in public or to a third party: our good name is at stake (8.4.2)."""
    return attributed(moment).filter(public=True)


def unsettled(moment: Moment) -> RecordQuerySet[Disputed]:
    """Return the disputes that wait for an answer."""
    return Disputed.objects.as_of(moment).exclude(Exists(Settled.objects.as_of(moment).filter(disputed=OuterRef("pk"))))


def agreements(moment: Moment) -> RecordQuerySet[Agreement]:
    """Return the requirements that were sent to a provider and are in force."""
    sent = Sent.objects.as_of(moment).filter(agreement=OuterRef("pk"))
    ended = Withdrawn.objects.as_of(moment).filter(agreement=OuterRef("pk"))
    return Agreement.objects.as_of(moment).filter(Exists(sent)).exclude(Exists(ended))


def incomplete(moment: Moment) -> RecordQuerySet[Agreement]:
    """Return the agreements that leave one of the six kinds of information open: neither told nor said, with a reason, not to apply."""
    whole = Q()
    for kind in INFORMATION:
        whole &= Q(covers__contains=kind) | Q(not_applicable__contains=kind)
    return agreements(moment).filter(~whole | (~Q(not_applicable="") & Q(why_not="")))


def sendings(moment: Moment) -> RecordQuerySet[Agreement]:
    """Return the requirements that were ever sent."""
    return Agreement.objects.as_of(moment).filter(Exists(Sent.objects.as_of(moment).filter(agreement=OuterRef("pk"))))


def unreviewed(moment: Moment) -> RecordQuerySet[Agreement]:
    """Return the requirements that were sent before anybody had found them adequate."""
    adequate = Reviewed.objects.as_of(moment).filter(agreement=OuterRef("agreement"), adequate=True, at__lte=OuterRef("at"))
    early = Sent.objects.as_of(moment).filter(agreement=OuterRef("pk")).exclude(Exists(adequate))
    return sendings(moment).filter(Exists(early))


def with_personal_data(moment: Moment) -> RecordQuerySet[Agreement]:
    """Return the agreements under which personal data pass, by what was written or by what such a provider does."""
    return agreements(moment).filter(Q(personal_data=True) | Q(provider__sort__in=HEARS_CUSTOMERS))


def without_data_limits(moment: Moment) -> RecordQuerySet[Agreement]:
    """Return those of them that set the use of the data no limits."""
    return with_personal_data(moment).filter(data_limits="")


def about(parties: Collection[int]) -> list[Record]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    rows = Attributed.objects.filter(Q(party__in=parties) | Q(conversation__party__in=parties) | Q(promise__party__in=parties))
    return list(rows)
