"""What surroundings each process needs, determined factor by factor."""

from typing import TypeVar

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.surroundings.choices import HUMAN, Factor
from lingting.registers.surroundings.models import Condition, Profile

R = TypeVar("R", bound=Record)


def conditions(moment: Moment) -> RecordQuerySet[Condition]:
    """Return what holds for each factor of each profile: the newest that was written."""
    same = Condition.objects.as_of(moment).filter(profile=OuterRef("profile"), factor=OuterRef("factor"))
    newer = same.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    return Condition.objects.as_of(moment).exclude(Exists(newer))


def incomplete(moment: Moment) -> RecordQuerySet[Profile]:
    """Return the profiles in which a factor is undecided, or – where people deal with people – only physical factors apply."""
    factors = Condition.objects.as_of(moment).filter(profile=OuterRef("pk")).order_by().values("profile")
    decided = Coalesce(Subquery(factors.annotate(n=Count("factor", distinct=True)).values("n")), 0)
    rows = Profile.objects.as_of(moment).annotate(decided=decided)
    return rows.filter(Q(decided__lt=len(Factor)) | (Q(service=True) & ~Q(Exists(_human(moment)))))


def halls(moment: Moment) -> QuerySet[Profile, int]:
    """Return the numbers of the places where people deal with people."""
    return Profile.objects.as_of(moment).filter(service=True).order_by().values_list("place", flat=True).distinct()


def physical_only(moment: Moment) -> RecordQuerySet[Profile]:
    """Return the profiles of service processes to which no social or psychological factor is said to apply: in service these weigh more."""
    anything = Condition.objects.as_of(moment).filter(profile=OuterRef("pk"))
    return Profile.objects.as_of(moment).filter(Exists(anything), service=True).exclude(Exists(_human(moment)))


def _human(moment: Moment) -> RecordQuerySet[Condition]:
    return conditions(moment).filter(profile=OuterRef("pk"), applies=True, factor__in=HUMAN)


def undetermined(processes: RecordQuerySet[R], moment: Moment) -> RecordQuerySet[R]:
    """Return those of these processes of which nobody determined the surroundings, or not wholly."""
    profiles = Profile.objects.as_of(moment).filter(process=OuterRef("pk"))
    return processes.filter(~Exists(profiles) | Exists(incomplete(moment).filter(process=OuterRef("pk"))))


def unprovided(moment: Moment) -> RecordQuerySet[Condition]:
    """Return the conditions that apply and of which nobody wrote down how they are provided and kept up."""
    return conditions(moment).filter(applies=True).filter(Q(provided="") | Q(kept=""))
