"""Effect (有效性): a check is asked again for the day before an action took effect and for now, and both counts are written down."""

from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware

from lingting.conformity import assess
from lingting.conformity.check import CHECKS
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
    """Return what the check of a verification counts at the beginning of the day `since`, and when it was verified."""
    check, since = CHECKS[verified.check_id], verified.since
    if since is None:
        raise ValueError("a verification names its check together with a day")
    before, after = (assess.ask(check, Moment(at)).verdict for at in (make_aware(datetime.combine(since, time())) - timedelta(microseconds=1), verified.at))
    return Effect(
        verified=verified, check_id=check.id, scope_before=before.scope, failing_before=before.failing, scope_after=after.scope, failing_after=after.failing,
        rule=check.rule, at=verified.at,
    )  # fmt: skip


def catch_up(moment: Moment) -> list[Effect]:
    """Ask the checks that verifications name, and write down what they count."""
    effects = [count(row) for row in uncounted(moment)]
    if effects:
        book.write(*effects, act="conformity.count_effect")
    return effects


def effects(verified: list[int]) -> dict[int, Effect]:
    """Return what was counted for these verifications, by number."""
    return {row.verified_id: row for row in Effect.objects.filter(verified__in=verified).order_by("id")}
