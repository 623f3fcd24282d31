"""Conditions (条件): the words of the norm language made into functions that say where in a talk they are met; docs/norm-language.md shows each of them."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from math import inf

from lingting.catalog.norm import Again, Bounds, Condition, Like, Range, Shares
from lingting.inspection.due import dues
from lingting.inspection.lasting import amounts
from lingting.inspection.likeness import alike, grams, how_many_alike, joined, repeating, share
from lingting.inspection.listener import voices
from lingting.inspection.normalise import plain
from lingting.inspection.scan import Place
from lingting.inspection.sentences import clauses, is_question, sentences
from lingting.inspection.talk import Talk, in_turn
from lingting.inspection.words import Begun, Words

Places = Callable[[Talk], list[Place]]
Source = Callable[[Talk, int], list[Place]]
"""Where places come from, in turns from this one on."""

Filter = Callable[[Talk, list[Place]], list[Place]]
Gates = tuple[frozenset[int], ...]
"""Sets of tags; of each of them one at least must have been met for a condition to be."""

LOOKS_BACK = 30
"""A speaker's earlier turns that a new one is compared with: a person repeats what was said lately."""


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
        return _range(talk, self.condition)


_numbers = count()


def compiled(condition: Condition, words: Words, *, begun: Begun = True) -> Met:
    """Return a condition as a function; what two norms ask alike is worked out once in a talk. Of words that are quoted it may be known where they begin."""
    filters = list(_filters(condition, words))
    # An exception covers words from their beginning, and what is counted must be told apart.
    gates, begin = _source(condition, words, begun=True if condition.but or (begun and condition.times) else begun)
    key = condition.model_copy(update={"within": None}).model_dump_json(exclude_defaults=True)

    def narrowed(talk: Talk, places: list[Place]) -> list[Place]:
        for narrow in filters:
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
        least, most = _from_to(bounds) if bounds else (-inf, inf)
        return (), lambda talk, _: [(turn, 0, len(talk.plain[turn])) for turn, amount in amounts(talk, event) if least <= amount <= most]
    if not condition.has_words:
        return (), lambda talk, since: [place for turn in _from(_range(talk, condition), since) for place in _parts(talk, turn, condition.each)]
    groups = [words.tag(group, sound=condition.sound, begun=begun) for group in _groups(condition, words)]
    if condition.any or condition.text:
        first, others = groups[0], groups[1:]
        both = _units(condition.unit, others, len(others))
        return tuple(frozenset({group}) for group in groups), lambda talk, since: both(talk, places_from(talk.tagged(first), since))
    least = len(groups) if condition.all else condition.least or 1
    enough = _units(condition.unit, groups, least)

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


def _units(unit: str, groups: list[int], least: int) -> Filter:
    """Keep places in whose unit so many groups of words stand."""

    def enough(talk: Talk, places: list[Place]) -> list[Place]:
        return [place for place in places if _holding(talk, groups, place[0], talk.unit(unit, place)) >= least]

    return enough if groups else lambda _, places: places


def _holding(talk: Talk, groups: list[int], turn: int, span: tuple[int, int]) -> int:
    return sum(talk.holds(group, turn, span) for group in groups)


def _filters(condition: Condition, words: Words) -> Iterator[Filter]:
    """Yield what narrows a condition, the cheap ones first."""
    yield from _by_speaker_and_words(condition, words)
    yield from _by_turn(condition)
    yield from _by_others(condition)


def _by_speaker_and_words(condition: Condition, words: Words) -> Iterator[Filter]:
    if condition.by and (condition.has_words or condition.lasting or condition.norm or condition.either):
        yield _by(frozenset(condition.by))
    if condition.turns and (condition.has_words or condition.norm or condition.either):
        yield _in(condition)
    if condition.has_words and not condition.quoted:
        yield lambda talk, places: [place for place in places if not talk.in_quotation(place)] if talk.quotes() else places
    if condition.but:
        yield _but(words.tag(condition.but))
    if condition.unless:
        yield _unless(words.tag(condition.unless, begun=False), condition.unit)


def _by_turn(condition: Condition) -> Iterator[Filter]:
    if condition.question is not None:
        yield lambda talk, places: [place for place in places if _asks(talk, place) is condition.question]
    if condition.letters:
        yield _letters(condition.letters, whole=condition.each is None)
    if condition.continues:
        yield _continues(condition.continues)
    if condition.time:
        yield lambda talk, places: [place for place in places if _dated(talk, place) is (condition.time == "definite")]


def _by_others(condition: Condition) -> Iterator[Filter]:
    if condition.like:
        yield _like(condition.like, condition.unit)
    if condition.shares:
        yield _shares(condition.shares, condition.unit)
    if condition.again:
        yield _again(condition.again)
    if condition.run:
        yield _run(condition.run)
    if condition.times:
        yield _times(condition.times)


def _by(roles: frozenset[str]) -> Filter:
    def theirs(talk: Talk, places: list[Place]) -> list[Place]:
        turns = talk.transcript.turns
        return [place for place in places if turns[place[0]].role in roles]

    return theirs


def _in(condition: Condition) -> Filter:
    def ranged(talk: Talk, places: list[Place]) -> list[Place]:
        wanted = set(_range(talk, condition))
        return [place for place in places if place[0] in wanted]

    return ranged


def _but(tag: int) -> Filter:
    """Leave out places that words of an exception cover: 你们 is no 你."""

    def uncovered(talk: Talk, places: list[Place]) -> list[Place]:
        others = talk.tagged(tag)
        return [place for place in places if not any(_covers(other, place) for other in in_turn(others, place[0]))] if others else places

    return uncovered


