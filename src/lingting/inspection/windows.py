"""Windows (窗口): where words must stand, seen from others; and whether it is decided yet, so that a finding stays true whatever is said later.

Of several anchors the nearest decides: what is too far from it, or cut off, is so from all others. Only where times run backwards or are missing are
all of them asked.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from lingting.catalog.norm import Window
from lingting.inspection.conditions import Met, places_from
from lingting.inspection.filters import between
from lingting.inspection.scan import Place
from lingting.inspection.talk import Talk

Truth = bool | None
"""Met, not met, or not decided yet."""

Quoted = tuple[str, Place] | None
"""The condition that a rule quotes and the place looked at, where one is: as an anchor it is that very place."""

_LAST = 1 << 62


def standing(talk: Talk, name: str, mets: Mapping[str, Met], quoted: Quoted = None) -> list[Place]:
    """Return where a condition is met within its window.

    Args:
        talk: the conversation.
        name: the condition.
        mets: all conditions of the rule.
        quoted: what the rule quotes; where the window has nothing to do with it, the answer is the same for all its places and kept.
    """
    met = mets[name]
    if quoted is not None and quoted[0] in met.seen_from:
        return list(_standing(talk, met, mets, quoted))
    if met.condition.within is None and not met.condition.either:
        return met.places(talk)
    key = ("standing", met.number)
    known: list[Place] | None = talk.known.get(key)
    if known is None and met.grows and talk.settled is not None:
        return talk.grown(key, lambda since: list(_standing(talk, met, mets, None, since)))
    if known is None:
        known = talk.known[key] = list(_standing(talk, met, mets, None))
    return known


def _standing(talk: Talk, met: Met, mets: Mapping[str, Met], quoted: Quoted, since: int = 0) -> Iterator[Place]:
    condition = met.condition
    if condition.either:
        places = met.narrow(talk, sorted({place for other in condition.either for place in standing(talk, other, mets, quoted)}))
    else:
        places = places_from(met.places(talk), since)
    window = condition.within
    if window is None or not places:
        return iter(places)
    anchors = _anchors(talk, window, mets, quoted)
    if len(anchors) == 1:
        return _around(talk, met, window, anchors[0], places)
    return (place for place in places if _reached(talk, met, window, anchors, place)) if anchors else iter(())


def truth(talk: Talk, name: str, mets: Mapping[str, Met], quoted: tuple[str, Place]) -> Truth:
    """Return whether a condition is met around a place, or None while it still may be."""
    met = mets[name]
    if quoted[0] in met.seen_from:
        if next(_standing(talk, met, mets, quoted), None) is not None:
            return True
    elif (met.said and talk.said(*met.said)) or standing(talk, name, mets):
        return True
    if unheard(talk, name, mets, quoted):
        return None
    return False if talk.transcript.ended or _closed(talk, name, mets, quoted) else None


def unheard(talk: Talk, name: str, mets: Mapping[str, Met], quoted: Quoted = None) -> bool:
    """Tell whether a condition may be met in words that nobody wrote down: a turn of its speakers, in its window, has none."""
    met = mets[name]
    if not talk.wordless() or not met.needs_words:
        return False
    turns = [(turn, 0, 0) for turn in met.turns(talk) if not talk.plain[turn].strip()]
    window = met.condition.within
    if window is None or not turns:
        return bool(turns)
    anchors = _anchors(talk, window, mets, quoted)
    return any(_reached(talk, met, window, anchors, turn) for turn in turns)


def _anchors(talk: Talk, window: Window, mets: Mapping[str, Met], quoted: Quoted) -> list[Place]:
    if quoted and window.anchor == quoted[0]:
        return [quoted[1]]
    places = standing(talk, window.anchor, mets, quoted)
    if window.nth is None:
        return places
    number = window.nth - 1 if window.nth > 0 else window.nth
    return places[number : number + 1 or None]


def _around(talk: Talk, met: Met, window: Window, anchor: Place, places: Sequence[Place]) -> Iterator[Place]:
    """Yield the places that stand in the window of one anchor: those near it, on either side, as far as the window reaches."""
    if window.same:
        low, high = talk.unit(window.same, anchor)
        first, last = bisect_left(places, (anchor[0], low, -1)), bisect_left(places, (anchor[0], high, -1))
        yield from (place for place in places[first:last] if place != anchor)
        return
    here = bisect_left(places, (anchor[0], anchor[1], -1))
    in_order = _in_order(talk, window)
    if not window.after:
        first = here if in_order else 0
        while first and _leads(talk, met, window, anchor, places[first - 1]):
            first -= 1
        yield from places[first:here] if in_order else (place for place in places[:here] if _leads(talk, met, window, anchor, place))
    if not window.before:
        for number in range(here, len(places)):
            place = places[number]
            if _follows(talk, met, window, anchor, place):
                yield place
            elif in_order and place != anchor:
                break


def _reached(talk: Talk, met: Met, window: Window, anchors: Sequence[Place], place: Place) -> bool:
    """Tell whether a place stands in the window of any of several anchors."""
    if window.same:
        return any(_within(talk, window.same, anchor, place) for anchor in anchors[bisect_left(anchors, (place[0],)) : bisect_left(anchors, (place[0] + 1,))])
    here = bisect_left(anchors, (place[0], place[1], _LAST))
    if not _in_order(talk, window):
        return (not window.before and any(_follows(talk, met, window, anchor, place) for anchor in anchors[:here])) or (
            not window.after and any(_leads(talk, met, window, anchor, place) for anchor in anchors[here:])
        )
    if not window.after and here < len(anchors) and _leads(talk, met, window, anchors[here], place):
        return True
    while here and anchors[here - 1] == place:
        here -= 1
    return not window.before and here > 0 and _follows(talk, met, window, anchors[here - 1], place)


def _within(talk: Talk, unit: str, anchor: Place, place: Place) -> bool:
    low, high = talk.unit(unit, anchor)
    return low <= place[1] < high and place != anchor


def _in_order(talk: Talk, window: Window) -> bool:
    """Tell whether what stands nearer is nearer in time too, as far as the window asks for times."""
    return window.seconds is None or talk.in_order()


def _follows(talk: Talk, met: Met, window: Window, anchor: Place, place: Place) -> bool:
    """Tell whether a place comes after its anchor began; the speaker's next turn is the first, the anchor's own turn none."""
    if place == anchor or place[:2] < anchor[:2]:
        return False
    return _near(talk, met, window, (anchor[0], place[0]), (anchor[0], place[0]))


def _leads(talk: Talk, met: Met, window: Window, anchor: Place, place: Place) -> bool:
    """Tell whether a place came before its anchor; the speaker's last turn before it is the first."""
    if place[:2] >= anchor[:2]:
        return False
    return _near(talk, met, window, (place[0], anchor[0]), (place[0] - 1, anchor[0] - 1))


