"""Rows counted together: of several tables, where a page is cut across the seam, and those in scope with those that fail, in one walk."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from lingting.conformity import assess, portions
from lingting.conformity.check import CHECKS, Listed, Sample, Together, parted, together
from lingting.ledger import book
from lingting.registers.conversations.models import Conversation

ROWS = Together(Listed((1, 2, 3)), Listed(), Listed((4, 5)))


def test_they_are_counted_and_walked_one_after_another() -> None:
    assert (ROWS.count(), list(ROWS)) == (5, [1, 2, 3, 4, 5])


@pytest.mark.parametrize("place", [slice(0, 2), slice(2, 4), slice(3, 9), slice(4, 5), slice(0, 0), slice(None), slice(5, 9)])
def test_a_slice_is_what_it_would_be_of_one_list(place: slice) -> None:
    assert list(ROWS[place]) == [1, 2, 3, 4, 5][place]


AT = datetime(2026, 7, 1, 8, tzinfo=UTC)


def begun() -> list[Conversation]:
    """Three calls and a mail, each an act of its own."""
    rows = [Conversation(source="test", key=str(number), channel=channel, at=AT) for number, channel in enumerate(("phone", "phone", "phone", "mail"))]
    for row in rows:
        book.write(row, act="test")
    return rows


def sample() -> Sample:
    """All that began, of which the mail is amiss, and beside them two things at hand of which one is."""
    return together(parted(Conversation.objects.all(), Q(channel="mail")), Sample(Listed((1, 2)), Listed((2,))))


@pytest.mark.django_db
def test_those_in_scope_and_those_that_fail_are_counted_in_one_walk() -> None:
    begun()
    with CaptureQueriesContext(connection) as asked:
        verdict = assess.verdict(CHECKS["8.2.1-C5"], sample())
    assert (verdict.scope, verdict.failing, len(asked)) == (6, 2, 1)
    assert (sample().scope.count(), sample().failing.count()) == (6, 2)
    assert [getattr(row, "channel", row) for row in sample().failing] == ["mail", 2]


@pytest.mark.django_db
def test_piece_by_piece_they_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece holds two acts: the mail may stand alone in its piece or beside a call, and a piece asked alone answers for itself."""
    monkeypatch.setattr(portions, "SHIFT", 17)
    rows = begun()
    [part, _] = sample().parts
    pieces = portions._count(part, portions._Asked())
    assert sum(piece[0] for piece in pieces.values()) == 4
    mail = rows[-1].id >> portions.SHIFT
    assert [place for place, piece in pieces.items() if piece[1]] == [mail]
    assert portions._count(part, portions._Asked(), mail) == {mail: pieces[mail]}


@pytest.mark.django_db
def test_where_there_is_nothing_nothing_fails() -> None:
    verdict = assess.verdict(CHECKS["8.2.1-C5"], parted(Conversation.objects.all(), Q(channel="mail")))
    assert (verdict.scope, verdict.failing) == (0, 0)
