"""What can happen in the register of complaints (投诉与反馈)."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered


class Complaint(Entered):
    """A complaint (投诉) was registered."""

    PERSONAL: ClassVar = ("what",)

    code = models.CharField(max_length=60)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    what = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]
