"""What can happen to an interested party (相关方): it becomes known, is judged relevant or not, states a need, is reviewed."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered


class Category(models.TextChoices):
    """The kinds of party named by the term 3.2.3, with what the house adds (政府部门 … 邻近居民)."""

    CUSTOMER = "customer"
    OWNER = "owner"
    STAFF = "staff"
    PROVIDER = "provider"
    BANK = "bank"
    REGULATOR = "regulator"
    UNION = "union"
    PARTNER = "partner"
    SOCIETY = "society"
    COMPETITOR = "competitor"
    NEIGHBOUR = "neighbour"


class Party(Entered):
    """A person or organisation that can affect us, is affected by us, or believes itself affected.

    `internal` is true for the next process step or another department.
    """

    PERSONAL: ClassVar = ("name", "organisation")

    category = models.CharField(max_length=20, choices=Category)
    internal = models.BooleanField(default=False)
    name = models.TextField(null=True)
    organisation = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["category", "at"])]


class Way(models.TextChoices):
    """How somebody is reached, and known again."""

    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"


class Reached(Entered):
    """An address at which a party is reached: the way we know them again."""

    PERSONAL: ClassVar = ("address",)

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="addresses")
    way = models.CharField(max_length=10, choices=Way)
    address = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["way", "address"])]


class Judged(Entered):
    """Somebody decided whether a party matters to the quality management system, why, and when to look again."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="judgements")
    relevant = models.BooleanField()
    reason = models.TextField()
    review = models.DateField(null=True)


class Need(Entered):
    """A need or expectation (需求和期望) of a party, with where it comes from (law, contract, conversation, survey).

    `said` is the number of the spoken record it was heard in, where there is one.
    """

    PERSONAL: ClassVar = ("words",)

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="needs")
    words = models.TextField(null=True)
    origin = models.CharField(max_length=20)
    said = models.ForeignKey("conversations.Said", on_delete=models.PROTECT, null=True)


class Adopted(Entered):
    """A need was taken into the system: which clause, process or objective serves it."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="adoptions")
    serves = models.TextField()


class Declined(Entered):
    """A need was not taken into the system, and why."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="refusals")
    reason = models.TextField()


class Reviewed(Entered):
    """The register of interested parties was looked through as a whole."""

    note = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["at"])]


class Tie(models.TextChoices):
    """What makes somebody an interested party (3.2.3)."""

    AFFECTS = "affects"
    AFFECTED = "affected"
    PERCEIVES = "perceives"


class Lever(models.TextChoices):
    """By what a party influences an organisation."""

    PRICE = "price"
    MARKET = "market"
    QUALITY = "quality"
    STANDARD = "standard"


class Based(Entered):
    """On what ground somebody is a party, by which levers it acts, for which unit, and what it was answered."""

    PERSONAL: ClassVar = ("answer",)

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="grounds")
    tie = models.CharField(max_length=40)
    levers = models.CharField(max_length=40, blank=True, default="")
    unit = models.CharField(max_length=60, blank=True, default="")
    informal = models.BooleanField(default=False)
    answer = models.TextField(null=True)


class Considered(Entered):
    """A category of party was looked for: there is one, or there is none, with the reason and when to look again."""

    category = models.CharField(max_length=20, choices=Category)
    present = models.BooleanField()
    reason = models.TextField()
    review = models.DateField()


class Influence(Entered):
    """How much a party can affect us and how much it cares, from 1 to 5, until a day of review."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="influences")
    influence = models.SmallIntegerField()
    interest = models.SmallIntegerField()
    review = models.DateField()


class Supported(Entered):
    """We depend on a party's support: what we want of it, how it stands, and how often we keep in touch."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="supports")
    wanted = models.TextField()
    status = models.TextField()
    every = models.SmallIntegerField()


class Contacted(Entered):
    """We were in touch with a party."""

    PERSONAL: ClassVar = ("words",)

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="contacts")
    way = models.CharField(max_length=20)
    words = models.TextField(null=True)


class Indicator(Entered):
    """An indicator by which a need shows whether it is met."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)


class Member(Entered):
    """Somebody belongs to a group of interested parties, formal or not."""

    group = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="members")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="groups")


class Placed(Entered):
    """Somebody who spoke of being affected was taken up as a party."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="placings")


