"""`python -m benchmarks.pages HOME [ACCOUNT [first]]`: server time of every page over a prepared home (`lingting demo`), the slowest first.

With `first` a record is written before every look, so that nothing remembered holds: give it a copy of a home.

Ranked and counted by processor time, which neighbours on a shared machine change least; the time on the clock stands beside it.
"""

import gc
import os
import statistics
import sys
import time
from collections.abc import Iterator

TIMES = 3
SHOWN = 25
MOST = 200
"""Milliseconds that a page may take."""


def addresses() -> Iterator[str]:
    """Yield the address of every page that reads, with a record of this home where it takes one: of each kind the newest."""
    from lingting import catalog
    from lingting.records.kind import registers
    from lingting.web.evidence import address

    plain = ["today", "conversations", "promises", "parties", "improvements", "clauses", "transition", "requirements", "growth", "norms", "book", "registers"]
    yield from (f"/{name}" for name in plain)
    yield from ("/promises?fate=all", "/clauses?at=2026-07-12", "/clauses?edition=2008-2015", "/conversations?words=投诉", "/norms/promise.made", "/-/patterns")
    yield from (f"/clauses/{leaf.number}" for leaf in catalog.read().leaves())
    yield from (f"/checks/{check.id}/{side}" for leaf in catalog.read().leaves() for check in leaf.checks for side in ("scope", "failing"))
    for name, register in registers().items():
        yield f"/registers/{name}"
        for kind in register.kinds:
            yield f"/registers/{name}/{kind.name}"
            newest = kind.model.objects.order_by("-id").first()
            if newest is not None and (place := address(newest)):
                yield place
    yield from _screens()


def _screens() -> Iterator[str]:
    """Yield the pages that take no record and were not named above: a new screen is measured without being written here."""
    from lingting.web.urls import urlpatterns

    yield from (f"/{pattern.pattern}" for pattern in urlpatterns if not pattern.pattern.converters)


def _write() -> None:
    """Write something that no page asks about, as anybody's work does all day."""
    from lingting.ledger import book
    from lingting.registers.parties.models import Party
    from lingting.site.clock import now

    book.write(Party(category="neighbour", organisation="—", at=now()), act="benchmark")


def main(home: str, account: str = "quality", look: str = "again") -> None:
    """Fetch every page a few times and print the slowest."""
    os.environ.update(LINGTING_HOME=home, DJANGO_SETTINGS_MODULE="lingting.site.settings", LINGTING_HOSTS="*")
    from lingting.cli.demo import firm

    os.environ.update({f"LINGTING_{name}": words for name, words in firm()["environment"].items()})
    import django

    django.setup()
    from django.test import Client

    from lingting.access.models import Account

    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(username=account), backend="django.contrib.auth.backends.ModelBackend")
    client.get("/clauses")
    gc.collect()
    gc.freeze()  # as the server does
    taken = []
    for address in dict.fromkeys(addresses()):
        spent, worked, status = [], [], 0
        for _ in range(TIMES):
            if look == "first":
                _write()
            began, busy = time.perf_counter(), time.process_time()
            status = client.get(address).status_code
            spent.append(1000 * (time.perf_counter() - began))
            worked.append(1000 * (time.process_time() - busy))
        if status == 200:
            taken.append((statistics.median(worked), statistics.median(spent), max(spent), address))
        elif status >= 500:
            print(f"   {status} {address}")
    taken.sort(reverse=True)
    middles = [one[0] for one in taken]
    over = sum(one > MOST for one in middles)
    print(f"-- {len(taken)} pages of {home} as {account}, looked at {look}: median {statistics.median(middles):.0f} ms, over {MOST} ms: {over}")
    print(f"   {'CPU':>8}{'p50':>8}{'max':>8}  ms")
    for busy, middle, most, address in taken[:SHOWN]:
        print(f"   {busy:8.0f}{middle:8.0f}{most:8.0f}  {address}")


if __name__ == "__main__":
    main(*sys.argv[1:])
