"""A listener (听者): a norm made ready – the words without which it has nothing to say, what it finds, and what is due but may still come."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from lingting.inspection.finding import Finding
from lingting.inspection.scan import Place

if TYPE_CHECKING:
    from lingting.catalog.norm import Norm
    from lingting.inspection.talk import Talk
    from lingting.inspection.words import Words


@dataclass(frozen=True, slots=True)
class Due:
    """What a norm still waits for: the words that called for it, and the parts that are missing so far."""

    norm: str
    place: Place
    missing: tuple[str, ...]


def nothing_due(_: "Talk") -> Iterator[Due]:
    """Yield nothing: a norm that waits for no words."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Listener:
    """A norm made ready. `gate` holds the tags of which one must have been met (None: it listens always); `after` names the norms whose findings it uses.

    A finding stays true whatever is said later: what is not decided yet is due, not found.
    """

    instrument: str
    gate: frozenset[int] | None
    find: Callable[["Talk"], Iterator[Finding]]
    due: Callable[["Talk"], Iterator[Due]] = nothing_due
    after: frozenset[str] = field(default_factory=frozenset)


class Detector(Protocol):
    """The one shape of every detector module: it makes a norm ready."""

    def listen(self, norm: "Norm", words: "Words") -> Listener:
        """Return a norm as a listener; the words it looks for are put among those to scan."""
