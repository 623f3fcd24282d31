"""What can happen to a design (设计和开发): it is planned, fed with inputs, reviewed, tried out, launched, and later changed."""

from django.db import models

from lingting.ledger.models import Entered


class Control(models.TextChoices):
    """The three kinds of control that the clause asks for (8.3.4)."""

    REVIEW = "review"
    VERIFICATION = "verification"
    VALIDATION = "validation"


class Sort(models.TextChoices):
    """Where an input comes from (8.3.3 a–e), and the two that a service desk knows best: complaints and what customers ask for."""

    FUNCTION = "function"
    EARLIER = "earlier"
    LAW = "law"
    STANDARD = "standard"
    CONSEQUENCE = "consequence"
    COMPLAINT = "complaint"
    CUSTOMER = "customer"


class Side(models.TextChoices):
    """Who has a say in a design before it goes live."""

    DESK = "desk"
    SALES = "sales"
    OPERATIONS = "operations"
    QUALITY = "quality"
    LAW = "law"
    TECHNOLOGY = "technology"
    PROVIDER = "provider"


class Result(models.TextChoices):
    """What a design hands on."""

    NORM = "norm"
    PROCEDURE = "procedure"
    SCRIPT = "script"
    PRICE = "price"
    TRAINING = "training"
    OTHER = "other"


class Project(Entered):
    """The design of a new or thoroughly changed product or service began."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    owner = models.CharField(max_length=100)
    nature = models.TextField(blank=True, default="")
    customers = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Stage(Entered):
    """A stage of the design was planned, with who answers for it and which control stands at its end."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stages")
    name = models.CharField(max_length=100)
    control = models.CharField(max_length=12, choices=Control, blank=True, default="")
    owner = models.CharField(max_length=100, blank=True, default="")
    due = models.DateField(null=True)


class Passed(Entered):
    """A stage came to its end."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="ends")


class Joined(Entered):
    """One side took part in the design and put its name to it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="sides")
    side = models.CharField(max_length=12, choices=Side)
    who = models.CharField(max_length=100)
    conclusion = models.TextField(blank=True, default="")


class Input(Entered):
    """Something that the design must meet or take into account; `source` is where it can be looked up."""

    code = models.CharField(max_length=60)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="inputs")
    sort = models.CharField(max_length=12, choices=Sort)
    what = models.TextField()
    source = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Conflict(Entered):
    """Two inputs were found that cannot both be met."""

    input = models.ForeignKey(Input, on_delete=models.PROTECT, related_name="conflicts")
    against = models.ForeignKey(Input, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()


class Settled(Entered):
    """A conflict between inputs was settled."""

    conflict = models.ForeignKey(Conflict, on_delete=models.PROTECT, related_name="settlements")
    how = models.TextField()


class Controlled(Entered):
    """The design was reviewed, verified or validated, with a result."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="controls")
    control = models.CharField(max_length=12, choices=Control)
    result = models.TextField()
    who = models.CharField(max_length=100)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, null=True, related_name="+")


class Problem(Entered):
    """A review, verification or validation brought up a problem; a blocking one must be solved before launch."""

    controlled = models.ForeignKey(Controlled, on_delete=models.PROTECT, related_name="problems")
    what = models.TextField()
    blocking = models.BooleanField()


class Solved(Entered):
    """A problem was solved."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="solutions")
    how = models.TextField()


class Output(Entered):
    """The design handed something on: a norm, a procedure, a script; `criteria` says when it is right."""

    code = models.CharField(max_length=60)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="outputs")
    sort = models.CharField(max_length=12, choices=Result)
    what = models.TextField()
    criteria = models.TextField(blank=True, default="")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Met(Entered):
    """An output answers an input."""

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="meets")
    input = models.ForeignKey(Input, on_delete=models.PROTECT, related_name="met_by")


class Launched(Entered):
    """What was designed went live."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="launches")
    who = models.CharField(max_length=100)


class Change(Entered):
    """A change of something designed was asked for: a script, a price rule, a procedure; `concerns` is its code."""

    code = models.CharField(max_length=60)
    concerns = models.CharField(max_length=100)
    what = models.TextField()
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="changes")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Reviewed(Entered):
    """A change was reviewed: with what result, and what keeps it from doing harm."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="reviews")
    result = models.TextField()
    safeguards = models.TextField(blank=True, default="")
    who = models.CharField(max_length=100)


class Authorised(Entered):
    """Somebody entitled to it allowed the change."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="permissions")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")


class Effective(Entered):
    """The change took effect."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="effects")
