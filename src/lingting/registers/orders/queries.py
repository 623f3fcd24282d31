"""What is true of orders (订单) as of a moment."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from lingting.catalog.load import period
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.orders.models import (
    Accepted,
    Altered,
    Amended,
    Answered,
    Arrived,
    Change,
    Closed,
    Concerned,
    Confirmed,
    Dependant,
    Difference,
    Effective,
    Enquiry,
    Informed,
    Line,
    Notice,
    Objected,
    Order,
    Released,
    Resolved,
    Reviewed,
    Terms,
    TermsNotice,
    Transferred,
    Verified,
    Wanted,
    Withdrawn,
)

TELL_WITHIN = period("orders.tell-within", timedelta(hours=24))
"""How soon a customer hears of an accepted order, an asked change is settled, and an emergency change is told after the event; a house default."""

ANSWER_WITHIN = period("orders.answer-within", timedelta(days=1))
"""How soon an enquiry is answered; a house default."""

TRANSFER_WITHIN = period("orders.transfer-within", timedelta(days=7))
"""How soon a new requirement reaches the list; a house default."""


def _of(model: type[Record], moment: Moment, **outer: str) -> RecordQuerySet[Any]:
    rows: RecordQuerySet[Any] = model.objects.as_of(moment)
    return rows.filter(**{name: OuterRef(place) for name, place in outer.items()})


def _first(rows: RecordQuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by("at").values("at")[:1])


def _since(rows: RecordQuerySet[Any], **named: RecordQuerySet[Any]) -> RecordQuerySet[Any]:
    """Keep the rows to which each of these happened, and add when it first did.

    Whether there is one is asked first, for a database finds all rows that have one in one go; when it first was it can only look up row by row.
    """
    for name, happened in named.items():
        rows = rows.filter(Exists(happened)).annotate(**{name: _first(happened)})
    return rows


def unanswered(moment: Moment) -> RecordQuerySet[Enquiry]:
    """Return the enquiries that were neither answered in time nor became an order."""
    late = Enquiry.objects.as_of(moment).filter(at__lte=moment.at - ANSWER_WITHIN)
    return late.filter(~Exists(_of(Answered, moment, enquiry="pk")), ~Exists(_of(Order, moment, enquiry="pk")))


def accepted(moment: Moment) -> RecordQuerySet[Order]:
    """Return the orders to which we committed ourselves, each with `accepted_at`."""
    return _since(Order.objects.as_of(moment), accepted_at=_of(Accepted, moment, order="pk"))


def to_accept(moment: Moment) -> RecordQuerySet[Order]:
    """Return the orders that wait for our yes or no."""
    return Order.objects.as_of(moment).filter(~Exists(_of(Accepted, moment, order="pk")), ~Exists(_of(Closed, moment, order="pk")))


def open_(moment: Moment) -> RecordQuerySet[Order]:
    """Return the orders accepted and not closed."""
    return accepted(moment).exclude(Exists(_of(Closed, moment, order="pk")))


def closed(moment: Moment) -> RecordQuerySet[Order]:
    """Return the orders that were closed, each with `closed_at`."""
    return _since(Order.objects.as_of(moment), closed_at=_of(Closed, moment, order="pk"))


def unreviewed(moment: Moment) -> RecordQuerySet[Order]:
    """Return the orders accepted although no review had said that we can."""
    able = _of(Reviewed, moment, order="pk").filter(at__lte=OuterRef("accepted_at")).exclude(result=Reviewed.Result.UNABLE)
    return accepted(moment).exclude(Exists(able))


def unconfirmed(moment: Moment) -> RecordQuerySet[Order]:
    """Return the spoken orders accepted before the customer had confirmed what we had understood."""
    yes = _of(Confirmed, moment, order="pk").filter(change=None, accepted=True, at__lte=OuterRef("accepted_at"))
    return spoken(moment).exclude(Exists(yes))


def spoken(moment: Moment) -> RecordQuerySet[Order]:
    """Return the accepted orders of which nothing was given in writing."""
    return accepted(moment).filter(spoken=True)


def told_due(moment: Moment) -> RecordQuerySet[Order]:
    """Return the accepted orders of which the customer should have heard by now."""
    return accepted(moment).filter(Exists(_of(Accepted, moment, order="pk").filter(at__lte=moment.at - TELL_WITHIN)))


def untold(moment: Moment) -> RecordQuerySet[Order]:
    """Return the accepted orders of which we told the customer nothing, or nothing that came through."""
    bounced = Arrived.objects.as_of(moment).filter(notice=OuterRef("pk"), outcome=Arrived.Outcome.BOUNCED)
    sent = _of(Notice, moment, order="pk").filter(change=None).exclude(Exists(bounced))
    return told_due(moment).filter(~Exists(sent), ~Exists(_of(Confirmed, moment, order="pk").filter(change=None)))


def reviews(moment: Moment) -> RecordQuerySet[Reviewed]:
    """Return the reviews of orders."""
    return Reviewed.objects.as_of(moment)


def anonymous(moment: Moment) -> RecordQuerySet[Reviewed]:
    """Return the reviews that name neither who or which rule reviewed, or not what was looked at."""
    return reviews(moment).filter(Q(person=None, rule="") | Q(points=""))


def differences(moment: Moment) -> RecordQuerySet[Difference]:
    """Return the differences found in orders that were accepted since, each with `accepted_at`."""
    return _since(Difference.objects.as_of(moment), accepted_at=_of(Accepted, moment, order="reviewed__order"))


def unresolved(moment: Moment) -> RecordQuerySet[Difference]:
    """Return the differences that were not resolved before we accepted."""
    return differences(moment).exclude(Exists(_of(Resolved, moment, difference="pk").filter(at__lte=OuterRef("accepted_at"))))


def wanted(moment: Moment) -> RecordQuerySet[Wanted]:
    """Return the new requirements that should be on the list by now, or are."""
    moved = Exists(_of(Transferred, moment, wanted="pk"))
    return Wanted.objects.as_of(moment).filter(Q(at__lte=moment.at - TRANSFER_WITHIN) | Q(moved))


def untransferred(moment: Moment) -> RecordQuerySet[Wanted]:
    """Return the new requirements that reached no list in time."""
    return wanted(moment).exclude(Exists(_of(Transferred, moment, wanted="pk")))


def changes(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes asked for, each with `effective_at`, empty while it is not in effect."""
    return Change.objects.as_of(moment).annotate(effective_at=_first(_of(Effective, moment, change="pk")))  # type: ignore[no-redef]  # the model tells it to readers


