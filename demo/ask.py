"""`python -m demo.ask HOME`: asks a home of the demonstration what every list holds and how clauses and checks stand on four days, as JSON."""

import json
import os
import sys
from collections import Counter
from datetime import datetime
from typing import Any

from demo.data import read

DAYS = ("2026-06-04T09:00:00+08:00", "2026-07-08T09:00:00+08:00", "2026-07-16T09:00:00+08:00", "2026-08-31T09:00:00+08:00")


def ask() -> dict[str, Any]:
    """What is true in the home that the settings name."""
    from lingting import catalog
    from lingting.conformity import assess, proposals
    from lingting.conformity.check import CHECKS
    from lingting.ledger.moment import Moment
    from lingting.records.kind import kinds, registers

    moments = {day[:10]: Moment(datetime.fromisoformat(day)) for day in DAYS}
    standings = {day: assess.in_full(moment) for day, moment in moments.items()}
    lists = {
        f"{kind.label}:{name}": [known(row) for row in kind.listed(name, moments["2026-08-31"]).order_by("at", "id")]
        for register in registers().values()
        for kind in register.kinds
        for name in kind.text.lists
    }
    return {
        "lists": lists,
        "checks": {day: {id: (one.verdict.state.value, one.verdict.failing, one.verdict.scope) for id, one in all_.items()} for day, all_ in standings.items()},
        "clauses": {
            day: {leaf.number: assess.clause(leaf.number, all_, assess.left(moments[day]))[0].value for leaf in catalog.read().leaves()}
            for day, all_ in standings.items()
        },
        "failing": {id: [known(row) for row in check.ask(moments["2026-08-31"]).failing[:60] if hasattr(row, "_meta")] for id, check in CHECKS.items()},
        "proposed": [
            (one.pattern.id, known(one.rows[0]), Counter(row._meta.label_lower for row in one.rows[1:]))
            for one in proposals.proposed(moments["2026-08-31"], standing=standings["2026-08-31"])
        ],
        "present": {kind.label: [known(row) for row in kind.as_of(moments["2026-08-31"])] for kind in kinds().values() if kind.has_code},
        "further": further(moments["2026-08-31"]),
    }


def known(row: Any) -> str:
    """What a record is known by: its code, or that of what it happened to."""
    code = str(getattr(row, "code", "") or "")
    if code:
        return code
    about = next((field for field in row._meta.concrete_fields if field.is_relation and not field.null), None)
    return known(getattr(row, about.name)) if about else str(getattr(row, "organisation", "") or getattr(row, "name", "") or getattr(row, "key", "") or row.at)


def further(moment: Any) -> dict[str, Any]:
    """What lists do not say: who is concerned by a look-back, and which uses were out of date."""
    from django.db.models import F

    from lingting.conformity.models import Effect
    from lingting.conformity.voices import voices
    from lingting.registers.conversations import queries as conversations
    from lingting.registers.conversations.models import Conversation, Rehearsed
    from lingting.registers.improvements.models import Weighed
    from lingting.registers.instruments import queries
    from lingting.registers.instruments.models import Disposed, Excluded, Unfit, Used
    from lingting.registers.offerings.models import Told
    from lingting.registers.parties.groups import emerging
    from lingting.registers.promises import queries as promises
    from lingting.registers.promises.models import Kept

    said = voices(moment)
    keys = dict(Conversation.objects.filter(pk__in=[voice.number for voice in said]).values_list("pk", "key"))
    doubt = {known(row): row for row in Unfit.objects.order_by("id")}
    bridge = doubt["WB-01"]
    return {
        "suspects": {code: queries.uses_in_doubt(row, moment).count() for code, row in doubt.items()},
        "judged again": {how: Disposed.objects.as_of(moment).filter(unfit__instrument__code="DT-04", how=how).count() for how in ("accept", "withdraw")},
        "links": Told.objects.as_of(moment).filter(version__information__code="INFO-014").count(),
        "cause": sorted(Weighed.objects.as_of(moment).exclude(nonconformity=None).values_list("complaint__code", "nonconformity__code")),
        "rehearsed": sorted(Rehearsed.objects.as_of(moment).values_list("key", flat=True)),
        "conversations": Conversation.objects.as_of(moment).count(),
        "effects": [(row.new_failing_before, row.new_scope_before, row.new_failing_after, row.new_scope_after) for row in Effect.objects.order_by("id")],
        "broken in": sorted(promises.broken(moment).values_list("conversation__key", flat=True)),
        "waiting for a condition": sorted(promises.conditional(moment).values_list("conversation__key", flat=True)),
        "kept early": sorted(Kept.objects.as_of(moment).filter(at__lt=F("promise__due")).values_list("promise__conversation__key", flat=True)),
        "nine minutes": [known(row) for row in Used.objects.filter(unit="min", value=9 * 10 ** Used._meta.get_field("value").places)],
        "interruptions": conversations.findings(moment).filter(norm="interruption.overlap").count(),
        "interruptions heard": conversations.found(moment).filter(norm="interruption.overlap").count(),
        "macros": conversations.findings(moment).filter(norm="macro.without-facts").count(),
        "disputed that count": conversations.findings(moment).filter(pk__in=conversations.upheld(moment).values("found")).count(),
        "groups": [sorted(keys[voice.number] for voice in group) for group in emerging(said)],
        "excluded": Excluded.objects.as_of(moment).count(),
        "customers": len(set(queries.customers_in_doubt(bridge, moment))),
        "overdue uses": sorted(f"{row.at:%m-%d}" for row in queries.unfit_uses(moment).filter(instrument__code="WB-01")),
        "unfit uses": {code: queries.unfit_uses(moment).filter(instrument__code=code).count() for code in ("WB-01", "DT-04", "TL-04", "IN-Q2")},
    }


def main() -> None:
    """Print what is true."""
    os.environ["LINGTING_HOME"] = sys.argv[1]
    os.environ.update({f"LINGTING_{name}": words for name, words in read("firm/firm")["environment"].items()})
    from lingting.cli.main import set_up_django

    set_up_django()
    print(json.dumps(ask(), ensure_ascii=False))


if __name__ == "__main__":
    main()
