"""What we do with instruments (监视测量资源): each act holds a record against what the house asks before it is written.

An instrument that is found unfit is quarantined, and the look-back begins, in the same act.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.instruments import disposing, queries, studies  # noqa: F401  # disposing binds further acts
from lingting.registers.instruments.choices import Cause, Decision, Form, Metrology, Occasion, Reference, Risk, Sort, Way
from lingting.registers.instruments.fitness import last_good, locks, not_oneself, plan_of, then, usable, version_of
from lingting.registers.instruments.models import (
    Approved,
    Calibrated,
    Certificate,
    Deployed,
    Instrument,
    Labelled,
    Plan,
    Quarantined,
    Rechecked,
    Released,
    Retired,
    Seen,
    Studied,
    Unfit,
)

LONGEST = {Risk.HIGH: 182, Risk.MEDIUM: 365, Risk.LOW: 730}
"""Days between calibrations at most, by risk, where nobody gives a reason for more; house defaults, shown as ours."""

LEAST_MARKED = 5
"""Cases that a reference must hold before a study can show fitness; a house default."""

LEAST_PRECISION = 7000
"""Precision, to four places, below which one that judges is unfit where its plan says nothing; a house default."""

LEAST_KAPPA = 6000
"""Kappa, to four places, below which an inspector is unfit where its plan says nothing; the catalog's default for 7.1.5.1-C3."""


def interval(risk: str, *, uses_a_day: float = 0, drift: float = 0) -> int:
    """Return the days until the next calibration that we propose.

    The longest for its risk, halved where it is used more than a hundred times a day, and halved where it drifted by more than half its limit since the
    last (`drift` is that share).

    >>> interval("high"), interval("medium", uses_a_day=300), interval("low", uses_a_day=300, drift=0.6)
    (182, 182, 182)
    """
    days = LONGEST[Risk(risk)]
    return days // (2 if uses_a_day > 100 else 1) // (2 if drift > 0.5 else 1)  # noqa: PLR2004  # the formula that the plan's hint states


@act(Instrument)
def take_into_use(instrument: Instrument) -> Iterator[Wrong | Record]:
    """Write down that an instrument is used; an inspector is somebody."""
    if instrument.sort == Sort.INSPECTOR and instrument.person_id is None:
        yield Wrong("person", "质检员也是测量资源，请写明是谁。", "An inspector is an instrument too; say who it is.")


@act(Plan)
def plan(planned: Plan) -> Iterator[Wrong | Record]:
    """Write down how often an instrument is calibrated; longer than usual for its risk needs a reason."""
    longest = LONGEST[Risk(planned.risk)]
    if planned.interval <= 0:
        yield Wrong("interval", "间隔要大于零天。", "The interval is more than no days.")
    elif planned.interval > longest and not planned.why:
        yield Wrong(
            "why",
            f"这个风险等级的间隔一般不超过 {longest} 天（本机构规定）；更长请写明理由。",
            f"At this risk at most {longest} days (ours); for more, say why.",
        )
    if planned.metrology in {Metrology.COMPULSORY, Metrology.VERIFICATION} and planned.instrument.sort != Sort.DEVICE:
        yield Wrong("metrology", "只有计量器具才做检定；其他资源请选校准或功能核查。", "Only devices are verified by law; of others say calibration or check.")


@act(Approved)
def approve(approved: Approved) -> Iterator[Wrong | Record]:
    """Write down that somebody agreed to a version's parameters; nobody approves his own."""
    if approved.version.author_id is not None and approved.version.author_id == approved.approver_id:
        yield Wrong("approver", "作者不能批准自己的改动；请另一位批准。", "An author cannot approve what he made; ask somebody else.")


@act(Deployed)
def deploy(deployed: Deployed) -> Iterator[Wrong | Record]:
    """Write down that a version is used, with the parameters seen then; neither a retired instrument nor a quarantined version is."""
    yield from usable(deployed.version.instrument, deployed.version, deployed.at, column="version")
    yield Seen(version=deployed.version, digest=deployed.digest, at=deployed.at)


@act(Certificate)
def file(certificate: Certificate) -> Iterator[Wrong | Record]:
    """Write down that a certificate came in; whoever types one in says so, because another compares it."""
    if len(certificate.digest) != 64 or not set(certificate.digest) <= set("0123456789abcdef"):  # noqa: PLR2004  # sha256
        yield Wrong("digest", "请填文件的 SHA-256（64 位小写十六进制）。", "Give the file's SHA-256: 64 small hexadecimal digits.")
    if certificate.form == Form.PDF and certificate.clerk_id is None:
        yield Wrong("clerk", "从 PDF 抄录的证书，请写明是谁抄录的；另一位会核对。", "Say who typed in a PDF certificate; somebody else compares it.")
    if certificate.performed > certificate.at.astimezone(settings.LINGTING["ZONE"]).date():
        yield Wrong("performed", "校准不会晚于证书收到的那天。", "The calibration was not made after its certificate came.")


