"""Linting (校读) of a document's words: known slips, what a clause document lacks, and what differs from a near copy – each a place that waits for repair."""

from collections.abc import Iterator
from typing import Any

from lingting.inspection.normalise import plain
from lingting.ledger.models import Record
from lingting.records.write import live
from lingting.registers.documents.choices import Slip, Sort
from lingting.registers.documents.headings import gaps
from lingting.registers.documents.likeness import NEAR, differences, likeness
from lingting.registers.documents.models import Duplicate, Flaw, Retired, Revision
from lingting.registers.documents.slips import slips

LONGEST_QUOTE = 300
MOST_FOUND = 2_000
"""Places that one act writes down; a text with more is not a slip but another text."""

DECLARED = {Slip.NUMBER, Slip.UNIT}
"""What may differ from the revision before, if the change says so."""

Difference = tuple[str, str, str]


def lint(revision: Revision) -> Iterator[Record]:
    """Yield the flaws of a revision's words and its near copies among other documents."""
    for slip, quote in slips(revision.words):
        yield _flaw(revision, slip, quote)
    if revision.document.sort == Sort.CLAUSE:
        for slip, quote in gaps(revision.words):
            yield _flaw(revision, slip, quote)
    before = _before(revision)
    if before is not None:
        yield from _against(revision, before)
    for other, like in _near(revision):
        yield Duplicate(revision=revision, other=other, likeness=round(like * 1000), at=revision.at)
        yield from _against(revision, other)


def _against(revision: Revision, other: Revision) -> Iterator[Flaw]:
    own, change = other.document_id == revision.document_id, plain(revision.change)
    for found in differences(revision.words, other.words)[:MOST_FOUND]:
        if not (own and found.slip in DECLARED and change):
            yield _flaw(revision, found.slip, found.quote, found.against, other)


def _flaw(revision: Revision, slip: str, quote: str, against: str = "", other: Revision | None = None) -> Flaw:
    return Flaw(revision=revision, slip=slip, quote=quote[:LONGEST_QUOTE], against=against[:LONGEST_QUOTE], other=other, at=revision.at)


def _before(revision: Revision) -> Revision | None:
    rows: Any = live(Revision).filter(document=revision.document, at__lte=revision.at).exclude(words="").order_by("-at", "-id")
    found: Revision | None = rows.first()
    return found if found is not None and likeness(revision.words, found.words) >= NEAR else None


def _near(revision: Revision) -> Iterator[tuple[Revision, float]]:
    """Yield the newest words of every other document that are nearly these."""
    ended = live(Retired).values("document")
    rows: Any = live(Revision).exclude(document=revision.document).exclude(document__in=ended).exclude(words="").order_by("document", "-at", "-id")
    seen: set[int] = set()
    for other in rows.iterator(500):
        if other.document_id not in seen:
            seen.add(other.document_id)
            like = likeness(revision.words, other.words)
            if like >= NEAR:
                yield other, like
