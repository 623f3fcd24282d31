"""What can happen in the register of documents (成文信息)."""

from django.db import models

from lingting.ledger.models import Entered


class Document(Entered):
    """A document (文件) that is maintained came into being."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]
