"""Growth (生长): which kinds of record were written since one last looked."""

from collections import Counter
from collections.abc import Mapping
from threading import Lock

from django.db import connection

from lingting.ledger.noting import ANYTHING, unnoted

ERASED = "ledger.erased"
"""An erasure empties columns of other kinds, so that every answer goes with one."""

LOOKED_AT = 64
"""Entries looked at whenever there is a new one: more than are ever written at the same time, of which a lower number may come to light after a higher."""


class Growth:
    """How often each kind of record was seen to grow, in this process; one `start` for as long as it is one book."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: dict[int, bytes] = {}
        self._times: Counter[str] = Counter()
        self._start = 0
        self._marks: Mapping[str, tuple[int, int]] = {}

    def now(self) -> Mapping[str, tuple[int, int]]:
        """Return of each kind a mark that is another as soon as it has grown; a kind that is not among them has the mark `None`."""
        with self._lock:
            if self._look():
                self._marks = {kind: (self._start, times) for kind, times in self._times.items()}
            return self._marks

    def _look(self) -> bool:
        """Read on from the entry that was read last, and tell whether there was more; where entries do not follow on those seen, everything may be another."""
        newest = max(self._seen.items(), default=None)
        if newest == next(((number, digest) for number, digest, _ in _entries(1)), None):
            return False
        entries = _entries(LOOKED_AT)
        there = {number: digest for number, digest, _ in entries}
        new = [kinds for number, digest, kinds in entries if self._seen.get(number) != digest]
        lowest = min(there) if len(there) == LOOKED_AT else 0
        if len(new) == LOOKED_AT or any(there.get(number) != digest for number, digest in self._seen.items() if number >= lowest):
            self._start += 1
        for kinds in new:
            self._times.update(kinds.split())
        self._times[ANYTHING] += 1
        self._times[ERASED] += 0  # every answer has its mark, and so the start in it
        self._seen = there
        return True


def _entries(most: int) -> list[tuple[int, bytes, str]]:
    with unnoted(), connection.cursor() as cursor:  # a page asks this dozens of times: putting a query set together would cost more than its answer
        cursor.execute("SELECT id, digest, kinds FROM ledger_entry ORDER BY id DESC LIMIT %s", [most])
        return [(number, bytes(digest), kinds) for number, digest, kinds in cursor.fetchall()]
