"""What can happen to people (人员): they come, take up roles and duties, become and stay able, are heard, thanked – and leave.

How people rate each other's conversations stands in `rated`, where they sit in `seats`.
"""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered, FixedField, Record
from lingting.registers.people.choices import Aspect, Cause, Decision, Duty, Evaluation, Exertion, Ground, Model, Power, Recognition, Step, Subject


class Person(Entered):
    """Somebody begins to work here, under a code; the name is personal. `provider` is the code of the external provider who sends them."""

    PERSONAL: ClassVar = ("name",)

    code = models.CharField(max_length=60)
    name = models.TextField(null=True)
    site = models.CharField(max_length=40, blank=True, default="")
    provider = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Left(Entered):
    """Somebody no longer works here."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="departures")


class Role(Entered):
    """A role (岗位) with what it answers for; `follows` is the role from which one rises to it."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    duties = models.TextField()
    key = models.BooleanField(default=False)
    signoff = models.BooleanField(default=False)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Appointed(Entered):
    """Somebody takes up a role."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="appointments")


class Relieved(Entered):
    """Somebody gives a role up."""

    appointed = models.ForeignKey(Appointed, on_delete=models.PROTECT, related_name="reliefs")


class Deputed(Entered):
    """Somebody stands in (代理) for a role whenever who holds it is away."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="deputies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputations")


class Recalled(Entered):
    """Somebody no longer stands in for a role."""

    deputed = models.ForeignKey(Deputed, on_delete=models.PROTECT, related_name="recalls")


class Absent(Entered):
    """Somebody is away on these days; why is nobody's concern here."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    start = models.DateField()
    until = models.DateField()


class Entrusted(Entered):
    """Somebody was given one of the five duties for the system."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    duty = models.CharField(max_length=12, choices=Duty)


class Authorised(Entered):
    """A role may decide something by itself, up to an amount; without one, any amount. The newest says what holds."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="authorities")
    power = models.CharField(max_length=12, choices=Power)
    most = FixedField(places=2, null=True)

    class Meta:
        indexes = [models.Index(fields=["role", "power", "at"])]


class Decided(Entered):
    """Somebody decided about a refund, a compensation, a release or a concession; `made` tells that it had been done before it was written down."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions")
    power = models.CharField(max_length=12, choices=Power)
    amount = FixedField(places=2, null=True)
    what = models.TextField()
    approver = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made = models.BooleanField(default=False)


class Required(Entered):
    """A role asks for a competence; `months` is how long its evidence holds."""

    code = models.CharField(max_length=60)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="requirements")
    what = models.CharField(max_length=200)
    months = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Shown(Entered):
    """Somebody showed a competence that a role asks for."""

    PERSONAL: ClassVar = ("evidence",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="competences")
    required = models.ForeignKey(Required, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=12, choices=Ground)
    evidence = models.TextField(null=True)
    until = models.DateField(null=True)


class Cleared(Entered):
    """Somebody under training was signed off for a role by another."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="clearances")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.TextField()


class Planned(Entered):
    """A training was planned for somebody, with the difference it is to make; `care` marks human care (人性关怀)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans")
    what = models.CharField(max_length=200)
    aim = models.TextField()
    due = models.DateField()
    care = models.BooleanField(default=False)


class Trained(Entered):
    """A planned training took place."""

    planned = models.ForeignKey(Planned, on_delete=models.PROTECT, related_name="sessions")
    hours = FixedField(places=1)
    trainer = models.CharField(max_length=100)


class Evaluated(Entered):
    """Somebody looked whether a training made its difference; that people were there is no evaluation."""

    trained = models.ForeignKey(Trained, on_delete=models.PROTECT, related_name="evaluations")
    way = models.CharField(max_length=12, choices=Evaluation)
    effective = models.BooleanField()
    evidence = models.TextField()


class Low(Entered):
    """Inspection of somebody's work came out below the line; `evidence` names the conversations. Where the system is the cause, it is not theirs to mend."""

    PERSONAL: ClassVar = ("evidence",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="lows")
    score = FixedField(places=1)
    line = FixedField(places=1)
    cause = models.CharField(max_length=10, choices=Cause)
    evidence = models.TextField(null=True)


class Coached(Entered):
    """After a low inspection somebody was coached."""

    low = models.ForeignKey(Low, on_delete=models.PROTECT, related_name="coachings")
    what = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class Retested(Entered):
    """After coaching the same work was inspected anew."""

    low = models.ForeignKey(Low, on_delete=models.PROTECT, related_name="retests")
    score = FixedField(places=1)
    passed = models.BooleanField()


