"""Modes of failure (失效方式) that changed: of which complaints and failures came up significantly more, or fewer, than in the season before."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.complaints import queries as complaints
from lingting.registers.offerings import queries as offerings
from lingting.registers.offerings.models import Failed, Improved, Mode, Reconsidered
from lingting.statistics.exact import rates_differ

COMPARED = timedelta(days=30)
"""For so long at least a mode was known before this season began, or there is nothing to compare with; a house default."""


def changed(moment: Moment) -> RecordQuerySet[Mode]:
    """Return the modes whose cases this season differ from those of the season before by more than chance explains, either way.

    A case is a failure or a complaint whose latest investigation names the mode; a failure that names its complaint is the same case.
    """
    modes = Mode.objects.as_of(moment)
    began, cases = moment.at - offerings.SEASON, dict[int, list[datetime]]()
    for mode, at in _cases(moment, modes):
        cases.setdefault(mode, []).append(at)
    differ = []
    for number, known in modes.filter(pk__in=cases, at__lte=began - COMPARED).values_list("pk", "at"):
        since = max(known, began - offerings.SEASON)
        recent, before = sum(at > began for at in cases[number]), sum(since < at <= began for at in cases[number])
        if rates_differ(recent, offerings.SEASON.days, before, (began - since).days):
            differ.append(number)
    return modes.filter(pk__in=differ)


def _cases(moment: Moment, modes: RecordQuerySet[Mode]) -> Iterator[tuple[int, datetime]]:
    failed = list(Failed.objects.as_of(moment).filter(mode__isnull=False).values_list("mode", "at", "complaint"))
    same, coded = {complaint for _, _, complaint in failed if complaint}, dict(modes.order_by("id").values_list("code", "pk"))
    yield from ((mode or 0, at) for mode, at, _ in failed)
    yield from ((coded[mode], at) for complaint, mode, at in complaints.in_modes(moment) if mode in coded and complaint not in same)


def unreviewed(moment: Moment) -> RecordQuerySet[Mode]:
    """Return the changed modes about which, this season, nothing was begun and no obligation of the offering was looked at again."""
    since = moment.at - offerings.SEASON
    begun = Improved.objects.as_of(moment).filter(mode=OuterRef("pk"), at__gt=since)
    looked = Reconsidered.objects.as_of(moment).filter(obligation__offering=OuterRef("offering"), at__gt=since)
    return changed(moment).exclude(Exists(begun)).exclude(Exists(looked))
