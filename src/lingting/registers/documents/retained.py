"""What can happen to records that are kept (保留的记录): how long, lost, held, called up, let go; who may see them; that nothing was rewritten."""

from django.db import models

from lingting.ledger.models import Entered
from lingting.registers.documents.choices import Matter, Way


class Series(Entered):
    """A kind of record began to be kept (记录种类): recordings of calls, weighing slips."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True, default="")
    sensitive = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Retention(Entered):
    """How long records of a series are kept from now on, on what ground, and how they then leave; a new rule replaces the one before."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="rules")
    days = models.IntegerField()
    way = models.CharField(max_length=10, choices=Way)
    ground = models.TextField()


class Batch(Entered):
    """Records of a series were put away together, to be kept until a day."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="batches")
    code = models.CharField(max_length=60)
    what = models.CharField(max_length=300)
    until = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["until"])]


class Disposed(Entered):
    """Records that were put away left as the rule says."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="disposals")
    way = models.CharField(max_length=10, choices=Way)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, default="")


class Held(Entered):
    """Records must stay although their time is up, or will be (保全): a dispute, an inquiry."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField()
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    review = models.DateField()


class Released(Entered):
    """A hold was lifted."""

    held = models.ForeignKey(Held, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()


class Lost(Entered):
    """A record was found gone or unreadable; `at` is when it was lost."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="losses")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True, related_name="+")
    what = models.TextField()


class Sampled(Entered):
    """Somebody asked for a record to see whether it can be had; `produced` is empty where it was not."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="samples")
    what = models.CharField(max_length=300)
    produced = models.DateTimeField(null=True)


class Outcome(Entered):
    """What came of a conversation: the order, shipment or complaint it concerns, or why it concerns none; why they came, as stated and really.

    The last four answer what is asked at the end of every contact: was the need understood, was nothing missing, was it solved, was the service good.
    """

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    concerns = models.CharField(max_length=200, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    stated = models.CharField(max_length=12, choices=Matter, blank=True, default="")
    real = models.CharField(max_length=12, choices=Matter, blank=True, default="")
    understood = models.BooleanField(null=True)
    complete = models.BooleanField(null=True)
    solved = models.BooleanField(null=True)
    served = models.BooleanField(null=True)


class Granted(Entered):
    """Somebody may see sensitive information, for a purpose and a time."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.TextField()
    granted_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    until = models.DateField()


class Ended(Entered):
    """A grant was taken back before its day."""

    granted = models.ForeignKey(Granted, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()


class Accessed(Entered):
    """Somebody saw sensitive information: what, and why."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=300)
    reason = models.TextField(blank=True, default="")


class Verified(Entered):
    """The whole book was recomputed: how many entries, how many places do not agree, which kinds of record they touch, the head it stood at."""

    entries = models.IntegerField()
    broken = models.IntegerField()
    kinds = models.TextField(blank=True, default="")
    first = models.TextField(blank=True, default="")
    head = models.CharField(max_length=64, blank=True, default="")
