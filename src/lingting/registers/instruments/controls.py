"""Controls (期间核查): between calibrations every detector that is enrolled hears the same fixed conversations again, to see whether it drifts.

Recognisers and prompts have controls of their own; how they are run stands in `site.controlled`, what came of it here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lingting.catalog.load import period
from lingting.inspection.calibration import Certificate
from lingting.ledger.moment import Moment
from lingting.records.write import enter, live
from lingting.registers.instruments.choices import Sort
from lingting.registers.instruments.missed import Missed
from lingting.registers.instruments.models import Checked, Deployed, Instrument, Version
from lingting.registers.instruments.queries.status import instruments

CHECK_EVERY = period("instruments.check-every", timedelta(days=30))
"""How long a detector goes without hearing its control again; a house default."""

SHARE = 10_000
"""A share of one in the register's steps."""


def name(gold: str) -> str:
    """Return how the control is called in the register: the conversations that come with Lingting, by the hash of exactly these."""
    return f"随附的对照对话 Conversations that come along {gold}"


def due(control: str, at: datetime) -> bool:
    """Tell whether detectors are to hear the control: some are enrolled, and none heard it for a month, or since one of them was last deployed."""
    enrolled = instruments(Moment(at)).filter(sort__in=(Sort.RULE, Sort.MODEL)).exclude(norm="")
    versions = Deployed.objects.as_of(Moment(at)).filter(version__instrument__in=enrolled.values("pk"))
    newest = versions.order_by("-at").values_list("at", flat=True).first()
    heard = Checked.objects.as_of(Moment(at)).filter(control=control).order_by("-at").values_list("at", flat=True).first()
    return newest is not None and (heard is None or heard < newest or heard <= at - CHECK_EVERY)


def check(told: Iterable[Certificate], control: str, *, at: datetime) -> list[Checked]:
    """Write down what each enrolled detector made of the control.

    Its figure is the share of what it quotes that people marked, too. The first time says between which limits it stays: above the lower end of its
    interval. Where too little was marked or found to tell, nothing is written.
    """
    made = []
    for one in told:
        version = live(Version).filter(instrument__norm=one.norm, norm_version=one.norm_version, engine=one.instrument).order_by("-at", "-id").first()
        if version is None or not one.enough or one.precision.value is None or one.precision.interval is None:
            continue
        first = live(Checked).filter(instrument=version.instrument_id, control=control).order_by("at", "id").first()
        low = first.low if first else round(one.precision.interval.low * SHARE)
        made.append(
            Checked(instrument_id=version.instrument_id, version=version, control=control, value=round(one.precision.value * SHARE), low=low, high=SHARE, at=at)
        )
        enter(made[-1])
    return made


@dataclass(frozen=True, slots=True)
class Figure:
    """What came of a control: its name, the share that was right, and the lowest that the first figure leaves open."""

    control: str
    value: float
    low: float


def waiting(sort: Sort, at: datetime) -> list[Instrument]:
    """Return the instruments of a sort whose control is due: never run, not for a month, or not since a version was put to use."""
    due = []
    for one in instruments(Moment(at)).filter(sort=sort).order_by("code", "id"):
        run = Checked.objects.as_of(Moment(at)).filter(instrument=one).order_by("-at").values_list("at", flat=True).first()
        put = Deployed.objects.as_of(Moment(at)).filter(version__instrument=one).order_by("-at").values_list("at", flat=True).first()
        if run is None or run <= at - CHECK_EVERY or (put is not None and run < put):
            due.append(one)
    return due


def in_use(instrument: Instrument, at: datetime) -> Version | None:
    """Return the version of an instrument that was put to use last, if its versions are known."""
    newest = Deployed.objects.as_of(Moment(at)).filter(version__instrument=instrument).order_by("-at", "-id").select_related("version").first()
    return newest.version if newest else None


def tell(instrument: Instrument, version: Version | None, told: Figure, *, at: datetime) -> Checked:
    """Write down what came of a control; the first time says how low it may fall."""
    first = live(Checked).filter(instrument=instrument, control=told.control).order_by("at", "id").first()
    low = first.low if first else max(0, round(told.low * SHARE))
    row = Checked(instrument=instrument, version=version, control=told.control, value=round(told.value * SHARE), low=low, high=SHARE, at=at)
    enter(row)
    return row


def miss(instrument: Instrument, reason: str, *, at: datetime) -> bool:
    """Write down that a control was due and why it could not be run; the same reason is said once while the control stays due."""
    if live(Missed).filter(instrument=instrument, reason=reason, at__gt=at - CHECK_EVERY).exists():
        return False
    enter(Missed(instrument=instrument, reason=reason, at=at))
    return True
