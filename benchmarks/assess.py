"""`python -m benchmarks.assess [CONVERSATIONS]`: what judging every clause costs over big tables – whole, after one new fact, and as of an earlier day.

The rows are written straight into the tables, with values that mean nothing: this measures counting, and nothing else.
"""

import random
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from benchmarks.ground import ground

NOW = datetime(2026, 8, 31, 1, tzinfo=UTC)
DAYS = 180
BATCH = 5000
NORMS = ("promise.made", "complaint.made", "slot.read-back", "opening.complete", "empathy.shown", "feedback.problem", "praise.given", "restatement.given")


class Writer:
    """Writes rows as acts of one record each, past the book: entries are counted, digests are empty."""

    def __init__(self) -> None:
        from lingting.ledger.models import Entry

        self.number = Entry.objects.count() + 1
        self.chance = random.Random(7)

    def moment(self) -> datetime:
        """Return some time in the past half year."""
        return NOW - timedelta(seconds=self.chance.randrange(3600, DAYS * 86_400))

    def put(self, model: Any, rows: Iterable[dict[str, Any]]) -> list[int]:
        """Insert rows; return their numbers."""
        from django.db import transaction

        from lingting.ledger.models import POSITIONS, Entry

        begins, rows = self.number, iter(rows)
        with transaction.atomic():
            while batch := list(islice(rows, BATCH)):
                insert(model, [{"id": (self.number + place) * POSITIONS, "salt": b"", "seal": b"", **row} for place, row in enumerate(batch)])
                self.number += len(batch)
            if self.number > begins:
                Entry(id=self.number - 1, written=NOW, act="benchmark", kinds=model._meta.label_lower, count=1, digest=b"").save()
        return [number * POSITIONS for number in range(begins, self.number)]


def insert(model: Any, rows: list[dict[str, Any]]) -> None:
    """Put rows into a table without making a model of each: millions of them take minutes less."""
    from django.db import connection, models

    fields = model._meta.concrete_fields
    name = connection.ops.quote_name
    usual = {field.attname: field.get_db_prep_save(field.get_default(), connection) for field in fields}
    times = {field.attname: field for field in fields if isinstance(field, models.DateField)}
    table, columns = name(model._meta.db_table), ", ".join(name(field.column) for field in fields)
    values = ([times[column].get_db_prep_save(one, connection) if column in times else one for column, one in (usual | row).items()] for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as stream:
                for row in values:
                    stream.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})", values)


def conversations(writer: Writer, count: int, parties: list[int]) -> dict[str, list[int]]:
    """Write conversations with what was asked, answered, found and promised in them; return the numbers of some of them, for others to refer to."""
    from lingting.registers.conversations.models import Answered, Asked, Conversation, Found, Heard, Said
    from lingting.registers.promises.models import Kept, Promise

    chance = writer.chance
    numbers: dict[str, list[int]] = {}
    for start in range(0, count, 50_000):
        part = range(start, min(count, start + 50_000))
        # A centre writes its conversations down as they come: those of one batch lie in one stretch of the half year.
        times = sorted(NOW - timedelta(seconds=DAYS * 86_400 * (1 - (start + chance.random() * len(part)) / count) + 3600) for _ in part)
        talks = writer.put(
            Conversation,
            (
                {"source": "made", "key": str(number), "channel": chance.choice(("phone", "chat", "mail")), "at": at, "party_id": chance.choice(parties)}
                for number, at in zip(part, times, strict=True)
            ),
        )
        both = list(zip(talks, times, strict=True))
        said = writer.put(Said, ({"conversation_id": talk, "key": "1", "role": "customer", "text": "货什么时候到", "at": at} for talk, at in both))
        words = list(zip(talks, said, times, strict=True))
        writer.put(Asked, ({"conversation_id": talk, "said_id": one, "at": at, "due": at + timedelta(days=1)} for talk, one, at in words))
        writer.put(Answered, ({"conversation_id": talk, "said_id": one, "at": at + timedelta(minutes=5)} for talk, one, at in words if chance.random() < 0.98))
        writer.put(Heard, ({"conversation_id": talk, "pack": "made", "turns": 20, "at": at} for talk, at in both))

        def found(words: list[tuple[int, int, datetime]] = words) -> Iterator[dict[str, Any]]:
            for talk, one, at in words:
                for norm in chance.sample(NORMS, 3):
                    kind = "breach" if chance.random() < 0.1 else "event"
                    yield {
                        "conversation_id": talk,
                        "said_id": one,
                        "start": 0,
                        "end": 3,
                        "norm": norm,
                        "norm_version": 1,
                        "instrument": "rule/1",
                        "kind": kind,
                        "severity": "minor",
                        "quote": "货",
                        "at": at,
                    }

        finds = writer.put(Found, found())
        promised = [(talk, at) for talk, at in both if chance.random() < 0.2]
        made = writer.put(Promise, ({"conversation_id": talk, "at": at, "words": "明天回电", "due": at + timedelta(days=1)} for talk, at in promised))
        writer.put(
            Kept, ({"promise_id": promise, "at": at + timedelta(hours=20)} for promise, (_, at) in zip(made, promised, strict=True) if chance.random() < 0.95)
        )
        numbers = {"conversations.conversation": talks, "conversations.said": said, "conversations.found": finds, "promises.promise": made}
        print(f"   {part.stop:,} conversations", end="\r", flush=True)
    return numbers


