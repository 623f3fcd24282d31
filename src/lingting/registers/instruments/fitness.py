"""Fitness (适用性): what several acts ask of an instrument – may it be used, when was it last good, which plan holds."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.together import ever
from lingting.records.values import Wrong
from lingting.records.write import live
from lingting.registers.instruments import queries
from lingting.registers.instruments.models import Calibrated, Deployed, Instrument, Plan, Quarantined, Retired, Version


def then(model: type[Record], at: datetime) -> RecordQuerySet[Any]:
    """Return the records of a class as they stood at a time."""
    rows: RecordQuerySet[Any] = model.objects.as_of(Moment(at))
    return rows


def last_good(instrument: Instrument, version: Version | None, at: datetime) -> datetime:
    """Return when an instrument was last shown to be fit before a time; never shown, when it was put to use."""
    good = then(Calibrated, at).filter(instrument=instrument, left_fit=True, at__lt=at)
    if version is None:
        begun: datetime | None = instrument.at
    else:
        good = good.filter(version=version)
        begun = then(Deployed, at).filter(version=version).order_by("at").values_list("at", flat=True).first()
    newest: datetime | None = good.order_by("-at").values_list("at", flat=True).first()
    # A result told at the very moment it was put to use is in doubt as well.
    return newest or (begun or instrument.at) - timedelta(seconds=1)


def usable(instrument: Instrument, version: Version | None, at: datetime, *, column: str) -> Iterator[Wrong]:
    """Yield why an instrument must not be used."""
    if ever(Retired, instrument=instrument.pk) and then(Retired, at).filter(instrument=instrument).exists():
        yield Wrong(column, "它已经停止使用。", "It is used no more.")
    if ever(Quarantined, instrument=instrument.pk) and locks(instrument, version, at).exists():
        yield Wrong(column, "它在停用隔离中，不能使用。", "It is in quarantine and must not be used.")


def locks(instrument: Instrument, version: Version | None, at: datetime) -> RecordQuerySet[Quarantined]:
    """Return the quarantines that hold for an instrument, or for this version of it."""
    return queries.locks(Moment(at)).filter(Q(version=None) | Q(version=version), instrument=instrument)


def not_oneself(instrument: Instrument, person: int | None, column: str) -> Iterator[Wrong]:
    """Yield that an inspector does to himself what another must do."""
    if person is not None and person == instrument.person_id:
        yield Wrong(column, "谁也不能校准自己；请另一位来做。", "Nobody calibrates himself; ask somebody else.")


def version_of(instrument: Instrument, version: Version | None) -> Iterator[Wrong]:
    """Yield that a version is another instrument's, or is missing where the instrument has versions."""
    if version is not None and version.instrument_id != instrument.id:
        yield Wrong("version", "这个版本不是它的。", "That is no version of it.")
    if version is None and ever(Version, instrument=instrument.pk) and live(Version).filter(instrument=instrument).exists():
        yield Wrong("version", "它有版本，请写明是哪一版。", "It has versions; say which.")


def plan_of(instrument: Instrument, at: datetime) -> Plan | None:
    """Return the plan in force."""
    found: Plan | None = then(Plan, at).filter(instrument=instrument).order_by("-at", "-id").first()
    return found
