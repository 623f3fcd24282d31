"""What can happen to feedback and complaints (投诉与反馈): received, acknowledged, assessed, investigated, answered, made good, closed – and opened again."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered, FixedField


class Form(models.TextChoices):
    """How it came in: the five forms that 8.2.1 c names by example (mail and telephone are one of them), and two of the house."""

    MAIL = "mail"
    PHONE = "phone"
    SURVEY = "survey"
    PROTECTION = "protection"
    MEETING = "meeting"
    CHAT = "chat"
    PORTAL = "portal"


class Tier(models.TextChoices):
    """The customer's grade when the complaint came in; kept only to see that no grade waits longer than another."""

    VIP = "vip"
    GOLD = "gold"
    STANDARD = "standard"


class Severity(models.TextChoices):
    """How heavy a complaint weighs: a serious one is seen by top management (5.1.1)."""

    SERIOUS = "serious"
    ORDINARY = "ordinary"
    MINOR = "minor"


class Feedback(Entered):
    """A customer let us know something; `kinds` are several of problem, doubt, complaint, positive, negative."""

    PERSONAL: ClassVar = ("what",)

    code = models.CharField(max_length=60)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    kinds = models.CharField(max_length=60)
    form = models.CharField(max_length=12, choices=Form)
    what = models.TextField(null=True)
    offering = models.ForeignKey("offerings.Offering", on_delete=models.PROTECT, null=True, related_name="+")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, related_name="+")
    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Complaint(Entered):
    """A complaint (投诉) was registered; `found` are the words in which it was heard, `accused` whoever it is about and so may not look into it."""

    PERSONAL: ClassVar = ("what", "remedy", "immediate")

    since: datetime  # when its present round began: queries.registered annotates it

    code = models.CharField(max_length=60)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    what = models.TextField(null=True)
    form = models.CharField(max_length=12, choices=Form, blank=True, default="")
    reference = models.CharField(max_length=100, blank=True, default="")
    remedy = models.TextField(null=True)
    immediate = models.TextField(null=True)
    tier = models.CharField(max_length=10, choices=Tier, blank=True, default="")
    offering = models.ForeignKey("offerings.Offering", on_delete=models.PROTECT, null=True, related_name="+")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, related_name="+")
    accused = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"]), models.Index(fields=["party", "at"])]


class Mentioned(Entered):
    """A registered complaint was heard again, in other words or over another way."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="mentions")
    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, related_name="+")


class Dismissed(Entered):
    """Words that were heard as a complaint are none, and why."""

    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()


class Captured(Entered):
    """What became of the complaints heard in a conversation as a whole: they belong to a registered one, were taken as feedback, or are none, and why."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, null=True, related_name="conversations")
    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, default="")


class Acknowledged(Entered):
    """The customer was told that we have the complaint, and when to hear from us."""

    PERSONAL: ClassVar = ("words",)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="acknowledgements")
    way = models.CharField(max_length=20)
    words = models.TextField(null=True)


class Assessed(Entered):
    """The complaint was weighed at first sight: how serious, dangerous, intricate, far-reaching."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="assessments")
    severity = models.CharField(max_length=10, choices=Severity)
    safety = models.BooleanField(default=False)
    intricate = models.BooleanField(default=False)
    impact = models.TextField(blank=True, default="")


class Escalated(Entered):
    """The complaint was handed upwards."""

    class Level(models.TextChoices):
        """How far up."""

        SUPERVISOR = "supervisor"
        TOP = "top"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="escalations")
    level = models.CharField(max_length=10, choices=Level)
    reason = models.TextField()


class Taken(Entered):
    """Somebody above took the complaint over and decided what is done."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="takings")
    level = models.CharField(max_length=10, choices=Escalated.Level)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    decision = models.TextField()


class Investigated(Entered):
    """It was found out what happened, why and through whom; `mode` is the code of the failure that had been foreseen, if one had."""

    class Cause(models.TextChoices):
        """Whether the thing itself was at fault or how it was talked about."""

        PRODUCT = "product"
        COMMUNICATION = "communication"
        BOTH = "both"
        MISTAKEN = "mistaken"

    class Gap(models.TextChoices):
        """The five gaps of service quality (Parasuraman, Zeithaml, Berry 1985)."""

        KNOWLEDGE = "knowledge"
        STANDARDS = "standards"
        DELIVERY = "delivery"
        COMMUNICATION = "communication"
        PERCEPTION = "perception"

    PERSONAL: ClassVar = ("what",)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="investigations")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    what = models.TextField(null=True)
    cause = models.CharField(max_length=15, choices=Cause)
    gap = models.CharField(max_length=15, choices=Gap, blank=True, default="")
    mode = models.CharField(max_length=60, blank=True, default="")
    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, null=True, related_name="+")
    provider = models.ForeignKey("suppliers.Provider", on_delete=models.PROTECT, null=True, related_name="+")


