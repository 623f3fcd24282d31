"""What can happen in the register of contingencies (应急)."""

from django.db import models

from lingting.ledger.models import Entered


class Scenario(Entered):
    """A scenario (情景) that may go badly wrong was named."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]
