"""Who is here, in which role, standing in for whom, entrusted with what, and allowed to decide what (5.3, 7.1.2)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.people.choices import Duty
from lingting.registers.people.models import Absent, Appointed, Authorised, Decided, Deputed, Entrusted, Left, Person, Recalled, Relieved, Role


def known(moment: Moment) -> RecordQuerySet[Person]:
    """Return everybody who ever worked here."""
    return Person.objects.as_of(moment)


def active(moment: Moment) -> RecordQuerySet[Person]:
    """Return those who work here."""
    return known(moment).exclude(Exists(Left.objects.as_of(moment).filter(person=OuterRef("pk"))))


def left(moment: Moment) -> RecordQuerySet[Person]:
    """Return those who worked here and left."""
    return known(moment).filter(Exists(Left.objects.as_of(moment).filter(person=OuterRef("pk"))))


def appointed(moment: Moment) -> RecordQuerySet[Appointed]:
    """Return the roles that people hold: taken up, not given up, and the person still here."""
    relieved, gone = Relieved.objects.as_of(moment).filter(appointed=OuterRef("pk")), Left.objects.as_of(moment).filter(person=OuterRef("person"))
    return Appointed.objects.as_of(moment).exclude(Exists(relieved)).exclude(Exists(gone))


def deputed(moment: Moment) -> RecordQuerySet[Deputed]:
    """Return who stands in for which role, and is still here."""
    recalled, gone = Recalled.objects.as_of(moment).filter(deputed=OuterRef("pk")), Left.objects.as_of(moment).filter(person=OuterRef("person"))
    return Deputed.objects.as_of(moment).exclude(Exists(recalled)).exclude(Exists(gone))


def key_roles(moment: Moment) -> RecordQuerySet[Role]:
    """Return the roles without which the work stands still."""
    return Role.objects.as_of(moment).filter(key=True)


def undeputised(moment: Moment) -> RecordQuerySet[Role]:
    """Return the key roles for which nobody stands in; who holds a role is no deputy of their own."""
    holds = appointed(moment).filter(role=OuterRef("role"), person=OuterRef("person"))
    others = deputed(moment).filter(role=OuterRef("pk")).exclude(Exists(holds))
    return key_roles(moment).exclude(Exists(others))


def unfilled(moment: Moment) -> RecordQuerySet[Role]:
    """Return the key roles that nobody holds and for which nobody stands in."""
    return key_roles(moment).exclude(Exists(appointed(moment).filter(role=OuterRef("pk")))).exclude(Exists(deputed(moment).filter(role=OuterRef("pk"))))


def absences(moment: Moment) -> RecordQuerySet[Absent]:
    """Return the days on which people are away."""
    return Absent.objects.as_of(moment)


def away(moment: Moment) -> RecordQuerySet[Absent]:
    """Return the absences that run on the day."""
    today = localdate(moment.at)
    return absences(moment).filter(start__lte=today, until__gte=today)


def uncovered(moment: Moment) -> RecordQuerySet[Absent]:
    """Return the absences of those who hold a key role while nobody who could stand in is here."""
    others_away = away(moment).filter(person=OuterRef("person"))
    present = deputed(moment).filter(role=OuterRef("role")).exclude(person=OuterRef("person")).exclude(Exists(others_away))
    alone = appointed(moment).filter(person=OuterRef("person"), role__key=True).exclude(Exists(present))
    return away(moment).filter(Exists(alone))


@dataclass(frozen=True, slots=True)
class Entrustment:
    """One of the five duties, and whether somebody who works here has it."""

    duty: Duty
    kept: bool

    def __str__(self) -> str:
        return f"{self.duty.value}: {'✓' if self.kept else '–'}"


def duties(moment: Moment) -> tuple[Entrustment, ...]:
    """Return the five duties, each with whether somebody who works here has it; nothing where none was ever given to anybody."""
    gone = Left.objects.as_of(moment).filter(person=OuterRef("person"))
    rows = Entrusted.objects.as_of(moment)
    kept = set(rows.exclude(Exists(gone)).values_list("duty", flat=True))
    return tuple(Entrustment(duty, duty.value in kept) for duty in Duty) if rows.exists() else ()


def duties_unkept(moment: Moment) -> RecordQuerySet[Entrusted]:
    """Return the duties that still stand under somebody who left, with nobody else."""
    gone = Left.objects.as_of(moment).filter(person=OuterRef("person"))
    here = Entrusted.objects.as_of(moment).filter(duty=OuterRef("duty")).exclude(Exists(gone))
    return Entrusted.objects.as_of(moment).filter(Exists(gone)).exclude(Exists(here))


def decided(moment: Moment) -> RecordQuerySet[Decided]:
    """Return the decisions that need authority."""
    return Decided.objects.as_of(moment)


def beyond_authority(moment: Moment) -> RecordQuerySet[Decided]:
    """Return the decisions beyond what whoever made them, or whoever approved them, could decide at that time."""
    rows = decided(moment)
    for who in ("person", "approver"):
        for enough in enough_for(moment, person=OuterRef(who), power=OuterRef("power"), amount=Coalesce(OuterRef("amount"), 0), at=OuterRef("at")):
            rows = rows.exclude(Exists(enough))
    return rows


def enough_for(moment: Moment, *, person: Any, power: Any, amount: Any, at: Any) -> tuple[RecordQuerySet[Any], RecordQuerySet[Any]]:
    """Return the roles held, and those stood in for, that let a person decide about an amount at a time.

    All four are values, or references of a query around this one; from the person it is a few steps to what the role may decide, however many there are.
    """
    relieved = Relieved.objects.as_of(moment).filter(appointed=OuterRef("pk"), at__lte=_inside(at))
    recalled = Recalled.objects.as_of(moment).filter(deputed=OuterRef("pk"), at__lte=_inside(at))
    held = Appointed.objects.as_of(moment).filter(person=person, at__lte=at).exclude(Exists(relieved))
    stood_in = Deputed.objects.as_of(moment).filter(person=person, at__lte=at).exclude(Exists(recalled))
    newest = Authorised.objects.as_of(moment).filter(role=OuterRef("role"), power=_inside(power), at__lte=_inside(at)).order_by("-at", "-id")
    covers = Exists(Authorised.objects.filter(pk=OuterRef("authority")).filter(Q(most=None) | Q(most__gte=OuterRef("asked"))))
    return tuple(rows.annotate(authority=Subquery(newest.values("pk")[:1]), asked=amount).filter(covers) for rows in (held, stood_in))


def _inside(value: Any) -> Any:
    """Return a reference as it must be written one query further in; a value stays."""
    return OuterRef(value) if isinstance(value, OuterRef) else value
