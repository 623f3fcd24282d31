"""What can happen to an external provider (外部供方): it is taken on, rated, judged, controlled, verified, told, helped to do better, let go.

"Purchased goods" are one kind of provision among three: products, services and processes run outside (8.4.1).
"""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered, FixedField
from lingting.registers.suppliers.choices import Class, Control, Effect, Every, Harm, Indicator, Level, On, Result, Trace, Type, Use


class Provider(Entered):
    """An external provider (外部供方) began to provide something, in one or more of the three cases a, b, c."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    cases = models.CharField(max_length=10, blank=True, default="")
    sort = models.CharField(max_length=12, choices=Class, blank=True, default="")
    what = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["name"]), models.Index(fields=["at"])]


class Called(Entered):
    """A provider is known by another name too: on invoices, in an interface."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["name"])]


class Ceased(Entered):
    """A provider no longer provides anything for us."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="endings")
    reason = models.TextField()


class Identified(Entered):
    """Somebody answered for a process whether anything in it comes from outside (识别外部提供)."""

    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, related_name="+")
    outside = models.BooleanField()
    what = models.TextField(blank=True, default="")
    review = models.DateField()


class Provision(Entered):
    """A provider's product or service enters a process, or the process is run outside, wholly or in part, by our decision (外包过程)."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="provisions")
    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=10, choices=Type)
    what = models.TextField()
    reason = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")


class Resumed(Entered):
    """A provision came to its end: we do it ourselves again, or another does."""

    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="endings")
    reason = models.TextField()


class Rated(Entered):
    """What the provider's failure would do to customers and to what the law asks of us, and why we think so."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="ratings")
    on_customers = models.CharField(max_length=10, choices=Level)
    why_customers = models.TextField()
    on_law = models.CharField(max_length=10, choices=Level)
    why_law = models.TextField()
    justification = models.TextField(blank=True, default="")


class Criteria(Entered):
    """A version of one of the four sets of criteria came into force, with the least score that passes."""

    code = models.CharField(max_length=60)
    use = models.CharField(max_length=15, choices=Use)
    version = models.CharField(max_length=20)
    limit = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["use", "at"])]


class Criterion(Entered):
    """A criterion of a set: which ability it measures, how, from which data, from what value on it is met."""

    criteria = models.ForeignKey(Criteria, on_delete=models.PROTECT, related_name="criteria")
    ability = models.TextField()
    threshold = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    weight = models.IntegerField()
    price = models.BooleanField(default=False)


class Evaluated(Entered):
    """A provider was evaluated, selected or evaluated again against a version of criteria."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="evaluations")
    criteria = models.ForeignKey(Criteria, on_delete=models.PROTECT, related_name="+")
    score = models.IntegerField()
    result = models.CharField(max_length=12, choices=Result)
    evidence = models.TextField()
    next_due = models.DateField()
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")


class Yardstick(Entered):
    """What performance of a provider is counted, how often, and the least share that is agreed."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="yardsticks")
    indicator = models.CharField(max_length=15, choices=Indicator)
    target = FixedField(places=1)
    every = models.CharField(max_length=10, choices=Every)
    criteria = models.ForeignKey(Criteria, on_delete=models.PROTECT, null=True, related_name="+")


class Measured(Entered):
    """What our own data say of a period: how many cases there were, and how many were right."""

    yardstick = models.ForeignKey(Yardstick, on_delete=models.PROTECT, related_name="measurements")
    start = models.DateField()
    until = models.DateField()
    n = models.IntegerField()
    met = models.IntegerField()
    source = models.CharField(max_length=200)


class Declared(Entered):
    """What the provider itself reported of a period."""

    yardstick = models.ForeignKey(Yardstick, on_delete=models.PROTECT, related_name="declarations")
    start = models.DateField()
    until = models.DateField()
    share = FixedField(places=1)
    n = models.IntegerField(null=True)


class Plan(Entered):
    """The controls fixed for a provider: those on itself and those on its output, and why they are few where they are few."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="plans")
    on_provider = models.CharField(max_length=100, blank=True, default="")
    on_output = models.CharField(max_length=100, blank=True, default="")
    how = models.TextField()
    justification = models.TextField(blank=True, default="")
    review = models.DateField(null=True)