def registers(writer: Writer, orders: int, others: int, numbers: dict[str, list[int]]) -> None:
    """Write rows of every kind that a register describes: so many orders, and so many others spread over all other kinds."""
    from lingting.records.kind import Kind, kinds
    from lingting.registers.people.models import Needed

    waiting = dict(kinds())
    each = max(1, others // max(1, len(waiting)))

    def value(kind: Kind, column: Any, place: int) -> Any:
        chance = writer.chance
        match column.shape:
            case "reference":
                return chance.choice(numbers[column.target._meta.label_lower])
            case "choice":
                return chance.choice(list(column.text.choices))
            case "many":
                return " ".join(chance.sample(list(column.text.choices), min(2, len(column.text.choices))))
            case "yes-no":
                return chance.random() < 0.9
            case "day":
                return (NOW + timedelta(days=chance.randrange(-90, 300))).date()
            case "time":
                return NOW + timedelta(hours=chance.randrange(-2000, 2000))
            case "number" | "fixed":
                return chance.randrange(1, 100)
            case _:
                return f"{kind.name}-{place}"[: column.field.max_length or 60]

    while waiting:
        ready = [kind for kind in waiting.values() if all(_at_hand(column, numbers) for column in kind.columns)]
        if not ready:
            print(f"   left out, because they refer to each other or to what was not filled: {', '.join(waiting)}")
            break
        for kind in ready:
            del waiting[kind.label]
            many = orders if kind.label == "orders.order" else each
            columns = [column for column in kind.columns if column.shape != "reference" or numbers.get(column.target._meta.label_lower)]
            rows = ({column.attribute: value(kind, column, place) for column in columns} | {"at": writer.moment()} for place in range(many))
            numbers[kind.label] = writer.put(kind.model, rows)
    long_ago = NOW - timedelta(days=DAYS)
    writer.put(Needed, ({"staffing_id": number, "people": writer.chance.randrange(1, 9), "at": long_ago} for number in numbers["people.staffing"]))


def detectors(writer: Writer) -> None:
    """Register each norm that was heard as an instrument that was calibrated long ago, so that every finding is asked whether its instrument was fit."""
    from lingting.registers.instruments.models import Calibrated, Instrument, Version

    begun = {"at": NOW - timedelta(days=DAYS)}
    rows = ({"code": f"DT-{norm}", "name": norm, "sort": "rule", "use": norm, "norm": norm} | begun for norm in NORMS)
    made = writer.put(Instrument, rows)
    versions = writer.put(Version, ({"instrument_id": one, "edition": "1", "engine": "rule/1", "norm_version": 1} | begun for one in made))
    certified = {"way": "study", "occasion": "first", "found_fit": True, "left_fit": True, "due": NOW.date() - timedelta(days=30)} | begun
    writer.put(Calibrated, ({"instrument_id": one, "version_id": version} | certified for one, version in zip(made, versions, strict=True)))


def go_on(writer: Writer) -> None:
    """Let the book go on from the last entry counted here: PostgreSQL takes the next number from a sequence, and a fact with a lower one is no news."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval('ledger_entry_number', %s)", [writer.number])


def _at_hand(column: Any, numbers: dict[str, list[int]]) -> bool:
    if column.shape != "reference":
        return True
    return bool(numbers.get(column.target._meta.label_lower)) or column.field.null


def main(count: int) -> None:
    """Fill, then count."""
    with ground():
        from django.db import connection, reset_queries

        from lingting.conformity import assess
        from lingting.conformity.check import CHECKS
        from lingting.ledger import abreast
        from lingting.ledger import statistics as planner
        from lingting.ledger.moment import Moment
        from lingting.registers.parties.models import Party
        from lingting.registers.promises import actions as promises
        from lingting.registers.promises.models import Promise

        writer = Writer()
        began = time.perf_counter()
        parties = writer.put(Party, ({"category": "customer", "organisation": f"顾客{place}", "at": NOW - timedelta(days=DAYS)} for place in range(30_000)))
        numbers = {"parties.party": parties} | conversations(writer, count, parties)
        registers(writer, 100_000, 100_000, numbers)
        detectors(writer)
        go_on(writer)
        planner.refresh()
        print(f"-- {count:,} conversations, 100,000 orders, 100,000 other records ({connection.vendor}); filled in {time.perf_counter() - began:.0f} s")
        moment = Moment(NOW)
        spent: dict[str, float] = {}
        counted: assess.Counted = {}
        for check in CHECKS.values():
            began = time.perf_counter()
            assess.ask(check, moment, counted)
            spent[check.id] = time.perf_counter() - began
        print(f"   every check, one by one   {sum(spent.values()):9.2f} s")
        for id, one in sorted(spent.items(), key=lambda item: -item[1])[:12]:
            print(f"      {id:<12}{one:8.2f} s")
        began = time.perf_counter()
        assess.in_full(moment)
        whole = time.perf_counter() - began
        print(f"   every check, counted whole{whole:9.2f} s   (target 10; {abreast.AT_ONCE} at a time)")
        began = time.perf_counter()
        assess.catch_up(NOW)
        print(f"   first assessment          {time.perf_counter() - began:9.2f} s")
        facts = []
        for promise in Promise.objects.filter(kept=None)[:9]:
            reset_queries()
            began = time.perf_counter()
            promises.keep(promise, at=NOW, note="已回电", by=1)
            assess.catch_up(NOW)
            facts.append(1000 * (time.perf_counter() - began))
        print(f"   one new fact to verdicts  {sorted(facts)[len(facts) // 2]:9.0f} ms  (target 150)")
        began = time.perf_counter()
        assess.in_full(Moment(NOW - timedelta(days=60)))
        earlier = time.perf_counter() - began
        print(f"   as of 60 days ago         {earlier:9.2f} s   {earlier / whole:.2f} of now (target 2)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
