"""What can happen between two departments (内部服务协议): they agree, ask, promise, deliver, rate, differ – by the receiver's yardstick."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered, FixedField


class Side(models.TextChoices):
    """Who gives the service, and who receives it."""

    GIVER = "giver"
    RECEIVER = "receiver"


class Agreement(Entered):
    """An agreement between a department that gives a service and one that receives it was begun."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    giver = models.CharField(max_length=100)
    receiver = models.CharField(max_length=100)
    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Commitment(Entered):
    """One side undertakes something towards the other; an agreement with one side's alone is a draft."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="commitments")
    side = models.CharField(max_length=10, choices=Side)
    words = models.TextField()


class Agreed(Entered):
    """A side signed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=10, choices=Side)
    by = models.CharField(max_length=60)


class Yardstick(Entered):
    """How the service is measured, and the share that must be met; only the receiver's holds, what the giver enters stands here as an attempt."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="yardsticks")
    side = models.CharField(max_length=10, choices=Side)
    indicator = models.CharField(max_length=200)
    target = FixedField(places=1)


class Measured(Entered):
    """A period was measured by the agreement's yardstick: so many of so many met it, so many surpassed it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="measurements")
    indicator = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField()
    met = models.IntegerField()
    surpassed = models.IntegerField(default=0)
    n = models.IntegerField()


class Request(Entered):
    """One department asked another for something, and why it needs it."""

    code = models.CharField(max_length=60)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="requests")
    asker = models.CharField(max_length=100)
    asked = models.CharField(max_length=100)
    what = models.TextField()
    why = models.TextField()
    due = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"]), models.Index(fields=["due"])]


class Owned(Entered):
    """Somebody took a request on."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="owners")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")


class Answered(Entered):
    """A request was answered: courteously, with a reason, and with the record that shows it."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="answers")
    words = models.TextField()
    reason = models.TextField(blank=True, default="")
    evidence = models.TextField(blank=True, default="")


class Finished(Entered):
    """A request was done; right at the first time, or not."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="completions")
    first_time_right = models.BooleanField()
    note = models.TextField(blank=True, default="")


class Promised(Entered):
    """One department promised another something by a time."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="promises")
    words = models.TextField()
    due = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due"])]


class Delivered(Entered):
    """What was promised was delivered, as expected or better."""

    promised = models.ForeignKey(Promised, on_delete=models.PROTECT, related_name="deliveries")
    surpassed = models.BooleanField(default=False)


class Rated(Entered):
    """The receiver rated the giver, from 1 to 5: care, cooperation, communication, understanding, trust."""

    PERSONAL: ClassVar = ("words",)

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="ratings")
    care = models.SmallIntegerField()
    cooperation = models.SmallIntegerField()
    communication = models.SmallIntegerField()
    understanding = models.SmallIntegerField(null=True)
    trust = models.SmallIntegerField(null=True)
    words = models.TextField(null=True)


class Workshop(Entered):
    """Both sides sat together to find out what the receiver needs."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="workshops")
    givers = models.TextField()
    receivers = models.TextField()
    outcome = models.TextField()


class Wanted(Entered):
    """A need of the receiver: how important to each side (1 first), how well met (1 to 5), what was expected, promised, delivered and perceived."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="wants")
    words = models.TextField()
    level = models.CharField(max_length=100, blank=True, default="")
    rank = models.SmallIntegerField()
    rank_of_giver = models.SmallIntegerField(null=True)
    performance = models.SmallIntegerField()
    expected = models.TextField(blank=True, default="")
    promised = models.TextField(blank=True, default="")
    delivered = models.TextField(blank=True, default="")
    perceived = models.TextField(blank=True, default="")
    beyond_means = models.BooleanField(default=False)


class Improving(Entered):
    """What is done about a need, by whom and by when, and which indicator it is to move."""

    wanted = models.ForeignKey(Wanted, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    owner = models.CharField(max_length=60)
    due = models.DateField()
    indicator = models.CharField(max_length=200, blank=True, default="")


class Disputed(Entered):
    """A side said what it wants, what speaks for it and what it proposes."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="disputes")
    side = models.CharField(max_length=10, choices=Side)
    interest = models.TextField()
    evidence = models.TextField()
    proposal = models.TextField()


class Settled(Entered):
    """A dispute was settled with somebody's help: for both, or for one side alone."""

    disputed = models.ForeignKey(Disputed, on_delete=models.PROTECT, related_name="settlements")
    mediator = models.CharField(max_length=60)
    outcome = models.TextField()
    for_both = models.BooleanField()


class Prepared(Entered):
    """Somebody prepared a hard talk: what for, the facts, how the other side sees it, what shall come of it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="preparations")
    purpose = models.TextField()
    facts = models.TextField()
    their_view = models.TextField()
    wanted_outcome = models.TextField()
