"""What several registers say together of an external provider (外部供方): the conversations its people hold, and its scorecard (记分卡)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Left, Length
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Conversation, Heard
from lingting.registers.processes.models import Process
from lingting.registers.promises import queries as promises
from lingting.registers.suppliers import queries as suppliers
from lingting.registers.suppliers.choices import Class, Harm
from lingting.registers.suppliers.models import Action, Declared, Desk, Disputed, Handled, Measured, Plan, Planned, Provider, Yardstick
from lingting.statistics.intervals import Interval, enough, wilson

RECORDING = "recording"
"""The source whose words somebody outside, or a model from outside, recognised."""

HEARD_WITHIN = period("conformity.heard-within", timedelta(days=1))
"""How soon a conversation held by a provider's people is listened to; a house default, shown as ours."""


def outsourced(moment: Moment, provider: Provider | None = None) -> RecordQuerySet[Conversation]:
    """Return the conversations that providers' people held, or one provider's."""
    of = {} if provider is None else {"provider": provider}
    desks = Desk.objects.as_of(moment).filter(**of)
    theirs = desks.filter(source=OuterRef("source"), at__lte=OuterRef("at"), prefix=Left(OuterRef("key"), Length("prefix")))
    # When these began is asked of them below: asked here as well, SQLite goes through all that ever began instead of those of the desks' sources.
    held = Conversation.objects.filter(Exists(theirs), source__in=set(desks.values_list("source", flat=True)))
    handled = Handled.objects.as_of(moment).filter(**of)
    return conversations.begun(moment).filter(pk__in=held.values_list("pk").union(handled.values_list("conversation")))


def to_inspect(moment: Moment, provider: Provider | None = None) -> RecordQuerySet[Conversation]:
    """Return those of them that began long enough ago to have been listened to, or were."""
    return outsourced(moment, provider).filter(Q(at__lte=moment.at - HEARD_WITHIN) | Q(Exists(_heard(moment))))


def uninspected(moment: Moment, provider: Provider | None = None) -> RecordQuerySet[Conversation]:
    """Return those of them that nobody listened to in time."""
    return outsourced(moment, provider).filter(at__lte=moment.at - HEARD_WITHIN).exclude(Exists(_heard(moment)))


def recognised(moment: Moment) -> RecordQuerySet[Conversation]:
    """Return the first recording whose words were recognised: from then on speech recognition is in use."""
    return conversations.begun(moment).filter(source=RECORDING).order_by("key")[:1]


def unrecognised(moment: Moment) -> RecordQuerySet[Conversation]:
    """Return it while no active provider of speech recognition is registered."""
    vendors = suppliers.active(moment).filter(sort=Class.RECOGNITION)
    return conversations.begun(moment).filter(source=RECORDING).exclude(Exists(vendors)).order_by("key")[:1]


def processes(moment: Moment) -> RecordQuerySet[Process]:
    """Return the processes of which it is asked whether anything comes from outside."""
    return Process.objects.as_of(moment)


def unidentified(moment: Moment) -> RecordQuerySet[Process]:
    """Return the processes without an answer that still holds, and those with a yes but no registered provider with a control."""
    answered = suppliers.answers(moment).filter(process=OuterRef("pk"), review__gte=localdate(moment.at))
    unprovided = suppliers.unprovided(moment).filter(process=OuterRef("pk"))
    return processes(moment).filter(~Exists(answered) | Exists(unprovided))


