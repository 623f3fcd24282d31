"""Who works when, with how much rest; who drives how long; and which promise can be kept only by driving too long."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import F, QuerySet

from lingting.ledger.models import POSITIONS, Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.surroundings.attendance import attendance
from lingting.registers.surroundings.models import Drive, Route, Shift, Trip
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
    """Return those of these planned intervals that needed more `people` than were on shift in the queue when they began, absences taken off.

    Everybody is met once and each interval looked up, where a query would count every shift for every interval.
    """
    zone = settings.LINGTING["ZONE"]
    away: dict[int, set[date]] = defaultdict(set)
    for person, day, last in absences.values_list("person_id", "start", "until").iterator(5000):
        away[person].update(day + timedelta(days=number) for number in range((last - day).days + 1))
    of_queues: dict[str, list[tuple[int, datetime, datetime]]] = defaultdict(list)
    for queue, person, start, until in shifts(moment).values_list("queue", "person_id", "start", "until").iterator(5000):
        of_queues[queue].append((person, start, until))
    made = {queue: attendance(of_queue, away, zone=zone) for queue, of_queue in of_queues.items()}
    planned = intervals.values_list("pk", "queue", "start", "people").iterator(5000)
    short = {pk for pk, queue, start, people in planned if (made[queue].there(start) if queue in made else 0) < people}
    return intervals.filter(pk__in=short)


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
