"""A transcript (转写): what was said in one conversation, turn by turn, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """Who speaks, seen from the organisation."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"
    OTHER = "other"


VOICES = {role: 1 << place for place, role in enumerate(Role)}
"""A bit for every speaker."""

EVERYBODY = sum(VOICES.values())


class Channel(StrEnum):
    """The way a conversation took; a norm may hold for some channels only."""

    PHONE = "phone"
    CHAT = "chat"
    MAIL = "mail"
    FORM = "form"
    PORTAL = "portal"
    SURVEY = "survey"
    FACE_TO_FACE = "face-to-face"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said without another in between.

    `until` is known for timed speech only; `key` is the turn's name in its source. A turn that was heard but not written down has no words ("").
    `confidence` (0 to 1) is the recogniser's in words that a machine wrote down: low, it never counts against anybody. `loudness` is in decibels
    above or below the speaker's own usual level in this conversation.
    """

    role: Role
    text: str
    at: datetime | None = None
    until: datetime | None = None
    speaker: str = ""
    key: str = ""
    confidence: float | None = None
    loudness: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """One conversation; `ended` tells that nothing more will be said in it, `meta` what else is known: why it took place, what the records say."""

    turns: Sequence[Turn]
    channel: Channel = Channel.CHAT
    language: str = ""
    ended: bool = False
    meta: Mapping[str, Any] = field(default_factory=dict)
