"""Ratings (人工评分): what only people judge of how somebody spoke or worked in a conversation; no machine infers it."""

from django.db import models

from lingting.ledger.models import Entered
from lingting.registers.people.choices import Side
from lingting.registers.people.models import Person


class Toned(Entered):
    """A person rated one side of how somebody spoke or worked in a conversation; where none is named, how light and pleasant the tone was."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    judged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    score = models.IntegerField()
    why = models.TextField()
    side = models.CharField(max_length=12, choices=Side, blank=True, default="")
