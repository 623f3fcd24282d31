"""What can happen with a survey (满意度调查): it is designed, customers are asked and score us, low scores are followed up, results are published."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered, FixedField


class Instrument(models.TextChoices):
    """What is asked: satisfaction (1 to 5), recommendation (0 to 10) or effort (1 to 7, 7 being easy)."""

    CSAT = "csat"
    NPS = "nps"
    CES = "ces"


class Survey(Entered):
    """A survey was designed: whom it is about, how they are drawn, what is asked, how often, and how many answers it takes."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    instrument = models.CharField(max_length=10, choices=Instrument)
    population = models.TextField(blank=True, default="")
    sampling = models.TextField(blank=True, default="")
    questions = models.TextField(blank=True, default="")
    frequency = models.CharField(max_length=100, blank=True, default="")
    mode = models.CharField(max_length=100, blank=True, default="")
    response = FixedField(places=1, null=True)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Invited(Entered):
    """A customer was asked to take part."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="invitations")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")


class Scored(Entered):
    """Somebody gave a score; `rated` is whoever the question was about, `rater` is the colleague who answers as an internal customer."""

    PERSONAL: ClassVar = ("words",)

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="scores")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    score = models.IntegerField()
    words = models.TextField(null=True)
    rated = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    rater = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["at"]), models.Index(fields=["party", "survey", "at"])]


class FollowedUp(Entered):
    """Somebody spoke with the customer who gave a low score."""

    PERSONAL: ClassVar = ("words",)

    scored = models.ForeignKey(Scored, on_delete=models.PROTECT, related_name="follow_ups")
    way = models.CharField(max_length=20)
    words = models.TextField(null=True)


class Result(Entered):
    """A result was published: over which days, from how many answers, with which interval."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="results")
    since = models.DateField()
    until = models.DateField()
    score = FixedField(places=2)
    answers = models.IntegerField(null=True)
    low = FixedField(places=2, null=True)
    high = FixedField(places=2, null=True)
    response = FixedField(places=1, null=True)


class Reviewed(Entered):
    """What we know of customers' satisfaction was looked at as a whole, from several sources."""

    sources = models.CharField(max_length=120)
    conclusions = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["at"])]
