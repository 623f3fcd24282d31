"""Windows (窗口): where words must stand, seen from others; and whether it is decided yet, so that a finding stays true whatever is said later."""

from collections.abc import Mapping

from lingting.catalog.norm import Window
from lingting.inspection.conditions import Met, between
from lingting.inspection.scan import Place
from lingting.inspection.talk import Talk

Truth = bool | None
"""Met, not met, or not decided yet."""


def standing(talk: Talk, name: str, mets: Mapping[str, Met], quoted: tuple[str, Place] | None = None) -> list[Place]:
    """Return where a condition is met within its window.

    Args:
        talk: the conversation.
        name: the condition.
        mets: all conditions of the rule.
        quoted: the condition that the rule quotes and the place looked at, where one is: as an anchor it is that very place.
    """
    met = mets[name]
    others = {place for other in met.condition.either for place in standing(talk, other, mets, quoted)}
    window, places = met.condition.within, met.narrow(talk, sorted(others)) if met.condition.either else met.places(talk)
    if window is None or not places:
        return places
    anchors = _anchors(talk, window, mets, quoted)
    return [place for place in places if any(_stands(talk, met, window, anchor, place) for anchor in anchors)]


def truth(talk: Talk, name: str, mets: Mapping[str, Met], quoted: tuple[str, Place]) -> Truth:
    """Return whether a condition is met around a place, or None while it still may be."""
    if standing(talk, name, mets, quoted):
        return True
    if unheard(talk, name, mets, quoted):
        return None
    return False if talk.transcript.ended or _closed(talk, name, mets, quoted) else None


def unheard(talk: Talk, name: str, mets: Mapping[str, Met], quoted: tuple[str, Place] | None = None) -> bool:
    """Tell whether a condition may be met in words that nobody wrote down: a turn of its speakers, in its window, has none."""
    met = mets[name]
    if not met.needs_words or not talk.wordless():
        return False
    turns = [(turn, 0, 0) for turn in met.turns(talk) if not talk.plain[turn].strip()]
    window = met.condition.within
    if window is None or not turns:
        return bool(turns)
    anchors = _anchors(talk, window, mets, quoted)
    return any(_stands(talk, met, window, anchor, turn) for turn in turns for anchor in anchors)


def _anchors(talk: Talk, window: Window, mets: Mapping[str, Met], quoted: tuple[str, Place] | None) -> list[Place]:
    if quoted and window.anchor == quoted[0]:
        return [quoted[1]]
    places = standing(talk, window.anchor, mets, quoted)
    if window.nth is None:
        return places
    number = window.nth - 1 if window.nth > 0 else window.nth
    return places[number : number + 1 or None]


def _stands(talk: Talk, met: Met, window: Window, anchor: Place, place: Place) -> bool:
    if window.same:
        low, high = talk.unit(window.same, anchor)
        return place[0] == anchor[0] and low <= place[1] < high and place != anchor
    if window.after:
        return _follows(talk, met, window, anchor, place)
    if window.before:
        return _leads(talk, met, window, anchor, place)
    return _follows(talk, met, window, anchor, place) or _leads(talk, met, window, anchor, place)


def _follows(talk: Talk, met: Met, window: Window, anchor: Place, place: Place) -> bool:
    """Tell whether a place comes after its anchor began; the speaker's next turn is the first, the anchor's own turn none."""
    if place == anchor or place[:2] < anchor[:2]:
        return False
    apart = between(talk.turns_of(met.condition.by), anchor[0], place[0])
    return _near(talk, window, anchor[0], place[0], apart)


def _leads(talk: Talk, met: Met, window: Window, anchor: Place, place: Place) -> bool:
    """Tell whether a place came before its anchor; the speaker's last turn before it is the first."""
    if place[:2] >= anchor[:2]:
        return False
    apart = between(talk.turns_of(met.condition.by), place[0] - 1, anchor[0] - 1)
    return _near(talk, window, place[0], anchor[0], apart)


def _near(talk: Talk, window: Window, early: int, late: int, apart: int) -> bool:
    if window.turns is not None and apart > window.turns:
        return False
    if window.until and _cut(talk, window, early, late):
        return False
    return window.seconds is None or _seconds(talk, early, late) <= window.seconds


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
