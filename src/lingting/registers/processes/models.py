"""What can happen in the register of processes (过程)."""

from django.db import models

from lingting.ledger.models import Entered


class Process(Entered):
    """A process (过程) of the organisation was determined."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]
