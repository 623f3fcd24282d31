"""A listener (听者): a norm made ready – the words without which it has nothing to say, what it finds, and what is due but may still come."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from lingting.inspection.finding import Finding
from lingting.inspection.scan import Place
from lingting.inspection.transcript import EVERYBODY, VOICES, Role

if TYPE_CHECKING:
    from lingting.catalog.norm import Norm
    from lingting.inspection.talk import Talk
    from lingting.inspection.words import Words


@dataclass(frozen=True, slots=True)
class Way:
    """One way to have something to say: every gate of `gates` (bits, see `Words.gate`) was passed, and of each set of `norms` one may have found something."""

    gates: int = 0
    norms: frozenset[frozenset[str]] = frozenset()


ALWAYS = (Way(),)


def both(some: tuple[Way, ...], others: tuple[Way, ...]) -> tuple[Way, ...]:
    """Return the ways to have what these and those are the ways to."""
    return tuple({Way(one.gates | other.gates, one.norms | other.norms): None for one in some for other in others})


@dataclass(frozen=True, slots=True)
class Due:
    """What a norm still waits for: the words that called for it, as they will be quoted, and the parts that are missing so far."""

    norm: str
    place: Place
    missing: tuple[str, ...]


def voices(roles: Iterable[str]) -> int:
    """Return bits for speakers; nobody in particular is everybody."""
    return sum({VOICES[Role(role)] for role in roles}) or EVERYBODY


def nothing_due(_: "Talk") -> Iterator[Due]:
    """Yield nothing: a norm that waits for no words."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Listener:
    """A norm made ready.

    `ways` are those in which it may find something, `due_ways` those in which something may be due; `after` names the norms whose findings it uses.

    A finding stays true whatever is said later: what is not decided yet is due, not found.
    """

    instrument: str
    ways: tuple[Way, ...]
    find: Callable[["Talk"], Iterator[Finding]]
    due: Callable[["Talk"], Iterator[Due]] = nothing_due
    due_ways: tuple[Way, ...] = ()
    after: frozenset[str] = field(default_factory=frozenset)


class Detector(Protocol):
    """The one shape of every detector module: it makes a norm ready."""

    def listen(self, norm: "Norm", words: "Words") -> Listener:
        """Return a norm as a listener; the words it looks for are put among those to scan."""
