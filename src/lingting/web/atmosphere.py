"""Atmosphere (气氛): what customers said of it in surveys beside what was read in the halls, month by month; side by side, and no cause is claimed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils.timezone import localtime

from lingting.access.roles import may
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.surroundings import queries as surroundings
from lingting.registers.surroundings.choices import Measured
from lingting.registers.surveys import queries as surveys
from lingting.registers.surveys.models import Instrument
from lingting.web.counted import Share, once
from lingting.web.pages.around import opened
from lingting.web.pages.page import Request

ABOUT = re.compile("气氛|氛围|温馨|环境|atmosphere|ambience|welcoming|surroundings", re.IGNORECASE)
"""Words in the name or the question of a survey by which it asks about the atmosphere."""

GOOD = 4
"""From this score of 5 on somebody is satisfied; a house default, as in every survey of satisfaction."""

FELT = (Measured.NOISE, Measured.TEMPERATURE)
"""What a customer feels of a hall."""

READ = ("surveys.read", "surroundings.read")


@dataclass(frozen=True, slots=True)
class Month:
    """A month: how many scores of atmosphere were good, and for each hall and factor how many readings lay outside the limit."""

    month: str
    scores: Share
    readings: tuple[tuple[str, str, Share], ...]


def scored(moment: Moment) -> RecordQuerySet[Any]:
    """Return the scores that customers gave for the atmosphere, from 1 to 5."""
    asking = [
        number
        for number, name, questions in surveys.designed(moment).filter(instrument=Instrument.CSAT).values_list("pk", "name", "questions")
        if ABOUT.search(name) or ABOUT.search(questions)
    ]
    return surveys.scores(moment).filter(survey__in=asking)


def good(moment: Moment) -> RecordQuerySet[Any]:
    """Return those of them that were good."""
    return scored(moment).filter(score__gte=GOOD)


def read(moment: Moment) -> RecordQuerySet[Any]:
    """Return the readings in places where people deal with people, for which a limit held."""
    return surroundings.judged(moment).filter(factor__in=FELT, place__in=surroundings.halls(moment))


def outside(moment: Moment) -> RecordQuerySet[Any]:
    """Return those of them that lay outside their limit."""
    return surroundings.out_of_limit(moment).filter(factor__in=FELT, place__in=surroundings.halls(moment))


def months(request: Request) -> list[Month] | None:
    """Return the months in which there is either, the newest first (S-SVC-06); None for those who may not read both."""
    if not all(may(request.user, permission) for permission in READ):
        return None
    found: list[Month] = once(request, "atmosphere", lambda: _months(request.moment))
    return found


def _months(moment: Moment) -> list[Month]:
    scores, well = (_by_month(query(moment).order_by().values_list("at", "pk")) for query in (scored, good))
    if not scores:
        return []
    halls, beyond = (_by_hall(query(moment).order_by().values_list("place__code", "factor", "at")) for query in (read, outside))
    both = sorted({*scores, *(month for month, _, _ in halls)}, reverse=True)
    return [
        Month(
            month, Share("", len(well.get(month, ())), len(scores.get(month, ()))),
            tuple((place, factor, Share("", beyond.get((of, place, factor), 0), n)) for (of, place, factor), n in sorted(halls.items()) if of == month),
        )
        for month in both
    ]  # fmt: skip


def _by_month(rows: Any) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, number in rows:
        found.setdefault(_month(at), []).append(number)
    return found


def _by_hall(rows: Any) -> dict[tuple[str, str, str], int]:
    found: dict[tuple[str, str, str], int] = {}
    for place, factor, at in rows:
        key = (_month(at), place, factor)
        found[key] = found.get(key, 0) + 1
    return found


def _month(at: datetime) -> str:
    return f"{localtime(at):%Y-%m}"


def listed(request: Request, side: str, back: tuple[str, str]) -> HttpResponse:
    """List the scores or readings of a month: `?month=2026-07`, and of a hall `&of=HQ-1&factor=noise`."""
    month, place, factor = (request.GET.get(name, "") for name in ("month", "of", "factor"))
    if not all(may(request.user, permission) for permission in READ) or not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise Http404
    query, title = TITLES[bool(place), side]
    where = Q(place__code=place, factor=factor) if place else Q()
    year, number = map(int, month.split("-"))
    rows = query(request.moment).filter(where, at__year=year, at__month=number)
    return opened(request, rows, title=(f"{place} {month} {title[0]}".strip(), f"{place} {month} {title[1]}".strip()), back=back)


TITLES: Mapping[tuple[bool, str], tuple[Any, tuple[str, str]]] = {
    (False, "whole"): (scored, ("顾客对气氛打的分", "scores that customers gave for the atmosphere")),
    (False, "part"): (good, ("顾客对气氛打的四分五分", "scores of four and five for the atmosphere")),
    (True, "whole"): (read, ("读数", "readings")), (True, "part"): (outside, ("超过限值的读数", "readings outside the limit")),
}  # fmt: skip
