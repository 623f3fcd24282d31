"""What can happen in the register of people (人员)."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered


class Person(Entered):
    """Somebody begins to work here, under a code; the name is personal."""

    PERSONAL: ClassVar = ("name",)

    code = models.CharField(max_length=60)
    name = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]
