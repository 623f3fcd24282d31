"""What can happen in improvement (改进): a complaint is judged, a nonconformity raised, contained, analysed, acted on, verified."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Record


class Grade(models.TextChoices):
    """How much a nonconformity weighs; grading is a certification body's notion (ISO/IEC 17021-1), the rule of thumb is ours."""

    MINOR = "minor"
    MAJOR = "major"


class Cause(models.TextChoices):
    """Where a cause lies: nobody wanted to, nobody could, or the system made it so."""

    WILL = "will"
    SKILL = "skill"
    SYSTEM = "system"


class Nonconformity(Record):
    """A requirement was not fulfilled (不合格). `found` is the finding it came from, `clause` the requirement's item."""

    PERSONAL: ClassVar = ("statement",)

    clause = models.CharField(max_length=60)
    statement = models.TextField(null=True)
    grade = models.CharField(max_length=10, choices=Grade)
    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, null=True)

    class Meta:
        indexes = [models.Index(fields=["at"])]


class Weighed(Record):
    """A complaint heard in a conversation was judged: a nonconformity (then which) or not (then why)."""

    found = models.OneToOneField("conversations.Found", on_delete=models.PROTECT)
    nonconformity = models.ForeignKey(Nonconformity, on_delete=models.PROTECT, null=True)
    reason = models.TextField()


class Contained(Record):
    """The nonconformity was corrected or its effects held in check (纠正)."""

    nonconformity = models.OneToOneField(Nonconformity, on_delete=models.PROTECT)
    what = models.TextField()


class Analysed(Record):
    """The cause was found, and similar cases were looked for."""

    nonconformity = models.ForeignKey(Nonconformity, on_delete=models.PROTECT, related_name="analyses")
    cause = models.CharField(max_length=10, choices=Cause)
    why = models.TextField()
    similar = models.TextField()


class Action(Record):
    """Somebody undertook to remove the cause by a date (纠正措施)."""

    nonconformity = models.ForeignKey(Nonconformity, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    owner = models.BigIntegerField()
    due = models.DateField()


class Done(Record):
    """An action was carried out."""

    action = models.OneToOneField(Action, on_delete=models.PROTECT)
    what = models.TextField()


class Verified(Record):
    """Somebody other than the owner looked whether the action worked, after it had run for a while."""

    action = models.OneToOneField(Action, on_delete=models.PROTECT)
    effective = models.BooleanField()
    evidence = models.TextField()
    by = models.BigIntegerField()


class Closed(Record):
    """A nonconformity was closed."""

    nonconformity = models.OneToOneField(Nonconformity, on_delete=models.PROTECT)
    note = models.TextField()
