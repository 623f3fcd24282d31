"""The words that records of audits and reviews (审核与评审) choose from."""

from django.db import models


class Grade(models.TextChoices):
    """How a finding is judged; grading is a certification body's notion (ISO/IEC 17021-1), kept within too."""

    CONFORMS = "conforms"
    OPPORTUNITY = "opportunity"
    MINOR = "minor"
    MAJOR = "major"


class Input(models.TextChoices):
    """What a management review looks at (9.3.2 a to f; c in its seven parts)."""

    EARLIER = "earlier"
    ISSUES = "issues"
    SATISFACTION = "satisfaction"
    OBJECTIVES = "objectives"
    CONFORMITY = "conformity"
    NONCONFORMITIES = "nonconformities"
    MEASUREMENTS = "measurements"
    AUDITS = "audits"
    PROVIDERS = "providers"
    RESOURCES = "resources"
    RISKS = "risks"
    OPPORTUNITIES = "opportunities"


class Output(models.TextChoices):
    """What a management review concludes on (9.3.3)."""

    IMPROVEMENT = "improvement"
    CHANGES = "changes"
    RESOURCES = "resources"
