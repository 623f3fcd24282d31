"""What can happen in direction (策划与领导): issues determined, scope and policy fixed, risks taken up, objectives set, figures taken and decided on.

What was not said when it was entered is left empty, so that a check can find it missing.
"""

from django.db import models

from lingting.ledger.models import Entered, FixedField
from lingting.registers.direction.choices import Better, Effect, Every, Grade, Part, Resource, Side, Sort, Source, Topic, Trend

PERSON = "people.Person"


class Coded(Entered):
    """Something known by the number that people gave it."""

    code = models.CharField(max_length=60)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["code"])]


class Issue(Coded):
    """An issue (内外部因素) that bears on what the system is meant to achieve was determined, with who watches it."""

    side = models.CharField(max_length=10, choices=Side)
    what = models.TextField()
    effect = models.TextField(blank=True, default="")
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    review = models.DateField()


class Climate(Entered):
    """It was decided whether climate change is a relevant issue (Amendment 1:2024)."""

    relevant = models.BooleanField()
    reason = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    review = models.DateField()


class Scope(Entered):
    """A version of the scope (体系范围) came into force."""

    version = models.CharField(max_length=20)
    words = models.TextField()
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")


class Covered(Entered):
    """A version of the scope names an offering, channel, site or process."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=10, choices=Part)
    what = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["part", "what"])]


class Excluded(Entered):
    """A requirement was declared not applicable (不适用): why, and why neither conformity nor satisfaction suffers."""

    clause = models.CharField(max_length=20)
    reason = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    review = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["clause"])]


class Readmitted(Entered):
    """A requirement applies again."""

    excluded = models.ForeignKey(Excluded, on_delete=models.PROTECT, related_name="endings")
    reason = models.TextField()


class Policy(Entered):
    """A version of the quality policy (质量方针) came into force, with or without its two commitments."""

    version = models.CharField(max_length=20)
    words = models.TextField()
    requirements = models.BooleanField()
    improvement = models.BooleanField()
    approved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")


class Published(Entered):
    """A version of the policy was put where people see it; `outside` where interested parties do."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="places")
    where = models.CharField(max_length=200)
    outside = models.BooleanField()


class Acknowledged(Entered):
    """Somebody read a version of the policy and said so."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")


class Requested(Coded):
    """A resource was asked for: what we have ourselves and where it ends, what must come from outside, and by when an answer is needed."""

    sort = models.CharField(max_length=10, choices=Resource)
    what = models.TextField()
    inside = models.TextField(blank=True, default="")
    outside = models.TextField(blank=True, default="")
    due = models.DateField(db_index=True)


class Answered(Entered):
    """Management answered a request for a resource: granted or not, and why."""

    requested = models.ForeignKey(Requested, on_delete=models.PROTECT, related_name="answers")
    granted = models.BooleanField()
    reason = models.TextField()
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")


class Law(Coded):
    """A legal requirement (适用的法律法规要求) applies to what we offer."""

    title = models.CharField(max_length=200)
    duty = models.TextField()
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    review = models.DateField(null=True)


class Risk(Coded):
    """A risk or an opportunity (风险和机遇) to be dealt with was determined: from which issue or need it comes, how much hangs on it."""

    sort = models.CharField(max_length=12, choices=Sort)
    what = models.TextField()
    grade = models.CharField(max_length=10, choices=Grade)
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, null=True, related_name="+")
    need = models.ForeignKey("parties.Need", on_delete=models.PROTECT, null=True, related_name="+")
    origin = models.TextField(blank=True, default="")
    review = models.DateField()


class Indicator(Coded):
    """An indicator (指标) is watched from now on: how it is defined, counted, how often, by whom, and from which value on something is decided."""

    name = models.CharField(max_length=200)
    topic = models.CharField(max_length=12, choices=Topic)
    better = models.CharField(max_length=10, choices=Better)
    definition = models.TextField(blank=True, default="")
    method = models.TextField(blank=True, default="")
    every = models.CharField(max_length=10, choices=Every, blank=True, default="")
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    threshold = FixedField(places=3, null=True)


class Expected(Entered):
    """A figure of an indicator is due for a period."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="periods")
    start = models.DateField()
    until = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["until"])]


class Value(Entered):
    """An indicator was measured for a period; `n` is of how many cases the figure speaks."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    start = models.DateField()
    until = models.DateField()
    value = FixedField(places=3)
    n = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["indicator", "until"])]


class Handled(Entered):
    """Somebody looked why a figure left its usual course (a signal of its control chart), and what follows."""

    value = models.ForeignKey(Value, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=Source)
    why = models.TextField()
    follows = models.TextField()


class Seen(Entered):
    """Top management looked at an indicator on its board, with the trend."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    trend = models.CharField(max_length=10, choices=Trend)
    note = models.TextField(blank=True, default="")


