"""What can happen to a document (文件): it is revised, approved, handed to those who need it, read, used, superseded, withdrawn.

What happens to records that are kept stands in `retained`, what is known in `knowledge`.
"""

from django.db import models

from lingting.ledger.models import Entered, FixedField
from lingting.registers.documents.choices import Basis, Keeping, Medium, Origin, Resolution, Slip, Sort


class Document(Entered):
    """A document (文件) that is maintained came into being, or began to bind us from outside."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.INTERNAL)
    sort = models.CharField(max_length=12, choices=Sort, blank=True, default="")
    issuer = models.CharField(max_length=200, blank=True, default="")
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    sensitive = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Revision(Entered):
    """A document got a new wording (版本); without an effective day it is a draft. What is not known of an old one stays empty."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    number = models.CharField(max_length=40, blank=True, default="")
    author = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    effective = models.DateField(null=True)
    medium = models.CharField(max_length=10, choices=Medium, blank=True, default="")
    place = models.CharField(max_length=300, blank=True, default="")
    change = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["effective"])]


class Approved(Entered):
    """Somebody found a revision adequate (批准)."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="approvals")
    approver = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, default="")


class Alone(Entered):
    """It was decided that the author of this document may approve it alone, why, and when that is looked at again."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    review = models.DateField()


class Withdrawn(Entered):
    """A revision was taken out of use (作废)."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="withdrawals")
    reason = models.TextField()


class Retired(Entered):
    """A document is no longer needed or no longer binds us."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="endings")
    reason = models.TextField()


class Needed(Entered):
    """A post needs a document for its work, at a place."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="needs")
    post = models.CharField(max_length=100)
    place = models.CharField(max_length=100, blank=True, default="")


class Provided(Entered):
    """A document was put where a post can open it: one revision, or – none named – always the one in force."""

    needed = models.ForeignKey(Needed, on_delete=models.PROTECT, related_name="provisions")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=100)


class Blocked(Entered):
    """Somebody who needs a document could not open it."""

    needed = models.ForeignKey(Needed, on_delete=models.PROTECT, related_name="blocks")
    what = models.TextField()


class Acknowledged(Entered):
    """Somebody read a revision and said so (阅知)."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    understood = models.BooleanField()


class Phrase(Entered):
    """Words that give a revision away when they are said: “48 小时” stands only in the old one."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="phrases")
    words = models.CharField(max_length=100)


class Used(Entered):
    """A revision was seen in use: quoted in a conversation, or found on a desk."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="uses")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True, related_name="+")
    said = models.ForeignKey("conversations.Said", on_delete=models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=100, blank=True, default="")
    place = models.CharField(max_length=100, blank=True, default="")


class Checked(Entered):
    """Somebody looked at the source whether an external document is still the version we hold."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=60)
    current = models.BooleanField()
    next = models.DateField()


class Inventory(Entered):
    """The list of what the standard names was drawn up; it writes one `Required` for each item that is not on it yet."""

    edition = models.CharField(max_length=20, choices=[("iso9001:2015", "iso9001:2015")])


class Required(Entered):
    """Documented information that must be there: the standard names it, or we decided so."""

    code = models.CharField(max_length=40)
    basis = models.CharField(max_length=12, choices=Basis)
    keeping = models.CharField(max_length=8, choices=Keeping)
    what = models.CharField(max_length=300)
    clause = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Fulfilled(Entered):
    """What is required was found to be there: a document, or a series of records."""

    required = models.ForeignKey(Required, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    series = models.ForeignKey("documents.Series", on_delete=models.PROTECT, null=True, related_name="+")


class Unneeded(Entered):
    """What the standard names does not apply to us: why, who decided, and when that is looked at again."""

    required = models.ForeignKey(Required, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    review = models.DateField()


class Duplicate(Entered):
    """A revision was found to be nearly the same as one of another document (近似重复)."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="duplicates")
    other = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    likeness = FixedField(places=3)


class Resolved(Entered):
    """It was decided what becomes of two documents that are nearly one, and why."""

    duplicate = models.ForeignKey(Duplicate, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Resolution)
    reason = models.TextField()


class Flaw(Entered):
    """A place in a revision's words that looks wrong: it waits to be mended or shown to be right."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="flaws")
    slip = models.CharField(max_length=10, choices=Slip)
    quote = models.CharField(max_length=300, blank=True, default="")
    against = models.CharField(max_length=300, blank=True, default="")
    other = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")


class Mended(Entered):
    """A flaw was looked at: mended in a new revision, or right as it stands."""

    flaw = models.ForeignKey(Flaw, on_delete=models.PROTECT, related_name="+")
    right = models.BooleanField()
    note = models.TextField()


class Normalised(Entered):
    """The words of a revision in plain form, beside those that came: both can be searched."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()


from lingting.registers.documents import knowledge, retained  # noqa: E402, F401  # Django finds a register's tables here
