"""Effect (有效性): a check is asked again for the day before an action took effect and for now, and both counts are written down."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.utils.timezone import make_aware

from lingting.conformity import assess
from lingting.conformity.check import CHECKS, Check, between
from lingting.conformity.models import Effect
from lingting.ledger import book
from lingting.ledger.moment import Moment
from lingting.registers.improvements import queries as improvements
from lingting.registers.improvements.models import Verified


def uncounted(moment: Moment) -> list[Verified]:
    """Return the verifications that name a check which was not asked for them yet."""
    rows = improvements.verifications(moment).exclude(check_id="").exclude(since=None).exclude(pk__in=Effect.objects.values("verified"))
    return [row for row in rows.order_by("id") if row.check_id in CHECKS]


def count(verified: Verified) -> Effect:
    """Return what the check of a verification counts at the beginning of the day `since` and when it was verified, and of both what came in lately."""
    check = CHECKS[verified.check_id]
    if verified.since is None:
        raise ValueError("a verification names its check together with a day")
    since, until = make_aware(datetime.combine(verified.since, time())), verified.at
    before, after = (assess.ask(check, Moment(at)).verdict for at in (since - timedelta(microseconds=1), until))
    earlier, later = (_came_in(check, begin, end) for begin, end in ((since - (until - since), since), (since, until)))
    return Effect(
        verified=verified, check_id=check.id, scope_before=before.scope, failing_before=before.failing, scope_after=after.scope, failing_after=after.failing,
        new_scope_before=earlier.scope, new_failing_before=earlier.failing, new_scope_after=later.scope, new_failing_after=later.failing,
        rule=check.rule, at=until,
    )  # fmt: skip


class Came(NamedTuple):
    """How many of those in scope, and of those that fail, came in during some days; empty where they have no time of their own."""

    scope: int | None
    failing: int | None


def _came_in(check: Check, begin: datetime, end: datetime) -> Came:
    sample = check.ask(Moment(end - timedelta(microseconds=1)))
    return Came(*(between(rows, begin, end) for rows in (sample.scope, sample.failing)))


def catch_up(moment: Moment) -> list[Effect]:
    """Ask the checks that verifications name, and write down what they count."""
    effects = [count(row) for row in uncounted(moment)]
    if effects:
        book.write(*effects, act="conformity.count_effect")
    return effects


def effects(verified: list[int]) -> dict[int, Effect]:
    """Return what was counted for these verifications, by number."""
    return {row.verified_id: row for row in Effect.objects.filter(verified__in=verified).order_by("id")}
