"""What can happen in improvement (改进): a nonconformity is raised, contained, analysed, acted on, verified; an output is dealt with; an idea tried."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered, FixedField
from lingting.registers.improvements.choices import Cause, Grade, Origin

PERSON = "people.Person"


class Nonconformity(Entered):
    """A requirement was not fulfilled (不合格).

    `found` is the finding it came from, `clause` the requirement's item; `pattern` and `thing` name the typical nonconformity of the catalog and the
    record it was seen on, where a check proposed it; `*` stands for several, which its evidence names.
    """

    PERSONAL: ClassVar = ("statement",)

    code = models.CharField(max_length=60, blank=True, default="")
    clause = models.CharField(max_length=60)
    statement = models.TextField(null=True)
    grade = models.CharField(max_length=10, choices=Grade)
    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, null=True)
    pattern = models.CharField(max_length=60, blank=True, default="")
    thing = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["at"]), models.Index(fields=["pattern", "thing"]), models.Index(fields=["code"])]


class Evidence(Entered):
    """A record shows the nonconformity: its kind and number, and its words."""

    PERSONAL: ClassVar = ("quote",)

    nonconformity = models.ForeignKey(Nonconformity, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=60)
    record = models.BigIntegerField()
    quote = models.TextField(null=True)


class Weighed(Entered):
    """A complaint, heard in a conversation or registered, was judged: a nonconformity (then which) or not (then why)."""

    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, null=True, related_name="+")
    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, null=True, related_name="+")
    nonconformity = models.ForeignKey(Nonconformity, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField()


class Contained(Entered):
    """The nonconformity was corrected or its effects held in check (纠正)."""

    nonconformity = models.ForeignKey(Nonconformity, on_delete=models.PROTECT, related_name="containments")
    what = models.TextField()


class Analysed(Entered):
    """The cause was found, and similar cases were looked for."""

    nonconformity = models.ForeignKey(Nonconformity, on_delete=models.PROTECT, related_name="analyses")
    cause = models.CharField(max_length=10, choices=Cause)
    why = models.TextField()
    similar = models.TextField()


class Action(Entered):
    """Somebody undertook to remove the cause by a date (纠正措施); on the day `look` its effect is to be checked."""

    code = models.CharField(max_length=60, blank=True, default="")
    nonconformity = models.ForeignKey(Nonconformity, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(db_index=True)
    look = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Done(Entered):
    """An action was carried out."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="completions")
    what = models.TextField()


class Verified(Entered):
    """Somebody other than the owner looked whether the action worked, after it had run for a while.

    Where a check can tell, it is named with the day from which the effect counts: the check is then asked for that day and for now.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="verifications")
    effective = models.BooleanField()
    evidence = models.TextField()
    judged_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    check_id = models.CharField(max_length=60, blank=True, default="")
    since = models.DateField(null=True)


class Closed(Entered):
    """A nonconformity was closed."""

    nonconformity = models.ForeignKey(Nonconformity, on_delete=models.PROTECT, related_name="closings")
    note = models.TextField()


class Answered(Entered):
    """Whose complaint brought a nonconformity to light was told what was changed (您说了，我们改了)."""

    PERSONAL: ClassVar = ("words",)

    nonconformity = models.ForeignKey(Nonconformity, on_delete=models.PROTECT, related_name="answers")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=40)
    words = models.TextField(null=True)


class Output(Entered):
    """An output does not conform (不合格输出): something we said, did or delivered; `affects` if a customer is affected."""

    PERSONAL: ClassVar = ("what",)

    code = models.CharField(max_length=60)
    what = models.TextField(null=True)
    affects = models.BooleanField()
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, null=True, related_name="+")
    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, null=True, related_name="+")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, related_name="+")
    nonconformity = models.ForeignKey(Nonconformity, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Disposed(Entered):
    """It was decided in one or more ways what becomes of a nonconforming output, and done."""

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="dispositions")
    ways = models.CharField(max_length=100)
    what = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")


class Conceded(Entered):
    """A nonconforming output was accepted under concession (让步接收): by whom, by which authority, why."""

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="concessions")
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    authority = models.TextField(blank=True, default="")
    reason = models.TextField()


class Notified(Entered):
    """The affected customer was told of a nonconforming output, and how it is made good."""

    PERSONAL: ClassVar = ("words",)

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="notices")
    way = models.CharField(max_length=40)
    words = models.TextField(null=True)
    remedy = models.TextField()


class Reverified(Entered):
    """A corrected output was looked at again."""

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="reverifications")
    met = models.BooleanField()
    evidence = models.TextField()


class Opportunity(Entered):
    """Somebody saw how something can be better (改进机会): a customer who said so, an analysis, a review; what came of it is decided and told."""

    PERSONAL: ClassVar = ("what",)

    code = models.CharField(max_length=60)
    what = models.TextField(null=True)
    origin = models.CharField(max_length=12, choices=Origin, blank=True, default="")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, null=True, related_name="+")
    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, null=True, related_name="+")
    analysis = models.ForeignKey("direction.Analysis", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Chosen(Entered):
    """An opportunity was assessed: taken up or not, by whom and why."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="choices")
    taken = models.BooleanField()
    reason = models.TextField()
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")


class Finished(Entered):
    """An improvement was carried out."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="completions")
    what = models.TextField()


class Compared(Entered):
    """What was measured before an improvement and after it, of how many cases each."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="comparisons")
    indicator = models.ForeignKey("direction.Indicator", on_delete=models.PROTECT, related_name="+")
    before = FixedField(places=3)
    n_before = models.IntegerField()
    after = FixedField(places=3)
    n_after = models.IntegerField()
    conclusion = models.TextField()


class Told(Entered):
    """Who had said it was told what was changed (您说了，我们改了)."""

    PERSONAL: ClassVar = ("words",)

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="answers")
    way = models.CharField(max_length=40)
    words = models.TextField(null=True)
