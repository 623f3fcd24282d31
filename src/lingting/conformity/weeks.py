"""The weeks (各周): how every check stood at the end of each week since the first conversation, kept so that a page can play them.

What is kept can be made again. A week is counted anew only where something written since reaches back into it, and then only the checks that read it.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Min
from django.utils import timezone

from lingting.conformity import assess
from lingting.conformity.assess import INSTANT, STRIKING, Apart, Standing
from lingting.conformity.check import CHECKS, Check
from lingting.conformity.models import Week
from lingting.conformity.verdict import State
from lingting.ledger import book
from lingting.ledger.models import POSITIONS, Entry
from lingting.ledger.moment import Moment
from lingting.ledger.remembered import Remembered
from lingting.registers.conversations.models import Conversation

MOST = 53
"""Weeks that are kept: a year."""

_ASKED: Remembered[Mapping[str, Standing]] = Remembered(32)
"""Answers about earlier moments."""


def ends(now: datetime) -> list[datetime]:
    """Return the ends of the weeks, each the last second of a Sunday, from the week of the first conversation to the last that is over."""
    first = Conversation.objects.aggregate(first=Min("at"))["first"]
    if first is None or first > now:
        return []
    here = timezone.get_default_timezone()
    day = first.astimezone(here).date()
    sunday, found = day + timedelta(days=6 - day.weekday()), []
    while (end := datetime.combine(sunday, time(23, 59, 59), here)) <= now:
        found.append(end)
        sunday += timedelta(days=7)
    return found[-MOST:]


def catch_up(now: datetime, *, most: int = 1) -> int:
    """Count the weeks that need it, the newest first, at most so many, and return how many are left.

    1. Find how far back what was written since a week was counted reaches.
    2. Ask the checks that read it again, as of the end of the week.
    3. When all are right, say up to which entry.
    """
    head, wanted = book.settled(), ends(now)
    kept = {row.at: row for row in Week.objects.filter(at__in=wanted)}
    if all(end in kept and kept[end].known == head for end in wanted):
        return 0
    reached = {known: _reached(known) for known in {row.known for row in kept.values()}}
    waiting = [end for end in reversed(wanted) if end not in kept or _stale(kept[end], reached[kept[end].known])]
    for end in waiting[:most]:
        row = kept.get(end) or Week(at=end, known=head, counts={}, left={})
        answers = _answers(row, reached.get(row.known, {}) if end in kept else {})
        counts = {id: [one.verdict.scope, one.verdict.failing, CHECKS[id].rule] for id, one in answers.items()}
        left = assess.left(Moment(end))
        Week.objects.update_or_create(at=end, defaults={"known": head, "counts": counts, "left": dict(left)})
    if len(waiting) <= most:
        Week.objects.filter(at__in=wanted, known__lt=head).update(known=head)
    return max(0, len(waiting) - most)


def standings(moment: Moment, *, now: datetime) -> Mapping[str, Standing]:
    """Return how every bound check stands: now from the newest verdicts, at the end of a week from what is kept, and else counted."""
    if moment.known is not None or now - moment.at <= INSTANT:
        return assess.standings(moment, now=now)
    row = Week.objects.filter(at=moment.at).first()
    if row is not None:
        return _answers(row, _reached(row.known))
    return _ASKED.answer(moment.at, lambda: assess.in_full(Moment(moment.at)))


def played(now: datetime) -> list[tuple[datetime, Mapping[str, Standing], Apart]]:
    """Return the weeks that are kept, the oldest first, each with how its checks stood and what was left out; as they were counted last."""
    rows = Week.objects.filter(at__in=ends(now)).order_by("at")
    return [(timezone.localtime(row.at), {id: _standing(row, id) for id in row.counts if id in CHECKS}, _apart(row)) for row in rows]


def _apart(row: Week) -> Apart:
    return {number: State(state) for number, state in row.left.items()}


def _answers(row: Week, reached: Mapping[str, datetime]) -> Mapping[str, Standing]:
    again = {check.id for check in _stale(row, reached)}
    moment = Moment(row.at)
    return {id: assess.ask(check, moment) if id in again else _standing(row, id) for id, check in CHECKS.items()}


def _standing(row: Week, id: str) -> Standing:
    scope, failing, _ = row.counts[id]
    return Standing(id, assess.judge(CHECKS[id], scope, failing), Moment(row.at))


def _stale(row: Week, reached: Mapping[str, datetime]) -> list[Check]:
    touched = {kind for kind, first in reached.items() if first <= row.at}
    if STRIKING in touched:
        return list(CHECKS.values())
    return [check for id, check in CHECKS.items() if id not in row.counts or row.counts[id][2] != check.rule or check.reads & touched]


def _reached(known: int) -> dict[str, datetime]:
    """Return for each kind that was written since an entry the earliest time that it tells of."""
    written = {kind for kinds in Entry.objects.filter(id__gt=known).order_by().values_list("kinds", flat=True).distinct() for kind in kinds.split()}
    read = {STRIKING}.union(*(check.reads for check in CHECKS.values()))
    first: dict[str, Any] = {}
    for kind in written & read:
        rows = apps.get_model(kind)._default_manager.filter(id__gte=(known + 1) * POSITIONS)
        first[kind] = rows.aggregate(first=Min("at"))["first"]
    return {kind: at for kind, at in first.items() if at is not None}
