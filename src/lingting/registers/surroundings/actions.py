"""What we do with surroundings (运行环境): each act holds a record against what the house asks before it is written."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.conf import settings

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.surroundings import queries
from lingting.registers.surroundings.models import (
    Approved,
    Arrival,
    Beat,
    Condition,
    Drive,
    Limit,
    Load,
    Published,
    Relief,
    Remedied,
    Report,
    Resolved,
    Route,
    Shift,
    Shut,
    Trip,
)
from lingting.registers.surroundings.queries.load import FEWEST, LEAST_BREAK
from lingting.registers.surroundings.queries.readings import LONGEST_SHIFT
from lingting.registers.surroundings.rest import earliest, rules

LOOK_BACK = timedelta(days=14)
"""Rules about rest in a row reach no further back than this."""


@act(Condition)
def determine(condition: Condition) -> Iterator[Wrong | Record]:
    """Decide a factor: it applies, and this is needed; or it does not, and this is why."""
    if condition.applies and not condition.need:
        yield Wrong("need", "适用的因素要写明需要什么。", "Of a factor that applies, say what is needed.")
    if not condition.applies and not condition.reason:
        yield Wrong("reason", "不适用的因素要写明理由。", "Of a factor that does not apply, say why.")


@act(Approved)
def approve(approved: Approved) -> Iterator[Wrong | Record]:
    """Approve a profile, once every factor is decided; where people deal with people, physical factors alone are not enough."""
    moment = Moment(approved.at)
    if queries.physical_only(moment).filter(pk=approved.profile.pk).exists():
        yield Wrong("profile", "人与人打交道的过程，不能只写物理因素。", "Where people deal with people, physical factors alone are not enough.")
    elif queries.incomplete(moment).filter(pk=approved.profile.pk).exists():
        yield Wrong("profile", "还有因素没有写明适用或不适用。", "There are factors about which nothing is decided yet.")


@act(Limit)
def limit(given: Limit) -> Iterator[Wrong | Record]:
    """Set between which values a factor has to stay."""
    if given.lowest is None and given.highest is None:
        yield Wrong("highest", "请至少填一个限值。", "Give at least one of the two limits.")
    elif given.lowest is not None and given.highest is not None and given.lowest > given.highest:
        yield Wrong("highest", "上限不能小于下限。", "The highest value cannot be below the lowest.")


@act(Remedied)
def remedy(remedied: Remedied) -> Iterator[Wrong | Record]:
    """Write down what was done about a value outside its limits."""
    if remedied.at < remedied.reading.at:
        yield Wrong("at", "处理不会早于这次读数。", "Nothing was done about it before it was read.")


@act(Shift)
def roster(shift: Shift) -> Iterator[Wrong | Record]:
    """Put somebody on the roster; nobody is in two places at once."""
    yield from _in_order(shift)
    if shift.until - shift.start > LONGEST_SHIFT:
        yield Wrong("until", "一个班次不超过 24 小时；请分开填。", "A shift is no longer than 24 hours; enter it in parts.")
    others = live(Shift).filter(person=shift.person, start__lt=shift.until, start__gt=shift.start - LONGEST_SHIFT, until__gt=shift.start)
    if others.exists():
        yield Wrong("start", "这个人在这段时间已有班次。", "This person is on the roster already at that time.")
    if shift.stretch is not None and shift.stretch <= 0:
        yield Wrong("stretch", "连续时长要大于零。", "A stretch is longer than nothing.")


@act(Published)
def publish(published: Published) -> Iterator[Wrong | Record]:
    """Publish a roster; where it breaks rules of rest, each is named, and only a reason lets it pass."""
    if published.last < published.first:
        yield Wrong("last", "最后一天不能早于第一天。", "The last day cannot be before the first.")
        return
    zone = settings.LINGTING["ZONE"]
    first, end = (datetime.combine(day, time(), zone) for day in (published.first, published.last + timedelta(days=1)))
    people = live(Shift).filter(place=published.place, start__gte=first, start__lt=end).values("person")
    looked_at = live(Shift).filter(person__in=people, start__gte=first - LOOK_BACK, start__lt=end)
    broken = list(queries.broken_rules(looked_at))
    named = {row.pk: row for row in looked_at.filter(pk__in={one.number for one in broken}, start__gte=first).select_related("person")}
    for one in broken if not published.despite else ():
        if row := named.get(one.number):
            rule, day = rules().rules[one.rule], f"{row.start.astimezone(zone):%m-%d}"  # type: ignore[index]  # the names are the rules'
            yield Wrong("despite", f"{row.person.code} {day}：不符合“{rule.zh}”。", f"{row.person.code} {day}: breaks “{rule.en}”.")


@act(Trip)
def set_out(trip: Trip) -> Iterator[Wrong | Record]:
    """Write down a trip."""
    if not trip.vehicle.strip():
        yield Wrong("vehicle", "请写明车辆。", "Name the vehicle.")


@act(Drive)
def drive(given: Drive) -> Iterator[Wrong | Record]:
    """Write down a time of driving from the log."""
    yield from _in_order(given)


@act(Route)
def route(given: Route) -> Iterator[Wrong | Record]:
    """Reckon when a promise can lawfully be kept at the earliest, rests included."""
    if given.driving <= 0:
        yield Wrong("driving", "驾驶时间要大于零。", "Driving takes some time.")
    else:
        yield Arrival(at=given.at, route=given, earliest=earliest(given.departs, given.driving, rules().rules["driving"]))


@act(Relief)
def relieve(relief: Relief) -> Iterator[Wrong | Record]:
    """Offer a break after abuse: somebody offers it to another."""
    if relief.at < relief.found.at:
        yield Wrong("at", "不会早于被骂的时间。", "That cannot be before the abuse.")
    if relief.minutes < LEAST_BREAK:
        yield Wrong("minutes", f"休整至少 {LEAST_BREAK} 分钟。", f"A break is at least {LEAST_BREAK} minutes.")
    if relief.by == relief.person:
        yield Wrong("by", "休整由主管提出，不能自己给自己。", "The supervisor offers the break, not the person themselves.")


@act(Load)
def weigh(load: Load) -> Iterator[Wrong | Record]:
    """Write down the load of a team, never of so few that it would be one person's."""
    if load.people < FEWEST:
        yield Wrong("people", f"少于 {FEWEST} 人不登记负荷，以免看出是谁。", f"The load of fewer than {FEWEST} is not written down: it would name somebody.")
    if not 0 <= load.occupancy <= 1000:  # noqa: PLR2004  # 100.0 % in tenths
        yield Wrong("occupancy", "占用率在 0 到 100 之间。", "Occupancy lies between 0 and 100.")


