"""What can happen to a channel (沟通渠道): it opens, is tried, says something, announces a change, closes."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered


class Channel(Entered):
    """A way for customers to ask, order and tell us something, or for us to inform them, was opened; `serves` are several of its uses."""

    class Form(models.TextChoices):
        """What kind of way it is."""

        MAIL = "mail"
        PHONE = "phone"
        SITE = "site"
        CHAT = "chat"
        PORTAL = "portal"
        SURVEY = "survey"
        PROTECTION = "protection"
        MEETING = "meeting"
        PRINT = "print"

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    form = models.CharField(max_length=12, choices=Form)
    serves = models.CharField(max_length=60)
    address = models.CharField(max_length=200, blank=True, default="")
    hours = models.CharField(max_length=100, blank=True, default="")
    answers = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Probed(Entered):
    """Somebody tried a channel: whether it works, and whether what it says is in force."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="probes")
    works = models.BooleanField()
    current = models.BooleanField(default=True)
    what = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["channel", "at"])]


class Stated(Entered):
    """A channel states a fact from now on: a period, a price, a time."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="statements")
    fact = models.CharField(max_length=100)
    value = models.CharField(max_length=200)
    offering = models.ForeignKey("offerings.Offering", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["fact", "at"])]


class Change(Entered):
    """It was decided that something customers count on changes from a time; `announced` says how such changes are told.

    With a scope – orders `since` a time, at a place, in a provider's hands – those concerned are reckoned and their notices drafted in the same act.
    """

    code = models.CharField(max_length=60)
    what = models.TextField()
    effective = models.DateTimeField()
    announced = models.CharField(max_length=200, blank=True, default="")
    offering = models.ForeignKey("offerings.Offering", on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField(null=True)
    place = models.CharField(max_length=100, null=True)
    provider = models.ForeignKey("suppliers.Provider", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["effective"])]


class Concerned(Entered):
    """The change concerns this customer: through which orders, and the words drafted for him; a person sends them and writes down that he was told."""

    PERSONAL: ClassVar = ("notice",)

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="concerned")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=1000, null=True)
    notice = models.TextField(null=True)


class Told(Entered):
    """The customer was told of the change, and it reached him."""

    concerned = models.ForeignKey(Concerned, on_delete=models.PROTECT, related_name="notices")
    way = models.CharField(max_length=20)


class Read(Entered):
    """The customer read the notice, or confirmed it."""

    told = models.ForeignKey(Told, on_delete=models.PROTECT, related_name="readings")
    confirmed = models.BooleanField(default=False)


class Closed(Entered):
    """The channel is no longer offered."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="closings")
    reason = models.TextField()
