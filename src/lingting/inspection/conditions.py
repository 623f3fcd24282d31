"""Conditions (条件): the words of the norm language made into functions that say where in a talk they are met; docs/norm-language.md shows each of them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from math import inf

from lingting.catalog.norm import Condition
from lingting.inspection.filters import Filter, filters, from_to, turns_in_range, units
from lingting.inspection.lasting import amounts
from lingting.inspection.listener import voices
from lingting.inspection.normalise import plain
from lingting.inspection.scan import Place
from lingting.inspection.sentences import clauses, sentences
from lingting.inspection.talk import Talk
from lingting.inspection.words import Begun, Words

Places = Callable[[Talk], list[Place]]
Source = Callable[[Talk, int], list[Place]]
"""Where places come from, in turns from this one on."""

Gates = tuple[frozenset[int], ...]
"""Sets of tags; of each of them one at least must have been met for a condition to be."""


@dataclass(frozen=True, slots=True)
class Met:
    """A condition, compiled: where it is met in a talk, before its window is looked at; `narrow` are its filters alone, for places of others (`either`).

    `seen_from` names the conditions that its window depends on, `number` is its own; `grows` tells that later turns only add to where it stands in its window.
    Of one that only asks whether somebody said words, `said` are their tag and the speakers, as bits.
    """

    condition: Condition
    gates: Gates
    places: Places
    narrow: Filter
    number: int
    said: tuple[int, int] | None = None
    seen_from: frozenset[str] = frozenset()
    grows: bool = False

    @property
    def needs_words(self) -> bool:
        """Tell whether a turn must have words to meet it; that somebody spoke, or for how long, is known without."""
        asked = self.condition
        return bool(asked.has_words or asked.norm or asked.letters or asked.like or asked.shares or asked.again or asked.time or asked.question is not None)

    def turns(self, talk: Talk) -> Sequence[int]:
        """Return the turns that it may be met in: those of its speakers, in its range."""
        return turns_in_range(talk, self.condition)


_numbers = count()


def compiled(condition: Condition, words: Words, *, begun: Begun = True) -> Met:
    """Return a condition as a function; what two norms ask alike is worked out once in a talk. Of words that are quoted it may be known where they begin."""
    narrowing = list(filters(condition, words))
    # An exception covers words from their beginning, and what is counted must be told apart.
    gates, begin = _source(condition, words, begun=True if condition.but or (begun and condition.times) else begun)
    key = condition.model_copy(update={"within": None}).model_dump_json(exclude_defaults=True)

    def narrowed(talk: Talk, places: list[Place]) -> list[Place]:
        for narrow in narrowing:
            if not places:
                break
            places = narrow(talk, places)
        return places

    lasts = steady(condition)

    def places(talk: Talk) -> list[Place]:
        found: list[Place] | None = talk.known.get(key)
        if found is None:
            if lasts and talk.settled is not None:
                return talk.grown(key, lambda since: narrowed(talk, begin(talk, since)))
            found = talk.known[key] = narrowed(talk, begin(talk, 0))
        return found

    only_said = condition.model_copy(update={"by": (), "any": (), "unit": "sentence"}) == Condition()
    said = (next(iter(gates[0])), voices(condition.by)) if only_said and condition.any else None
    return Met(condition, gates, places, narrowed, next(_numbers), said)


def steady(asked: Condition) -> bool:
    """Tell whether later turns leave alone what was met in earlier ones: nothing is counted through, seen from the end, or taken from elsewhere."""
    counted = asked.times or asked.run or asked.lasting or asked.norm or asked.either
    return not (counted or (asked.turns and asked.turns.last is not None) or (asked.shares and asked.shares.later))


def grows(name: str, conditions: Mapping[str, Condition]) -> bool:
    """Tell whether later turns leave alone where a condition stands in its window: what it is seen from stands in the same words, or came before."""
    window = conditions[name].within
    anchor = conditions[window.anchor] if window else None
    if window is None or anchor is None or not (window.after or window.same) or window.seconds is not None or window.nth is not None:
        return False
    return steady(conditions[name]) and steady(anchor) and anchor.within is None


def _source(condition: Condition, words: Words, *, begun: Begun) -> tuple[Gates, Source]:
    """Return where the places of a condition come from: words, another norm, lasting events or whole turns."""
    if condition.norm:
        return (), lambda talk, _: sorted({place for norm in condition.norm for place in _found(talk, norm)})
    if condition.either:
        return (), lambda *_: []
    if condition.lasting:
        event, bounds = condition.lasting, condition.amount
        least, most = from_to(bounds) if bounds else (-inf, inf)
        return (), lambda talk, _: [(turn, 0, len(talk.plain[turn])) for turn, amount in amounts(talk, event) if least <= amount <= most]
    if not condition.has_words:
        return (), lambda talk, since: [place for turn in _from(turns_in_range(talk, condition), since) for place in _parts(talk, turn, condition.each)]
    spoken = voices(condition.by)
    groups = [words.tag(group, sound=condition.sound, begun=begun, voices=spoken) for group in _groups(condition, words)]
    if condition.any or condition.text:
        first, others = groups[0], groups[1:]
        both = units(condition.unit, others, len(others))
        return tuple(frozenset({group}) for group in groups), lambda talk, since: both(talk, places_from(talk.tagged(first), since))
    least = len(groups) if condition.all else condition.least or 1
    enough = units(condition.unit, groups, least)

    def gathered(talk: Talk, since: int) -> list[Place]:
        met = [places for group in groups if (places := places_from(talk.tagged(group), since))]
        if len(met) < least:
            return []
        turns = Counter(chain.from_iterable({place[0] for place in places} for places in met))
        return enough(talk, sorted(place for place in chain.from_iterable(met) if turns[place[0]] >= least))

    # Places stand in one unit with all of their groups, so each is met in the words of the same speaker.
    return tuple(frozenset({group}) for group in groups) if least == len(groups) else (frozenset(groups),), gathered


def _from(turns: Sequence[int], since: int) -> Sequence[int]:
    return turns[bisect_left(turns, since) :] if since else turns


def places_from(places: list[Place], since: int) -> list[Place]:
    """Return the places in turns from one on, out of places in order."""
    return places[bisect_left(places, (since, 0, 0)) :] if since else places


def _found(talk: Talk, norm: str) -> Iterator[Place]:
    return ((finding.span.turn, finding.span.start, finding.span.end) for finding in talk.found(norm))


def _parts(talk: Talk, turn: int, each: str | None) -> list[Place]:
    """Return the clauses or sentences of a turn, or the turn as a whole."""
    words = talk.plain[turn]
    if each is None:
        return [(turn, 0, len(words))]
    spans = sentences(words) if each == "sentence" else (part for span in sentences(words) for part in clauses(words, *span))
    return [(turn, start, end) for start, end in spans]


def _groups(condition: Condition, words: Words) -> Iterator[Sequence[str]]:
    if condition.any:
        yield condition.any
    elif condition.text:
        yield [words.phrase(condition.text) if condition.mode == "verbatim" else plain(condition.text)]
    yield from (condition.all or condition.of)
