"""What a sensor published: JSON with a value, and where, what and with which instrument it was read (docs/formats.md)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from lingting.channels.table.values import BadValue, words
from lingting.message import Mistake

LARGEST = 64 << 10
"""Bytes of one message; a reading has a hundred."""

HUNDREDTH = Decimal("0.01")
KNOWN = {"place", "factor", "value", "instrument", "at"}
BEYOND = 10**9
"""Nothing that is read at a place of work is larger."""


@dataclass(frozen=True, slots=True)
class Sensed:
    """A value that a sensor published, in hundredths at the finest; `at` is empty where the sensor has no clock."""

    place: str
    factor: str
    value: str
    instrument: str
    at: str = ""


def read(topic: str, payload: bytes) -> Iterator[Sensed | Mistake]:
    """Yield the readings of a message – one object, or a list of them – and what could not be taken; the topic's last two levels are place and factor.

    >>> [*read("hall/HQ-1/noise", b'{"value": 71.256, "instrument": "NM-71"}')]
    [Sensed(place='HQ-1', factor='noise', value='71.26', instrument='NM-71', at='')]
    """
    try:
        if len(payload) > LARGEST:
            raise BadValue(f"The message has {len(payload):,} bytes; a reading has a hundred.")
        given = json.loads(payload, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        said = str(error) if isinstance(error, BadValue) else "This is not JSON."
        yield Mistake(topic, "", said, 'Publish one object such as {"value": 61.5, "instrument": "NM-71"}; see docs/formats.md.')
        return
    for number, one in enumerate(given if isinstance(given, list) else [given], 1):
        try:
            yield _sensed(topic, one)
        except BadValue as error:
            place = f"reading {number}" if isinstance(given, list) else ""
            yield Mistake(topic, place, str(error), "See docs/formats.md for what a reading needs; it was not written down.")


def _no_number(name: str) -> None:
    raise BadValue(f"{name} is no number.")


def _sensed(topic: str, given: object) -> Sensed:
    if not isinstance(given, Mapping):
        raise BadValue("A reading is an object with a value and an instrument.")
    if unknown := sorted(set(given) - KNOWN):
        raise BadValue(f"A reading has no {', '.join(unknown)[:80]}.")
    levels = ["", "", *topic.split("/")]
    place, factor = given.get("place", levels[-2]), given.get("factor", levels[-1])
    return Sensed(
        words(place, what="place", needed=True), words(factor, what="factor", needed=True), _value(given.get("value")),
        words(given.get("instrument"), what="instrument", needed=True), words(given.get("at"), what="at"),
    )  # fmt: skip


def _value(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise BadValue("value must be a number.")
    number = Decimal(value)
    if abs(number) >= BEYOND:
        raise BadValue("value is larger than anything that is read at a place of work.")
    return str(number.quantize(HUNDREDTH, rounding=ROUND_HALF_EVEN))