class Analysis(Coded):
    """Data of a period were analysed under one or more of the seven aspects, and a conclusion was drawn."""

    topics = models.CharField(max_length=100)
    start = models.DateField()
    until = models.DateField(db_index=True)
    data = models.TextField()
    conclusion = models.TextField()
    need = models.TextField(blank=True, default="")


class Trouble(Entered):
    """An analysis named one of the issues that trouble customers most."""

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="troubles")
    rank = models.IntegerField()
    what = models.TextField()


class Decision(Entered):
    """Somebody decided what follows from an analysis; that nothing follows is a decision too."""

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="decisions")
    what = models.TextField()
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")


class Objective(Coded):
    """A quality objective (质量目标) was set: from which policy it comes, by which indicator it is measured, from where to where, by when."""

    what = models.TextField()
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, null=True, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, related_name="+")
    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, null=True, related_name="+")
    baseline = FixedField(places=3, null=True)
    target = FixedField(places=3, null=True)
    due = models.DateField(null=True)


class Plan(Entered):
    """How an objective is to be reached: what, with which resources, who, by when, and how the result is judged."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="plans")
    what = models.TextField(blank=True, default="")
    resources = models.TextField(blank=True, default="")
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)
    judged = models.TextField(blank=True, default="")


class Concerned(Entered):
    """Somebody is concerned by an objective and has to know it."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")


class Informed(Entered):
    """Who is concerned by an objective was told, and said so."""

    concerned = models.ForeignKey(Concerned, on_delete=models.PROTECT, related_name="answers")


class Explained(Entered):
    """Why an objective was missed, and what was decided."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="explanations")
    why = models.TextField()
    decision = models.TextField()
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")


class Action(Coded):
    """Somebody is to do something until a day about a risk, an opportunity or what troubles customers; how it enters a process, how its effect is judged."""

    what = models.TextField()
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(db_index=True)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, null=True, related_name="actions")
    trouble = models.ForeignKey(Trouble, on_delete=models.PROTECT, null=True, related_name="actions")
    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, null=True, related_name="+")
    judged = models.TextField(blank=True, default="")


class Postponed(Entered):
    """The day of an action was moved, by whom and why."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="postponements")
    due = models.DateField()
    reason = models.TextField()
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")


class Done(Entered):
    """An action was carried out."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="completions")
    what = models.TextField()


class Proved(Entered):
    """Somebody other than its owner looked whether an action worked."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="proofs")
    effective = models.CharField(max_length=10, choices=Effect)
    evidence = models.TextField()
    judged_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")


class Change(Coded):
    """A change of the system was planned with its four considerations: purpose and consequences, integrity, resources, responsibilities."""

    what = models.TextField()
    consequences = models.TextField(blank=True, default="")
    integrity = models.TextField(blank=True, default="")
    resources = models.TextField(blank=True, default="")
    responsibilities = models.TextField(blank=True, default="")


class Introduced(Entered):
    """A change took effect."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="introductions")


class Checked(Entered):
    """Somebody looked after a change whether all works as before or better, e.g. by inspecting in parallel."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="checks")
    method = models.TextField()
    met = models.BooleanField()
    result = models.TextField()


class Message(Coded):
    """What is to be communicated, when, with whom, how and by whom (沟通计划)."""

    side = models.CharField(max_length=10, choices=Side)
    what = models.TextField(blank=True, default="")
    when = models.CharField(max_length=200, blank=True, default="")
    with_whom = models.CharField(max_length=200, blank=True, default="")
    how = models.CharField(max_length=200, blank=True, default="")
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    every = models.IntegerField(null=True)


class Slot(Entered):
    """A planned communication is due on a day."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="slots")
    due = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["due"])]


class Held(Entered):
    """A planned communication took place."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="meetings")
    note = models.TextField(blank=True, default="")


class Reviewed(Entered):
    """An issue, a risk or a legal requirement was looked at again: whether it changed, how a risk is graded now, when to look next."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, null=True, related_name="reviews")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, null=True, related_name="reviews")
    law = models.ForeignKey(Law, on_delete=models.PROTECT, null=True, related_name="reviews")
    changed = models.BooleanField()
    note = models.TextField()
    grade = models.CharField(max_length=10, choices=Grade, blank=True, default="")
    review = models.DateField()


class Ended(Entered):
    """An issue, risk, legal requirement, objective, indicator or planned communication is no longer held, and why."""

    reason = models.TextField()
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, null=True, related_name="endings")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, null=True, related_name="endings")
    law = models.ForeignKey(Law, on_delete=models.PROTECT, null=True, related_name="endings")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, related_name="endings")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, related_name="endings")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="endings")
