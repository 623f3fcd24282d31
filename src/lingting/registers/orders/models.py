"""What can happen in the register of orders (订单)."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered


class Order(Entered):
    """A customer placed an order or signed a contract (订单、合同)."""

    PERSONAL: ClassVar = ("what",)

    code = models.CharField(max_length=60)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    what = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]
