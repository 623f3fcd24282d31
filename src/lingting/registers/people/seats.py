"""Seats (席位): who sits at which, so that every word of ours belongs to one."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime

from django.db import models

from lingting.ledger.models import Entered
from lingting.ledger.moment import Moment
from lingting.registers.people.models import Person

Seats = Mapping[str, list[tuple[datetime, str]]]
"""By whatever name somebody speaks under – code or name –, since when they sit where, in the order of time."""


class Seated(Entered):
    """Somebody sits at a seat (席位号) from now on; without a number, at none any more."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    seat = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "at"])]


def known(at: datetime) -> Seats:
    """Return who sat where up to a moment."""
    found: dict[str, list[tuple[datetime, str]]] = {}
    for code, name, since, seat in Seated.objects.as_of(Moment(at)).order_by("at", "id").values_list("person__code", "person__name", "at", "seat"):
        for called in {code, name or code}:
            found.setdefault(called, []).append((since, seat))
    return found


def seat_of(seats: Seats, speaker: str, at: datetime) -> str:
    """Return at which seat somebody sat at a time, or nothing where nobody wrote it down.

    >>> seats = {"王小明": [(datetime(2026, 7, 1), "S12"), (datetime(2026, 7, 8), "")]}
    >>> [seat_of(seats, "王小明", datetime(2026, *day)) for day in ((6, 30), (7, 1), (7, 9))], seat_of(seats, "李大同", datetime(2026, 7, 1))
    (['', 'S12', ''], '')
    """
    sat = seats.get(speaker, [])
    place = bisect_right([since for since, _ in sat], at)
    return sat[place - 1][1] if place else ""
