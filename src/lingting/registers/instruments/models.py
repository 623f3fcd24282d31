"""What can happen to instruments (监视测量资源): taken into use, planned, calibrated, changed, quarantined, used – and looked back on when found unfit.

A device, a person who judges, a rule, a model, a prompt, a recogniser of speech and a questionnaire are all instruments and live the same life (7.1.5).
"""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered, FixedField
from lingting.registers.instruments.choices import (
    Cause,
    Decision,
    Disposal,
    Duties,
    Form,
    Metrology,
    Occasion,
    Phase,
    Reference,
    Risk,
    Shown,
    Signature,
    Sort,
    Statement,
    Way,
    Weighting,
)  # fmt: skip


class Instrument(Entered):
    """Something we measure or judge with was taken into use, for a purpose; `norm` is what a rule or model listens for, `person` who an inspector is."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=12, choices=Sort)
    use = models.TextField()
    serial = models.CharField(max_length=100, blank=True, default="")
    place = models.CharField(max_length=100, blank=True, default="")
    norm = models.CharField(max_length=60, blank=True, default="")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"]), models.Index(fields=["norm"])]


class Scope(Entered):
    """What an instrument is meant for: the quantity and its range, the channels, languages and people; nothing named is not limited."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    quantity = models.CharField(max_length=100)
    unit = models.CharField(max_length=20, blank=True, default="")
    low = FixedField(places=3, null=True)
    high = FixedField(places=3, null=True)
    channels = models.CharField(max_length=100, blank=True, default="")
    languages = models.CharField(max_length=40, blank=True, default="")
    population = models.TextField(blank=True, default="")
    confidence = models.SmallIntegerField(null=True)


class Duty(Entered):
    """Who sees to one of the five duties towards an instrument, and how."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=10, choices=Duties)
    how = models.TextField()
    who = models.CharField(max_length=100)


class Plan(Entered):
    """How often an instrument is calibrated and by which limits it is fit, graded by what a wrong result would do."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    risk = models.CharField(max_length=8, choices=Risk)
    metrology = models.CharField(max_length=12, choices=Metrology)
    interval = models.IntegerField()
    maintenance = models.IntegerField(null=True)
    limit = FixedField(places=9, null=True)
    unit = models.CharField(max_length=20, blank=True, default="")
    least_precision = FixedField(places=4, null=True)
    least_kappa = FixedField(places=4, null=True)
    why = models.TextField(blank=True, default="")


class Alternative(Entered):
    """Where no traceable standard exists, or another way suits better: the basis used instead, why, and who agreed to it."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    method = models.TextField()
    why = models.TextField()
    review = models.DateField()


class Version(Entered):
    """A version of a rule, model, prompt, questionnaire or firmware was made; `digest` names its parameters, `engine` and `norm_version` its findings."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    edition = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=60, blank=True, default="")
    norm_version = models.IntegerField(null=True)
    what = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["engine", "norm_version"])]


class Approved(Entered):
    """Somebody other than its author agreed to the parameters of a version."""

    version = models.ForeignKey("Version", on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    why = models.TextField()


class Deployed(Entered):
    """A version was put to use."""

    version = models.ForeignKey("Version", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)


class Seen(Entered):
    """The parameters of a version in use were looked at: their digest then."""

    version = models.ForeignKey("Version", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)


class Certificate(Entered):
    """A certificate came in; its file is kept under its digest."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    clerk = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    named = models.CharField(max_length=100)
    form = models.CharField(max_length=6, choices=Form)
    digest = models.CharField(max_length=64)
    laboratory = models.CharField(max_length=200, blank=True, default="")
    standard = models.TextField(blank=True, default="")
    item = models.CharField(max_length=300, blank=True, default="")
    performed = models.DateField()
    statement = models.CharField(max_length=12, choices=Statement, default=Statement.NONE)
    signature = models.CharField(max_length=8, choices=Signature, default=Signature.NONE)
    signer = models.CharField(max_length=300, blank=True, default="")
    schema = models.BooleanField(default=False)


class Rechecked(Entered):
    """A second person compared what was typed with the certificate."""

    certificate = models.ForeignKey("Certificate", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    note = models.TextField(blank=True, default="")


class Gold(Entered):
    """A gold set: the reference against which those who judge are calibrated, in one version."""

    code = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    source = models.TextField()
    digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Labelled(Entered):
    """One thing in a gold set was labelled by two people on their own, and where they differed somebody settled it."""

    gold = models.ForeignKey("Gold", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    first_by = models.CharField(max_length=100)
    first = models.CharField(max_length=200)
    second_by = models.CharField(max_length=100, blank=True, default="")
    second = models.CharField(max_length=200, blank=True, default="")
    settled_by = models.CharField(max_length=100, blank=True, default="")
    settled = models.CharField(max_length=200, blank=True, default="")


class Studied(Entered):
    """Those who judge were compared with a gold set, a panel, or themselves: the counts, and the figures made of them; shares to four places."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, related_name="+")
    gold = models.ForeignKey("Gold", on_delete=models.PROTECT, null=True, related_name="+")
    leader = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=10, choices=Reference)
    weights = models.CharField(max_length=10, choices=Weighting, default=Weighting.NOMINAL)
    counts = models.TextField(blank=True, default="")
    ratings = models.TextField(blank=True, default="")
    items = models.IntegerField(null=True)
    agreed = FixedField(places=4, null=True)
    kappa = FixedField(places=4, null=True)
    kappa_low = FixedField(places=4, null=True)
    kappa_high = FixedField(places=4, null=True)
    fleiss = FixedField(places=4, null=True)
    alpha = FixedField(places=4, null=True)
    ac1 = FixedField(places=4, null=True)
    prevalence = FixedField(places=4, null=True)
    precision = FixedField(places=4, null=True)
    precision_low = FixedField(places=4, null=True)
    precision_high = FixedField(places=4, null=True)
    recall = FixedField(places=4, null=True)
    recall_low = FixedField(places=4, null=True)
    recall_high = FixedField(places=4, null=True)
    due = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["instrument", "at"])]


