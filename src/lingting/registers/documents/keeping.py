"""What is true of records that are kept (保留的记录) as of a moment."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.documents.retained import (
    Accessed,
    Batch,
    Disposed,
    Ended,
    Granted,
    Held,
    Lost,
    Outcome,
    Released,
    Retention,
    Sampled,
    Series,
    Verified,
)

RETRIEVED_WITHIN = period("documents.retrieved-within", timedelta(minutes=10))
"""How soon a record that is asked for lies before the one who asks; this and the times below are house defaults, shown as ours."""

VERIFIED_WITHIN = period("documents.verified-within", timedelta(days=31))
"""How long a verification of the book speaks for it."""

CONCLUDED_WITHIN = period("documents.concluded-within", timedelta(days=1))
"""How soon after its end it is written down what came of a conversation."""

EVERYTHING = "*"
"""What a verification names where it cannot tell which kinds of record a broken place touches."""

CONVERSATION: Any = Outcome._meta.get_field("conversation").related_model  # the reference says which records these are; registers do not import each other
SAID: Any = CONVERSATION._meta.get_field("said").related_model
OVER: Any = CONVERSATION._meta.get_field("endings").related_model


def kept_series(moment: Moment) -> RecordQuerySet[Series]:
    """Return the kinds of record that are kept."""
    return Series.objects.as_of(moment)


def unruled(moment: Moment) -> RecordQuerySet[Series]:
    """Return those of which nobody decided how long they are kept and how they leave."""
    return kept_series(moment).exclude(Exists(Retention.objects.as_of(moment).filter(series=OuterRef("pk"))))


def batches(moment: Moment) -> RecordQuerySet[Batch]:
    """Return the records that were put away, each with `day`: when they left, where the organisation is."""
    left = Disposed.objects.as_of(moment).filter(batch=OuterRef("pk")).order_by("at")
    return Batch.objects.as_of(moment).annotate(day=TruncDate(Subquery(left.values("at")[:1]), tzinfo=settings.LINGTING["ZONE"]))


def held(moment: Moment) -> RecordQuerySet[Batch]:
    """Return the records that must stay, whose hold was not lifted and is not due for review."""
    return batches(moment).filter(Exists(_holds(moment).filter(batch=OuterRef("pk"), review__gte=localdate(moment.at))))


def lapsed_holds(moment: Moment) -> RecordQuerySet[Held]:
    """Return the holds that were to be looked at again by now."""
    return _holds(moment).filter(review__lt=localdate(moment.at))


def _holds(moment: Moment) -> RecordQuerySet[Held]:
    return Held.objects.as_of(moment).exclude(Exists(Released.objects.as_of(moment).filter(held=OuterRef("pk"))))


def lost(moment: Moment) -> RecordQuerySet[Lost]:
    """Return the records lost before they might leave."""
    rows = Lost.objects.as_of(moment).annotate(day=TruncDate("at", tzinfo=settings.LINGTING["ZONE"]))
    return rows.filter(day__lte=F("batch__until"))


def due(moment: Moment) -> RecordQuerySet[Batch]:
    """Return the records whose time is up, or that have left already, wholly or in part."""
    gone = Exists(lost(moment).filter(batch=OuterRef("pk")))
    return batches(moment).filter(Q(until__lt=localdate(moment.at)) | Q(day__isnull=False) | Q(gone))


def to_dispose(moment: Moment) -> RecordQuerySet[Batch]:
    """Return the records whose time is up, that did not leave and that nothing holds."""
    holds = Exists(_holds(moment).filter(batch=OuterRef("pk"), review__gte=localdate(moment.at)))
    return batches(moment).filter(until__lt=localdate(moment.at), day=None).exclude(holds)


def early(moment: Moment) -> RecordQuerySet[Batch]:
    """Return the records of which some left or were lost before their time was up, or left although they were held."""
    gone = Exists(lost(moment).filter(batch=OuterRef("pk")))
    left = Disposed.objects.as_of(moment).filter(batch=OuterRef("batch"), at__gte=OuterRef("at"))
    against = Exists(_holds(moment).filter(Exists(left), batch=OuterRef("pk")))
    return batches(moment).filter(Q(day__lte=F("until")) | Q(gone) | Q(against))


def disposable(moment: Moment) -> RecordQuerySet[Batch]:
    """Return the records that left or stay as they should not."""
    return due(moment).filter(Q(pk__in=to_dispose(moment).values("pk")) | Q(pk__in=early(moment).values("pk")))


def overdue_series(moment: Moment) -> RecordQuerySet[Series]:
    """Return the kinds of record with something to dispose of."""
    return kept_series(moment).filter(Exists(to_dispose(moment).filter(series=OuterRef("pk"))))


def retrievals(moment: Moment) -> RecordQuerySet[Sampled]:
    """Return the samples that were asked for and whose time is up, or that were produced."""
    return Sampled.objects.as_of(moment).filter(Q(at__lte=moment.at - RETRIEVED_WITHIN) | Q(produced__lte=moment.at))


def slow(moment: Moment) -> RecordQuerySet[Sampled]:
    """Return the samples that were not produced in time."""
    return retrievals(moment).filter(Q(produced=None) | Q(produced__gt=ExpressionWrapper(F("at") + RETRIEVED_WITHIN, output_field=DateTimeField())))


def grants(moment: Moment) -> RecordQuerySet[Granted]:
    """Return who may see sensitive information now."""
    return Granted.objects.as_of(moment).filter(until__gte=localdate(moment.at)).exclude(Exists(Ended.objects.as_of(moment).filter(granted=OuterRef("pk"))))


def taken_grants(moment: Moment) -> RecordQuerySet[Granted]:
    """Return the grants that ran out or were taken back."""
    return Granted.objects.as_of(moment).exclude(pk__in=grants(moment).values("pk"))


def accesses(moment: Moment) -> RecordQuerySet[Accessed]:
    """Return who saw sensitive information, each with the `day`, where the organisation is."""
    return Accessed.objects.as_of(moment).annotate(day=TruncDate("at", tzinfo=settings.LINGTING["ZONE"]))


def unauthorised(moment: Moment) -> RecordQuerySet[Accessed]:
    """Return the accesses without a reason, or without a grant of this person for this that held then."""
    taken = Ended.objects.as_of(moment).filter(granted=OuterRef("pk"), at__lte=OuterRef(OuterRef("at")))
    same = Q(document=OuterRef("document")) | Q(series=OuterRef("series"))
    grant = Granted.objects.as_of(moment).filter(same, person=OuterRef("person"), at__lte=OuterRef("at"), until__gte=OuterRef("day")).exclude(Exists(taken))
    return accesses(moment).filter(Q(reason="") | ~Exists(grant))


def ended_conversations(moment: Moment) -> RecordQuerySet[Any]:
    """Return the conversations that came to their end, each with `turns`: when it must be known what came of it."""
    first = Subquery(_ends(moment).order_by("at").values("at")[:1], output_field=DateTimeField())
    rows: RecordQuerySet[Any] = CONVERSATION.objects.as_of(moment).filter(Exists(_ends(moment)))
    return rows.annotate(turns=ExpressionWrapper(first + CONCLUDED_WITHIN, output_field=DateTimeField()))


def concluded(moment: Moment) -> RecordQuerySet[Any]:
    """Return the ended conversations that should be complete by now."""
    return ended_conversations(moment).filter(Exists(_ended_before(moment)))


def concluding(moment: Moment) -> RecordQuerySet[Any]:
    """Return the ended conversations that will have to be complete, each with the time `turns` at which it is."""
    return ended_conversations(moment).exclude(Exists(_ended_before(moment)))


def _ends(moment: Moment) -> RecordQuerySet[Any]:
    ends: RecordQuerySet[Any] = OVER.objects.as_of(moment).filter(conversation=OuterRef("pk"))
    return ends


def _ended_before(moment: Moment) -> RecordQuerySet[Any]:
    return _ends(moment).filter(at__lte=moment.at - CONCLUDED_WITHIN)


def incomplete(moment: Moment) -> RecordQuerySet[Any]:
    """Return the ended conversations of which it is not known whose they were, what was said or what came of it, or whose recording is gone."""
    spoken = SAID.objects.as_of(moment).filter(conversation=OuterRef("pk"))
    outcome = Outcome.objects.as_of(moment).filter(conversation=OuterRef("pk"))
    gone = lost(moment).filter(conversation=OuterRef("pk"))
    anonymous = Q(party=None) & ~Exists(spoken.filter(role="customer"))
    return concluded(moment).filter(anonymous | ~Exists(spoken) | ~Exists(outcome) | Exists(gone))


def verifications(moment: Moment) -> RecordQuerySet[Verified]:
    """Return the newest verification of the book, if it still speaks for it."""
    newest = Verified.objects.as_of(moment).order_by("-at", "-id").values("pk")[:1]
    return Verified.objects.as_of(moment).filter(pk__in=Subquery(newest), at__gt=moment.at - VERIFIED_WITHIN)


def unsound(moment: Moment, register: str = "") -> RecordQuerySet[Verified]:
    """Return that verification if it found anything that does not agree – of one register, if one is named."""
    rows = verifications(moment).filter(broken__gt=0)
    return rows.filter(Q(kinds__contains=f"{register}.") | Q(kinds__contains=EVERYTHING) | Q(kinds="")) if register else rows
