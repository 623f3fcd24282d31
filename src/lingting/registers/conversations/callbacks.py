"""Calling back (回拨): the customer chooses to wait on the line or to be called back, a line stays silent, a call-back is owed and made."""

from django.db import models

from lingting.ledger.models import Entered
from lingting.registers.conversations.models import Conversation, Said


class Chosen(Entered):
    """The customer chose how to have the answer; an `automatic` one was heard in their words, in answer to what we offered."""

    class Choice(models.TextChoices):
        """To wait on the line, or to be called back."""

        WAIT = "wait"
        CALLBACK = "callback"

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="choices")
    choice = models.CharField(max_length=10, choices=Choice)
    said = models.ForeignKey(Said, on_delete=models.PROTECT, null=True, related_name="+")
    automatic = models.BooleanField(default=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["at"])]


class Callback(Entered):
    """A call-back is owed by a time: the line stayed silent and we hung up, or the customer chose it and nobody promised a time."""

    class Reason(models.TextChoices):
        """Why we call back."""

        SILENT = "silent"
        CHOSEN = "chosen"
        OTHER = "other"

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="callbacks")
    reason = models.CharField(max_length=10, choices=Reason)
    due = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due"])]


class CalledBack(Entered):
    """Somebody called back, and reached the customer or did not."""

    callback = models.ForeignKey(Callback, on_delete=models.PROTECT, related_name="calls")
    reached = models.BooleanField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
