"""What can happen to an offering (产品和服务): it is described, published, told about, claimed for, looked after once delivered, recalled."""

from django.db import models

from lingting.catalog.load import template
from lingting.ledger.models import Entered


class Topic(models.TextChoices):
    """What a customer must be able to read about an offering; the last two are the part that is service."""

    WHAT = "what"
    LIMITS = "limits"
    PRICE = "price"
    TIMES = "times"
    EXCLUSIONS = "exclusions"
    AFTER = "after"
    COMPLAINING = "complaining"


SERVICE = template("information.service", (Topic.AFTER, Topic.COMPLAINING))
"""Facts about the product alone do not tell a customer what service follows; the house may ask for more."""

WHOLE = template("information.whole", tuple(Topic))
"""What information covers that leaves nothing out."""


class Offering(Entered):
    """A product or service is offered from now on; `origin` tells whether it had to be designed, `changes_told` how its changes are announced."""

    class Sort(models.TextChoices):
        """What is offered."""

        PRODUCT = "product"
        SERVICE = "service"

    class Origin(models.TextChoices):
        """Where it comes from: offered before the register began, new, or thoroughly changed."""

        BEFORE = "before"
        NEW = "new"
        REVISED = "revised"

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=10, choices=Sort, blank=True, default="")
    origin = models.CharField(max_length=10, choices=Origin, blank=True, default="")
    project = models.ForeignKey("designs.Project", on_delete=models.PROTECT, null=True, related_name="offerings")
    changes_told = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Ended(Entered):
    """The offering is on sale no longer."""

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="ends")
    reason = models.TextField(blank=True, default="")


class Information(Entered):
    """Something that customers can read or hear about an offering, or about the house where no offering is named."""

    class Language(models.TextChoices):
        """In which language."""

        ZH = "zh"
        EN = "en"
        BOTH = "both"

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, null=True, related_name="information")
    audience = models.CharField(max_length=100)
    language = models.CharField(max_length=5, choices=Language)
    owner = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Version(Entered):
    """A version of it was written: which topics it covers and until when it may be used."""

    information = models.ForeignKey(Information, on_delete=models.PROTECT, related_name="versions")
    number = models.CharField(max_length=20)
    topics = models.CharField(max_length=100, blank=True, default="")
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    valid_to = models.DateField(null=True)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")


class Approved(Entered):
    """Somebody other than the writer approved a version."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="approvals")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")


class Published(Entered):
    """A version was put where customers find it."""

    class Form(models.TextChoices):
        """The forms that reach a customer."""

        PRINT = "print"
        WEBSITE = "website"
        PHONE = "phone"
        MAIL = "mail"
        PORTAL = "portal"
        OTHER = "other"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="publications")
    form = models.CharField(max_length=10, choices=Form)
    place = models.CharField(max_length=200)


class TakenDown(Entered):
    """A version is no longer to be found there."""

    published = models.ForeignKey(Published, on_delete=models.PROTECT, related_name="removals")


class Stated(Entered):
    """What a publication says on a matter, as a value: "claims window" is "7 days"."""

    published = models.ForeignKey(Published, on_delete=models.PROTECT, related_name="statements")
    matter = models.CharField(max_length=60)
    value = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["matter"])]


class Told(Entered):
    """A customer was told about an offering from a version, in which conversation, on which topics, and whether it was understood."""

    class Understood(models.TextChoices):
        """What the customer answered to "is that clear to you?"."""

        CLEAR = "clear"
        UNCLEAR = "unclear"
        UNANSWERED = "unanswered"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="tellings")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, null=True, related_name="+")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True, related_name="+")
    topics = models.CharField(max_length=100)
    understood = models.CharField(max_length=10, choices=Understood, blank=True, default="")


class Claim(Entered):
    """Something is claimed in public about an offering."""

    class Sort(models.TextChoices):
        """What is claimed."""

        TIME = "time"
        COMPENSATION = "compensation"
        FEATURE = "feature"
        PRICE = "price"

    code = models.CharField(max_length=60)
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="claims")
    sort = models.CharField(max_length=12, choices=Sort)
    words = models.TextField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Proven(Entered):
    """Somebody looked whether we can do what is claimed, on what evidence, and until when that holds."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="proofs")
    evidence = models.TextField()
    holds = models.BooleanField()
    until = models.DateField()