class Traced(Entered):
    """A link of the chain of processes was looked at: the complaint began there, or it was handed on to it from upstream."""

    PERSONAL: ClassVar = ("words",)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="links")
    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, related_name="+")
    origin = models.BooleanField()
    words = models.TextField(null=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")


class Answered(Entered):
    """The decision was told to the customer; who is told no also hears what else is open to him inside and outside the house."""

    class Decision(models.TextChoices):
        """What was decided; "mistaken" is the customer's error, shown and explained kindly."""

        ACCEPTED = "accepted"
        PARTLY = "partly"
        REJECTED = "rejected"
        MISTAKEN = "mistaken"

    PERSONAL: ClassVar = ("words",)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="answers")
    decision = models.CharField(max_length=10, choices=Decision)
    way = models.CharField(max_length=20)
    words = models.TextField(null=True)
    evidence = models.TextField(blank=True, default="")
    options = models.TextField(blank=True, default="")


class Checked(Entered):
    """A second person looked at an answer that finds the customer mistaken."""

    answered = models.ForeignKey(Answered, on_delete=models.PROTECT, related_name="checks")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    note = models.TextField(blank=True, default="")


class Attempted(Entered):
    """We tried to hear what the customer thinks of the answer, and did not reach him."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="attempts")
    way = models.CharField(max_length=20)


class Reacted(Entered):
    """The customer said what he thinks of the answer."""

    PERSONAL: ClassVar = ("words",)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="reactions")
    content = models.BooleanField()
    words = models.TextField(null=True)


class Recovery(Entered):
    """We tried to make it good; it worked or it did not."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="recoveries")
    what = models.TextField()
    worked = models.BooleanField()


class Effort(Entered):
    """What the complaint cost: minutes of work, contacts, compensation."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="efforts")
    minutes = models.IntegerField(default=0)
    contacts = models.IntegerField(default=0)
    compensation = FixedField(places=2, default=0)


class Passed(Entered):
    """The dispute went to somebody outside: an authority, an association, arbitration, a court (ISO 10003)."""

    class Body(models.TextChoices):
        """Who decides or mediates outside."""

        AUTHORITY = "authority"
        ASSOCIATION = "association"
        ARBITRATION = "arbitration"
        COURT = "court"
        OMBUDSMAN = "ombudsman"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="passings")
    body = models.CharField(max_length=12, choices=Body)
    reference = models.CharField(max_length=100)
    clock = models.CharField(max_length=60, blank=True, default="")


class Ruled(Entered):
    """The body outside came to an end of it: agreed, decided, given up."""

    PERSONAL: ClassVar = ("words",)

    passed = models.ForeignKey(Passed, on_delete=models.PROTECT, related_name="rulings")
    words = models.TextField(null=True)
    binding = models.BooleanField()


class Withdrawn(Entered):
    """The customer takes the complaint back; `confirmed` tells that he said so again when we asked."""

    PERSONAL: ClassVar = ("words",)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="withdrawals")
    words = models.TextField(null=True)
    confirmed = models.BooleanField()


class Merged(Entered):
    """The same complaint came in twice: this one goes on in the other."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="mergers")
    into = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="duplicates")
    why = models.TextField()


class Reopened(Entered):
    """The complaint begins a new round; the one before stands as it was."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="reopenings")
    why = models.TextField()


class Closed(Entered):
    """Somebody closed the complaint; what was not answered stays open all the same (queries tell).

    `concern` is what mattered most to the customer, `need` what they really needed, which may be another thing than what they asked for.
    """

    class Reason(models.TextChoices):
        """Why; "unreasonable" is what people write, and by itself ends nothing."""

        SETTLED = "settled"
        REJECTED = "rejected"
        EXPLAINED = "explained"
        UNREACHED = "unreached"
        WITHDRAWN = "withdrawn"
        OUTSIDE = "outside"
        UNREASONABLE = "unreasonable"

    PERSONAL: ClassVar = ("concern", "need")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="closings")
    reason = models.CharField(max_length=15, choices=Reason)
    understood = models.BooleanField()
    complete = models.BooleanField()
    solved = models.BooleanField()
    rated = models.BooleanField()
    concern = models.TextField(null=True)
    need = models.TextField(null=True)


class Followed(Entered):
    """After the closing we asked how the customer found it, whatever had been decided; `reached` is false where nobody answered."""

    PERSONAL: ClassVar = ("words",)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="follow_ups")
    reason = models.CharField(max_length=200)
    script = models.CharField(max_length=200, blank=True, default="")
    reached = models.BooleanField()
    content = models.BooleanField(default=False)
    words = models.TextField(null=True)


class Letter(Entered):
    """An authority or association wrote to us and wants an answer by a day; `clock` is the rule that sets the day, if one does."""

    PERSONAL: ClassVar = ("subject",)

    code = models.CharField(max_length=60)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    subject = models.TextField(null=True)
    reference = models.CharField(max_length=100, blank=True, default="")
    clock = models.CharField(max_length=60, blank=True, default="")
    due = models.DateField()
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, null=True, related_name="letters")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["due"])]


class Replied(Entered):
    """The letter was answered."""

    PERSONAL: ClassVar = ("words",)

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="replies")
    way = models.CharField(max_length=20)
    words = models.TextField(null=True)
