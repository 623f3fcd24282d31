"""A control that was due and could not be run (期间核查没有跑成), and why."""

from django.db import models

from lingting.ledger.models import Entered
from lingting.registers.instruments.models import Instrument


class Missed(Entered):
    """The control of an instrument was due and could not be run: what was lacking."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["instrument", "at"])]
