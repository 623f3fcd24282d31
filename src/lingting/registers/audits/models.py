"""What can happen in audits and reviews (审核与评审): audits are planned, samples drawn, findings made and corrected; management reviews the system."""

from django.db import models

from lingting.ledger.models import Entered
from lingting.registers.audits.choices import Grade, Input, Output

PERSON = "people.Person"


class Programme(Entered):
    """An audit programme (审核方案) for a cycle: how often, how, who answers for it, and what it takes into account."""

    code = models.CharField(max_length=60)
    start = models.DateField()
    until = models.DateField()
    methods = models.TextField()
    considered = models.TextField()
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Pair(Entered):
    """The programme wants a clause audited in a process or at a site, by a day of the cycle."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="pairs")
    clause = models.CharField(max_length=20)
    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, null=True, related_name="+")
    site = models.CharField(max_length=60, blank=True, default="")
    due = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["clause"]), models.Index(fields=["due"])]


class Audit(Entered):
    """An audit was planned: its scope and criteria, who leads it, by when."""

    code = models.CharField(max_length=60)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="audits")
    scope = models.TextField()
    criteria = models.TextField()
    lead = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Joined(Entered):
    """Somebody else audits along."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="team")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")


class Works(Entered):
    """Somebody works in a process, or answers for a clause: their own work, which they may not audit."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, null=True, related_name="+")
    clause = models.CharField(max_length=20, blank=True, default="")
    until = models.DateField(null=True)


class Examined(Entered):
    """An audit looked at a clause in a process or at a site."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="examinations")
    clause = models.CharField(max_length=20)
    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, null=True, related_name="+")
    site = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["clause"])]


class Population(Entered):
    """What a sample is drawn from was frozen: in words, by its query, with the number of records and the digest of their numbers."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="populations")
    words = models.TextField()
    source = models.CharField(max_length=100)
    size = models.IntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")


class Drawn(Entered):
    """A sample was drawn from a population with a seed that the auditor gave, e.g. with dice; drawn again, both stand."""

    population = models.ForeignKey(Population, on_delete=models.PROTECT, related_name="draws")
    seed = models.CharField(max_length=60)
    n = models.IntegerField()
    numbers = models.TextField(blank=True, default="")


class Question(Entered):
    """A question was asked in an audit, of whom, and what was answered and seen."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="questions")
    clause = models.CharField(max_length=20)
    question = models.TextField()
    asked = models.CharField(max_length=200)
    answer = models.TextField()
    evidence = models.TextField(blank=True, default="")


class Reported(Entered):
    """An audit was finished and its result reported to management."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="reports")
    to = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField()


class Finding(Entered):
    """What an audit found (审核发现): against which criterion, on what evidence, how it is judged, and by when it is corrected."""

    code = models.CharField(max_length=60)
    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="findings")
    clause = models.CharField(max_length=20)
    statement = models.TextField()
    criterion = models.TextField(blank=True, default="")
    evidence = models.TextField(blank=True, default="")
    grade = models.CharField(max_length=12, choices=Grade, blank=True, default="")
    due = models.DateField(null=True, db_index=True)
    nonconformity = models.ForeignKey("improvements.Nonconformity", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Corrected(Entered):
    """What was found was corrected, and its correction taken."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="corrections")
    what = models.TextField()


class Asked(Entered):
    """An auditor asked for something more: of whom, by when."""

    code = models.CharField(max_length=60)
    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, null=True, related_name="requests")
    what = models.TextField()
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Replied(Entered):
    """The auditor got what was asked for, or a reason why not."""

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="replies")
    what = models.TextField()


class Packed(Entered):
    """An evidence pack of an audit left the house: its digest, how many records it holds, and whether their personal columns went along."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="packs")
    digest = models.CharField(max_length=64)
    records = models.IntegerField()
    personal = models.BooleanField()


class Review(Entered):
    """Management reviewed the system (管理评审): is it suitable, adequate, effective and in line with the strategy?"""

    code = models.CharField(max_length=60)
    conclusion = models.TextField()
    next_due = models.DateField()
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Attended(Entered):
    """Somebody took part in a review; `top` if as top management."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    top = models.BooleanField()


class Considered(Entered):
    """A review looked at one of its inputs: what the data say, and up to which day they go."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="inputs")
    input = models.CharField(max_length=16, choices=Input)
    data = models.TextField(blank=True, default="")
    until = models.DateField()


class Concluded(Entered):
    """A review concluded on improvement, on changes of the system or on resources; `need` if something is to be done."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="outputs")
    output = models.CharField(max_length=12, choices=Output)
    conclusion = models.TextField()
    need = models.BooleanField()


class Decision(Entered):
    """A conclusion became a decision: who does what by when."""

    concluded = models.ForeignKey(Concluded, on_delete=models.PROTECT, related_name="decisions")
    what = models.TextField()
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(db_index=True)


class Executed(Entered):
    """A decision of a review was carried out."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="completions")
    what = models.TextField()