def effective(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes that took effect."""
    return changes(moment).filter(effective_at__isnull=False)


def pending(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes that are neither in effect, nor taken back, nor rejected by the customer."""
    no = _of(Confirmed, moment, change="pk").filter(accepted=False)
    return changes(moment).filter(~Exists(_of(Withdrawn, moment, change="pk")), ~Exists(no), effective_at=None)


def to_tell(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes in effect, and those asked for a day ago that nobody took back: of these the customer must know.

    Each has `by`: when he must have known at the latest.
    """
    gone = Exists(_of(Withdrawn, moment, change="pk"))
    rows = changes(moment).annotate(by=Coalesce(F("effective_at"), Value(moment.at), output_field=DateTimeField()))
    return rows.filter(Q(effective_at__isnull=False) | (Q(at__lte=moment.at - TELL_WITHIN) & ~gone))


def _knows(moment: Moment, by: Any) -> Q:
    """Tell that the customer of the change outside knew of it: a notice came through, or he answered."""
    came = _of(Arrived, moment, notice__change="pk").filter(at__lte=by).exclude(outcome=Arrived.Outcome.BOUNCED)
    return Q(Exists(came)) | Q(Exists(_of(Confirmed, moment, change="pk").filter(at__lte=by)))


def _excused(moment: Moment) -> Q:
    """Tell that the change outside is an emergency that the written policy lets go first, and was told right after, or still can be."""
    ruled = Q(emergency=True, policy__isnull=False, effective_at__isnull=False)
    return ruled & (Q(effective_at__gt=moment.at - TELL_WITHIN) | _knows(moment, OuterRef("effective_at") + TELL_WITHIN))


def changed_silently(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes of which the customer did not know before they took effect, or does not know to this day."""
    return to_tell(moment).exclude(_knows(moment, OuterRef("by"))).exclude(_excused(moment))


def colliding(change: Change, moment: Moment) -> RecordQuerySet[Change]:
    """Return the other changes of the same order that alter a line of this one, were asked for before either took effect, and stand still."""
    lines = Altered.objects.as_of(moment).filter(change=change).values("name")
    same = _of(Altered, moment, change="pk").filter(name__in=lines)
    standing_ = changes(moment).filter(~Exists(_of(Withdrawn, moment, change="pk")), ~Exists(_of(Confirmed, moment, change="pk").filter(accepted=False)))
    mine = effective(moment).filter(pk=change.pk).values_list("effective_at", flat=True).first()
    rows = standing_.filter(Exists(same), order=change.order_id).exclude(pk=change.pk)
    if mine:
        rows = rows.filter(at__lt=mine)
    return rows.filter(Q(effective_at=None) | Q(effective_at__gt=change.at))


def unacknowledged(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes in effect to which the customer had not said yes before, and which no written policy let go first."""
    yes = _of(Confirmed, moment, change="pk").filter(accepted=True, at__lte=OuterRef("effective_at"))
    return effective(moment).exclude(Exists(yes)).exclude(_excused(moment))


def unamended(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes in effect for which nobody looked what has to be amended, or not all of it was by then."""
    some = _of(Dependant, moment, change="pk")
    done = Amended.objects.as_of(moment).filter(dependant=OuterRef("pk"), at__lte=OuterRef(OuterRef("effective_at")))
    return effective(moment).filter(~Exists(some) | Exists(some.exclude(Exists(done))))


def uninformed(moment: Moment) -> RecordQuerySet[Change]:
    """Return the changes in effect of which somebody concerned – a role, the carrier – did not know before, or nobody looked who is."""
    some = _of(Concerned, moment, change="pk")
    knew = Informed.objects.as_of(moment).filter(concerned=OuterRef("pk"), at__lte=OuterRef(OuterRef("effective_at")))
    return effective(moment).filter(~Exists(some) | Exists(some.exclude(Exists(knew))))


def terms(moment: Moment) -> RecordQuerySet[Terms]:
    """Return the new terms that are in effect."""
    return Terms.objects.as_of(moment).filter(effective__lte=moment.at)


def notices_late(moment: Moment) -> RecordQuerySet[TermsNotice]:
    """Return the notices of new terms that went out after these were in effect: one for each customer who was told too late."""
    return TermsNotice.objects.as_of(moment).filter(at__gte=F("terms__effective"))


def announced_late(moment: Moment) -> RecordQuerySet[Terms]:
    """Return the new terms in effect before every customer with an order open had been told, or of which nobody was told."""
    missed = _missed(moment)
    late = _of(TermsNotice, moment, terms="pk").filter(at__gte=OuterRef("effective"))
    some = Q(Exists(missed.filter(offering=OuterRef("offering")))) | Q(Q(offering=None), Q(Exists(missed)))
    return terms(moment).filter(Q(Exists(late)) | ~Q(Exists(_of(TermsNotice, moment, terms="pk"))) | some)


def _missed(moment: Moment) -> RecordQuerySet[Order]:
    """Return the orders that were open when the terms outside took effect, and whose customer had not been told of them."""
    before = {"at__lte": OuterRef(OuterRef("effective"))}
    sent = TermsNotice.objects.as_of(moment).filter(terms=OuterRef(OuterRef("pk")), party=OuterRef("party"), at__lt=OuterRef(OuterRef("effective")))
    open_then = Order.objects.as_of(moment).filter(~Exists(sent), Exists(_of(Accepted, moment, order="pk").filter(**before)))
    return open_then.filter(~Exists(_of(Closed, moment, order="pk").filter(**before)))


def unverified(moment: Moment) -> RecordQuerySet[Order]:
    """Return the orders closed before somebody had seen that what was asked for is done, and the customer says so."""
    seen = _of(Verified, moment, order="pk").filter(met=True, customer_agrees=True, at__lte=OuterRef("closed_at"))
    return closed(moment).exclude(Exists(seen))


def releases(moment: Moment) -> RecordQuerySet[Released]:
    """Return everything let go to customers."""
    return Released.objects.as_of(moment)


def nobodys(moment: Moment) -> RecordQuerySet[Released]:
    """Return the releases that name nobody."""
    return releases(moment).filter(person=None)


def released_early(moment: Moment) -> RecordQuerySet[Released]:
    """Return the releases before verification that nobody entitled had allowed, or to which the customer had not agreed."""
    seen = _of(Verified, moment, order="order").filter(met=True, at__lte=OuterRef("at"))
    return releases(moment).exclude(Exists(seen)).filter(Q(exception="") | Q(customer_agreed=False))


def content(order: Order, moment: Moment) -> dict[str, str]:
    """Return the lines of an order as they then stood: as placed, with every change in effect."""
    lines = {line.name: line.value or "" for line in Line.objects.as_of(moment).filter(order=order).order_by("id")}
    done = effective(moment).filter(order=order)
    altered = Altered.objects.as_of(moment).filter(change__in=done).annotate(when=Subquery(done.filter(pk=OuterRef("change")).values("effective_at")[:1]))
    return lines | {one.name: one.after or "" for one in altered.order_by("when", "id")}


def version(order: Order, moment: Moment) -> int:
    """Return which version of an order was in force: 1 as placed, one more with every change in effect."""
    return 1 + effective(moment).filter(order=order).count()


stands = Stands(
    ("untold", untold), ("unconfirmed", unconfirmed), ("unreviewed", unreviewed), ("unverified", unverified),
    ("to_accept", to_accept), ("closed", closed), ("open_", open_),
)  # fmt: skip
"""How an order stands, the worst first."""


change_stands = Stands(
    ("changed_silently", changed_silently), ("unacknowledged", unacknowledged), ("uninformed", uninformed), ("unamended", unamended),
    ("pending", pending), ("effective", effective),
)  # fmt: skip
"""How a change stands, the worst first."""


def about(parties: Collection[int]) -> list[Record]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    placed = Order.objects.filter(party__in=parties)
    return [
        *placed, *Enquiry.objects.filter(party__in=parties), *Answered.objects.filter(enquiry__party__in=parties), *Line.objects.filter(order__in=placed),
        *Wanted.objects.filter(reviewed__order__in=placed), *Altered.objects.filter(change__order__in=placed), *Notice.objects.filter(order__in=placed),
        *Confirmed.objects.filter(order__in=placed), *Objected.objects.filter(altered__change__order__in=placed),
    ]  # fmt: skip