@act(Rechecked)
def recheck(rechecked: Rechecked) -> Iterator[Wrong | Record]:
    """Write down that what was typed was compared; nobody compares what he typed himself."""
    if rechecked.person_id == rechecked.certificate.clerk_id:
        yield Wrong("person", "抄录的人不能核对自己；请另一位核对。", "Whoever typed it cannot compare it; ask somebody else.")
    if not rechecked.agrees and not rechecked.note:
        yield Wrong("note", "不一致时请写明哪里不一致。", "Say what differs.")


@act(Labelled)
def label(labelled: Labelled) -> Iterator[Wrong | Record]:
    """Write down what two people said of a thing in a gold set; two labels of one person are one."""
    if labelled.second_by and labelled.second_by == labelled.first_by:
        yield Wrong("second_by", "两次标注要由两个人独立完成。", "The two labels must come from two people, each on his own.")
    if labelled.second_by and labelled.first != labelled.second and labelled.settled_by in {labelled.first_by, labelled.second_by}:
        yield Wrong("settled_by", "两人不一致时，由第三人裁定。", "Where the two differ, a third settles it.")


@act(Studied)
def study(studied: Studied) -> Iterator[Wrong | Record]:
    """Write down a study: figures that were not given are made of the counts; large enough, it is a calibration, and an unfit one has consequences."""
    yield from not_oneself(studied.instrument, studied.leader_id, "leader")
    yield from version_of(studied.instrument, studied.version)
    if studied.reference == Reference.GOLD and studied.gold_id is None:
        yield Wrong("gold", "请写明对照的是哪一套标准样本。", "Name the gold set it was compared with.")
    column = "ratings" if studied.ratings else "counts"
    try:
        told = studies.figures(counts=studied.counts, ratings_=studied.ratings, weights=studied.weights)  # type: ignore[arg-type]  # its choices are these
    except studies.BadTable as bad:
        yield Wrong(column, bad.zh, bad.en)
        return
    for name, value in told.items():
        if getattr(studied, name) is None:
            setattr(studied, name, value)
    calibrated = _calibration(studied)
    if calibrated is not None:
        yield calibrated
        yield from _consequences(calibrated, Cause.KAPPA if _disagrees(studied) else Cause.PRECISION)


def _calibration(studied: Studied) -> Calibrated | None:
    """Return the calibration that a study amounts to; none where it is too small to show fitness and not bad enough to show the contrary."""
    fit = not _disagrees(studied) and not _below(studied, "precision", LEAST_PRECISION)
    marked = (studied.prevalence or 0) * (studied.items or 0) / 10_000 if studied.prevalence is not None else studied.items or 0
    if round(marked) < LEAST_MARKED or studied.kappa is None:
        return None
    planned = plan_of(studied.instrument, studied.at)
    day = queries.today(Moment(studied.at))
    due = studied.due or day + timedelta(days=planned.interval if planned else LONGEST[Risk.HIGH])
    first = not live(Calibrated).filter(instrument=studied.instrument).exists()
    return Calibrated(
        instrument=studied.instrument, version=studied.version, study=studied, calibrator=studied.leader, way=Way.STUDY,
        occasion=Occasion.FIRST if first else Occasion.INTERVAL, found_fit=fit, left_fit=fit, due=due if fit else None, at=studied.at,
    )  # fmt: skip


def _disagrees(studied: Studied) -> bool:
    """Tell whether kappa is below its floor: ours holds for people and where nothing else is known; a detector that misses much may still be right."""
    people = studied.instrument.sort == Sort.INSPECTOR or studied.precision is None
    return _below(studied, "kappa", LEAST_KAPPA if people else -10_000)


def _below(studied: Studied, figure: str, otherwise: int) -> bool:
    """Tell whether a figure is below what the plan asks, or else below ours."""
    planned = plan_of(studied.instrument, studied.at)
    least = getattr(planned, f"least_{figure}", None) if planned else None
    value = getattr(studied, figure)
    return value is not None and value < (otherwise if least is None else least)


