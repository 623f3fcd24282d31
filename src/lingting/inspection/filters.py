"""Filters (筛选): what narrows a condition – who says it, in which of their turns, beside which other words, like what was said before, how often."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from math import inf

from lingting.catalog.norm import Again, Bounds, Condition, Like, Range, Shares
from lingting.inspection.due import dues
from lingting.inspection.likeness import alike, grams, how_many_alike, joined, repeating, share
from lingting.inspection.listener import voices
from lingting.inspection.normalise import plain
from lingting.inspection.scan import Place
from lingting.inspection.sentences import is_question
from lingting.inspection.talk import Talk, in_turn
from lingting.inspection.words import Words

Filter = Callable[[Talk, list[Place]], list[Place]]
"""Keeps some of the places where a condition may be met."""

LOOKS_BACK = 30
"""A speaker's earlier turns that a new one is compared with: a person repeats what was said lately."""


def filters(condition: Condition, words: Words) -> Iterator[Filter]:
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
        yield _but(words.tag(condition.but, voices=voices(condition.by)))
    if condition.unless:
        yield _unless(words.tag(condition.unless, begun=False, voices=voices(condition.by)), condition.unit)


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


def units(unit: str, groups: list[int], least: int) -> Filter:
    """Return a filter that keeps places in whose clause, sentence or turn so many groups of words stand."""

    def enough(talk: Talk, places: list[Place]) -> list[Place]:
        return [place for place in places if _holding(talk, groups, place[0], talk.unit(unit, place)) >= least]

    return enough if groups else lambda _, places: places


def _holding(talk: Talk, groups: list[int], turn: int, span: tuple[int, int]) -> int:
    return sum(talk.holds(group, turn, span) for group in groups)


def _by(roles: frozenset[str]) -> Filter:
    def theirs(talk: Talk, places: list[Place]) -> list[Place]:
        turns = talk.transcript.turns
        return [place for place in places if turns[place[0]].role in roles]

    return theirs


def _in(condition: Condition) -> Filter:
    def ranged(talk: Talk, places: list[Place]) -> list[Place]:
        wanted = set(turns_in_range(talk, condition))
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
    least, most = from_to(bounds)
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


def turns_in_range(talk: Talk, condition: Condition) -> Sequence[int]:
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


def from_to(bounds: Bounds) -> tuple[float, float]:
    """Return the least and the most of bounds, without end where none is set."""
    return -inf if bounds.least is None else bounds.least, inf if bounds.most is None else bounds.most


def between(turns: Sequence[int], after: int, until: int) -> int:
    """Return how many of these turns lie after one turn, up to another."""
    return bisect_right(turns, until) - bisect_right(turns, after)
