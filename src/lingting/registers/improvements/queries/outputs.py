"""Nonconforming outputs (不合格输出) and opportunities to improve (改进机会)."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from lingting.catalog.load import period
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.improvements.choices import Origin, Way
from lingting.registers.improvements.models import (
    Answered,
    Chosen,
    Compared,
    Conceded,
    Disposed,
    Finished,
    Notified,
    Opportunity,
    Output,
    Reverified,
    Told,
)  # fmt: skip

DEALT_WITH_WITHIN = period("improvements.dealt-with-within", timedelta(days=1))
"""How soon a nonconforming output is dealt with, its customer told and its correction verified; a house default."""

ASSESSED_WITHIN = period("improvements.assessed-within", timedelta(days=14))
"""How soon a customer's suggestion is assessed; a house default."""

DECIDED_WITHIN = period("improvements.decided-within", timedelta(days=30))
"""How soon an opportunity is decided on, and the effect of an improvement measured; a house default."""


def outputs(moment: Moment) -> RecordQuerySet[Output]:
    """Return the nonconforming outputs."""
    return Output.objects.as_of(moment)


def disposed(moment: Moment) -> RecordQuerySet[Output]:
    """Return those of them that were dealt with."""
    return outputs(moment).filter(Exists(_dispositions(moment)))


def outputs_due(moment: Moment) -> RecordQuerySet[Output]:
    """Return those of them that were dealt with, or had to be by now."""
    return outputs(moment).filter(Q(at__lte=moment.at - DEALT_WITH_WITHIN) | Exists(_dispositions(moment)))


def undisposed(moment: Moment) -> RecordQuerySet[Output]:
    """Return those of them that were not."""
    return outputs_due(moment).exclude(Exists(_dispositions(moment)))


def to_tell(moment: Moment) -> RecordQuerySet[Output]:
    """Return the outputs that affect a customer who was told, or had to be by now."""
    return outputs(moment).filter(affects=True).filter(Q(at__lte=moment.at - DEALT_WITH_WITHIN) | Exists(_notices(moment)))


def customers_untold(moment: Moment) -> RecordQuerySet[Output]:
    """Return those of them whose customer was not told, or not how it is made good."""
    return to_tell(moment).exclude(Exists(_notices(moment).exclude(remedy="")))


def corrected(moment: Moment) -> RecordQuerySet[Output]:
    """Return the corrected outputs that were verified again, or had to be by now."""
    rows = Disposed.objects.as_of(moment).filter(output=OuterRef("pk"), ways__contains=Way.CORRECT)
    return outputs(moment).filter(Exists(rows.filter(at__lte=moment.at - DEALT_WITH_WITHIN)) | Exists(rows) & Exists(_again(moment)))


def unreverified(moment: Moment) -> RecordQuerySet[Output]:
    """Return those of them that nobody found in order since."""
    return corrected(moment).exclude(Exists(_again(moment).filter(met=True)))


def outputs_incomplete(moment: Moment) -> RecordQuerySet[Output]:
    """Return the outputs of which description, action, authority or – where there was one – the concession is missing."""
    whole = _dispositions(moment).exclude(what="").filter(decided_by__isnull=False)
    concession = Conceded.objects.as_of(moment).filter(output=OuterRef("pk"), by__isnull=False).exclude(authority="")
    by_concession = _dispositions(moment).filter(ways__contains=Way.CONCESSION)
    sound = Q(what__isnull=True) | ~Q(what="")
    return outputs_due(moment).exclude(sound & Exists(whole) & (~Exists(by_concession) | Exists(concession)))


def opportunities(moment: Moment) -> RecordQuerySet[Opportunity]:
    """Return the opportunities to improve."""
    return Opportunity.objects.as_of(moment)


def to_choose(moment: Moment) -> RecordQuerySet[Opportunity]:
    """Return those of them that were decided on, or had to be by now."""
    return opportunities(moment).filter(Q(at__lte=moment.at - DECIDED_WITHIN) | Exists(_choices(moment)))


def unchosen(moment: Moment) -> RecordQuerySet[Opportunity]:
    """Return those of them without an origin, or without a decision with its reason."""
    return to_choose(moment).exclude(~Q(origin="") & Exists(_choices(moment).exclude(reason="")))


def suggestions(moment: Moment) -> RecordQuerySet[Opportunity]:
    """Return the customers' suggestions that were assessed, or had to be by now."""
    said = opportunities(moment).filter(origin__in=[Origin.CUSTOMER, Origin.COMPLAINT])
    return said.filter(Q(at__lte=moment.at - ASSESSED_WITHIN) | Exists(_choices(moment)))


def suggestions_waiting(moment: Moment) -> RecordQuerySet[Opportunity]:
    """Return those of them that were not assessed in time."""
    return suggestions(moment).exclude(Exists(_choices(moment).filter(at__lte=OuterRef("at") + ASSESSED_WITHIN)))


def to_measure(moment: Moment) -> RecordQuerySet[Finished]:
    """Return the improvements whose effect was measured, or had to be by now."""
    return Finished.objects.as_of(moment).filter(Q(at__lte=moment.at - DECIDED_WITHIN) | Exists(_comparisons(moment)))


def unmeasured(moment: Moment) -> RecordQuerySet[Finished]:
    """Return those of them of which nobody measured before and after."""
    return to_measure(moment).exclude(Exists(_comparisons(moment)))


def untold(moment: Moment) -> RecordQuerySet[Opportunity]:
    """Return the improvements a customer had asked for, carried out without telling."""
    done = Finished.objects.as_of(moment).filter(opportunity=OuterRef("pk"))
    said = opportunities(moment).filter(origin__in=[Origin.CUSTOMER, Origin.COMPLAINT])
    return said.filter(Exists(done)).exclude(Exists(Told.objects.as_of(moment).filter(opportunity=OuterRef("pk"))))


def about(parties: Collection[int]) -> list[Record]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    mine, said = Output.objects.filter(party__in=parties), Opportunity.objects.filter(party__in=parties)
    return [*mine, *Notified.objects.filter(output__in=mine), *said, *Told.objects.filter(opportunity__in=said), *Answered.objects.filter(party__in=parties)]


def _dispositions(moment: Moment) -> RecordQuerySet[Disposed]:
    return Disposed.objects.as_of(moment).filter(output=OuterRef("pk"))


def _notices(moment: Moment) -> RecordQuerySet[Notified]:
    return Notified.objects.as_of(moment).filter(output=OuterRef("pk"))


def _again(moment: Moment) -> RecordQuerySet[Reverified]:
    return Reverified.objects.as_of(moment).filter(output=OuterRef("pk"))


def _choices(moment: Moment) -> RecordQuerySet[Chosen]:
    return Chosen.objects.as_of(moment).filter(opportunity=OuterRef("pk"))


def _comparisons(moment: Moment) -> RecordQuerySet[Compared]:
    return Compared.objects.as_of(moment).filter(opportunity=OuterRef("opportunity"))
