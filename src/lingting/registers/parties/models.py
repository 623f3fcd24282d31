"""What can happen to an interested party (相关方): it becomes known, is judged relevant or not, states a need, is reviewed."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Record


class Category(models.TextChoices):
    """The kinds of party named by the term 3.2.3, with what the house adds (政府部门 … 邻近居民)."""

    CUSTOMER = "customer"
    OWNER = "owner"
    STAFF = "staff"
    PROVIDER = "provider"
    BANK = "bank"
    REGULATOR = "regulator"
    UNION = "union"
    PARTNER = "partner"
    SOCIETY = "society"
    COMPETITOR = "competitor"
    NEIGHBOUR = "neighbour"


class Party(Record):
    """A person or organisation that can affect us, is affected by us, or believes itself affected.

    `internal` is true for the next process step or another department.
    """

    PERSONAL: ClassVar = ("name", "organisation")

    category = models.CharField(max_length=20, choices=Category)
    internal = models.BooleanField(default=False)
    name = models.TextField(null=True)
    organisation = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["category", "at"])]


class Reached(Record):
    """An address at which a party was reached: the way we know them again."""

    PERSONAL: ClassVar = ("address",)

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="addresses")
    way = models.CharField(max_length=10)
    address = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["way", "address"])]


class Judged(Record):
    """Somebody decided whether a party matters to the quality management system, why, and when to look again."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="judgements")
    relevant = models.BooleanField()
    reason = models.TextField()
    review = models.DateField(null=True)


class Need(Record):
    """A need or expectation (需求和期望) of a party, with where it comes from (law, contract, conversation, survey).

    `said` is the number of the spoken record it was heard in, where there is one.
    """

    PERSONAL: ClassVar = ("words",)

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="needs")
    words = models.TextField(null=True)
    origin = models.CharField(max_length=20)
    said = models.ForeignKey("conversations.Said", on_delete=models.PROTECT, null=True)


class Adopted(Record):
    """A need was taken into the system: which clause, process or objective serves it."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="adoptions")
    serves = models.TextField()


class Declined(Record):
    """A need was not taken into the system, and why."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="refusals")
    reason = models.TextField()


class Reviewed(Record):
    """The register of interested parties was looked through as a whole."""

    note = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["at"])]