class TurnedAway(Entered):
    """Somebody who spoke of being affected was sent away, for a reason such as "not our customer"; nobody may be."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()


class Grade(models.TextChoices):
    """What a customer is to the business; it may move a queue, never courtesy, the time to answer a complaint, or care of property."""

    VIP = "vip"
    GOLD = "gold"
    STANDARD = "standard"


class Tier(Entered):
    """A customer was given a tier, by written criteria, until a day."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="tiers")
    tier = models.CharField(max_length=10, choices=Grade)
    criteria = models.TextField()
    until = models.DateField()


class Wish(models.TextChoices):
    """What a preference is about."""

    CHANNEL = "channel"
    QUIET = "quiet"
    ADDRESS = "address"
    LANGUAGE = "language"
    OTHER = "other"


class Preference(Entered):
    """What a customer prefers; of a time in which nobody shall call, from when until when on the clock (`12:00`)."""

    PERSONAL: ClassVar = ("words",)

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="preferences")
    about = models.CharField(max_length=10, choices=Wish)
    words = models.TextField(null=True)
    quiet_from = models.CharField(max_length=5, blank=True, default="")
    quiet_until = models.CharField(max_length=5, blank=True, default="")


class Difficulty(Entered):
    """A customer was marked difficult, on evidence, with a supervisor's consent, and only for a time."""

    class Sort(models.TextChoices):
        """Misunderstanding, looking for faults on purpose, harassing."""

        MISTAKEN = "mistaken"
        FAULT_FINDING = "fault-finding"
        HARASSING = "harassing"

    PERSONAL: ClassVar = ("evidence", "further")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="difficulties")
    sort = models.CharField(max_length=15, choices=Sort)
    evidence = models.TextField(null=True)
    further = models.TextField(null=True)
    approved = models.CharField(max_length=60, blank=True, default="")
    until = models.DateField()


class Contested(Entered):
    """The customer, or somebody for him, contests the mark."""

    PERSONAL: ClassVar = ("words",)

    difficulty = models.ForeignKey(Difficulty, on_delete=models.PROTECT, related_name="contests")
    words = models.TextField(null=True)


class Lifted(Entered):
    """A mark of difficulty was taken away."""

    difficulty = models.ForeignKey(Difficulty, on_delete=models.PROTECT, related_name="liftings")
    reason = models.TextField()


class Stance(Entered):
    """How a customer stood in a contact, until when that may still be thought of him, and the words that show it."""

    class Sort(models.TextChoices):
        """Demanding, confused, agitated (要求型、困惑型、激动型)."""

        DEMANDING = "demanding"
        CONFUSED = "confused"
        AGITATED = "agitated"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="stances")
    sort = models.CharField(max_length=12, choices=Sort)
    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, related_name="+")
    until = models.DateField()


class Merged(Entered):
    """Two entries were the same person: what the other one did counts as the first one's."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merges")
    other = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merged_into")
    reason = models.TextField()


class Latent(Entered):
    """A need that a customer did not name was suspected (潜在需求)."""

    PERSONAL: ClassVar = ("words",)

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="latents")
    words = models.TextField(null=True)
    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, null=True, related_name="+")


class Offered(Entered):
    """Something was offered for a latent need, with the customer's consent, and came to something or not."""

    class Outcome(models.TextChoices):
        """Confirmed and taken, confirmed and not taken, not a need at all."""

        TAKEN = "taken"
        NOT_TAKEN = "not-taken"
        NO_NEED = "no-need"

    latent = models.ForeignKey(Latent, on_delete=models.PROTECT, related_name="offers")
    what = models.TextField()
    outcome = models.CharField(max_length=10, choices=Outcome)


class Referred(Entered):
    """A customer came because another one sent him."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="referrals")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="referred")


class Dealing(Entered):
    """What a customer is to us and in a shipment: intermediary or end customer, consignor or consignee, several at once. The newest says what holds."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="dealings")
    parts = models.CharField(max_length=50)

    class Meta:
        indexes = [models.Index(fields=["party", "at"])]
