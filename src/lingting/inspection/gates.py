"""Gates (门): which norms may have something to say of a talk, by the words that were met in it and by whom; all others do not listen at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lingting.catalog.norm import Norm
from lingting.inspection.listener import Listener, Way
from lingting.inspection.transcript import EVERYBODY, Channel

_Need = tuple[int, tuple[int, ...]]
"""A way as bits: the gates that must all be passed, and sets of norms of each of which one may find something."""

_Entry = tuple[int, tuple[_Need, ...], tuple[_Need, ...]]
"""A norm's own bit, its ways to find something, and its ways to have something due."""


class UnknownNorm(ValueError):
    """A norm builds on another that the pack does not have, or on itself."""


@dataclass(frozen=True, slots=True)
class Gates:
    """The gates of a pack.

    `entries` are the norms in the order in which they build on one another, `meant` those for a channel and language, as far as these were met; `opened`
    tells which gates a tag opens, for every set of those who say its words.
    """

    norms: Sequence[Norm]
    entries: tuple[tuple[int, _Entry], ...]
    opened: Mapping[int, tuple[int, ...]]
    meant: dict[tuple[str, str], tuple[_Entry, ...]] = field(default_factory=dict)

    def passed(self, voices: Mapping[int, int]) -> int:
        """Return the gates that are passed where words of these tags were met, in these voices."""
        passed, opened = 0, self.opened
        for tag, spoken in voices.items():
            if tag in opened:
                passed |= opened[tag][spoken]
        return passed

    def may(self, passed: int, channel: Channel, language: str) -> int:
        """Return the norms, as bits, that may find something once these gates are passed."""
        may = 0
        for own, ways, _ in self._meant(channel, language):
            for gates, several in ways:  # what `_open` does: asked of every norm in every conversation, the call costs more than the answer
                if passed & gates == gates and (not several or _any_of_each(several, may)):
                    may |= own
                    break
        return may

    def due(self, passed: int, may: int, channel: Channel, language: str) -> list[int]:
        """Return the places of the norms that may have something due."""
        return [own.bit_length() - 1 for own, _, ways in self._meant(channel, language) if _open(ways, passed, may)]

    def _meant(self, channel: Channel, language: str) -> tuple[_Entry, ...]:
        known = self.meant.get((channel, language))
        if known is None:
            known = self.meant[channel, language] = tuple(entry for place, entry in self.entries if _for(self.norms[place], channel, language))
        return known


def _for(norm: Norm, channel: Channel, language: str) -> bool:
    return (not norm.channels or channel in norm.channels) and (not norm.languages or not language or language in norm.languages)


def _open(ways: tuple[_Need, ...], passed: int, may: int) -> bool:
    for gates, several in ways:  # noqa: SIM110  # as above
        if passed & gates == gates and (not several or _any_of_each(several, may)):
            return True
    return False


def _any_of_each(several: tuple[int, ...], may: int) -> bool:
    return all(may & norms for norms in several)


def gates(norms: Sequence[Norm], listeners: Sequence[Listener], known: Mapping[frozenset[tuple[int, int]], int]) -> Gates:
    """Return the gates of norms; `known` are all gates by the number of their bit. UnknownNorm names a norm that builds on what is not there."""
    places = {norm.id: place for place, norm in enumerate(norms)}
    order: list[int] = []
    for place in range(len(norms)):
        _ordered(place, norms, listeners, places, order, ())

    def bits(ways: Sequence[Way]) -> tuple[_Need, ...]:
        return tuple((way.gates, tuple(sum(1 << places[norm] for norm in several) for several in way.norms)) for way in ways)

    entries = tuple((place, (1 << place, bits(listeners[place].ways), bits(listeners[place].due_ways))) for place in order)
    return Gates(norms, entries, _opened(known))


def _ordered(place: int, norms: Sequence[Norm], listeners: Sequence[Listener], places: Mapping[str, int], order: list[int], above: tuple[int, ...]) -> None:
    """Put a norm after those that it builds on."""
    if place in above:
        raise UnknownNorm(f"{norms[place].id} builds on itself; take one of the two references out.")
    for other in sorted(listeners[place].after):
        if other not in places:
            raise UnknownNorm(f"{norms[place].id} builds on {other}, which this pack does not have; add it, or take the reference out.")
        _ordered(places[other], norms, listeners, places, order, (*above, place))
    if place not in order:
        order.append(place)


def _opened(known: Mapping[frozenset[tuple[int, int]], int]) -> dict[int, tuple[int, ...]]:
    """Return for every tag the gates that it opens, by who says its words: any of those for whom a gate is."""
    opened: dict[int, list[int]] = {}
    for gate, number in known.items():
        for tag, said_by in gate:
            every = opened.setdefault(tag, [0] * (EVERYBODY + 1))
            for spoken in range(EVERYBODY + 1):
                every[spoken] |= (1 << number) if spoken & said_by else 0
    return {tag: tuple(every) for tag, every in opened.items()}
