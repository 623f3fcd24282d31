"""What can happen with contingencies (应急): one is named, judged, planned and drilled; it happens, and those affected are told and asked after."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered


class Scenario(Entered):
    """A scenario (情景) that may go badly wrong was named."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Decided(Entered):
    """Somebody decided whether the scenario matters – to everything, or to one offering or one customer –, why, and when to look again."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="decisions")
    relevant = models.BooleanField()
    reason = models.TextField(blank=True, default="")
    decider = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    review = models.DateField(null=True)
    offering = models.ForeignKey("offerings.Offering", on_delete=models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, null=True, related_name="+")


class Planned(Entered):
    """What is done and said when it happens: trigger, method, message, whom to tell and how soon, who owns it, what it endangers."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="plans")
    trigger = models.TextField(blank=True, default="")
    method = models.TextField(blank=True, default="")
    message = models.TextField(blank=True, default="")
    affected = models.TextField(blank=True, default="")
    endangers = models.TextField(blank=True, default="")
    within = models.IntegerField(null=True)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")


class Drilled(Entered):
    """The plan was tried out."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="drills")
    what = models.TextField()
    worked = models.BooleanField()


class Event(Entered):
    """Something went badly wrong; `scenario` is empty where nobody had thought of it."""

    code = models.CharField(max_length=60)
    what = models.TextField()
    until = models.DateTimeField(null=True)
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, null=True, related_name="events")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Matched(Entered):
    """A scenario now stands for what had happened without one."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="matches")
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="+")


class Activated(Entered):
    """The plan was put to work: the issue, the requirements it endangers, by when those affected must know.

    Who is affected is reckoned from the orders within the scope given – taken `since` and `until` a time, with `words` in them, of an offering, in a
    provider's hands, at a place (`records.reached`) – and written down in the same act.
    """

    code = models.CharField(max_length=60)
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="activations")
    issue = models.TextField()
    endangers = models.TextField()
    deadline = models.DateTimeField()
    since = models.DateTimeField(null=True)
    words = models.CharField(max_length=100, blank=True, default="")
    until = models.DateTimeField(null=True)
    place = models.CharField(max_length=100, null=True)
    offering = models.ForeignKey("offerings.Offering", on_delete=models.PROTECT, null=True, related_name="+")
    provider = models.ForeignKey("suppliers.Provider", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Affected(Entered):
    """This customer is affected, and why."""

    activated = models.ForeignKey(Activated, on_delete=models.PROTECT, related_name="affected")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    why = models.TextField()


class Informed(Entered):
    """We told an affected customer what the issue is and what can be done."""

    PERSONAL: ClassVar = ("issue", "measure")

    affected = models.ForeignKey(Affected, on_delete=models.PROTECT, related_name="notices")
    way = models.CharField(max_length=20)
    issue = models.TextField(null=True)
    measure = models.TextField(null=True)


class Undelivered(Entered):
    """The message did not reach the customer."""

    informed = models.ForeignKey(Informed, on_delete=models.PROTECT, related_name="failures")
    why = models.TextField()


class Asked(Entered):
    """An affected customer asked us about it of his own accord."""

    PERSONAL: ClassVar = ("words",)

    affected = models.ForeignKey(Affected, on_delete=models.PROTECT, related_name="questions")
    way = models.CharField(max_length=20)
    words = models.TextField(null=True)


class Ended(Entered):
    """The emergency is over."""

    activated = models.ForeignKey(Activated, on_delete=models.PROTECT, related_name="endings")


class Reviewed(Entered):
    """Afterwards it was looked at what went well, what did not, and what changes."""

    activated = models.ForeignKey(Activated, on_delete=models.PROTECT, related_name="reviews")
    well = models.TextField()
    badly = models.TextField()
    changes = models.TextField()
