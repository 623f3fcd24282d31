"""What registers say together of the information customers meet (对外信息): what it covers, whether it holds, where two places differ, to whom it was told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.registers.channels import queries as channels
from lingting.registers.offerings import queries as offerings
from lingting.registers.offerings.models import SERVICE, Approved, Information, Offering, Published, Told, Topic, Version
from lingting.statistics.intervals import Interval, wilson

UNDERSTOOD = (Told.Understood.CLEAR, Told.Understood.UNCLEAR)
"""The answers that say whether it was clear; silence says nothing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One piece of information: the version customers meet, where, who approved it, what it leaves out, and to whom which version was told."""

    information: Information
    version: Version | None
    versions: tuple[Version, ...]
    places: tuple[Published, ...]
    approved: Approved | None
    tellings: dict[int, list[Told]]
    outdated: bool

    @property
    def topics(self) -> frozenset[str]:
        """Return what the version in force covers."""
        return frozenset(self.version.topics.split()) if self.version else frozenset()

    @property
    def missing(self) -> list[Topic]:
        """Return the topics of the template that it leaves out."""
        return [topic for topic in Topic if topic not in self.topics]

    @property
    def product_only(self) -> bool:
        """Tell whether it is silent on the service."""
        return self.version is not None and any(topic in self.missing for topic in SERVICE)

    @property
    def clear(self) -> tuple[int, int, Interval | None]:
        """Return after how many tellings the customer said it was clear, of how many that answered, with the interval."""
        answered = [one for told in self.tellings.values() for one in told if one.understood in UNDERSTOOD]
        good = sum(one.understood == Told.Understood.CLEAR for one in answered)
        return good, len(answered), wilson(good, len(answered))

    @property
    def rank(self) -> tuple[bool, int, bool, bool]:
        """Return its place in the list: the worst first."""
        return (not self.product_only and self.version is not None, -len(self.missing), self.approved is not None, not self.outdated)


def sheets(moment: Moment) -> list[Sheet]:
    """Return every piece of information, the worst first; a fixed number of questions, however many there are."""
    current = {row.information_id: row for row in offerings.current(moment)}
    numbers = [row.pk for row in current.values()]
    versions = _by(Version.objects.as_of(moment).order_by("-at", "-id"), "information_id")
    places = _by(offerings.live(moment).filter(version__in=numbers).order_by("at"), "version_id")
    approved = {row.version_id: row for row in Approved.objects.as_of(moment).filter(version__in=numbers).select_related("person")}
    told = _by(Told.objects.as_of(moment).select_related("party").order_by("-at", "-id"), "version_id")
    rows = Information.objects.as_of(moment).select_related("offering").order_by("code", "id")
    found = [_sheet(row, current.get(row.pk), tuple(versions.get(row.pk, ())), places, approved, told, moment) for row in rows]
    return sorted(found, key=lambda one: one.rank)


def _sheet(
    row: Information, version: Version | None, versions: tuple[Version, ...], places: dict[int, list[Any]], approved: dict[int, Approved],
    told: dict[int, list[Any]], moment: Moment,
) -> Sheet:  # fmt: skip
    number = version.pk if version else 0
    past = version is not None and version.valid_to is not None and version.valid_to < localdate(moment.at)
    tellings = {one.pk: told[one.pk] for one in versions if one.pk in told}
    return Sheet(row, version, versions, tuple(places.get(number, ())), approved.get(number), tellings, past)


def _by(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class Coverage:
    """What customers can read of one offering, or – without one – of the house: by topic, the sheets that cover it."""

    offering: Offering | None
    topics: dict[Topic, list[Sheet]]

    @property
    def missing(self) -> list[Topic]:
        """Return the topics on which nothing in force says a word."""
        return [topic for topic, covering in self.topics.items() if not covering]

    @property
    def rank(self) -> tuple[int, int]:
        """Return its place: where the service is left out first, then where most is missing."""
        return -sum(topic in SERVICE for topic in self.missing), -len(self.missing)


def coverage(told: list[Sheet], moment: Moment) -> list[Coverage]:
    """Return for each offering on sale which topic is covered by what, the emptiest first."""
    ours = {row.pk: row for row in offerings.on_sale(moment).order_by("code", "id")}
    rows = [
        Coverage(row, {topic: [one for one in told if one.information.offering_id == number and topic in one.topics] for topic in Topic})
        for number, row in ours.items()
    ]
    return sorted(rows, key=lambda one: one.rank)


@dataclass(frozen=True, slots=True)
class Saying:
    """What one place says of a matter."""

    where: str
    value: str
    row: Record


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A matter of which places say different things, about an offering or about the house."""

    offering: Offering | None
    matter: str
    sayings: tuple[Saying, ...]


def contradictions(moment: Moment) -> list[Contradiction]:
    """Return where two places that customers meet – a publication, a channel – say different things of the same matter."""
    said: dict[tuple[int, str], list[Saying]] = {}
    about: dict[int, Offering | None] = {0: None}
    for stated in offerings.said_now(moment).select_related("published__version__information__offering").order_by("at", "id"):
        offering = stated.published.version.information.offering
        about[offering.pk if offering else 0] = offering
        said.setdefault((offering.pk if offering else 0, stated.matter.strip()), []).append(Saying(stated.published.place, stated.value, stated))
    for one in channels.stated(moment).select_related("channel", "offering").order_by("at", "id"):
        about[one.offering_id or 0] = one.offering
        said.setdefault((one.offering_id or 0, one.fact.strip()), []).append(Saying(one.channel.name, one.value, one))
    return [
        Contradiction(about[offering], matter, tuple(sayings))
        for (offering, matter), sayings in said.items()
        if len({one.value.replace(" ", "").casefold() for one in sayings}) > 1
    ]