def _near(talk: Talk, met: Met, window: Window, turns: tuple[int, int], counted: tuple[int, int]) -> bool:
    if window.turns is not None and between(talk.turns_of(met.condition.by), *counted) > window.turns:
        return False
    if window.until and _cut(talk, window, *turns):
        return False
    return window.seconds is None or _seconds(talk, *turns) <= window.seconds


def _cut(talk: Talk, window: Window, early: int, late: int) -> bool:
    return between(talk.turns_of(window.until), early, late) > 0


def _seconds(talk: Talk, early: int, late: int) -> float:
    begun, done = talk.at(early), talk.at(late)
    return (done - begun).total_seconds() if begun and done else float("inf")


def _closed(talk: Talk, name: str, mets: Mapping[str, Met], quoted: tuple[str, Place]) -> bool:
    """Tell whether nothing that is still to be said could meet a condition."""
    met = mets[name]
    window = met.condition.within
    if window is None:
        return False
    if window.before or window.same:
        return True
    anchor = quoted[1] if window.anchor == quoted[0] else next(iter(_anchors(talk, window, mets, quoted)), None)
    if anchor is None:
        return False
    last = len(talk.plain) - 1
    if window.turns is not None and between(talk.turns_of(met.condition.by), anchor[0], last) >= max(window.turns, 1):
        return window.turns > 0 or last > anchor[0]
    if window.until and _cut(talk, window, anchor[0], last):
        return True
    return window.seconds is not None and _seconds(talk, anchor[0], last) > window.seconds
