"""The words that records of direction (策划与领导) choose from."""

from django.db import models


class Side(models.TextChoices):
    """Whether it lies within the organisation or outside."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class Part(models.TextChoices):
    """What a scope names."""

    OFFERING = "offering"
    CHANNEL = "channel"
    SITE = "site"
    PROCESS = "process"


class Resource(models.TextChoices):
    """What is asked for."""

    PEOPLE = "people"
    SKILL = "skill"
    EQUIPMENT = "equipment"
    PREMISES = "premises"
    MONEY = "money"
    OUTSIDE = "outside"


class Sort(models.TextChoices):
    """Whether an effect is feared or hoped for."""

    RISK = "risk"
    OPPORTUNITY = "opportunity"


class Grade(models.TextChoices):
    """How much hangs on it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Better(models.TextChoices):
    """Which way an indicator should move."""

    HIGHER = "higher"
    LOWER = "lower"


class Every(models.TextChoices):
    """How often an indicator is measured."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Topic(models.TextChoices):
    """The seven aspects that analysis evaluates (9.1.3 a to g); an indicator is about one of them."""

    CONFORMITY = "conformity"
    SATISFACTION = "satisfaction"
    PERFORMANCE = "performance"
    PLANNING = "planning"
    RISKS = "risks"
    PROVIDERS = "providers"
    IMPROVEMENT = "improvement"


class Trend(models.TextChoices):
    """Where a figure is going, as management saw it."""

    UP = "up"
    LEVEL = "level"
    DOWN = "down"


class Source(models.TextChoices):
    """What made a figure leave its usual course: something special, or chance as always."""

    SPECIAL = "special"
    COMMON = "common"


class Effect(models.TextChoices):
    """Whether an action did what it was for."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
