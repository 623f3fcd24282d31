"""What can happen to the way work is done (运行的更改与控制): it is changed, a norm for it is set, it is confirmed by a second person, its data are sent."""

from django.db import models

from lingting.ledger.models import Entered
from lingting.registers.processes.choices import Change as ChangeSort
from lingting.registers.processes.choices import Sensitive, Way


class Change(Entered):
    """A change in operation (更改) was asked for, or happened to us; `back` is how it can be undone."""

    code = models.CharField(max_length=60, blank=True, default="")
    sort = models.CharField(max_length=10, choices=ChangeSort)
    what = models.TextField()
    intended = models.BooleanField()
    back = models.TextField(blank=True, default="")
    outage = models.ForeignKey("processes.Outage", on_delete=models.PROTECT, null=True, related_name="changes")
    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Reviewed(Entered):
    """What a change would do, or did, was looked at, and by whom."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="reviews")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    result = models.TextField()


class Authorised(Entered):
    """Somebody who may do so let a change take effect."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="authorisations")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")


class Measure(Entered):
    """What a change makes necessary was done – people told, trained, tested; or why nothing is necessary."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="measures")
    what = models.TextField()


class Effected(Entered):
    """A change took effect."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="effects")


class Undone(Entered):
    """A change was taken back (回退)."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()


class Norm(Entered):
    """By what a service is accepted (验收准则): criteria and time limit; `offering` is the code of the offering.

    `unseen` says that its result cannot be checked afterwards – advice, calming –, so that the process itself must be shown to work.
    """

    code = models.CharField(max_length=60)
    offering = models.CharField(max_length=60)
    criteria = models.TextField()
    limit = models.CharField(max_length=100)
    unseen = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["offering"])]


class Dropped(Entered):
    """A norm holds no more."""

    norm = models.ForeignKey(Norm, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()


class Validated(Entered):
    """The process behind a service whose result cannot be checked afterwards was shown to work, or not (过程确认)."""

    norm = models.ForeignKey(Norm, on_delete=models.PROTECT, related_name="validations")
    how = models.TextField()
    works = models.BooleanField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    next = models.DateField()


class Operation(Entered):
    """A sensitive operation (敏感操作) was carried out; `reference` is the code of what it was done to."""

    sort = models.CharField(max_length=12, choices=Sensitive)
    reference = models.CharField(max_length=60)
    what = models.CharField(max_length=300)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")


class Confirmed(Entered):
    """A second person confirmed a sensitive operation, before it was carried out."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="confirmations")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")


class Transfer(Entered):
    """Data left the house (数据传输): what, to whom, how, encrypted or not; `digest` is what they came to when they left."""

    what = models.CharField(max_length=300)
    to = models.CharField(max_length=200)
    way = models.CharField(max_length=12, choices=Way)
    encrypted = models.BooleanField()
    digest = models.CharField(max_length=128, blank=True, default="")


class Arrived(Entered):
    """Whoever received data said what they came to there: the same, or not."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="arrivals")
    digest = models.CharField(max_length=128)
