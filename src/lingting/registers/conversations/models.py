"""What can happen in a conversation (对话): it begins, something is said, it ends, it is listened to, something is found – and people judge what was found."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from lingting.inspection.finding import Kind
from lingting.inspection.transcript import Channel, Role
from lingting.ledger.lease import Leased
from lingting.ledger.models import Entered, Record


class Conversation(Record):
    """A conversation began.

    `source` and `key` are its name where it came from, `queue` is whose work it is; `meta` is canonical JSON of what the source knows beside the words.
    """

    PERSONAL: ClassVar = ("subject", "meta")

    source = models.CharField(max_length=20)
    key = models.CharField(max_length=255)
    channel = models.CharField(max_length=15, choices=[(channel, channel) for channel in Channel])
    language = models.CharField(max_length=10, default="")
    subject = models.TextField(null=True)
    meta = models.TextField(null=True)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, null=True)
    queue = models.CharField(max_length=60, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="conversation_once")]
        indexes = [models.Index(fields=["at", "id"]), models.Index(fields=["channel", "at"], name="conversation_channels")]


class Rehearsed(Record):
    """A conversation was held to practise (练习).

    It stands beside conversations and not among them, so that no list, check or figure can count it. `speaker` practised; `said` is JSON of the turns.
    """

    PERSONAL: ClassVar = ("speaker", "said")

    source = models.CharField(max_length=20)
    key = models.CharField(max_length=255)
    channel = models.CharField(max_length=15, choices=[(channel, channel) for channel in Channel])
    language = models.CharField(max_length=10, default="")
    speaker = models.TextField(null=True)
    said = models.TextField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="rehearsed_once")]


class Said(Record):
    """Somebody said something; `key` is the message's name in its source, `until` is known for timed speech, `seat` is where they sat.

    Of a recording, `confidence` is how sure the recogniser was of the words, in percent, and `loudness` how far the voice was from its usual level,
    in tenths of a decibel; words that are missing are "".
    """

    PERSONAL: ClassVar = ("speaker", "text")

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="said")
    key = models.CharField(max_length=255)
    role = models.CharField(max_length=10, choices=[(role, role) for role in Role])
    speaker = models.TextField(null=True)
    text = models.TextField(null=True)
    until = models.DateTimeField(null=True)
    automatic = models.CharField(max_length=20, default="")
    confidence = models.SmallIntegerField(null=True)
    loudness = models.SmallIntegerField(null=True)
    seat = models.CharField(max_length=40, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "key"], name="said_once")]


class Ended(Record):
    """A conversation came to its end: nothing more is expected in it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="endings")


class Asked(Record):
    """The customer's first words in a conversation; an answer is owed by `due`, as the rule in force then says."""

    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT)
    said = models.ForeignKey(Said, on_delete=models.PROTECT)
    due = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due", "at", "conversation"], name="asked_due")]


class Answered(Record):
    """The organisation's first words after the customer's."""

    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT)
    said = models.ForeignKey(Said, on_delete=models.PROTECT)

    class Meta:
        indexes = [models.Index(fields=["conversation", "at"], name="answered_when")]


class Heard(Record):
    """A conversation was listened to with a norm pack, up to `turns` turns; that nothing was found then means something."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="hearings", db_index=False)
    pack = models.CharField(max_length=64)
    turns = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["conversation", "at"], name="heard_when")]


class Found(Record):
    """A finding (发现): words cut from what was said, the norm they bear on, and the instrument that heard them.

    `slots` is canonical JSON of the parts that the instrument read out of the words.
    """

    PERSONAL: ClassVar = ("quote", "slots")

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="findings")
    said = models.ForeignKey(Said, on_delete=models.PROTECT, related_name="findings")
    start = models.IntegerField()
    end = models.IntegerField()
    norm = models.CharField(max_length=60)
    norm_version = models.IntegerField()
    instrument = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in Kind])
    severity = models.CharField(max_length=10)
    quote = models.TextField(null=True)
    slots = models.TextField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["said", "start", "end", "norm", "norm_version", "instrument"], name="found_once")]
        indexes = [
            models.Index(fields=["norm", "at", "norm_version", "instrument", "kind", "conversation", "id"], name="found_told"),
            models.Index(fields=["kind", "severity", "at", "conversation"], name="found_grave"),
        ]


class Judged(Entered):
    """Somebody looked at a finding and said whether it is right; the newest judgement holds, and one found wrong is counted no more."""

    found = models.ForeignKey(Found, on_delete=models.PROTECT, related_name="judgements")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    correct = models.BooleanField()
    note = models.TextField(blank=True, default="")


class Disputed(Entered):
    """Whoever a finding judges says that it is wrong (申诉), why, and in their own words."""

    class Reason(models.TextChoices):
        """Why a finding is said to be wrong."""

        UNSAID = "unsaid"
        EQUIVALENT = "equivalent"
        CONTEXT = "context"
        SYSTEM = "system"
        TRANSCRIPT = "transcript"
        CUSTOMER = "customer"

    PERSONAL: ClassVar = ("words",)

    found = models.ForeignKey(Found, on_delete=models.PROTECT, related_name="disputes")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason)
    words = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"])]


class Settled(Entered):
    """A second pair of eyes decided a dispute: upheld, and the finding is counted no more, or rejected; with the reason."""

    PERSONAL: ClassVar = ("words",)

    disputed = models.ForeignKey(Disputed, on_delete=models.PROTECT, related_name="settlements")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    upheld = models.BooleanField()
    words = models.TextField(null=True)


class Dropped(Entered):
    """Whoever raised a dispute took it back."""

    disputed = models.ForeignKey(Disputed, on_delete=models.PROTECT, related_name="droppings")


class Opened(Entered):
    """Somebody opened the customer's card – who they are, what we owe them, what happened before – for a conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="openings")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")


