"""What a detector is given: the transcript, its plain text, and the hits of its own norm."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lingting.catalog.model import Norm
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.finding import Finding, Kind, Span, quoted
from lingting.inspection.transcript import Role, Transcript


@dataclass(frozen=True, slots=True)
class Mark:
    """A pattern tagged `tag` stands at `start` to `end` of turn number `turn`."""

    tag: str
    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heard:
    """One conversation as one norm hears it. `organisation` is our name, where it is set; several stand between `|`."""

    transcript: Transcript
    plain: tuple[str, ...]
    marks: tuple[Mark, ...]
    calendar: WorkCalendar
    organisation: str = ""

    def tagged(self, *tags: str) -> Iterator[Mark]:
        """Yield the marks of these tags, in order."""
        return (mark for mark in self.marks if mark.tag in tags)

    def said_by(self, role: Role, mark: Mark) -> bool:
        """Tell whether the marked words are somebody's of this role."""
        return self.transcript.turns[mark.turn].role is role

    def at(self, turn: int) -> datetime | None:
        """Return when a turn was said."""
        return self.transcript.turns[turn].at


class Detector(Protocol):
    """The one shape of every detector module: the patterns it wants scanned, and what it finds in what was heard."""

    @property
    def INSTRUMENT(self) -> str:  # noqa: N802  # a module's constant
        """The instrument's name with its version."""

    @property
    def LEAVES(self) -> str | None:  # noqa: N802  # a module's constant
        """The tag whose words may hold later patterns apart."""

    @property
    def ALWAYS(self) -> bool:  # noqa: N802  # a module's constant
        """Whether it must run even where none of its patterns was met."""

    def patterns(self, norm: Norm) -> Mapping[str, str]:
        """Return the patterns of a norm by tag (`tag` or `tag:anything`)."""

    def find(self, norm: Norm, heard: Heard) -> Iterator[Finding]:
        """Yield the findings of a norm in a conversation; a finding stays true whatever is said later."""


Find = Callable[[Norm, Heard], Iterator[Finding]]


def finding(norm: Norm, heard: Heard, instrument: str, span: Span, *, kind: Kind | None = None, slots: Mapping[str, str] | None = None) -> Finding:
    """Return a finding whose quote is cut from the raw words."""
    quote = quoted(heard.transcript, span)
    return Finding(norm.id, norm.version, instrument, kind or Kind(norm.kind), span, quote, slots or {})
