"""The words that columns of the register of surroundings (运行环境) may hold, and to which group each factor belongs."""

from datetime import timedelta

from django.db import models


class Factor(models.TextChoices):
    """What the clause names, from how people get on to how loud it is."""

    FAIRNESS = "fairness"
    CALM = "calm"
    HOSTILITY = "hostility"
    STRESS = "stress"
    EXHAUSTION = "exhaustion"
    FEELINGS = "feelings"
    TEMPERATURE = "temperature"
    HEAT = "heat"
    HUMIDITY = "humidity"
    LIGHT = "light"
    AIR = "air"
    HYGIENE = "hygiene"
    NOISE = "noise"


SOCIAL = (Factor.FAIRNESS, Factor.CALM, Factor.HOSTILITY)
PSYCHOLOGICAL = (Factor.STRESS, Factor.EXHAUSTION, Factor.FEELINGS)
HUMAN = (*SOCIAL, *PSYCHOLOGICAL)
PHYSICAL = tuple(factor for factor in Factor if factor not in HUMAN)


class Measured(models.TextChoices):
    """The physical factors, each with its unit: °C, °C WBGT, %, lx, ppm CO₂, points, dB(A)."""

    TEMPERATURE = "temperature"
    HEAT = "heat"
    HUMIDITY = "humidity"
    LIGHT = "light"
    AIR = "air"
    HYGIENE = "hygiene"
    NOISE = "noise"


class Origin(models.TextChoices):
    """Who set a limit: the house, a law, or a contract – never the standard, which names no numbers."""

    HOUSE = "house"
    LAW = "law"
    CONTRACT = "contract"


class Rhythm(models.TextChoices):
    """How often something is measured."""

    ONCE = "once"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


SPANS = {Rhythm.HOUR: timedelta(hours=2), Rhythm.DAY: timedelta(days=2), Rhythm.WEEK: timedelta(days=8), Rhythm.MONTH: timedelta(days=32)}
"""After how long without a reading one was missed."""


class Trouble(models.TextChoices):
    """What people report about how they are treated."""

    DISCRIMINATION = "discrimination"
    CONFLICT = "conflict"
    HOSTILITY = "hostility"
    OTHER = "other"
