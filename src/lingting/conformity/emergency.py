"""What several registers say together of an emergency (应急): whom it concerns, who heard of it how and when, which way to take next, whose news is old."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from lingting.ledger.moment import Moment
from lingting.registers.contingencies import queries as contingencies
from lingting.registers.contingencies.models import Activated, Affected, Asked, Decided, Drilled, Informed, Planned, Scenario, Undelivered
from lingting.registers.deliveries import queries as deliveries
from lingting.registers.deliveries.models import Shipment, Tracked
from lingting.registers.orders.models import Order
from lingting.registers.parties.models import Preference, Reached, Wish
from lingting.registers.suppliers.models import Provider

NEWS_WITHIN = timedelta(hours=24)
"""How old the newest report of a provider with goods under way may be before a list made of it counts as "at least"; a house default, shown as ours."""

WAYS = {"text": ("短信", "Text message", "phone"), "mail": ("邮件", "Mail", "email"), "phone": ("电话", "Phone", "phone")}
"""The ways a notice takes, in the order in which they are tried: what each is called, and by which kind of address."""


@dataclass(frozen=True, slots=True)
class Line:
    """An affected customer: why, what he was told, what did not arrive, when he asked, and by which ways he can be reached."""

    affected: Affected
    notices: tuple[Informed, ...]
    lost: frozenset[int]
    asked: tuple[Asked, ...]
    wishes: tuple[str, ...]
    reach: Mapping[str, str]
    shipments: int
    moment: Moment

    @property
    def arrived(self) -> tuple[Informed, ...]:
        """Return the notices that reached him."""
        return tuple(one for one in self.notices if one.pk not in self.lost)

    @property
    def informed_at(self) -> datetime | None:
        """Return when a notice first reached him."""
        return min((one.at for one in self.arrived), default=None)

    @property
    def states(self) -> frozenset[str]:
        """Return how it stands with him; several may hold, and with none of the bad ones he was told well."""
        deadline, first = self.affected.activated.deadline, self.informed_at
        whole = [one.at for one in self.arrived if one.issue != "" and one.measure != ""]
        held = {
            "informed": first is not None,
            "waiting": first is None,
            "missing": first is None and deadline <= self.moment.at,
            "late": first is not None and first > deadline,
            "asked": bool(self.asked) and (first is None or min(one.at for one in self.asked) < first),
            "wanting": first is not None and not whole,
            "elsewhere": first is None and bool(self.notices),
        }
        bad = held["waiting"] or held["late"] or held["asked"] or not any(at <= deadline for at in whole)
        return frozenset(name for name, holds in {**held, "well": not bad}.items() if holds)

    @property
    def next_way(self) -> str:
        """Return the way to take: what he prefers, then what he can be reached by, and none that failed; empty where every way failed."""
        failed = {way for one in self.notices if one.pk in self.lost and (way := way_of(one.way))}
        preferred = [way for words in self.wishes for way in _named(words)]
        usable = [way for way, (_, _, kind) in WAYS.items() if kind in self.reach] or ["phone"]
        return next((way for way in (*preferred, *usable) if way not in failed), "")

    @property
    def rank(self) -> int:
        """Return his place in the list: the worst first."""
        order = ("missing", "elsewhere", "asked", "late", "waiting", "wanting")
        return next((place for place, name in enumerate(order) if name in self.states), len(order))


def way_of(words: str) -> str:
    """Return the way that words name, or nothing.

    >>> way_of("短信"), way_of("Mail"), way_of("公告")
    ('text', 'mail', '')
    """
    return next(iter(_named(words)), "")


def _named(words: str) -> list[str]:
    return [way for way, (zh, en, _) in WAYS.items() if zh in words or en.casefold() in words.casefold()]


def lines(activated: Activated, moment: Moment) -> list[Line]:
    """Return everybody affected, the worst first; a fixed number of questions, however many there are."""
    affected = list(Affected.objects.as_of(moment).filter(activated=activated).select_related("party", "activated"))
    numbers, parties = [one.pk for one in affected], [one.party_id for one in affected]
    notices = _by(Informed.objects.as_of(moment).filter(affected__in=numbers).order_by("at", "id"), "affected_id")
    lost = frozenset(Undelivered.objects.as_of(moment).filter(informed__affected__in=numbers).values_list("informed_id", flat=True))
    asked = _by(Asked.objects.as_of(moment).filter(affected__in=numbers).order_by("at", "id"), "affected_id")
    wishes = _by(Preference.objects.as_of(moment).filter(party__in=parties, about=Wish.CHANNEL).order_by("-at", "-id"), "party_id")
    reach = _by(Reached.objects.as_of(moment).filter(party__in=parties).order_by("-id"), "party_id")
    shipped = _shipments(affected, moment)
    found = [
        Line(
            one, tuple(notices.get(one.pk, ())), lost, tuple(asked.get(one.pk, ())), tuple(wish.words or "" for wish in wishes.get(one.party_id, ())),
            {row.way: row.address or "" for row in reach.get(one.party_id, ())}, shipped.get(one.pk, 0), moment,
        )
        for one in affected
    ]  # fmt: skip
    return sorted(found, key=lambda line: (line.rank, line.affected.at, line.affected.pk))


def _by(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _shipments(affected: Sequence[Affected], moment: Moment) -> dict[int, int]:
    """Return how many shipments the reasons name, by code or by the order they belong to."""
    named = {one.pk: set(re.split(r"[\s、，,;；]+", one.why)) for one in affected}
    codes = set().union(*named.values()) if named else set()
    orders = dict(Order.objects.as_of(moment).filter(code__in=codes).values_list("pk", "code"))
    theirs: dict[str, set[int]] = {}
    for number, order in Shipment.objects.as_of(moment).filter(order__in=orders).values_list("pk", "order_id"):
        theirs.setdefault(orders[order], set()).add(number)
    for number, code in Shipment.objects.as_of(moment).filter(code__in=codes).values_list("pk", "code"):
        theirs.setdefault(code, set()).add(number)
    return {number: len(set().union(*(theirs.get(code, set()) for code in words))) for number, words in named.items()}


def old_news(moment: Moment) -> list[tuple[Provider, datetime | None]]:
    """Return the providers that have goods under way and of whom nothing was reported for long, with when they last did."""
    open_ = set(deliveries.under_way(moment).exclude(provider=None).values_list("provider", flat=True).order_by().distinct())
    newest = dict(
        Tracked.objects.as_of(moment)
        .filter(shipment__provider__in=open_)
        .values("shipment__provider")
        .annotate(last=Max("at"))
        .values_list("shipment__provider", "last")
    )
    silent = [number for number in open_ if newest.get(number) is None or newest[number] < moment.at - NEWS_WITHIN]
    return [(one, newest.get(one.pk)) for one in Provider.objects.filter(pk__in=silent).order_by("code")]


@dataclass(slots=True)
class Readiness:
    """How ready we are for a scenario: whether it matters and who says so, the plan in force, the last drill, how often it was needed."""

    scenario: Scenario
    stands: str = ""
    lapsed: bool = False
    decisions: list[Decided] = field(default_factory=list)
    plan: Planned | None = None
    drill: Drilled | None = None
    activations: list[Activated] = field(default_factory=list)

    @property
    def relevant(self) -> bool:
        """Tell whether it matters anywhere."""
        return any(one.relevant for one in self.decisions)

    @property
    def lacking(self) -> list[str]:
        """Return which parts of the plan are missing."""
        parts = ("trigger", "method", "message", "affected", "endangers", "within", "owner_id")
        return [name.removesuffix("_id") for name in parts if self.plan is None or getattr(self.plan, name) in ("", None)]


ORDER = ("undecided", "unplanned", "undrilled", "relevant", "")
"""The places in which a scenario can stand, the worst first."""


def readiness(moment: Moment, scenario: int | None = None) -> list[Readiness]:
    """Return how ready we are for each scenario, or one, the worst first."""
    rows = contingencies.named(moment).order_by("code", "id")
    found = {one.pk: Readiness(one) for one in (rows if scenario is None else rows.filter(pk=scenario))}
    for name, query in (
        ("relevant", contingencies.relevant),
        ("undrilled", contingencies.undrilled),
        ("unplanned", contingencies.unplanned),
        ("undecided", contingencies.undecided),
    ):
        for number in query(moment).values_list("pk", flat=True):
            if number in found:
                found[number].stands = name
    lapsed = set(contingencies.lapsed(moment).values_list("scenario_id", flat=True))
    for decided in contingencies.decisions(moment).select_related("decider", "offering", "party").order_by("at", "id"):
        if decided.scenario_id in found:
            found[decided.scenario_id].decisions.append(decided)
    for planned in Planned.objects.as_of(moment).filter(scenario__in=found).select_related("owner").order_by("at", "id"):
        found[planned.scenario_id].plan = planned
    for drilled in Drilled.objects.as_of(moment).filter(scenario__in=found).order_by("at", "id"):
        found[drilled.scenario_id].drill = drilled
    for activated in Activated.objects.as_of(moment).filter(scenario__in=found).order_by("-at", "-id"):
        found[activated.scenario_id].activations.append(activated)
    for number, one in found.items():
        one.lapsed = number in lapsed
    return sorted(found.values(), key=lambda one: ORDER.index(one.stands))
