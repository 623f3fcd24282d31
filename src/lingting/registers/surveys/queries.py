"""What is true of surveys and of customers' satisfaction (顾客满意) as of a moment."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Length, Replace

from lingting.catalog.load import period
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.surveys.models import FollowedUp, Instrument, Invited, Result, Reviewed, Scored, Survey

FOLLOW_UP_WITHIN = period("surveys.follow-up-within", timedelta(days=2))
"""How soon a low score is spoken about; a house default, like the numbers below."""

LOW = {Instrument.CSAT: 2, Instrument.NPS: 6, Instrument.CES: 3}
"""The highest score of each instrument that still is low; 6 of 10 makes a detractor (Reichheld 2003)."""

FEW = 30
LEAST_RESPONSE = 100  # in tenths of a percent
SOURCES = 3
YEAR = timedelta(days=365)
METHOD = ("population", "sampling", "questions", "frequency")


def designed(moment: Moment) -> RecordQuerySet[Survey]:
    """Return the surveys designed so far."""
    return Survey.objects.as_of(moment)


def without_method(moment: Moment) -> RecordQuerySet[Survey]:
    """Return the surveys that do not say whom, how drawn, what, how often, or how many answers they take."""
    missing = Q(response=None)
    for column in METHOD:
        missing |= Q(**{column: ""})
    return designed(moment).filter(missing)


def results(moment: Moment) -> RecordQuerySet[Result]:
    """Return the results published so far."""
    return Result.objects.as_of(moment)


def bare(moment: Moment) -> RecordQuerySet[Result]:
    """Return the results published without the number of answers or without their interval."""
    return results(moment).filter(Q(answers=None) | Q(low=None) | Q(high=None))


def thin(moment: Moment) -> RecordQuerySet[Result]:
    """Return the results that rest on few answers, or on few of those who were asked."""
    return results(moment).filter(Q(answers__lt=FEW) | Q(response__lt=LEAST_RESPONSE))


def scores(moment: Moment) -> RecordQuerySet[Scored]:
    """Return the scores given so far."""
    return Scored.objects.as_of(moment)


def low(moment: Moment) -> RecordQuerySet[Scored]:
    """Return the low scores."""
    is_low = Q(pk=None)
    for instrument, most in LOW.items():
        is_low |= Q(survey__instrument=instrument, score__lte=most)
    return Scored.objects.as_of(moment).filter(is_low)


def follow_up_due(moment: Moment) -> RecordQuerySet[Scored]:
    """Return the low scores that were spoken about or should have been by now."""
    followed = FollowedUp.objects.as_of(moment).filter(scored=OuterRef("pk"))
    return low(moment).filter(Q(at__lte=moment.at - FOLLOW_UP_WITHIN) | Q(Exists(followed)))


def not_followed_up(moment: Moment) -> RecordQuerySet[Scored]:
    """Return the low scores that nobody spoke about in time."""
    in_time = FollowedUp.objects.as_of(moment).filter(scored=OuterRef("pk"), at__lte=OuterRef("at") + FOLLOW_UP_WITHIN)
    return follow_up_due(moment).exclude(Exists(in_time))


def whole_reviews(moment: Moment) -> RecordQuerySet[Reviewed]:
    """Return the reviews of the last year that drew on three sources or more."""
    parts = Length("sources") - Length(Replace("sources", Value(" "), Value(""))) + 1
    return Reviewed.objects.as_of(moment).filter(at__gt=moment.at - YEAR).annotate(parts=parts).filter(parts__gte=SOURCES)


def responses(moment: Moment) -> dict[str, tuple[int, int]]:
    """Return for each survey how many were asked and how many of them answered."""
    answered = Scored.objects.as_of(moment).filter(survey=OuterRef("survey"), party=OuterRef("party"), at__gte=OuterRef("at"))
    asked = Invited.objects.as_of(moment).annotate(answered=Exists(answered)).order_by()
    rows = asked.values("survey__code").annotate(invited=Count("pk"), came=Count("pk", filter=Q(answered=True)))
    return {row["survey__code"]: (row["invited"], row["came"]) for row in rows}


def counts(moment: Moment, survey: str) -> dict[int, int]:
    """Return how often each score was given in a survey: what its mean, its share and their intervals are reckoned from."""
    rows = Scored.objects.as_of(moment).filter(survey__code=survey).order_by()
    return dict(rows.values_list("score").annotate(Count("pk")))


def himself(moment: Moment) -> RecordQuerySet[Scored]:
    """Return the scores that somebody gave himself; none can be entered."""
    return Scored.objects.as_of(moment).filter(rated=F("rater"))


def about(parties: Collection[int]) -> list[Record]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    scores = Scored.objects.filter(party__in=parties)
    return [*scores, *FollowedUp.objects.filter(scored__in=scores)]
