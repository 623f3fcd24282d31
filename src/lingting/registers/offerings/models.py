"""What can happen in the register of offerings (产品和服务)."""

from django.db import models

from lingting.ledger.models import Entered


class Offering(Entered):
    """A product or service (产品和服务) is offered from now on."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]
