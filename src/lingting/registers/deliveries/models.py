"""What can happen on the way to a customer and after (交付和交付后): goods move, arrive, and what is owed then is done, or is not."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered


class Status(models.TextChoices):
    """Where a shipment stands, as the system of record says."""

    BOOKED = "booked"
    PICKED = "picked"
    TRANSIT = "transit"
    ARRIVED = "arrived"
    OUT = "out"
    DELIVERED = "delivered"
    RETURNED = "returned"
    LOST = "lost"


FINAL = (Status.DELIVERED, Status.RETURNED, Status.LOST)
"""After these nothing moves any more."""


class Sort(models.TextChoices):
    """What is done after delivery; the words are those of the obligations."""

    CONFIRMATION = "confirmation"
    CLAIMS = "claims"
    EMPTIES = "empties"
    PAPERS = "papers"
    INVOICE = "invoice"
    VISIT = "visit"
    WARRANTY = "warranty"
    UPDATE = "update"
    TRAINING = "training"
    OTHER = "other"


class Shipment(Entered):
    """A part of an order goes its way, in our hands or a provider's."""

    code = models.CharField(max_length=60)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="shipments")
    provider = models.ForeignKey("suppliers.Provider", on_delete=models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"]), models.Index(fields=["number"])]


class Tracked(Entered):
    """The system of record reported a shipment: its status, its place, when it is expected."""

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="events")
    status = models.CharField(max_length=10, choices=Status)
    place = models.CharField(max_length=100, blank=True, default="")
    source = models.CharField(max_length=60)
    expected = models.DateField(null=True)
    damaged = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["shipment", "at"]), models.Index(fields=["status", "at"])]


class Linked(Entered):
    """What a conversation was about: an order, a shipment, an offering – or none of them, and why."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, related_name="+")
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, null=True, related_name="+")
    offering = models.ForeignKey("offerings.Offering", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, default="")


class Term(Entered):
    """Something promised or agreed in a conversation became a term of the order: what, by whom, how, with what, by when."""

    class Basis(models.TextChoices):
        """How it came to be a part of the contract."""

        PROMISED = "promised"
        ASKED = "asked"
        CONTRACT = "contract"

    PERSONAL: ClassVar = ("what",)

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="terms")
    what = models.TextField(null=True)
    basis = models.CharField(max_length=10, choices=Basis)
    promise = models.ForeignKey("promises.Promise", on_delete=models.PROTECT, null=True, related_name="+")
    who = models.CharField(max_length=100, blank=True, default="")
    how = models.TextField(blank=True, default="")
    means = models.TextField(blank=True, default="")
    due = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due"])]


class Fulfilled(Entered):
    """A term was fulfilled."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="fulfilments")
    note = models.TextField(blank=True, default="")


class Activity(Entered):
    """Something is due after delivery, by a time: a follow-up call, the return of crates, a repair that was asked for."""

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="activities")
    sort = models.CharField(max_length=12, choices=Sort)
    what = models.TextField()
    due = models.DateTimeField()
    who = models.CharField(max_length=100, blank=True, default="")
    obligation = models.ForeignKey("offerings.Obligation", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["due"]), models.Index(fields=["sort", "due"])]


class Tried(Entered):
    """Somebody tried in vain: nobody answered, say."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="tries")
    outcome = models.CharField(max_length=200)


class Done(Entered):
    """It was done, with a result; of a training or a call, who took part and whether it was understood."""

    class Understood(models.TextChoices):
        """What the customer answered to "is that clear to you?"."""

        CLEAR = "clear"
        UNCLEAR = "unclear"
        UNANSWERED = "unanswered"

    PERSONAL: ClassVar = ("attendees",)

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="completions")
    result = models.TextField()
    attendees = models.TextField(null=True)
    understood = models.CharField(max_length=10, choices=Understood, blank=True, default="")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True, related_name="+")


class Cancelled(Entered):
    """It is no longer due, and why."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="cancellations")
    reason = models.TextField()


class Return(Entered):
    """A customer asked to give something back; `received` is the day he got it, `excluded` the exception in the law that bars it."""

    PERSONAL: ClassVar = ("what",)

    code = models.CharField(max_length=60)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="returns")
    what = models.TextField(null=True)
    received = models.DateField()
    asked = models.DateField()
    statute = models.ForeignKey("offerings.Statute", on_delete=models.PROTECT, null=True, related_name="+")
    excluded = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Decided(Entered):
    """The return was granted or refused, and why."""

    case = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="decisions")
    granted = models.BooleanField()
    why = models.TextField()


class RecallNotice(Entered):
    """A buyer was told of a recall."""

    recall = models.ForeignKey("offerings.Recall", on_delete=models.PROTECT, related_name="notices")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=20)