MOST_ASKED = 0.99
"""No number of cases shows that every one will be right; a target above this is held to as many cases as this one asks for."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A share with what it rests on: `met` of `n` cases, its 95 % interval (empty without cases), what was agreed and what was reported."""

    n: int
    met: int
    start: date | None = None
    until: date | None = None
    target: float | None = None
    declared: float | None = None
    diverges: bool = False

    @property
    def interval(self) -> Interval | None:
        """Return Wilson's 95 % interval of the share."""
        return wilson(self.met, self.n)

    @property
    def state(self) -> str:
        """Return how the share stands to what was agreed; nothing where the cases are too few to show that it is kept, or nothing was agreed."""
        if self.interval is None or not self.target or self.n < enough(min(self.target, MOST_ASKED)):
            return ""
        if self.met >= self.target * self.n:
            return "conforms"
        return "at-risk" if self.target in self.interval else "nonconforms"


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a provider is shown of itself and what we see of it: the same figures."""

    provider: Provider
    stands: str
    grade: str
    score: int | None
    limit: int | None
    evaluated: datetime | None
    next_due: date | None
    trend: dict[Yardstick, tuple[Figure, ...]]
    inspected: Figure
    promises: Figure
    attributed: dict[str, int]
    in_public: int
    plan: Plan | None
    overdue: tuple[Planned, ...]
    ahead: tuple[Planned, ...]
    actions: tuple[Action, ...]
    disputes: tuple[Disputed, ...]


def scorecard(provider: Provider, moment: Moment) -> Scorecard:
    """Return a provider's figures as of a moment."""
    grade = getattr(suppliers.graded(moment).filter(pk=provider.pk).first(), "grade", "")
    last = provider.evaluations.as_of(moment).select_related("criteria").order_by("-at", "-id").first()
    begun, unheard = to_inspect(moment, provider).count(), uninspected(moment, provider).count()
    theirs = outsourced(moment, provider).values("pk")
    due, broken = (query(moment).filter(conversation__in=theirs).count() for query in (promises.due, promises.broken))
    cases = suppliers.attributed(moment).filter(provider=provider)
    return Scorecard(
        provider=provider, stands=suppliers.stands(provider, moment), grade=grade, score=last.score if last else None,
        limit=last.criteria.limit if last else None, evaluated=last.at if last else None, next_due=last.next_due if last else None,
        trend=trend(provider, moment), inspected=Figure(begun, begun - unheard), promises=Figure(due, due - broken),
        attributed={harm: cases.filter(harm=harm).count() for harm in Harm}, in_public=cases.filter(public=True).count(),
        plan=suppliers.plans(moment).filter(provider=provider).first(),
        overdue=tuple(suppliers.overdue(moment).filter(provider=provider).order_by("due")),
        ahead=tuple(suppliers.calendar(moment).filter(provider=provider).order_by("due")),
        actions=tuple(suppliers.actions(moment).filter(provider=provider).order_by("due")),
        disputes=tuple(suppliers.unsettled(moment).filter(attributed__provider=provider)),
    )  # fmt: skip


def latest(moment: Moment) -> dict[int, list[tuple[Yardstick, Figure]]]:
    """Return for every provider the newest period of each of its yardsticks, the one furthest below its target first."""
    watched = {(one.provider_id, one.indicator): one for one in suppliers.watched(moment)}
    periods = Measured.objects.as_of(moment).select_related("yardstick").order_by("start", "id")
    newest = {(one.yardstick.provider_id, one.yardstick.indicator): one for one in periods}
    reported = list(Declared.objects.as_of(moment).select_related("yardstick"))
    contradicted = set(suppliers.diverging(moment).values_list("pk", flat=True))
    found: dict[int, list[tuple[Yardstick, Figure]]] = {}
    for key, yardstick in watched.items():
        if key in newest:
            said = [one for one in reported if (one.yardstick.provider_id, one.yardstick.indicator) == key]
            found.setdefault(key[0], []).append((yardstick, _figure(newest[key], said, contradicted)))
    return {provider: sorted(rows, key=lambda row: _beyond(row[1])) for provider, rows in found.items()}


def _beyond(figure: Figure) -> float:
    return (figure.met / figure.n if figure.n else 0.0) - (figure.target or 0.0)


def trend(provider: Provider, moment: Moment) -> dict[Yardstick, tuple[Figure, ...]]:
    """Return for each yardstick of a provider its periods in order of time, each beside what the provider reported of it."""
    figures: dict[Yardstick, tuple[Figure, ...]] = {}
    contradicted = set(suppliers.diverging(moment).values_list("pk", flat=True))
    for yardstick in suppliers.watched(moment).filter(provider=provider).order_by("indicator"):
        same = {"yardstick__provider": provider, "yardstick__indicator": yardstick.indicator}
        reported = list(Declared.objects.as_of(moment).filter(**same))
        periods = Measured.objects.as_of(moment).filter(**same).select_related("yardstick").order_by("start", "id")
        figures[yardstick] = tuple(_figure(period, reported, contradicted) for period in periods)
    return figures


def _figure(period: Measured, reported: list[Declared], contradicted: set[int]) -> Figure:
    said = next((one for one in reported if one.start <= period.until and one.until >= period.start), None)
    return Figure(
        period.n, period.met, period.start, period.until, period.yardstick.target / 1000, said.share / 1000 if said else None,
        said is not None and said.pk in contradicted,
    )  # fmt: skip


def _heard(moment: Moment) -> RecordQuerySet[Heard]:
    return conversations.hearings(moment).filter(conversation=OuterRef("pk"))