class Acknowledged(Entered):
    """Somebody said to know the policy, their part in it and what follows when it is not kept – or a document in a version."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="acknowledgements")
    subject = models.CharField(max_length=12, choices=Subject)
    version = models.CharField(max_length=60, blank=True, default="")


class Expected(Entered):
    """What is expected of somebody, and where they want to grow."""

    PERSONAL: ClassVar = ("words", "goal")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="expectations")
    words = models.TextField(null=True)
    goal = models.TextField(null=True)


class Agreed(Entered):
    """Somebody read what is expected of them and agreed."""

    expected = models.ForeignKey(Expected, on_delete=models.PROTECT, related_name="agreements")


class Reviewed(Entered):
    """Both looked how far the expectations and the goal of growth have come."""

    PERSONAL: ClassVar = ("note",)

    expected = models.ForeignKey(Expected, on_delete=models.PROTECT, related_name="reviews")
    note = models.TextField(null=True)


class Preference(Entered):
    """Somebody said, of their own will, how they like to be talked with."""

    PERSONAL: ClassVar = ("words",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="preferences")
    words = models.TextField(null=True)


class Culture(Entered):
    """Something showed what the culture of the house is like: values said, what leaders do, the climate, how honest it is."""

    aspect = models.CharField(max_length=10, choices=Aspect)
    what = models.TextField()
    evidence = models.CharField(max_length=200)


class Effort(Entered):
    """Somebody did more than was asked; `evidence` names where it can be seen."""

    PERSONAL: ClassVar = ("what",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="efforts")
    sort = models.CharField(max_length=12, choices=Exertion)
    what = models.TextField(null=True)
    evidence = models.CharField(max_length=200, blank=True, default="")


class Thanked(Entered):
    """An effort was recognised, in one way or another."""

    PERSONAL: ClassVar = ("words",)

    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="thanks")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=Recognition)
    words = models.TextField(null=True)


class Suggested(Entered):
    """Somebody has an idea; `same` is the earlier one that says the same."""

    PERSONAL: ClassVar = ("words",)

    code = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="suggestions")
    words = models.TextField(null=True)
    same = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repetitions")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Replied(Entered):
    """A suggestion was answered, with a decision and the reasons for it; `earlier` is the one on which it was decided before."""

    PERSONAL: ClassVar = ("words",)

    suggested = models.ForeignKey(Suggested, on_delete=models.PROTECT, related_name="replies")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="replies")
    decision = models.CharField(max_length=12, choices=Decision)
    words = models.TextField(null=True)
    earlier = models.ForeignKey(Suggested, on_delete=models.PROTECT, null=True, related_name="+")


class Dismissed(Record):
    """The words of a reply brush the idea off; the norm that hears it in conversations heard it here."""

    PERSONAL: ClassVar = ("quote",)

    replied = models.ForeignKey(Replied, on_delete=models.PROTECT, related_name="dismissals")
    norm = models.CharField(max_length=60)
    norm_version = models.IntegerField()
    quote = models.TextField(null=True)


class Adopted(Entered):
    """What a suggestion asked for was done; its author is named with it."""

    suggested = models.ForeignKey(Suggested, on_delete=models.PROTECT, related_name="adoptions")
    what = models.TextField()


class Concern(Entered):
    """Somebody's work is below what was agreed: what was seen, and the instrument that showed it – never what kind of person they are."""

    PERSONAL: ClassVar = ("what",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="concerns")
    what = models.TextField(null=True)
    instrument = models.CharField(max_length=60)


class Taken(Entered):
    """A step of the fair procedure was taken: they were heard, supported, and it was looked at again."""

    PERSONAL: ClassVar = ("words",)

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12, choices=Step)
    words = models.TextField(null=True)


class Staffing(Entered):
    """How many people a queue needs between two times, with what it was reckoned from; `handling` and `within` are seconds."""

    queue = models.CharField(max_length=60)
    start = models.DateTimeField()
    until = models.DateTimeField()
    model = models.CharField(max_length=12, choices=Model)
    calls = FixedField(places=1, null=True)
    handling = models.IntegerField(null=True)
    share = FixedField(places=1, null=True)
    within = models.IntegerField(null=True)
    guess = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["queue", "start"])]


class Needed(Record):
    """How many people that makes."""

    staffing = models.OneToOneField(Staffing, on_delete=models.PROTECT)
    people = models.IntegerField()


class Survey(Entered):
    """Staff are asked the six items, without names; `team` is whom."""

    code = models.CharField(max_length=60)
    team = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Answer(Entered):
    """Somebody answered the six items of the self-check; nobody knows who."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    treatment = models.BooleanField()
    encouragement = models.BooleanField()
    pay = models.BooleanField()
    effort = models.BooleanField()
    future = models.BooleanField()
    climate = models.BooleanField()


class Shut(Entered):
    """A survey came to its end; what was answered may be shown from now on."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="endings")


class Changed(Entered):
    """Staff were told what their answers changed, by whom and until when."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="changes")
    what = models.TextField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True)


from lingting.registers.people import rated, seats  # noqa: E402, F401  # Django finds a register's tables here