class Noted(Entered):
    """A note that somebody took while they listened, beside the words it belongs to.

    An `automatic` one was proposed by the ear and taken over by whoever listened: what nobody took over is not written down.
    """

    PERSONAL: ClassVar = ("words",)

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="notes")
    said = models.ForeignKey(Said, on_delete=models.PROTECT, null=True, related_name="notes")
    words = models.TextField(null=True)
    automatic = models.BooleanField(default=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")


class Called(Entered):
    """Somebody at the desk called for help; `key` is the name that their conversation has there. Whether anybody comes is supervision's affair."""

    key = models.CharField(max_length=40)
    queue = models.CharField(max_length=60, blank=True, default="")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["key"]), models.Index(fields=["at"])]


class Came(Entered):
    """Somebody answered a call for help."""

    called = models.ForeignKey(Called, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")


class Spared(Entered):
    """Whoever called for help needs it no longer."""

    called = models.ForeignKey(Called, on_delete=models.PROTECT, related_name="sparings")


class Handed(Entered):
    """A conversation was handed over (交接) from one of us to another; `words` is what the next one was told, so that the customer need not tell it twice."""

    class Why(models.TextChoices):
        """Why it was handed over."""

        TAKEOVER = "takeover"
        TRANSFER = "transfer"
        SHIFT = "shift"
        OTHER = "other"

    PERSONAL: ClassVar = ("words",)

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="handovers")
    giver = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    receiver = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=12, choices=Why)
    words = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["conversation", "at"], name="handed_when")]


class Hindered(Entered):
    """Something stood in the way of understanding in a conversation (障碍); NONE says that somebody looked for it and found nothing."""

    class Barrier(models.TextChoices):
        """What stood in the way."""

        NOISE = "noise"
        ACCENT = "accent"
        LINE = "line"
        LANGUAGE = "language"
        JARGON = "jargon"
        ATTITUDE = "attitude"
        NONE = "none"

    PERSONAL: ClassVar = ("words",)

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="barriers")
    barrier = models.CharField(max_length=10, choices=Barrier)
    words = models.TextField(null=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")


class Corrected(Entered):
    """Somebody who was there looked at a fact that was drafted out of the customer's words, and said how it is (更正); the words themselves stay as they were.

    `quote` are the words of the draft, empty for a fact that it lacks; `words` is what is right, where that differs.
    """

    class How(models.TextChoices):
        """What became of the draft."""

        RIGHT = "right"
        CHANGED = "changed"
        NONE = "none"
        MISSING = "missing"

    PERSONAL: ClassVar = ("quote", "words")

    said = models.ForeignKey(Said, on_delete=models.PROTECT, related_name="corrections")
    quote = models.TextField(null=True)
    how = models.CharField(max_length=8, choices=How)
    words = models.TextField(null=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")


class Unheard(Leased):
    """A conversation in which something was said that nobody listened to yet: work that waits, no record."""

    conversation = models.OneToOneField(Conversation, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False)


class InWork(models.Model):
    """A conversation that somebody has at the desk and has not closed: a draft of their own, no record, gone once it is closed.

    `key` will be its name in the book, so that it is closed once; `words` is JSON of what was typed so far. `help` is what they asked the supervisor for.
    """

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    key = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    queue = models.CharField(max_length=60, default="")
    words = models.TextField(default="{}")
    help = models.TextField(default="")
    help_at = models.DateTimeField(null=True)


from lingting.registers.conversations import callbacks  # noqa: E402, F401  # Django finds a register's tables here