@act(Calibrated)
def calibrate(calibrated: Calibrated) -> Iterator[Wrong | Record]:
    """Write down a calibration: the figures must agree with what is said of fitness, nobody calibrates himself; found unfit, the look-back begins."""
    yield from not_oneself(calibrated.instrument, calibrated.calibrator_id, "calibrator")
    yield from version_of(calibrated.instrument, calibrated.version)
    yield from _dated(calibrated)
    for phase in ("found", "left"):
        yield from _within(calibrated, phase)
    yield from _consequences(calibrated, Cause.TOLERANCE)


def _dated(calibrated: Calibrated) -> Iterator[Wrong]:
    day = queries.today(Moment(calibrated.at))
    if calibrated.left_fit and calibrated.due is None:
        yield Wrong("due", "合格的校准要有到期日。", "A good calibration holds until a day; name it.")
    if calibrated.due is not None and calibrated.due < day:
        yield Wrong("due", "到期日不会早于校准的那天。", "It does not run out before the day it was made.")
    planned = plan_of(calibrated.instrument, calibrated.at)
    if planned and calibrated.due is not None and calibrated.due > day + timedelta(days=planned.interval):
        yield Wrong(
            "due", f"计划规定每 {planned.interval} 天校准一次，到期日不能更晚。", f"The plan says every {planned.interval} days; it cannot hold longer."
        )


def _within(calibrated: Calibrated, phase: str) -> Iterator[Wrong]:
    """Yield that an error and its limit contradict what is said of fitness."""
    error = getattr(calibrated, f"{phase}_error")
    if error is None or calibrated.limit is None or calibrated.decision == Decision.STATED:
        return
    if calibrated.decision == Decision.GUARDED and calibrated.uncertainty is None:
        yield Wrong("uncertainty", "按“计入不确定度”判定，请填不确定度。", "To decide with the uncertainty, give it.")
        return
    reach = abs(error) + ((calibrated.uncertainty or 0) if calibrated.decision == Decision.GUARDED else 0)
    if (reach <= calibrated.limit) != getattr(calibrated, f"{phase}_fit"):
        yield Wrong(f"{phase}_fit", "误差与允许误差的比较结果和这里填的不一致。", "The error compared with its limit says otherwise.")


def _consequences(calibrated: Calibrated, cause: Cause) -> Iterator[Record]:
    """Yield the look-back where it was found unfit, and the quarantine where it was left so."""
    instrument, version = calibrated.instrument, calibrated.version
    if not calibrated.found_fit:
        since = last_good(instrument, version, calibrated.at)
        unfit = Unfit(instrument=instrument, version=version, calibrated=calibrated, cause=cause, since=since, at=calibrated.at)
        if _had_told(unfit):
            yield unfit
    if not calibrated.left_fit and not locks(instrument, version, calibrated.at).exists():
        yield Quarantined(instrument=instrument, version=version, why=calibrated.note or "校准不合格 Found unfit", at=calibrated.at)


def _had_told(unfit: Unfit) -> bool:
    """Tell whether there is anything to look back on: it was held to be good before, or told something since it was put to use."""
    moment = Moment(unfit.at)
    good = then(Calibrated, unfit.at).filter(instrument=unfit.instrument_id, version=unfit.version_id, left_fit=True)
    return good.exists() or queries.uses_in_doubt(unfit, moment).exists() or queries.findings_in_doubt(unfit, moment).exists()


@act(Quarantined)
def quarantine(quarantined: Quarantined) -> Iterator[Wrong | Record]:
    """Write down that an instrument must not be used; once is enough."""
    yield from version_of(quarantined.instrument, quarantined.version)
    if locks(quarantined.instrument, quarantined.version, quarantined.at).exists():
        yield Wrong("instrument", "它已经在停用隔离中。", "It is in quarantine already.")


@act(Released)
def release(released: Released) -> Iterator[Wrong | Record]:
    """Write down that an instrument may be used again; only after a good calibration since, and not by the inspector himself."""
    lock = released.quarantined
    yield from not_oneself(lock.instrument, released.person_id, "person")
    good = then(Calibrated, released.at).filter(instrument=lock.instrument, left_fit=True, at__gte=lock.at)
    if not (good if lock.version_id is None else good.filter(version=lock.version_id)).exists():
        yield Wrong("quarantined", "隔离之后还没有合格的校准，不能解除。", "There was no good calibration since; it stays in quarantine.")


@act(Retired)
def retire(retired: Retired) -> Iterator[Wrong | Record]:
    """Write down that an instrument is used no more; a look-back that is under way is finished first."""
    if queries.open_lookbacks(Moment(retired.at)).filter(instrument=retired.instrument).exists():
        yield Wrong("instrument", "它的反向追溯还没有结束。", "Its look-back is not finished.")
