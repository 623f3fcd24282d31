"""Taking in a digital calibration certificate (数字校准证书): certificate, calibration and points go into the book together, or nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from lingting.ledger import book
from lingting.records.values import Wrong
from lingting.records.write import Refused, enter, live
from lingting.registers.instruments.choices import Decision, Form, Occasion, Phase, Signature, Statement, Way
from lingting.registers.instruments.fitness import plan_of
from lingting.registers.instruments.models import Calibrated, Certificate, Instrument, Plan, Point

if TYPE_CHECKING:
    from lingting.channels.dcc import certificate as dcc

PLACES = 9
YEAR = 365


def instrument_of(told: dcc.Dcc) -> Instrument | None:
    """Return the one instrument whose serial number stands on a certificate."""
    serials = [serial for item in told.items for serial in item.serials if serial]
    found = list(live(Instrument).filter(serial__in=serials)[:2])
    return found[0] if len(found) == 1 else None


def take_in(told: dcc.Dcc, instrument: Instrument, *, at: datetime, by: int | None, due: date | None = None) -> Calibrated:
    """Write down a certificate and the calibration that it tells; raise Refused, with nothing written, if it is not this instrument's or says too little.

    It was fit where the certificate says so, or where every error keeps its limit – the certificate's, or else the plan's. It holds until `due`, or what
    the certificate says, but no longer than planned.
    """
    with transaction.atomic():
        if wrong := _wrong(told, instrument):
            raise Refused([wrong])
        performed = datetime.combine(told.performed, time(), settings.LINGTING["ZONE"])
        planned = plan_of(instrument, at)
        certificate = enter(_certificate(told, instrument, at), by=by)
        calibrated = _calibrated(told, instrument, planned, at=performed, due=due)
        calibrated.certificate = certificate  # type: ignore[assignment]  # it is one
        enter(calibrated, by=by)
        if points := [_point(point, calibrated, performed) for point in told.points]:
            book.write(*points, act="instruments.point", by=by)
        return calibrated


def _wrong(told: dcc.Dcc, instrument: Instrument) -> Wrong | None:
    serials = {serial for item in told.items for serial in item.serials}
    if instrument.serial and serials and instrument.serial not in serials:
        said = ", ".join(sorted(serials))[:100]
        return Wrong("instrument", f"证书上的编号是 {said}，不是这件器具的 {instrument.serial}。",
                     f"The certificate is of {said}, not of this instrument's number {instrument.serial}.")  # fmt: skip
    if live(Certificate).filter(digest=told.digest).exists():
        return Wrong("digest", "这份证书已经登记过了。", "This certificate was taken in already.")
    return None


def _certificate(told: dcc.Dcc, instrument: Instrument, at: datetime) -> Certificate:
    signed = told.signature
    return Certificate(
        instrument=instrument, named=told.number[:100], form=Form.DCC, digest=told.digest, laboratory=told.laboratory[:200],
        standard="; ".join(told.standards), item="; ".join(_item(item) for item in told.items)[:300], performed=told.performed,
        statement=told.statement or Statement.NONE, signer=signed.signer[:300] if signed else "", schema=told.checked, at=at,
        signature=Signature.NONE if signed is None else Signature.TRUSTED if signed.trusted else Signature.INTACT,
    )  # fmt: skip


def _item(item: dcc.Item) -> str:
    return " ".join(part for part in (item.name, item.maker, item.model, *item.serials) if part)


def _calibrated(told: dcc.Dcc, instrument: Instrument, planned: Plan | None, *, at: datetime, due: date | None) -> Calibrated:
    found = [point for point in told.points if point.found]
    left = [point for point in told.points if not point.found] or found
    found = found or left
    left_fit = _fit(left, told.statement, planned)
    day = told.performed
    longest = day + timedelta(days=planned.interval if planned else YEAR)
    first = not live(Calibrated).filter(instrument=instrument).exists()
    worst = _worst(left)
    return Calibrated(
        instrument=instrument, way=Way.CALIBRATION, occasion=Occasion.FIRST if first else Occasion.INTERVAL, external=True,
        unit=(worst.unit if worst else "")[:20], found_error=_kept(_worst(found), "error"), left_error=_kept(worst, "error"),
        limit=_kept(worst, "limit"), uncertainty=_kept(worst, "uncertainty"), decision=Decision.STATED,
        found_fit=_fit(found, "" if found is not left else told.statement, planned), left_fit=left_fit,
        due=min(due or told.again or longest, longest) if left_fit else None, at=at,
    )  # fmt: skip


def _fit(points: Sequence[dcc.Point], statement: str, planned: Plan | None) -> bool:
    """Tell whether an instrument was fit; Refused where neither a statement nor a limit says."""
    if statement:
        return statement == Statement.PASS
    ours = Decimal(planned.limit).scaleb(-PLACES) if planned and planned.limit is not None else None
    pairs = [(abs(point.error), point.limit if point.limit is not None else ours) for point in points if point.error is not None]
    if not pairs or any(limit is None for _, limit in pairs):
        raise Refused([
            Wrong("limit", "证书没有符合性结论，也没有允许误差；请先在校准计划里填允许误差，或手工登记。",
                  "The certificate neither states conformity nor names limits; put the limit into the plan first, or enter it by hand."),
        ])  # fmt: skip
    return all(error <= limit for error, limit in pairs if limit is not None)


def _worst(points: Sequence[dcc.Point]) -> dcc.Point | None:
    """Return the point with the largest error for its limit."""
    told = [point for point in points if point.error is not None]
    return max(told, key=_share, default=None)


def _share(point: dcc.Point) -> Decimal:
    return abs(point.error or Decimal()) / (point.limit or 1)


def _point(point: dcc.Point, calibrated: Calibrated, at: datetime) -> Point:
    figures = {name: _kept(point, name) for name in ("reference", "indicated", "error", "limit", "uncertainty")}
    return Point(calibrated=calibrated, phase=Phase.FOUND if point.found else Phase.LEFT, unit=point.unit[:40], at=at, **figures)


def _kept(point: dcc.Point | None, name: str) -> int | None:
    """Return a figure as a whole number of its last place; Refused where it has more places than are kept."""
    value: Decimal | None = getattr(point, name) if point else None
    if value is None:
        return None
    scaled = value.scaleb(PLACES)
    if scaled != scaled.to_integral_value() or abs(scaled) >= 1 << 63:
        raise Refused(
            [
                Wrong(
                    name, f"“{value}”超过 {PLACES} 位小数，或太大；请手工登记。", f"“{value}” has more than {PLACES} places, or is too large; enter it by hand."
                )
            ]
        )
    return int(scaled)