def _covers(other: Place, place: Place) -> bool:
    return other[1] <= place[1] and place[2] <= other[2]


def _unless(tag: int, unit: str) -> Filter:
    def kept(talk: Talk, places: list[Place]) -> list[Place]:
        return [place for place in places if not (talk.in_turn(tag, place[0]) and talk.holds(tag, place[0], talk.unit(unit, place)))]

    return kept


def _asks(talk: Talk, place: Place) -> bool:
    return is_question(talk.plain[place[0]], *talk.sentence(place))


def _letters(bounds: Bounds, *, whole: bool) -> Filter:
    """Keep places in turns of so many letters; what is taken in parts (`each`) is counted in parts."""
    least, most = _from_to(bounds)
    if whole:
        return lambda talk, places: [place for place in places if least <= len(talk.plain[place[0]].strip()) <= most]
    return lambda _, places: [place for place in places if least <= place[2] - place[1] <= most]


def _continues(by: str) -> Filter:
    """Keep turns that begin with the words with which the turn just before them ended."""
    return lambda talk, places: [
        place for place in places if place[0] and talk.role(place[0] - 1) == by and joined(talk.plain[place[0] - 1], talk.plain[place[0]])
    ]


def _dated(talk: Talk, place: Place) -> bool:
    """Tell whether the turn of a place names a definite time that lies ahead."""
    said = talk.at(place[0])
    if said is None:
        return False
    dated: bool = talk.once(("dated", place[0]), lambda: any(due.at > said for due in dues(talk.plain[place[0]], said, talk.calendar)))
    return dated


def _like(like: Like, unit: str) -> Filter:
    examples = [grams(plain(sentence)) for sentence in like.to]

    def likely(talk: Talk, places: list[Place]) -> list[Place]:
        return [place for place in places if any(alike(_grams(talk, place, unit), example, like.least) for example in examples)]

    return likely


def _grams(talk: Talk, place: Place, unit: str) -> frozenset[str]:
    return talk.grams(place[0]) if unit == "turn" else grams(talk.words(place[0], talk.unit(unit, place)))


def _shares(shares: Shares, unit: str) -> Filter:
    """Keep places whose content was said before by somebody, or is said afterwards, to the share that is asked for."""
    bounds = Bounds(least=shares.least if shares.least is not None else 0.0, most=shares.most)

    def echoed(talk: Talk, places: list[Place]) -> list[Place]:
        theirs = talk.turns_of((shares.by,))
        kept = []
        for place in places:
            before, after = bisect_left(theirs, place[0]), bisect_right(theirs, place[0])
            others = (
                theirs[after : after + shares.turns if shares.turns else None]
                if shares.later
                else theirs[max(0, before - (shares.turns or LOOKS_BACK)) : before]
            )
            if inside(bounds, share(_grams(talk, place, unit), (talk.grams(turn) for turn in others))):
                kept.append(place)
        return kept

    return echoed


def _again(again: Again) -> Filter:
    """Keep turns in which a speaker says for the third time (`least`) what was said before."""

    def repeated(talk: Talk, places: list[Place]) -> list[Place]:
        kept = []
        for role in {talk.role(place[0]) for place in places}:
            own = talk.turns_of((role,))
            since = max(0, bisect_left(own, places[0][0]) - LOOKS_BACK)
            said = [talk.grams(turn) for turn in own[since:]]
            candidates = repeating(said, again.like)
            for place in places:
                here = bisect_left(own, place[0], since) - since
                if here not in candidates or talk.role(place[0]) is not role:
                    continue
                if how_many_alike(said[here], said[max(0, here - LOOKS_BACK) : here], again.like) >= again.least - 1:
                    kept.append(place)
        return sorted(kept)

    return repeated


def _run(length: int) -> Filter:
    """Keep the places in the last of so many turns in a row of one speaker, each of which has one."""

    def in_a_row(talk: Talk, places: list[Place]) -> list[Place]:
        turns = {place[0] for place in places}
        kept = []
        for place in places:
            own = talk.turns_of((talk.role(place[0]),))
            here = bisect_left(own, place[0])
            if here + 1 >= length and all(turn in turns for turn in own[here + 1 - length : here]):
                kept.append(place)
        return kept

    return in_a_row


def _times(bounds: Bounds) -> Filter:
    return lambda _, places: [place for number, place in enumerate(apart(places), 1) if inside(bounds, number)]


def apart(places: list[Place]) -> Iterator[Place]:
    """Yield places that do not overlap one before."""
    turn, end = -1, 0
    for place in places:
        if place[0] != turn or place[1] >= end:
            yield place
            turn, end = place[0], place[2]


def _range(talk: Talk, condition: Condition) -> Sequence[int]:
    """Return the turns that a condition may be met in: those of its speakers, in its range."""
    own = talk.turns_of(condition.by)
    return _ranged(own, condition.turns, ended=talk.transcript.ended) if condition.turns else own


def _ranged(own: list[int], wanted: Range, *, ended: bool) -> list[int]:
    if wanted.last is not None:
        return own[-wanted.last :] if ended else []
    return own[(wanted.since or 1) - 1 : wanted.first or wanted.until]


def inside(bounds: Bounds, amount: float) -> bool:
    """Tell whether an amount lies within bounds."""
    return (bounds.least is None or amount >= bounds.least) and (bounds.most is None or amount <= bounds.most)


def _from_to(bounds: Bounds) -> tuple[float, float]:
    return -inf if bounds.least is None else bounds.least, inf if bounds.most is None else bounds.most


def between(turns: Sequence[int], after: int, until: int) -> int:
    """Return how many of these turns lie after one turn, up to another."""
    return bisect_right(turns, until) - bisect_right(turns, after)
