"""Reasons (来找的理由): why contacts were made, as stated and really, and what is answered at their end – shares of conversations."""

from django.db.models import F

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.documents.keeping import ended_conversations
from lingting.registers.documents.retained import Outcome
from lingting.statistics.parts import Part

ANSWERS = ("understood", "complete", "solved", "served")
"""What is asked at the end of every contact (S-TALK-08)."""


def unclassed(moment: Moment) -> Part:
    """Return the conversations that ended, and those of them of which nobody said why they came (S-HOT-02)."""
    whole = _numbers(ended_conversations(moment), "pk")
    return Part(whole, whole - _numbers(_outcomes(moment).exclude(stated="")))


def otherwise(moment: Moment) -> Part:
    """Return the conversations of which both reasons are known, and those whose real one is another than stated (S-STAFF-19)."""
    both = _outcomes(moment).exclude(stated="").exclude(real="")
    return Part(_numbers(both), _numbers(both.exclude(real=F("stated"))))


def answered_no(moment: Moment, column: str) -> Part:
    """Return the conversations at whose end a question was answered, and those of them where the answer was no."""
    rows = _outcomes(moment).exclude(**{column: None})
    return Part(_numbers(rows), _numbers(rows.filter(**{column: False})))


def _outcomes(moment: Moment) -> RecordQuerySet[Outcome]:
    return Outcome.objects.as_of(moment)


def _numbers(rows: RecordQuerySet[Outcome], column: str = "conversation") -> frozenset[int]:
    return frozenset(rows.order_by().values_list(column, flat=True))
