"""A message (消息): what every channel hands to the spine, in its envelope; and mistakes that say where and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lingting.inspection.transcript import Channel, Role


@dataclass(frozen=True, slots=True)
class Person:
    """The customer (顾客) as the source names them; every field may be empty. `number` is theirs in our register, where a person chose them there."""

    name: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""
    number: int = field(default=0, kw_only=True)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the messages of one conversation share.

    `source` and `key` name the conversation; when the source has no such name (mail), `key` is the message's own and `references` lists,
    nearest first, the earlier messages of the same correspondent that it may belong to. `queue` is whose work it is: accounts may be kept to some
    queues. `meta` is what the source knows beside the words: `reason`, why the contact took place, and `record`, what the records said of the matter
    at that moment. A `drill` was held to practise: nobody's matter is in it.
    """

    source: str
    key: str
    channel: Channel
    customer: Person = field(default_factory=Person)
    subject: str = ""
    language: str = ""
    queue: str = ""
    references: tuple[str, ...] = ()
    ended: datetime | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    drill: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it came over the wire; `key` is unique in its conversation, `at` is aware of its time zone.

    `seat` is the number of the seat (席位) from which it was said. `automatic` is "auto-reply" or "bounce" where no person wrote it. Speech that nobody
    wrote down has the text "". `confidence` and `loudness` are a recording's, as in a Turn.
    """

    envelope: Envelope
    key: str
    at: datetime
    role: Role
    text: str
    speaker: str = ""
    until: datetime | None = None
    automatic: str = ""
    confidence: float | None = None
    loudness: float | None = None
    seat: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in given data that could not be taken: where it stands, what is wrong, and what to do.

    Args:
        path: the file.
        place: the line, row, cell or part in it ("line 12", "Sheet1!C7"), empty for the whole file.
        wrong: one sentence, English; edges translate it by `code` and `data`.
        remedy: one sentence that says what to do.
    """

    path: str
    place: str
    wrong: str
    remedy: str
