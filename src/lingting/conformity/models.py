"""The verdicts as they were given: what was asked, what was counted, what followed, and how much of the book was known."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered, Record


class Assessed(Record):
    """A check gave another verdict than before, as of `at`, knowing the book up to entry `known`.

    `limit`, `low` and `high` are in millionths: a record holds whole numbers. `rule` is the digest of the check's code, so that a verdict of an
    earlier version is never taken for a false one.
    """

    check_id = models.CharField(max_length=60)
    state = models.CharField(max_length=20)
    scope = models.BigIntegerField()
    failing = models.BigIntegerField()
    limit = models.IntegerField()
    low = models.IntegerField(null=True)
    high = models.IntegerField(null=True)
    known = models.BigIntegerField()
    rule = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["check_id", "at", "id"])]


class Latest(models.Model):
    """The newest verdict of a check, right up to entry `known` and the time `at`; it can be made again, so it is no record."""

    check_id = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()
    known = models.BigIntegerField()
    state = models.CharField(max_length=20)
    scope = models.BigIntegerField()
    failing = models.BigIntegerField()
    limit = models.IntegerField()
    low = models.IntegerField(null=True)
    high = models.IntegerField(null=True)
    rule = models.CharField(max_length=16)


class Portion(models.Model):
    """The counts of one piece of the rows that a check counts; like the newest verdict it can be made again.

    `turns` is when time alone will change them.
    """

    check_id = models.CharField(max_length=60)
    piece = models.BigIntegerField()
    scope = models.IntegerField()
    failing = models.IntegerField()
    turns = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_id", "piece"], name="portion_once")]


class Week(models.Model):
    """How the checks stood at the end of a week, right up to entry `known`: of each what was in scope, what failed and the digest of its code.

    `left` says which clauses were declared not applicable then, and whether that was founded. Like the newest verdict it can be made again.
    """

    at = models.DateTimeField(primary_key=True)
    known = models.BigIntegerField()
    counts = models.JSONField()
    left = models.JSONField()


class Ruling(Entered):
    """A person answered a check that only a person can answer, until a day of review."""

    class Answer(models.TextChoices):
        """Met or not met; who does not know gives no answer."""

        YES = "yes"
        NO = "no"

    PERSONAL: ClassVar = ("reason",)

    check_id = models.CharField(max_length=60)
    answer = models.CharField(max_length=5, choices=Answer)
    reason = models.TextField(null=True)
    review = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["check_id", "at"])]


class Effect(Record):
    """What a check counted on the day from which an action's effect counts, and when the action was verified: as the check gave it, both times.

    The four `new` counts are of what came in during as many days before that day as have passed since, and of what came in since: a check that counts all
    there ever was hardly moves. They are empty where what is counted has no time of its own.
    """

    verified = models.ForeignKey("improvements.Verified", on_delete=models.PROTECT, related_name="+")
    check_id = models.CharField(max_length=60)
    scope_before = models.BigIntegerField()
    failing_before = models.BigIntegerField()
    scope_after = models.BigIntegerField()
    failing_after = models.BigIntegerField()
    new_scope_before = models.BigIntegerField(null=True)
    new_failing_before = models.BigIntegerField(null=True)
    new_scope_after = models.BigIntegerField(null=True)
    new_failing_after = models.BigIntegerField(null=True)
    rule = models.CharField(max_length=16)
