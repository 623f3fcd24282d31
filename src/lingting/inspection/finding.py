"""A finding (发现): words cut from a transcript by their span, with the norm they bear on and the instrument that heard them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lingting.inspection.transcript import Transcript


class Kind(StrEnum):
    """What a finding says about its words; an abstention says that the instrument could not decide."""

    BREACH = "breach"
    PRAISE = "praise"
    PROMISE = "promise"
    FACT = "fact"
    FEELING = "feeling"
    ABSTENTION = "abstention"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a transcript: characters `start` to `end` of the raw text of turn number `turn`, counted from 0."""

    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One quoted finding.

    `norm` and `norm_version` name what was asked, `instrument` names the detector with its version (`promise-rules/1`).
    `slots` hold the parts that the detector read out of the quote, as plain strings; times in them are ISO 8601 with an offset.
    """

    norm: str
    norm_version: int
    instrument: str
    kind: Kind
    span: Span
    quote: str
    slots: Mapping[str, str] = field(default_factory=dict)


def quoted(transcript: Transcript, span: Span) -> str:
    """Return the raw words at a span: the only way a quote comes into being."""
    return transcript.turns[span.turn].text[span.start : span.end]
