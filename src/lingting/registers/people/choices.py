"""The words that columns of the register of people (人员) may hold."""

from django.db import models


class Duty(models.TextChoices):
    """The five duties for the system that clause 5.3 asks to be given to somebody."""

    CONFORMITY = "conformity"
    OUTPUTS = "outputs"
    REPORTING = "reporting"
    CUSTOMER = "customer"
    INTEGRITY = "integrity"


class Power(models.TextChoices):
    """What a role may decide by itself."""

    REFUND = "refund"
    COMPENSATION = "compensation"
    RELEASE = "release"
    CONCESSION = "concession"


class Ground(models.TextChoices):
    """What competence rests on (7.2): to have sat in a course is none of it."""

    EDUCATION = "education"
    TRAINING = "training"
    EXPERIENCE = "experience"
    TEST = "test"


class Evaluation(models.TextChoices):
    """How it was found out whether a training changed anything."""

    TEST = "test"
    OBSERVATION = "observation"
    INSPECTION = "inspection"
    RESULT = "result"


class Cause(models.TextChoices):
    """Why work fell short: nobody wanted to, somebody could not, or the system made it so."""

    WILL = "will"
    SKILL = "skill"
    SYSTEM = "system"


class Aspect(models.TextChoices):
    """What a culture shows in."""

    VALUES = "values"
    LEADING = "leading"
    CLIMATE = "climate"
    ETHICS = "ethics"


class Subject(models.TextChoices):
    """What somebody said to know."""

    AWARENESS = "awareness"
    POLICY = "policy"
    DOCUMENT = "document"


class Exertion(models.TextChoices):
    """What extra effort looks like in records."""

    BEATEN = "beaten"
    PRAISED = "praised"
    CALM = "calm"
    HELPED = "helped"


class Recognition(models.TextChoices):
    """How effort is recognised."""

    MATERIAL = "material"
    MORAL = "moral"
    GROWTH = "growth"
    AUTONOMY = "autonomy"


class Decision(models.TextChoices):
    """What becomes of a suggestion."""

    ADOPTED = "adopted"
    DECLINED = "declined"
    LATER = "later"


class Step(models.TextChoices):
    """The steps of a fair procedure after a concern about somebody's work."""

    REPLY = "reply"
    SUPPORT = "support"
    REVIEW = "review"


class Side(models.TextChoices):
    """What people rate of how somebody spoke or worked in a conversation: from 1 to 5, listening by its five levels."""

    TONE = "tone"
    PATIENT = "patient"
    CLEAR = "clear"
    POSITIVE = "positive"
    SUCCESSFUL = "successful"
    PROFESSIONAL = "professional"
    CAPABLE = "capable"
    KNOWING = "knowing"
    RULES = "rules"
    LISTENING = "listening"


class Model(models.TextChoices):
    """How the people needed were reckoned; a guess is named as one."""

    ERLANG_C = "erlang-c"
    GUESS = "guess"
