"""What can happen to a process (过程): it is determined, described, given outputs and receivers, run as planned or not, measured.

What happens to its means stands in `means`, what happens to the way it runs in `changes`.
"""

from django.db import models

from lingting.ledger.models import Entered, FixedField
from lingting.registers.processes.choices import Keeping, Sort


class Process(Entered):
    """A process (过程) of the organisation was determined."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=12, choices=Sort, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Described(Entered):
    """Who answers for a process, what goes in, by what criteria it runs, which risks it carries; a new description replaces the one before."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="descriptions")
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    inputs = models.TextField(blank=True, default="")
    criteria = models.TextField(blank=True, default="")
    resources = models.TextField(blank=True, default="")
    risks = models.CharField(max_length=300, blank=True, default="")


class Ended(Entered):
    """A process is run no more."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="endings")
    reason = models.TextField()


class Output(Entered):
    """Something comes out of a process, or of a step of it."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="outputs")
    what = models.CharField(max_length=200)
    step = models.CharField(max_length=100, blank=True, default="")


class Receiver(Entered):
    """Somebody receives an output: the next process – its internal customer –, or somebody outside."""

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="receivers")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, null=True, related_name="supplies")
    outside = models.CharField(max_length=200, blank=True, default="")


class Affirmed(Entered):
    """A side says that the next process does receive this output – its internal customer –, with what it needs of it; or that it does not, and why."""

    class Side(models.TextChoices):
        """Who says it: the process that gives, or the one that receives."""

        GIVER = "giver"
        RECEIVER = "receiver"

    receiver = models.ForeignKey(Receiver, on_delete=models.PROTECT, related_name="affirmations")
    side = models.CharField(max_length=10, choices=Side)
    agrees = models.BooleanField()
    words = models.TextField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")


class Need(Entered):
    """A process needs a document to run by, or leaves a series of records, and why."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="needs")
    keeping = models.CharField(max_length=8, choices=Keeping)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")
    series = models.ForeignKey("documents.Series", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField()


class Waived(Entered):
    """A need was dropped."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()


class Without(Entered):
    """It was decided that a process needs no document: why, by whom, and when that is looked at again."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    review = models.DateField()


class Schedule(Entered):
    """A step of a process was planned to be done again and again; it writes one `Run` for each time."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    what = models.CharField(max_length=200)
    first = models.DateTimeField()
    every = models.IntegerField()
    times = models.IntegerField()


class Run(Entered):
    """A process, or a step of it, is to be done by a time: the planned instance."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="runs")
    code = models.CharField(max_length=60)
    what = models.CharField(max_length=200)
    due = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["due"])]


class Performed(Entered):
    """A run was done."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="performances")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True, default="")


class Kept(Entered):
    """A run left a record of a series; `place` is where it is found."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="records")
    series = models.ForeignKey("documents.Series", on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200)


class Indicator(Entered):
    """By what a process is measured, how often, and what it should come to."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=20, blank=True, default="")
    target = models.CharField(max_length=100)
    every = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Value(Entered):
    """An indicator was measured; `at` is the end of the period it stands for."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    value = FixedField(places=4)
    note = models.TextField(blank=True, default="")


from lingting.registers.processes import changes, means  # noqa: E402, F401  # Django finds a register's tables here
