"""What can happen to a promise (承诺): made, handed on, put off with the customer's word, withdrawn, kept – and the customer has his say."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from lingting.ledger.models import Record


class Promise(Record):
    """We told somebody that we would do something. `due` is empty where the words name no time (稍后、尽快).

    `found` is the finding that heard it; the same words promise once. `condition` holds an "if" that came with it; `conditional` says that one did, also
    once the words are erased. `by_house` says that nobody named the time: another department's "soon" is due when the house says so.
    """

    PERSONAL: ClassVar = ("words", "speaker", "condition")

    deadline: datetime  # the last time that the customer agreed to: queries.made annotates it

    found = models.OneToOneField("conversations.Found", on_delete=models.PROTECT, null=True)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, null=True)
    speaker = models.TextField(null=True)
    words = models.TextField(null=True)
    condition = models.TextField(null=True)
    due = models.DateTimeField(null=True)
    conditional = models.BooleanField(null=True)
    by_house = models.BooleanField(null=True)

    class Meta:
        # The second holds all that tells whether a promise binds and when it is due: counting them reads nothing else.
        indexes = [models.Index(fields=["due"]), models.Index(fields=["at", "due", "conditional", "id"], name="promise_binds")]


class Postponed(Record):
    """The customer agreed to another time."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="postponements")
    due = models.DateTimeField()
    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, null=True)


class Withdrawn(Record):
    """The promise no longer binds: the condition did not come about, or it was taken back openly."""

    promise = models.OneToOneField(Promise, on_delete=models.PROTECT)
    reason = models.TextField()


class Kept(Record):
    """We did what we had promised; `found` holds the words that show it, `note` what a person wrote where there are none."""

    PERSONAL: ClassVar = ("note",)

    promise = models.OneToOneField(Promise, on_delete=models.PROTECT)
    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, null=True)
    note = models.TextField(null=True)


class Reassigned(Record):
    """Somebody else keeps the promise from now on, and why."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="reassignments")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()


class Judged(Record):
    """The customer says whether we kept the promise, which may differ from what we wrote down."""

    PERSONAL: ClassVar = ("words",)

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="judgements")
    kept = models.BooleanField()
    words = models.TextField(null=True)
