"""What can be chosen in the register of processes (过程): one class a column, the words in both languages stand in register.yaml."""

from django.db import models


class Sort(models.TextChoices):
    """What a process is for."""

    SERVICE = "service"
    MANAGEMENT = "management"
    SUPPORT = "support"


class Keeping(models.TextChoices):
    """The two verbs: documents are maintained (保持), records are retained (保留)."""

    MAINTAIN = "maintain"
    RETAIN = "retain"


class Asset(models.TextChoices):
    """What the clause counts among the infrastructure (7.1.3)."""

    BUILDING = "building"
    EQUIPMENT = "equipment"
    HARDWARE = "hardware"
    SOFTWARE = "software"
    TRANSPORT = "transport"
    COMMUNICATION = "communication"


class Work(models.TextChoices):
    """What is done to keep an asset able to work; restoring from a backup is rehearsed."""

    INSPECTION = "inspection"
    MAINTENANCE = "maintenance"
    REPAIR = "repair"
    BACKUP = "backup"
    RESTORE = "restore"


class Change(models.TextChoices):
    """What is changed in operation (8.5.6)."""

    SCRIPT = "script"
    RULE = "rule"
    MODEL = "model"
    ROUTING = "routing"
    SYSTEM = "system"
    STAFFING = "staffing"
    POLICY = "policy"
    OTHER = "other"


class Sensitive(models.TextChoices):
    """Operations in which one person's error is dear, so that a second must confirm."""

    ADDRESS = "address"
    PAYMENT = "payment"
    RELEASE = "release"
    ERASURE = "erasure"
    DISCLOSURE = "disclosure"
    OTHER = "other"


class Way(models.TextChoices):
    """How data leave the house."""

    INTERFACE = "interface"
    MAIL = "mail"
    DOWNLOAD = "download"
    MEDIUM = "medium"