class Assured(Entered):
    """We judged how well the provider controls itself: its calibration, training, audits."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="assurances")
    subjects = models.CharField(max_length=100)
    effective = models.CharField(max_length=10, choices=Effect)
    evidence = models.TextField()


class Planned(Entered):
    """A verification was put into the calendar; `every` days later it comes round again."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="verifications")
    on = models.CharField(max_length=10, choices=On)
    control = models.CharField(max_length=12, choices=Control)
    what = models.TextField()
    due = models.DateField()
    every = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due"])]


class Verified(Entered):
    """A planned verification was carried out."""

    planned = models.ForeignKey(Planned, on_delete=models.PROTECT, related_name="results")
    met = models.BooleanField()
    result = models.TextField()
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")


class Agreement(Entered):
    """The requirements for a provider were put into words: a contract or a work order, with the six kinds of information it carries."""

    code = models.CharField(max_length=60)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=200)
    covers = models.CharField(max_length=100, blank=True, default="")
    not_applicable = models.CharField(max_length=100, blank=True, default="")
    why_not = models.TextField(blank=True, default="")
    personal_data = models.BooleanField()
    data_limits = models.TextField(blank=True, default="")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")


class Reviewed(Entered):
    """Somebody looked whether the requirements are adequate before they go out."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reviews")
    adequate = models.BooleanField()
    note = models.TextField()


class Sent(Entered):
    """The requirements were communicated to the provider."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="sendings")
    way = models.CharField(max_length=40)


class Withdrawn(Entered):
    """An agreement is no longer in force."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="endings")
    reason = models.TextField()


class Attributed(Entered):
    """A complaint, a broken promise or a harm is put down to a provider; `public` where it was said in public or to a third party."""

    PERSONAL: ClassVar = ("words",)

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="attributions")
    harm = models.CharField(max_length=12, choices=Harm)
    complaint = models.CharField(max_length=60, blank=True, default="")
    promise = models.ForeignKey("promises.Promise", on_delete=models.PROTECT, null=True, related_name="+")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField(null=True)
    why = models.TextField()
    public = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["complaint"])]


class Told(Entered):
    """The provider was told of what was put down to it."""

    attributed = models.ForeignKey(Attributed, on_delete=models.PROTECT, related_name="notices")
    way = models.CharField(max_length=40)


class Disputed(Entered):
    """The provider disputes what was put down to it."""

    attributed = models.ForeignKey(Attributed, on_delete=models.PROTECT, related_name="disputes")
    reason = models.TextField()


class Settled(Entered):
    """A dispute was settled; upheld, the case counts against the provider no more."""

    disputed = models.ForeignKey(Disputed, on_delete=models.PROTECT, related_name="settlements")
    upheld = models.BooleanField()
    reason = models.TextField()


class Action(Entered):
    """Something is to be done about a provider by somebody until a day: after an evaluation, a period, a verification or a case."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    evaluated = models.ForeignKey(Evaluated, on_delete=models.PROTECT, null=True, related_name="actions")
    measured = models.ForeignKey(Measured, on_delete=models.PROTECT, null=True, related_name="actions")
    verified = models.ForeignKey(Verified, on_delete=models.PROTECT, null=True, related_name="actions")
    attributed = models.ForeignKey(Attributed, on_delete=models.PROTECT, null=True, related_name="actions")


class Done(Entered):
    """An action was carried out."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="completions")
    what = models.TextField()


class Proved(Entered):
    """Somebody other than its owner looked whether an action worked."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="proofs")
    effective = models.CharField(max_length=10, choices=Effect)
    evidence = models.TextField()
    judged_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")


class Named(Entered):
    """An invoice, an interface or a paper names somebody who provides something for us."""

    sort = models.CharField(max_length=12, choices=Trace)
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True, default="")
    what = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["name", "at"])]


class Exempted(Entered):
    """Somebody decided that a name met on papers is no external provider in the sense of 8.4, why, and when to look again."""

    name = models.CharField(max_length=200)
    reason = models.TextField()
    review = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["name"])]


class Desk(Entered):
    """The provider's people talk to our customers: in all conversations of a source whose numbers begin so."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="desks")
    source = models.CharField(max_length=20)
    prefix = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["source"])]


class Handled(Entered):
    """The provider's people talked to our customer in this one conversation."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")


class Posted(Entered):
    """Somebody whom a provider employs works on our account (外包坐席)."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="posts")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=200, blank=True, default="")