class Calibrated(Entered):
    """An instrument was calibrated, verified or checked: how it was found, how it was left, by which rule, and until when that holds."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, related_name="+")
    certificate = models.ForeignKey("Certificate", on_delete=models.PROTECT, null=True, related_name="+")
    study = models.ForeignKey("Studied", on_delete=models.PROTECT, null=True, related_name="+")
    calibrator = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=12, choices=Way)
    occasion = models.CharField(max_length=10, choices=Occasion)
    external = models.BooleanField(default=False)
    unit = models.CharField(max_length=20, blank=True, default="")
    found_error = FixedField(places=9, null=True)
    left_error = FixedField(places=9, null=True)
    limit = FixedField(places=9, null=True)
    uncertainty = FixedField(places=9, null=True)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.SIMPLE)
    found_fit = models.BooleanField()
    left_fit = models.BooleanField()
    due = models.DateField(null=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["instrument", "at"]), models.Index(fields=["version", "at"])]


class Point(Entered):
    """One point of a calibration: what the standard said, what the instrument said, and how far it may be off."""

    calibrated = models.ForeignKey("Calibrated", on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(max_length=6, choices=Phase)
    reference = FixedField(places=9, null=True)
    indicated = FixedField(places=9, null=True)
    error = FixedField(places=9, null=True)
    limit = FixedField(places=9, null=True)
    uncertainty = FixedField(places=9, null=True)
    unit = models.CharField(max_length=40)


class Checked(Entered):
    """Between calibrations an instrument was tried on a fixed control: its figure, and between which limits it should stay."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, related_name="+")
    control = models.CharField(max_length=200)
    value = FixedField(places=4)
    low = FixedField(places=4)
    high = FixedField(places=4)

    class Meta:
        indexes = [models.Index(fields=["instrument", "at"])]


class Tagged(Entered):
    """The label on an instrument was changed: what it says, and until when."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    shows = models.CharField(max_length=8, choices=Shown)
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["instrument", "at"])]


class Maintained(Entered):
    """An instrument was cleaned, repaired or otherwise kept in order, and when that is due again."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    who = models.CharField(max_length=100)
    again = models.DateField(null=True)


class Quarantined(Entered):
    """An instrument, or one version of it, must not be used until it was released."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, related_name="+")
    why = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["instrument", "at"])]


class Released(Entered):
    """Somebody let an instrument out of quarantine after a good calibration."""

    quarantined = models.ForeignKey("Quarantined", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    why = models.TextField()


class Retired(Entered):
    """An instrument is used no more."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    why = models.TextField()


class Used(Entered):
    """Something was measured or judged with an instrument: what, the result, and whom it concerns; `upper` is the most the value may be."""

    PERSONAL: ClassVar = ("what", "result")

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    what = models.TextField(null=True)
    result = models.TextField(null=True)
    value = FixedField(places=3, null=True)
    unit = models.CharField(max_length=20, blank=True, default="")
    upper = FixedField(places=3, null=True)
    channel = models.CharField(max_length=15, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    practice = models.BooleanField(default=False)
    scored = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["instrument", "at"]), models.Index(fields=["at"])]


class Excluded(Entered):
    """A conversation is left out of what some norms measure, because the conditions did not allow a fair measurement."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")
    reading = models.ForeignKey("Used", on_delete=models.PROTECT, null=True, related_name="+")
    norms = models.CharField(max_length=300)
    why = models.TextField()


class Unfit(Entered):
    """An instrument was found unfit: whatever it told after `since` is to be looked through again."""

    instrument = models.ForeignKey("Instrument", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, related_name="+")
    calibrated = models.ForeignKey("Calibrated", on_delete=models.PROTECT, null=True, related_name="+")
    cause = models.CharField(max_length=10, choices=Cause)
    since = models.DateTimeField(null=True)
    why = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["instrument", "since", "at"])]


class Disposed(Entered):
    """What becomes of one result that an unfit instrument told: measured again, accepted, withdrawn, or told about."""

    unfit = models.ForeignKey("Unfit", on_delete=models.PROTECT, related_name="+")
    used = models.ForeignKey("Used", on_delete=models.PROTECT, null=True, related_name="+")
    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=10, choices=Disposal)
    value = FixedField(places=3, null=True)
    why = models.TextField()


class Told(Entered):
    """Somebody whom a doubtful result concerns was told: a customer, one of us, or whoever a finding was about."""

    PERSONAL: ClassVar = ("words",)

    unfit = models.ForeignKey("Unfit", on_delete=models.PROTECT, related_name="+")
    disposed = models.ForeignKey("Disposed", on_delete=models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=20)
    words = models.TextField(null=True)


class Closed(Entered):
    """The look-back is finished: what it showed, and what was done so that it does not come again."""

    unfit = models.ForeignKey("Unfit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    effect = models.TextField()


from lingting.registers.instruments import missed  # noqa: E402, F401  # Django finds a register's tables here
