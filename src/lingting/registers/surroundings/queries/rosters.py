"""Who works when, with how much rest; who drives how long; and which promise can be kept only by driving too long."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lingting.ledger.models import POSITIONS, Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.surroundings.models import Drive, Route, Shift, Trip
from lingting.registers.surroundings.queries.readings import LONGEST_SHIFT
from lingting.registers.surroundings.rest import MINUTE, Broken, Spell, broken, longest_drive, rules

R = TypeVar("R", bound=Record)


def shifts(moment: Moment) -> RecordQuerySet[Shift]:
    """Return the shifts rostered so far."""
    return Shift.objects.as_of(moment)


def broken_rules(rows: QuerySet[Shift]) -> Iterator[Broken]:
    """Yield which of these shifts break which rules of rest."""
    of_people = rows.order_by("person", "start").values_list("person_id", "pk", "start", "until", "stretch")
    for _, spells in groupby(of_people.iterator(5000), itemgetter(0)):
        yield from broken([Spell(*spell[1:]) for spell in spells], rules(), zone=settings.LINGTING["ZONE"])


def restless(moment: Moment) -> RecordQuerySet[Shift]:
    """Return the shifts that break a rule of rest."""
    return shifts(moment).filter(pk__in={one.number for one in broken_rules(shifts(moment))})


def understaffed(intervals: RecordQuerySet[R], absences: RecordQuerySet[Any], moment: Moment) -> RecordQuerySet[R]:
    """Return those of these planned intervals that needed more `people` than were on shift in the queue when they began, absences taken off."""
    away = absences.filter(person=OuterRef("person"), start__lte=OuterRef("start__date"), until__gte=OuterRef("start__date"))
    began = {"start__lte": OuterRef("start"), "start__gt": OuterRef("start") - LONGEST_SHIFT}
    there = Shift.objects.as_of(moment).filter(queue=OuterRef("queue"), until__gt=OuterRef("start"), **began).exclude(Exists(away)).order_by()
    counted = Subquery(there.values("queue").annotate(n=Count("person", distinct=True)).values("n"), output_field=IntegerField())
    return intervals.annotate(there=Coalesce(counted, 0)).filter(there__lt=F("people"))


def trips(moment: Moment) -> RecordQuerySet[Trip]:
    """Return the trips whose log was kept."""
    return Trip.objects.as_of(moment).filter(pk__in=Drive.objects.as_of(moment).values("trip"))


def overdriven(moment: Moment) -> RecordQuerySet[Trip]:
    """Return the trips on which somebody drove for too long without a rest."""
    rule = rules().rules["driving"]
    logs = Drive.objects.as_of(moment).order_by("trip", "start").values_list("trip_id", "start", "until")
    found = set()
    for trip, drives in groupby(logs.iterator(5000), itemgetter(0)):
        if longest_drive([(start, until) for _, start, until in drives], pause=rule.pause * MINUTE) > timedelta(minutes=rule.most):
            found.add(trip)
    return trips(moment).filter(pk__in=found)


def unreachable(moment: Moment) -> RecordQuerySet[Route]:
    """Return the routes to a promise that can be kept in time only by driving too long, unless it was put off far enough."""
    known = {} if moment.known is None else {"promise__postponements__id__lt": (moment.known + 1) * POSITIONS}
    put_off = Route.objects.filter(promise__postponements__at__lte=moment.at, promise__postponements__due__gte=F("arrival__earliest"), **known)
    return Route.objects.as_of(moment).filter(arrival__earliest__gt=F("promise__due")).exclude(pk__in=put_off.values("pk"))
