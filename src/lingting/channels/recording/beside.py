"""Beside a recording (随附说明): what NAME.json says about NAME.wav – whose channel is whose, when the call began, who the customer is."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lingting.channels.table.values import EARLIEST, LATEST, BadValue, channel, moment, role, words
from lingting.inspection.transcript import Channel, Role
from lingting.message import Person

LARGEST = 1024 * 1024
"""Bytes in a note."""

SIDES = {"left": 0, "right": 1, "左": 0, "右": 1}

_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[-_T .]?(\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Note:
    """What is said about a recording; `agent` is the number of the agent's channel, `role` whose voice a mono file holds, if anybody says so."""

    key: str = ""
    at: datetime | None = None
    agent: int = 0
    role: Role = Role.OTHER
    speaker: str = ""
    seat: str = ""
    channel: Channel = Channel.PHONE
    customer: Person = field(default_factory=Person)
    subject: str = ""
    language: str = ""


def is_vcon(path: Path) -> bool:
    """Tell whether a JSON file beside a recording is a vCon, which speaks for itself, and no note."""
    try:
        return _is_vcon(_parsed(path))
    except BadValue:
        return False


def note(recording: Path, *, zone: ZoneInfo) -> Note:
    """Return what the note beside a recording says, or, without one, only what the recording's name tells; BadValue says what is wrong with it."""
    path = recording.with_suffix(".json")
    given = _parsed(path) if path.is_file() else {}
    if _is_vcon(given):
        given = {}
    customer = given.get("customer") or {}
    if not isinstance(customer, dict):
        raise BadValue("customer must be a mapping of name, organisation, phone and email.")
    side = words(given.get("agent"), what="agent").strip().lower() or "left"
    if side not in SIDES:
        raise BadValue(f"agent “{side[:30]}” is no channel; write left or right.")
    return Note(
        key=words(given.get("key"), what="key")[:255],
        at=moment(given["at"], what="at", zone=zone) if given.get("at") else _named(recording.stem, zone),
        agent=SIDES[side], role=role(given["role"]) if given.get("role") else Role.OTHER, speaker=words(given.get("speaker"), what="speaker")[:300],
        seat=words(given.get("seat"), what="seat").strip()[:40],
        channel=channel(given.get("channel") or Channel.PHONE.value),
        customer=Person(*(words(customer.get(name), what=name)[:300] for name in ("name", "organisation", "phone", "email"))),
        subject=words(given.get("subject"), what="subject"), language=words(given.get("language"), what="language")[:10],
    )  # fmt: skip


def written(recording: Path, seconds: float) -> datetime:
    """Return when a recording began if it was written the moment it ended: the best that its file can tell."""
    at = datetime.fromtimestamp(recording.stat().st_mtime, UTC) - timedelta(seconds=seconds)
    if not EARLIEST <= at.year <= LATEST:
        raise BadValue(f"nobody says when the call began, and the file's own date lies in the year {at.year}; write it as at.")
    return at


def _parsed(path: Path) -> dict[str, Any]:
    if path.stat().st_size > LARGEST:
        raise BadValue("the note is larger than 1 MB.")
    try:
        given = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadValue("the note beside the recording is no JSON in UTF-8.") from error
    if not isinstance(given, dict):
        raise BadValue('the note beside a recording is one JSON object: {"agent": "left", "at": …}.')
    return given


def _is_vcon(given: dict[str, Any]) -> bool:
    return any(name in given for name in ("vcon", "dialog", "payload", "ciphertext"))


def _named(stem: str, zone: ZoneInfo) -> datetime | None:
    """Return the time in a recording's name, as recorders write it (20260721-101203)."""
    match = _IN_NAME.search(stem)
    if not match:
        return None
    try:
        return datetime(*map(int, match.groups()), tzinfo=zone)  # type: ignore[arg-type, misc]  # six numbers
    except ValueError:
        return None
