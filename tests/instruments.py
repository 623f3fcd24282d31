"""What tests of instruments take up: a weighbridge, a detector, an inspector, and findings in conversations."""

import json
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any

from tests.conftest import ZONE

from lingting.inspection.transcript import Channel, Role
from lingting.ledger import book
from lingting.ledger.moment import Moment
from lingting.registers.conversations import actions as conversations
from lingting.registers.conversations.models import Found

Put = Callable[..., Any]
AGREED = "30 3; 2 65"
"""Counts of a study in which precision and kappa are well above every floor."""
_numbers = count(1)


def at(words: str) -> datetime:
    """Return a time where the organisation is."""
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


def as_of(words: str) -> Moment:
    """Return a moment, with all that is known."""
    return Moment(at(words))


def scale(put: Put, code: str = "WB-01", **given: object) -> Any:
    """Take a weighbridge into use, planned at high risk with 0.10 % of error allowed."""
    device = put("instruments.instrument", **{"code": code, "name": "地磅", "sort": "device", "use": "整车称重结算", "at": "2026-05-01", **given})
    put("instruments.plan", instrument=device, risk="high", metrology="calibration", interval=182, limit="0.1", unit="%", at="2026-05-01")
    return device


def calibrated(put: Put, instrument: Any, when: str, due: str, **given: object) -> Any:
    """Write down a calibration that found and left it fit."""
    whole = {"way": "check", "occasion": "interval", "found_fit": True, "left_fit": True, "due": due, "at": when}
    return put("instruments.calibrated", instrument=instrument, **{**whole, **given})


def weighed(put: Put, instrument: Any, when: str, **given: object) -> Any:
    """Write down one weighing."""
    return put("instruments.used", instrument=instrument, **{"what": "整车 一车", "value": "12.5", "unit": "t", "at": when, **given})


def person(put: Put, code: str) -> Any:
    """Take somebody on."""
    return put("people.person", code=code, name=code, at="2026-01-05")


def detector(put: Put, norm: str = "turn.interrupted", **given: object) -> Any:
    """Take a rule into use that listens for a norm."""
    return put("instruments.instrument", **{"code": norm, "name": "插话", "sort": "rule", "use": "听出插话", "norm": norm, "at": "2026-06-01", **given})


def version(put: Put, instrument: Any, number: int, when: str, **given: object) -> Any:
    """Make a version and put it to use at once."""
    whole = {"edition": f"1.{number}", "digest": f"{number:064x}", "engine": "rules/1", "norm_version": number, "what": "阈值", "at": when}
    made = put("instruments.version", instrument=instrument, **{**whole, **given})
    put("instruments.deployed", version=made, digest=f"{number:064x}", at=when)
    return made


def studied(put: Put, instrument: Any, made: Any, when: str, counts: str = AGREED, **given: object) -> Any:
    """Study one that judges against a panel."""
    return put("instruments.studied", instrument=instrument, version=made, reference="panel", counts=counts, at=when, **given)


def heard(when: str, norm: str = "turn.interrupted", *, number: int = 1, channel: str = "phone", language: str = "zh", confidence: float | None = None,
          kind: str = "breach") -> Found:  # fmt: skip
    """Write down a conversation in which something was found."""
    key = str(next(_numbers))
    talk = conversations.begin(source="test", key=key, channel=Channel(channel), at=at(when), subject="", language=language, party=None, meta={})
    said = conversations.say(talk, key="1", role=Role.AGENT, speaker="A03", text="您先听我说", at=at(when), confidence=confidence)
    found = Found(
        conversation=talk, said=said, at=at(when), start=0, end=5, norm=norm, norm_version=number, instrument="rules/1", kind=kind,
        severity="minor", quote="您先听我说", slots=json.dumps({}),
    )  # fmt: skip
    book.write(talk, said, found, act="conversations.hear")
    return found
