"""What lasts (时长): events that have an amount – silence, hold, response, pace, length, speech, overlap, loudness – by the turn they belong to."""

from collections.abc import Callable, Iterator

from lingting.inspection.talk import Talk

Event = Callable[[Talk], Iterator[tuple[int, float]]]


def _length(talk: Talk) -> Iterator[tuple[int, float]]:
    """Yield how many letters a turn has; blanks do not count."""
    return ((turn, float(len(words.replace(" ", "")))) for turn, words in enumerate(talk.plain))


EVENTS: dict[str, Event] = {"length": _length}
"""Each event by its name in the norm language; units are seconds, letters, or letters a minute."""
