"""What can happen to customer property (顾客财产): received, told about, moved, weighed, pictured, harmed – its owner told, then made good –, given back."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered, FixedField


class Class(models.TextChoices):
    """What customers hand over; personal data are their property too (8.5.3)."""

    CARGO = "cargo"
    DOCUMENT = "document"
    DEVICE = "device"
    PACKAGING = "packaging"
    DATA = "data"


class Harm(models.TextChoices):
    """What the clause asks to report to the owner."""

    DAMAGED = "damaged"
    LOST = "lost"
    UNSUITABLE = "unsuitable"
    DISCLOSED = "disclosed"


class Item(Entered):
    """Something that belongs to a customer came into our hands, in a condition, weighed or not."""

    PERSONAL: ClassVar = ("what", "condition")

    code = models.CharField(max_length=40)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=12, choices=Class)
    what = models.TextField(null=True)
    place = models.CharField(max_length=100, blank=True, default="")
    custodian = models.CharField(max_length=100, blank=True, default="")
    condition = models.TextField(null=True)
    weight = FixedField(places=3, null=True)
    weighed_with = models.ForeignKey("instruments.Instrument", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["at"]), models.Index(fields=["code"])]


class Told(Entered):
    """The owner was told how the item is handled and controlled (8.2.1 d)."""

    PERSONAL: ClassVar = ("words",)

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="notices")
    way = models.CharField(max_length=20)
    words = models.TextField(null=True)


class Moved(Entered):
    """The item passed into other hands or to another place: a bead of the custody chain (保管链)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="moves")
    custodian = models.CharField(max_length=100)
    place = models.CharField(max_length=100)


class Harmed(Entered):
    """The item was found damaged, lost, unsuitable for use, or – being data – disclosed."""

    PERSONAL: ClassVar = ("what",)

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="harms")
    harm = models.CharField(max_length=12, choices=Harm)
    what = models.TextField(null=True)


class Reported(Entered):
    """The owner was told of the harm; `first_from_us` is false where the owner found out before."""

    PERSONAL: ClassVar = ("words",)

    harmed = models.ForeignKey(Harmed, on_delete=models.PROTECT, related_name="reports")
    way = models.CharField(max_length=20)
    words = models.TextField(null=True)
    first_from_us = models.BooleanField()


class Compensated(Entered):
    """A harm was made good (补偿): how, for how much, and whether the owner agreed; `amount` is in the currency of our books."""

    PERSONAL: ClassVar = ("what",)

    harmed = models.ForeignKey(Harmed, on_delete=models.PROTECT, related_name="compensations")
    what = models.TextField(null=True)
    amount = FixedField(places=2, null=True)
    agreed = models.BooleanField()


class Held(Entered):
    """On what ground, what for and until when personal data are held (PIPL art. 13, 19; GDPR art. 5, 6)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="grounds")
    ground = models.CharField(max_length=100)
    purpose = models.TextField()
    until = models.DateField()


class Weighed(Entered):
    """The item was weighed again: an earlier weight was in doubt, or it goes out."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="weighings")
    weight = FixedField(places=3)
    weighed_with = models.ForeignKey("instruments.Instrument", on_delete=models.PROTECT, related_name="+")


class Side(models.TextChoices):
    """What a photograph shows: the item as it came, as it went, or what harmed it."""

    IN = "in"
    OUT = "out"
    HARM = "harm"


class Form(models.TextChoices):
    """The sorts of picture that are kept."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"


class Photo(Entered):
    """A photograph of the item was taken in; its file lies in the home under its digest."""

    PERSONAL: ClassVar = ("digest", "note")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="photos")
    side = models.CharField(max_length=4, choices=Side)
    form = models.CharField(max_length=4, choices=Form)
    digest = models.CharField(max_length=64, null=True)
    note = models.TextField(null=True)


class Returned(Entered):
    """The item was given back or disposed of as agreed, in a condition."""

    PERSONAL: ClassVar = ("condition",)

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="returns")
    to = models.CharField(max_length=100)
    condition = models.TextField(null=True)
    disposed = models.BooleanField(default=False)
