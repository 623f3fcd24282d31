"""What can happen to an order (订单): it is asked about, placed, reviewed, accepted, changed – told and acknowledged –, verified, released and closed."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered


class Enquiry(Entered):
    """A customer asked what we could do, and for how much."""

    PERSONAL: ClassVar = ("what",)

    code = models.CharField(max_length=60)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    what = models.TextField(null=True)
    offering = models.ForeignKey("offerings.Offering", on_delete=models.PROTECT, null=True, related_name="+")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Answered(Entered):
    """The enquiry was answered: with an offer, or with a word that we cannot."""

    PERSONAL: ClassVar = ("what",)

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="answers")
    what = models.TextField(null=True)


class Order(Entered):
    """A customer placed an order or signed a contract (订单、合同); `spoken` where nothing was given in writing."""

    class Sort(models.TextChoices):
        """What it is."""

        ORDER = "order"
        CONTRACT = "contract"

    PERSONAL: ClassVar = ("what", "loading", "delivery")

    code = models.CharField(max_length=60)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    what = models.TextField(null=True)
    sort = models.CharField(max_length=10, choices=Sort, blank=True, default="")
    offering = models.ForeignKey("offerings.Offering", on_delete=models.PROTECT, null=True, related_name="orders")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, null=True, related_name="orders")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True, related_name="+")
    spoken = models.BooleanField(default=False)
    loading = models.TextField(null=True)
    delivery = models.TextField(null=True)
    same_place = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Line(Entered):
    """A line of the order as placed; afterwards only a change changes it."""

    PERSONAL: ClassVar = ("value",)

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    name = models.CharField(max_length=60)
    value = models.TextField(null=True)


class Reviewed(Entered):
    """Somebody, or a rule, looked whether we can do what the order asks, before we said yes."""

    class Result(models.TextChoices):
        """What came out."""

        ABLE = "able"
        DIFFERS = "differs"
        UNABLE = "unable"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reviews")
    result = models.CharField(max_length=10, choices=Result)
    points = models.CharField(max_length=60, blank=True, default="")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=100, blank=True, default="")


class Difference(Entered):
    """The review found that the order differs from the offer or from what was said before."""

    reviewed = models.ForeignKey(Reviewed, on_delete=models.PROTECT, related_name="differences")
    what = models.TextField()


class Resolved(Entered):
    """A difference was resolved with the customer."""

    difference = models.ForeignKey(Difference, on_delete=models.PROTECT, related_name="resolutions")
    how = models.TextField()


class Wanted(Entered):
    """The review brought up a requirement that was not known before."""

    PERSONAL: ClassVar = ("what",)

    reviewed = models.ForeignKey(Reviewed, on_delete=models.PROTECT, related_name="wants")
    what = models.TextField(null=True)


class Transferred(Entered):
    """The new requirement was taken into the list of what is needed; `to` is where it stands."""

    wanted = models.ForeignKey(Wanted, on_delete=models.PROTECT, related_name="transfers")
    to = models.CharField(max_length=200)
    need = models.ForeignKey("parties.Need", on_delete=models.PROTECT, null=True, related_name="+")


class Accepted(Entered):
    """We committed ourselves to the order."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="acceptances")


class Change(Entered):
    """A change of an order was asked for; `policy` is the document that lets an emergency take effect before the customer has said yes."""

    class By(models.TextChoices):
        """Who asked for it."""

        CUSTOMER = "customer"
        US = "us"
        PROVIDER = "provider"
        AUTHORITY = "authority"

    effective_at: datetime | None  # when it took effect: queries.changes annotates it

    code = models.CharField(max_length=60)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="changes")
    asked_by = models.CharField(max_length=10, choices=By)
    why = models.TextField()
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True, related_name="+")
    emergency = models.BooleanField(default=False)
    policy = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Altered(Entered):
    """One line of a change: what stood there before and what is to stand there after."""

    PERSONAL: ClassVar = ("before", "after")

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="alterations")
    name = models.CharField(max_length=60)
    before = models.TextField(null=True)
    after = models.TextField(null=True)


