"""What can happen to the means of a process (基础设施): an asset is there, fails, works again, its customers are told, it is looked after."""

from django.db import models

from lingting.ledger.models import Entered, FixedField
from lingting.registers.processes.choices import Asset as AssetSort
from lingting.registers.processes.choices import Work


class Asset(Entered):
    """A means (设施) on which processes depend came into use; `target` is how much of the time it must work, in percent."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=14, choices=AssetSort)
    critical = models.BooleanField(default=False)
    data = models.BooleanField(default=False)
    target = FixedField(places=3, null=True)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Scrapped(Entered):
    """An asset is used no more."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="endings")
    reason = models.TextField()


class Outage(Entered):
    """An asset stopped working (中断); `at` is when it began, not when it was noticed."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="outages")
    what = models.TextField()
    visible = models.BooleanField()


class Restored(Entered):
    """An asset works again."""

    outage = models.ForeignKey(Outage, on_delete=models.PROTECT, related_name="restorations")
    how = models.TextField()


class Told(Entered):
    """Customers were told of an outage."""

    outage = models.ForeignKey(Outage, on_delete=models.PROTECT, related_name="notices")
    way = models.CharField(max_length=60)
    words = models.TextField()


class Maintained(Entered):
    """Something was done to keep an asset able to work, with its result."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="works")
    work = models.CharField(max_length=12, choices=Work)
    worked = models.BooleanField()
    result = models.TextField()
    next = models.DateField(null=True)
