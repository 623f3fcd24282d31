"""The values in a certificate: what it is called, what was calibrated, and point by point what came out."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from typing import Any

from lingting.channels.dcc.certificate import Dcc, Item, Point
from lingting.channels.table.values import BadValue

DCC = "https://ptb.de/dcc"
_D = f"{{{DCC}}}"
_S = "{https://ptb.de/si}"

VALUES = ("value", "valueXMLList")
UNITS = ("unit", "unitXMLList")
UNCERTAINTIES = ("uncertainty", "uncertaintyXMLList", "valueExpandedMU", "valueExpandedMUXMLList")
"""Expanded uncertainties as D-SI 1 and 2 call them; half-widths and standard uncertainties are other things and left alone."""

MEANINGS = {"basic_referenceValue": "reference", "basic_measuredValue": "indicated", "basic_measurementError": "error"}
"""What a quantity is, by its refType (PTB's table of basic_ names)."""
NORMALS = {"basic_normalUsed", "basic_measurementStandard", "basic_referenceStandard"}
FOUND = "beforeAdjustment"
"""In a refType: before adjustment, as found."""


def certificate(root: Any) -> Dcc:
    """Return what stands in a certificate; BadValue says what every certificate has and this one lacks."""
    number = _text(root, "administrativeData/coreData/uniqueIdentifier")
    laboratory = _name(root.find(_path("administrativeData/calibrationLaboratory/contact")))
    for what, words in (("unique identifier", number), ("calibration laboratory", laboratory)):
        if not words:
            raise BadValue(f"The certificate names no {what}.")
    core = root.find(_path("administrativeData/coreData"))
    return Dcc(
        digest="", version=str(root.get("schemaVersion") or ""), number=number, laboratory=laboratory, items=tuple(_items(root)),
        performed=_day(_text(core, "endPerformanceDate") or _text(core, "beginPerformanceDate"), "day of calibration"),
        standards=tuple(_standards(root)), statement=_statement(root), again=_again(root), points=tuple(_points(root)), signature=None, checked=False,
    )  # fmt: skip


def _path(words: str) -> str:
    return "/".join(f"{_D}{word}" for word in words.split("/"))


def _text(element: Any, path: str) -> str:
    return str(element.findtext(_path(path)) or "").strip() if element is not None else ""


def _name(element: Any) -> str:
    """Return the name of something, in English where several languages are given, else the first."""
    contents = element.findall(_path("name/content")) if element is not None else []
    english = [one for one in contents if one.get("lang") == "en"]
    return str((english or contents)[0].text or "").strip() if contents else ""


def _day(words: str, what: str) -> date:
    try:
        return date.fromisoformat(words[:10])
    except ValueError as error:
        raise BadValue(f"The certificate's {what} “{words[:20]}” is no date." if words else f"The certificate names no {what}.") from error


def _items(root: Any) -> Iterator[Item]:
    for item in root.iterfind(_path("administrativeData/items/item")):
        serials = tuple(str(one.text or "").strip() for one in item.iterfind(_path("identifications/identification/value")))
        yield Item(_name(item), _name(item.find(_path("manufacturer"))), _text(item, "model"), serials)


def _standards(root: Any) -> Iterator[str]:
    """Yield the standards used: those marked as such, or else every equipment that was used."""
    used = list(root.iterfind(f".//{_D}measuringEquipment"))
    marked = [one for one in used if NORMALS & set(str(one.get("refType") or "").split())]
    for one in marked or used:
        serial = str(one.findtext(f".//{_D}identification/{_D}value") or "").strip()
        yield f"{_name(one)} ({serial})" if serial else _name(one)


def _statement(root: Any) -> str:
    """Return what is said of conformity of the whole: fail, if anything failed."""
    said = [str(one.text or "").strip() for tag in ("conformity", "conformityXMLList") for one in root.iter(f"{_D}{tag}")]
    words = {word for one in said for word in one.split()}
    return "fail" if "fail" in words else "pass" if words == {"pass"} else ""


def _again(root: Any) -> date | None:
    for statement in root.iterfind(_path("administrativeData/statements/statement")):
        if "basic_recalibration" in str(statement.get("refType") or "").split() and (words := _text(statement, "date")):
            return _day(words, "day of the next calibration")
    return None


def _points(root: Any) -> Iterator[Point]:
    """Yield the points of every result; quantities that stand in one list belong together, place by place."""
    for result in root.iterfind(f".//{_D}results/{_D}result"):
        for group in _groups(result):
            found = any(FOUND in str(one.get("refType") or "") for one in (result, *group))
            yield from _rows(group, found=found)


def _groups(result: Any) -> Iterator[Sequence[Any]]:
    data = result.find(_path("data"))
    for part in data if data is not None else ():
        if part.tag == f"{_D}list":
            yield part.findall(_path("quantity"))
        elif part.tag == f"{_D}quantity":
            yield [part]


def _rows(group: Sequence[Any], *, found: bool) -> Iterator[Point]:
    columns: dict[str, list[Decimal | None]] = {}
    units: dict[str, str] = {}
    for quantity in group:
        meant = [MEANINGS[word] for word in str(quantity.get("refType") or "").split() if word in MEANINGS]
        name = meant[0] if meant else "indicated" if len(group) == 1 else ""
        values = _numbers(quantity, VALUES)
        if not name or not values or name in columns:
            continue
        columns[name], units[name] = values, _unit(quantity)
        if name == "error" or len(group) == 1:
            columns["uncertainty"] = _spread(_numbers(quantity, UNCERTAINTIES), len(values))
            columns["limit"] = _limits(quantity)
    for row in zip_longest(*columns.values()):
        told = dict(zip(columns, row, strict=True))
        indicated, reference = told.get("indicated"), told.get("reference")
        if told.get("error") is None and indicated is not None and reference is not None and units["indicated"] == units["reference"]:
            told["error"] = indicated - reference
        yield Point(found=found, unit=_together(units), **{name: told.get(name) for name in ("reference", "indicated", "error", "limit", "uncertainty")})


def _together(units: dict[str, str]) -> str:
    """Return the unit of a point; a thermometer told in ohms against a reference in kelvins has two."""
    return " → ".join(dict.fromkeys(units[name] for name in MEANINGS.values() if name in units))


def _spread(numbers: list[Decimal | None], size: int) -> list[Decimal | None]:
    """Return one number for each point: a list may name a single one for all."""
    return numbers * size if len(numbers) == 1 else numbers


def _limits(quantity: Any) -> list[Decimal | None]:
    """Return how far each point may be off: the nearer of the two acceptance limits."""
    ends = [_numbers(one, VALUES) for one in quantity.iter(f"{_D}quantity") if "acceptanceLimit" in str(one.get("refType") or "")]
    return [min((abs(end) for end in row if end is not None), default=None) for row in zip_longest(*ends)]


def _kept(quantity: Any) -> Any:
    """Return the value of a quantity: where it is written in several units, the first."""
    hybrid = quantity.find(f"{_S}hybrid")
    return next(iter(hybrid), quantity) if hybrid is not None else next((part for part in quantity if str(part.tag).startswith(_S)), quantity)


def _numbers(quantity: Any, names: Sequence[str]) -> list[Decimal | None]:
    words = [str(one.text or "") for name in names for one in _kept(quantity).iter(f"{_S}{name}")]
    return [_number(word) for one in words for word in one.split()]


def _number(word: str) -> Decimal:
    try:
        value = Decimal(word)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise BadValue(f"“{word[:20]}” is no number.")
    return value


def _unit(quantity: Any) -> str:
    return next((str(one.text or "").strip() for name in UNITS for one in _kept(quantity).iter(f"{_S}{name}")), "")