class Dropped(Entered):
    """The claim is made no longer."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="drops")
    reason = models.TextField()


class Statute(Entered):
    """A legal duty that bears on what we offer; `days` is the time it gives where it gives one."""

    class Sort(models.TextChoices):
        """What it rules."""

        RETURNS = "returns"
        WARRANTY = "warranty"
        CLAIMS = "claims"
        RETENTION = "retention"
        OTHER = "other"

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=10, choices=Sort)
    source = models.CharField(max_length=200)
    days = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Applies(Entered):
    """The duty applies to an offering."""

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="statutes")
    statute = models.ForeignKey(Statute, on_delete=models.PROTECT, related_name="+")
    how = models.TextField(blank=True, default="")


class LawReviewed(Entered):
    """Somebody looked which legal duties apply to an offering, with what conclusion, and when to look again."""

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="law_reviews")
    conclusion = models.TextField()
    who = models.CharField(max_length=100)
    until = models.DateField()


class Allowed(Entered):
    """What an agent may promise without asking."""

    code = models.CharField(max_length=60)
    words = models.TextField()
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, null=True, related_name="+")
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Weighed(Entered):
    """A promise that was made was held against what may be promised."""

    promise = models.ForeignKey("promises.Promise", on_delete=models.PROTECT, related_name="+")
    allowed = models.ForeignKey(Allowed, on_delete=models.PROTECT, null=True, related_name="+")
    within = models.BooleanField()
    reason = models.TextField(blank=True, default="")


class Criterion(Entered):
    """What makes the offering acceptable: a norm of service with its limit and how it is measured."""

    code = models.CharField(max_length=60)
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="criteria")
    what = models.TextField()
    limit = models.CharField(max_length=100)
    measured_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Obligation(Entered):
    """What is owed after delivery: what, by whom, how, with what, within how many days – and the five considerations that shaped it (8.5.5 a–e)."""

    class Basis(models.TextChoices):
        """Why it is owed; each of them is a part of the contract."""

        PROMISED = "promised"
        STATUTORY = "statutory"
        ASKED = "asked"

    class Sort(models.TextChoices):
        """What is done after delivery."""

        CONFIRMATION = "confirmation"
        CLAIMS = "claims"
        EMPTIES = "empties"
        PAPERS = "papers"
        INVOICE = "invoice"
        VISIT = "visit"
        WARRANTY = "warranty"
        UPDATE = "update"
        TRAINING = "training"
        OTHER = "other"

    code = models.CharField(max_length=60)
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="obligations")
    sort = models.CharField(max_length=12, choices=Sort)
    basis = models.CharField(max_length=10, choices=Basis)
    what = models.TextField()
    who = models.CharField(max_length=100, blank=True, default="")
    how = models.TextField(blank=True, default="")
    means = models.TextField(blank=True, default="")
    days = models.IntegerField(null=True)
    statutory = models.TextField(blank=True, default="")
    consequences = models.TextField(blank=True, default="")
    nature = models.TextField(blank=True, default="")
    requirements = models.TextField(blank=True, default="")
    feedback = models.TextField(blank=True, default="")
    review = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Reconsidered(Entered):
    """An obligation was looked at again – complaints changed, say – and when to look next."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="reconsiderations")
    why = models.TextField()
    review = models.DateField()


class Lifted(Entered):
    """An obligation is owed no longer, or replaced by another."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="ends")
    reason = models.TextField()


class Mode(Entered):
    """A way in which the offering may not work as intended, what may come of it and what is done then."""

    code = models.CharField(max_length=60)
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="modes")
    what = models.TextField()
    consequence = models.TextField()
    followup = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Failed(Entered):
    """It did not work as intended: in the mode foreseen, or in one that nobody had foreseen; `complaint` is the code of the complaint."""

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="failures")
    what = models.TextField()
    mode = models.ForeignKey(Mode, on_delete=models.PROTECT, null=True, related_name="failures")
    complaint = models.CharField(max_length=60, blank=True, default="")


class Improved(Entered):
    """Something is being done about a mode of failure; `action` is its code in improvement."""

    mode = models.ForeignKey(Mode, on_delete=models.PROTECT, related_name="improvements")
    what = models.TextField()
    action = models.CharField(max_length=60)


class Gap(Entered):
    """Something is missing in what is planned after delivery: what dissatisfaction it risks and which opportunity it loses."""

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="gaps")
    what = models.TextField()
    dissatisfaction = models.TextField()
    opportunity = models.TextField()
    action = models.TextField(blank=True, default="")


class Recall(Entered):
    """An offering is called back, or its buyers are warned."""

    code = models.CharField(max_length=60)
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="recalls")
    why = models.TextField()
    advice = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["code"])]


from lingting.registers.offerings import goods  # noqa: E402, F401  # Django finds a register's tables here
