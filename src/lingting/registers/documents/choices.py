"""What can be chosen in the register of documents (成文信息): one class a column, the words in both languages stand in register.yaml."""

from django.db import models


class Origin(models.TextChoices):
    """Whose document it is: our own, or one that comes from outside and binds us (外来文件)."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class Sort(models.TextChoices):
    """What a document is for; a clause document works out a clause in four layers."""

    PROCEDURE = "procedure"
    INSTRUCTION = "instruction"
    SCRIPT = "script"
    TEMPLATE = "template"
    FORM = "form"
    POLICY = "policy"
    CLAUSE = "clause"
    LAW = "law"
    STANDARD = "standard"
    CUSTOMER = "customer"
    OTHER = "other"


class Medium(models.TextChoices):
    """In what a document lies before its reader (形式和载体)."""

    SYSTEM = "system"
    FILE = "file"
    PAPER = "paper"
    PICTURE = "picture"
    RECORDING = "recording"


class Keeping(models.TextChoices):
    """The two verbs: documents are maintained (保持), records are retained (保留)."""

    MAINTAIN = "maintain"
    RETAIN = "retain"


class Basis(models.TextChoices):
    """Who wants it kept: the standard names it, or we decided it."""

    STANDARD = "standard"
    ORGANISATION = "organisation"


class Slip(models.TextChoices):
    """What can have gone wrong with a text on its way to us, the gravest first."""

    REVERSED = "reversed"
    NUMBER = "number"
    UNIT = "unit"
    NO_NUMBER = "no-number"
    NO_TITLE = "no-title"
    LAYER = "layer"
    HEADING = "heading"
    VERB = "verb"
    HOMOPHONE = "homophone"
    GARBLED = "garbled"
    LETTER = "letter"


class Resolution(models.TextChoices):
    """What is done about two documents that are nearly one."""

    MERGE = "merge"
    SUPERSEDE = "supersede"
    JUSTIFY = "justify"


class Way(models.TextChoices):
    """How records leave when their time is up (处置)."""

    ERASE = "erase"
    DESTROY = "destroy"
    ANONYMISE = "anonymise"
    ARCHIVE = "archive"
    RETURN = "return"


class Matter(models.TextChoices):
    """Why somebody made contact, or we did."""

    TRAINING = "training"
    ENQUIRY = "enquiry"
    ADVICE = "advice"
    COMPLAINT = "complaint"
    FOLLOW_UP = "follow_up"
    BUSINESS = "business"
