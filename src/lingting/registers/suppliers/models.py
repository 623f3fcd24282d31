"""What can happen in the register of suppliers (外部供方)."""

from django.db import models

from lingting.ledger.models import Entered


class Provider(Entered):
    """An external provider (外部供方) began to provide something."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]
