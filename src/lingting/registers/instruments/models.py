"""What can happen in the register of instruments (监视测量资源): one is taken into use, calibrated, found unfit, and what rests on it looked through."""

from django.db import models

from lingting.ledger.models import Entered


class Sort(models.TextChoices):
    """What measures: a device, a person, a rule, a model, a recogniser of speech, or a questionnaire."""

    DEVICE = "device"
    INSPECTOR = "inspector"
    RULE = "rule"
    MODEL = "model"
    SPEECH = "speech"
    SURVEY = "survey"


class Instrument(Entered):
    """Something we measure or judge with was taken into use, for a purpose."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=12, choices=Sort)
    use = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]
