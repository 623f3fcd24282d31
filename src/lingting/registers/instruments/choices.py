"""The words that records of instruments choose from; register.yaml says what each is called."""

from django.db.models import TextChoices


class Sort(TextChoices):
    """What measures."""

    DEVICE = "device"
    INSPECTOR = "inspector"
    RULE = "rule"
    MODEL = "model"
    PROMPT = "prompt"
    SPEECH = "speech"
    SURVEY = "survey"


class Duties(TextChoices):
    """The five duties towards an instrument."""

    VERIFY = "verify"
    CONTROL = "control"
    STORE = "store"
    USE = "use"
    MAINTAIN = "maintain"


class Risk(TextChoices):
    """How much harm a wrong result would do."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Metrology(TextChoices):
    """What the metrology law, or we ourselves, ask: compulsory verification, verification, calibration, or a check of function."""

    COMPULSORY = "compulsory"
    VERIFICATION = "verification"
    CALIBRATION = "calibration"
    CHECK = "check"


class Form(TextChoices):
    """What a certificate is written in."""

    DCC = "dcc"
    PDF = "pdf"


class Signature(TextChoices):
    """What the signature of a certificate shows: there is none; nothing was changed; nothing was changed and we know who vouches for the signer."""

    NONE = "none"
    INTACT = "intact"
    TRUSTED = "trusted"


class Statement(TextChoices):
    """What a certificate says of conformity."""

    NONE = "none"
    PASS = "pass"  # noqa: S105  # the word of the certificate
    FAIL = "fail"


class Way(TextChoices):
    """How fitness was shown."""

    VERIFICATION = "verification"
    CALIBRATION = "calibration"
    CHECK = "check"
    STUDY = "study"


class Occasion(TextChoices):
    """Why now."""

    FIRST = "first"
    INTERVAL = "interval"
    CHANGE = "change"
    DOUBT = "doubt"


class Decision(TextChoices):
    """The decision rule (ILAC-G8): the error alone, the error with its uncertainty, or as the certificate says."""

    SIMPLE = "simple"
    GUARDED = "guarded"
    STATED = "stated"


class Phase(TextChoices):
    """Before or after adjustment."""

    FOUND = "found"
    LEFT = "left"


class Shown(TextChoices):
    """What a label says."""

    FIT = "fit"
    LIMITED = "limited"
    STOPPED = "stopped"


class Reference(TextChoices):
    """What those who judge were compared with."""

    GOLD = "gold"
    PANEL = "panel"
    ITSELF = "itself"


class Weighting(TextChoices):
    """How much labels that lie apart count as agreement (Cohen 1968)."""

    NOMINAL = "nominal"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


class Cause(TextChoices):
    """Why an instrument is unfit."""

    TOLERANCE = "tolerance"
    KAPPA = "kappa"
    PRECISION = "precision"
    OVERDUE = "overdue"
    DAMAGE = "damage"


class Disposal(TextChoices):
    """What becomes of a doubtful result."""

    REMEASURE = "remeasure"
    ACCEPT = "accept"
    WITHDRAW = "withdraw"
    NOTIFY = "notify"