class Objected(Entered):
    """The customer said no to one line of a change: it goes back, with that line, to whoever handles it."""

    PERSONAL: ClassVar = ("words",)

    altered = models.ForeignKey(Altered, on_delete=models.PROTECT, related_name="objections")
    words = models.TextField(null=True)


class Agreed(Entered):
    """Somebody on our side agreed to the change."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="agreements")
    who = models.CharField(max_length=100)


class Notice(Entered):
    """The customer was told of the order as it then stood, or of a change of it."""

    PERSONAL: ClassVar = ("words",)

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="notices")
    change = models.ForeignKey(Change, on_delete=models.PROTECT, null=True, related_name="notices")
    way = models.CharField(max_length=20)
    words = models.TextField(null=True)


class Arrived(Entered):
    """What became of a notice on its way."""

    class Outcome(models.TextChoices):
        """It came through, was read, or came back."""

        DELIVERED = "delivered"
        READ = "read"
        BOUNCED = "bounced"

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="arrivals")
    outcome = models.CharField(max_length=10, choices=Outcome)


class Confirmed(Entered):
    """The customer acknowledged the order, or a change of it – or rejected it."""

    PERSONAL: ClassVar = ("words",)

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="confirmations")
    change = models.ForeignKey(Change, on_delete=models.PROTECT, null=True, related_name="confirmations")
    accepted = models.BooleanField()
    way = models.CharField(max_length=20)
    words = models.TextField(null=True)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True, related_name="+")


class Effective(Entered):
    """The change took effect; `reason` says why where the customer had not acknowledged it."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="effects")
    reason = models.TextField(blank=True, default="")


class Withdrawn(Entered):
    """The change was taken back before it took effect."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="withdrawals")
    reason = models.TextField()


class Dependant(Entered):
    """Something written that the change makes wrong: the order, a work order, an article."""

    class Sort(models.TextChoices):
        """What has to be amended."""

        ORDER = "order"
        WORK = "work"
        ARTICLE = "article"
        CONTRACT = "contract"
        DOCUMENT = "document"

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="dependants")
    sort = models.CharField(max_length=10, choices=Sort)
    name = models.CharField(max_length=200)


class Amended(Entered):
    """It was amended."""

    dependant = models.ForeignKey(Dependant, on_delete=models.PROTECT, related_name="amendments")


class Concerned(Entered):
    """Somebody who must know of the change before it takes effect: a role, a person, a provider."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="concerned")
    role = models.CharField(max_length=100)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    provider = models.ForeignKey("suppliers.Provider", on_delete=models.PROTECT, null=True, related_name="+")


class Informed(Entered):
    """They know: they said so."""

    concerned = models.ForeignKey(Concerned, on_delete=models.PROTECT, related_name="informed")
    way = models.CharField(max_length=20)


class Terms(Entered):
    """Terms that hold for many orders change on a day: a price, a surcharge; whoever has an order open is concerned."""

    code = models.CharField(max_length=60)
    what = models.TextField()
    why = models.TextField(blank=True, default="")
    effective = models.DateTimeField()
    offering = models.ForeignKey("offerings.Offering", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["effective"])]


class TermsNotice(Entered):
    """One customer was told of the new terms."""

    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="notices")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["terms", "party"])]


class Verified(Entered):
    """Somebody looked whether what was asked for was done, and whether the customer says so too."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="verifications")
    what = models.TextField()
    met = models.BooleanField()
    customer_agrees = models.BooleanField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")


class Released(Entered):
    """Something was let go to the customer; `exception` says who allowed it where verification was not complete."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="releases")
    what = models.TextField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    exception = models.TextField(blank=True, default="")
    customer_agreed = models.BooleanField(default=False)


class Closed(Entered):
    """The order was closed."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="ends")
    note = models.TextField(blank=True, default="")


class Benefits(Entered):
    """Somebody other than who placed the order has the good of it (受益人): who receives, uses or is served."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="beneficiaries")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=200)
