"""The words that records of external providers (外部供方) choose from."""

from django.db import models


class Class(models.TextChoices):
    """What sort of provider it is; whoever recognises speech or reads text for us is one too."""

    CARRIER = "carrier"
    DESK = "desk"
    RECOGNITION = "recognition"
    MODEL = "model"
    MESSAGING = "messaging"
    CLOUD = "cloud"
    DATA = "data"
    LABORATORY = "laboratory"
    INSURER = "insurer"
    GOODS = "goods"
    OTHER = "other"


class Type(models.TextChoices):
    """What is provided."""

    PRODUCT = "product"
    SERVICE = "service"
    PROCESS = "process"


class Level(models.TextChoices):
    """How much a failure would do."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Use(models.TextChoices):
    """What a set of criteria is for: the four that the clause names."""

    EVALUATION = "evaluation"
    SELECTION = "selection"
    MONITORING = "monitoring"
    RE_EVALUATION = "re-evaluation"


class Result(models.TextChoices):
    """What follows from an evaluation."""

    APPROVED = "approved"
    CONDITIONAL = "conditional"
    SUSPENDED = "suspended"


class Indicator(models.TextChoices):
    """What share of cases was right."""

    ON_TIME = "on-time"
    CORRECT = "correct"
    UNDAMAGED = "undamaged"
    UNCOMPLAINED = "uncomplained"
    KEPT = "kept"
    AVAILABLE = "available"
    ACCURATE = "accurate"
    OTHER = "other"


class Every(models.TextChoices):
    """How often performance is counted."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Control(models.TextChoices):
    """The six kinds of control that the clause's reading names."""

    INSPECTION = "inspection"
    REPORT = "report"
    AUDIT = "audit"
    TEST = "test"
    STATISTICS = "statistics"
    INDICATORS = "indicators"


class On(models.TextChoices):
    """What a control looks at."""

    PROVIDER = "provider"
    OUTPUT = "output"


class Effect(models.TextChoices):
    """Whether something does what it is for."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Harm(models.TextChoices):
    """What is put down to a provider."""

    COMPLAINT = "complaint"
    PROMISE = "promise"
    DAMAGE = "damage"
    LATE = "late"
    OTHER = "other"


class Trace(models.TextChoices):
    """Where a name from outside was met."""

    INVOICE = "invoice"
    INTERFACE = "interface"
    PAPER = "paper"
