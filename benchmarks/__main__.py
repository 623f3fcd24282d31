"""`make bench`: what it costs, and how that grows; times are of this machine, ratios hold elsewhere too."""

import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.ground import DATA, batches, ground
from benchmarks.sets import Talk, crosswoz, star

LENGTH = 20
"""Messages in a made conversation."""


def made(seed: int) -> Iterator[Talk]:
    """Yield conversations without end, put together from what people said in STAR and CrossWOZ, with a promise in every fifth."""
    from lingting.inspection.transcript import Channel, Role
    from lingting.message import Envelope, Message, Person

    chance = random.Random(seed)
    said = [[message.text for talk in islice(source(DATA), 800) for message in talk] for source in (star, crosswoz)]
    number = 0
    while True:
        words, number = said[number % 2], number + 1
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(200 * 86400))
        person = Person(name=f"客户{number % 30000}", phone=f"1990{number % 30000:07}")
        envelope = Envelope(source="made", key=str(number), channel=Channel.CHAT, customer=person)
        texts = [chance.choice(words) for _ in range(LENGTH)]
        if number % 5 == 0:
            texts[-1] = "好的，我明天下午五点前给您回电话。"
        yield [
            Message(envelope, str(place), at + timedelta(seconds=15 * place), Role.AGENT if place % 2 else Role.CUSTOMER, text)
            for place, text in enumerate(texts)
        ]


def timed(act: Callable[[], object], times: int = 7) -> float:
    """Return the median of milliseconds."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        spent.append(1000 * (time.perf_counter() - began))
    return statistics.median(spent)


def held() -> float:
    """Return the memory that this process holds for itself, in MB; pages of the database's file that the system lends it are not counted."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024


def main(sizes: tuple[int, ...]) -> None:
    """Grow one database to each size and measure there."""
    with ground():
        from django.db import connection
        from django.test import Client

        from lingting import spine
        from lingting.access.models import Account
        from lingting.conformity import assess
        from lingting.ledger import statistics as planner
        from lingting.ledger.moment import Moment
        from lingting.registers.conversations import queries as conversations
        from lingting.registers.promises.models import Promise
        from lingting.site import worker
        from lingting.site.clock import now

        client = Client()
        client.force_login(Account.objects.create_user(username="q", role="quality_manager", name="q"), backend="django.contrib.auth.backends.ModelBackend")
        talks, have, report = made(7), 0, {}
        worker.pack()
        for size in sizes:
            began, messages = time.perf_counter(), 0
            for batch in batches(islice(talks, size - have), 5000):
                messages += spine.receive(batch, calendar=worker.calendar()).messages
            planner.refresh()
            received = time.perf_counter() - began
            began = time.perf_counter()
            while spine.work(pack=worker.pack(), now=now()):
                pass
            worker.seal()
            planner.refresh()
            heard = time.perf_counter() - began
            row = {
                "messages/s received": messages / received,
                "conversations/s heard": (size - have) / heard,
                "minutes in all": (received + heard) / 60,
                "MB held": held(),
            }
            have = size
            extra = made(size)

            def fact(extra: Iterator[Talk] = extra, size: int = size) -> None:
                talk = next(talk for talk in extra if "五点前" in talk[-1].text)
                from dataclasses import replace

                envelope = replace(talk[0].envelope, key=f"x{size}-{talk[0].envelope.key}-{time.perf_counter_ns()}")
                spine.receive([replace(message, envelope=envelope) for message in talk], calendar=worker.calendar())
                spine.work(pack=worker.pack(), now=now())
                assess.standings(Moment(now()), now=now())

            row["ms fact → clause"] = timed(fact)
            deep = ""
            for _ in range(20):
                deep = conversations.begun(Moment(now())).page(deep, size=min(1000, size // 25)).following or deep
            row["ms first page of 25"] = timed(lambda: client.get("/conversations"))
            row["ms deep page of 25"] = timed(lambda deep=deep: client.get("/conversations", {"after": deep}))
            row["ms clause map"] = timed(lambda: client.get("/clauses"))
            row["promises"] = Promise.objects.count()
            report[size] = row
            print(f"-- {size} conversations of {LENGTH} messages ({connection.vendor})")
            for name, value in row.items():
                print(f"   {name:<24}{value:12.1f}")
            sys.stdout.flush()
        first, last = report[sizes[0]], report[sizes[-1]]
        print(f"-- ratios, {sizes[-1]} to {sizes[0]}: ", end="")
        print(", ".join(f"{name} {last[name] / first[name]:.2f}" for name in first if name not in {"promises", "minutes in all"}))
        print(f"-- deep page to first page: {last['ms deep page of 25'] / last['ms first page of 25']:.2f}")


if __name__ == "__main__":
    main(tuple(int(word) for word in sys.argv[1:]) or (10_000, 20_000, 100_000))
