"""The words that records of improvement (改进) choose from."""

from django.db import models


class Grade(models.TextChoices):
    """How much a nonconformity weighs; grading is a certification body's notion (ISO/IEC 17021-1), the rule of thumb is ours."""

    MINOR = "minor"
    MAJOR = "major"


class Cause(models.TextChoices):
    """Where a cause lies: nobody wanted to, nobody could, or the system made it so."""

    WILL = "will"
    SKILL = "skill"
    SYSTEM = "system"


class Way(models.TextChoices):
    """What is done with a nonconforming output (8.7.1)."""

    CORRECT = "correct"
    SEGREGATE = "segregate"
    RETURN = "return"
    SUSPEND = "suspend"
    INFORM = "inform"
    CONCESSION = "concession"


class Origin(models.TextChoices):
    """Where an opportunity to improve was seen."""

    CUSTOMER = "customer"
    EMPLOYEE = "employee"
    ANALYSIS = "analysis"
    REVIEW = "review"
    AUDIT = "audit"
    COMPLAINT = "complaint"
    PROVIDER = "provider"
    OTHER = "other"