@act(Beat)
def beat(given: Beat) -> Iterator[Wrong | Record]:
    """Answer a pulse that is still open; the time kept is the pulse's, so that the hour names nobody."""
    for item in ("fair", "calm", "bearable"):
        if not 1 <= getattr(given, item) <= 5:  # noqa: PLR2004  # five steps
            yield Wrong(item, "请填 1 到 5。", "Give a number from 1 to 5.")
    if live(Shut).filter(pulse=given.pulse).exists():
        yield Wrong("pulse", "这次脉搏调查已经结束，谢谢您。", "This pulse has ended; thank you.")
    given.at = given.pulse.at


@act(Report)
def tell(report: Report) -> Iterator[Wrong | Record]:
    """Write down trouble that somebody told of."""
    if not report.channel.strip():
        yield Wrong("channel", "请写明从哪里收到。", "Say by which channel it came.")


@act(Resolved)
def resolve(resolved: Resolved) -> Iterator[Wrong | Record]:
    """Write down how a report was dealt with."""
    if resolved.at < resolved.report.at:
        yield Wrong("at", "处理不会早于报告。", "It was not dealt with before it was told.")


def _in_order(row: Shift | Drive) -> Iterator[Wrong]:
    if row.until <= row.start:
        yield Wrong("until", "结束时间要晚于开始时间。", "The end is after the beginning.")
