"""What is expected of people, how they are thanked and heard, and how a concern is dealt with (MOT)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.people.choices import Step
from lingting.registers.people.models import Adopted, Agreed, Concern, Dismissed, Effort, Expected, Person, Replied, Reviewed, Suggested, Taken, Thanked
from lingting.registers.people.queries.roles import active

REVIEWED_WITHIN = period("people.reviewed-within", timedelta(days=31))
"""How often expectations and the goal of growth are looked at together; a house default, shown as ours."""

THANKED_WITHIN = period("people.thanked-within", timedelta(days=7))
"""How soon an effort is recognised; a house default."""

REPLIED_WITHIN = period("people.replied-within", timedelta(days=14))
"""How soon a suggestion is answered; a house default."""

OFTEN = 3
"""From so many thanks on, those of a site that were all of one kind are pointed out; a house default."""

HEARD_WITHIN = period("people.heard-within", timedelta(days=7))
"""How soon somebody is heard about a concern; a house default."""


def without_expectations(moment: Moment) -> RecordQuerySet[Person]:
    """Return those who do not know what is expected of them: nothing written, not agreed, or not looked at for a month. It is their supervisor's gap."""
    agreed = Agreed.objects.as_of(moment).filter(expected=OuterRef("pk"))
    looked = Reviewed.objects.as_of(moment).filter(expected=OuterRef("pk"), at__gt=moment.at - REVIEWED_WITHIN)
    known = Expected.objects.as_of(moment).filter(person=OuterRef("pk")).exclude(goal="").filter(Exists(agreed))
    return active(moment).exclude(Exists(known.filter(Q(at__gt=moment.at - REVIEWED_WITHIN) | Q(Exists(looked)))))


def unthanked(moment: Moment) -> RecordQuerySet[Effort]:
    """Return the efforts that nobody recognised for more than seven days."""
    return Effort.objects.as_of(moment).filter(at__lt=moment.at - THANKED_WITHIN).exclude(Exists(Thanked.objects.as_of(moment).filter(effort=OuterRef("pk"))))


@dataclass(frozen=True, slots=True)
class Recognised:
    """How often the people of one site were thanked, and in which ways."""

    site: str
    thanks: int
    ways: tuple[str, ...]

    @property
    def one_way(self) -> bool:
        """Tell whether they are thanked in one way alone, often enough to say so: it wears off."""
        return len(self.ways) == 1 and self.thanks >= OFTEN


def recognitions(moment: Moment) -> list[Recognised]:
    """Return for each site how often people were thanked, and in which ways, those thanked most first (S-MOT-02)."""
    found: dict[str, list[str]] = {}
    for site, way in Thanked.objects.as_of(moment).order_by("at", "id").values_list("effort__person__site", "way"):
        found.setdefault(site, []).append(way)
    return sorted((Recognised(site, len(ways), tuple(dict.fromkeys(ways))) for site, ways in found.items()), key=lambda one: (-one.thanks, one.site))


def thanks_at(moment: Moment, site: str) -> RecordQuerySet[Thanked]:
    """Return how people of a site were thanked."""
    return Thanked.objects.as_of(moment).filter(effort__person__site=site)


def suggestions(moment: Moment) -> RecordQuerySet[Suggested]:
    """Return the suggestions made so far."""
    return Suggested.objects.as_of(moment)


def duplicates(moment: Moment) -> RecordQuerySet[Suggested]:
    """Return the suggestions that say what an earlier one says."""
    return suggestions(moment).filter(same__isnull=False)


def unanswered(moment: Moment) -> RecordQuerySet[Suggested]:
    """Return the suggestions that wait longer than they should for a decision with its reasons; a repetition is answered with the first."""
    own = Replied.objects.as_of(moment).filter(suggested=OuterRef("pk")).exclude(words="")
    first = Replied.objects.as_of(moment).filter(suggested=OuterRef("same")).exclude(words="")
    return suggestions(moment).filter(at__lt=moment.at - REPLIED_WITHIN).exclude(Exists(own)).exclude(Exists(first))


def adopted(moment: Moment) -> RecordQuerySet[Suggested]:
    """Return the suggestions that were carried out."""
    return suggestions(moment).filter(Exists(Adopted.objects.as_of(moment).filter(suggested=OuterRef("pk"))))


def dismissive(moment: Moment) -> RecordQuerySet[Replied]:
    """Return the replies that brush an idea off, with no reason and no earlier decision to read: a finding on whoever replied."""
    return Replied.objects.as_of(moment).filter(Exists(Dismissed.objects.as_of(moment).filter(replied=OuterRef("pk"))))


def silent_concerns(moment: Moment) -> RecordQuerySet[Concern]:
    """Return the concerns about which somebody was not heard in time, or supported or looked at again before being heard."""
    heard = _step(moment, Step.REPLY)
    late = Q(at__lt=moment.at - HEARD_WITHIN) | Q(Exists(_step(moment, Step.SUPPORT))) | Q(Exists(_step(moment, Step.REVIEW)))
    return Concern.objects.as_of(moment).exclude(Exists(heard)).filter(late)


def unsupported(moment: Moment) -> RecordQuerySet[Concern]:
    """Return the concerns that were looked at again although nobody had offered support."""
    return Concern.objects.as_of(moment).filter(Exists(_step(moment, Step.REVIEW))).exclude(Exists(_step(moment, Step.SUPPORT)))


def _step(moment: Moment, step: Step) -> RecordQuerySet[Taken]:
    return Taken.objects.as_of(moment).filter(concern=OuterRef("pk"), step=step)
