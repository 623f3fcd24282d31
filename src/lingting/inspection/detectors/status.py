"""Status told (状态告知, S-HOT-10, S-HOT-41): what the agent says of a shipment, a price or a date is what the records said at that moment.

The records come with the conversation: `meta["record"]` maps what is known (`status`, `place`, `eta`, `price`, `departed`, `origin`, or whatever a norm
names) to its value. Only what is told about a thing on record is compared; what the records do not know is nobody's mistake.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from lingting.catalog.listening import Told
from lingting.catalog.norm import Norm
from lingting.inspection.due import dues
from lingting.inspection.filters import apart
from lingting.inspection.finding import Finding
from lingting.inspection.listener import Listener, Way, voices
from lingting.inspection.normalise import plain
from lingting.inspection.scan import Place
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import Role
from lingting.inspection.words import Words

INSTRUMENT = "status/1"

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)")


def listen(norm: Norm, words: Words) -> Listener:
    """Return a norm as a listener for words that tell something on record."""
    settings = norm.shaped(Told)
    tags = {fact: {value: words.tag(patterns) for value, patterns in ways.items()} for fact, ways in settings.facts.items()}
    every = {tag: voices([Role.AGENT]) for ways in tags.values() for tag in ways.values()}
    return Listener(INSTRUMENT, (Way(words.gate(every)),), lambda talk: _told(norm, talk, tags))


def _told(norm: Norm, talk: Talk, tags: Mapping[str, Mapping[str, int]]) -> Iterator[Finding]:
    """Yield what was told otherwise than the records have it, both values beside each other."""
    record = talk.transcript.meta.get("record")
    if not isinstance(record, Mapping):
        return
    for fact, ways in tags.items():
        if fact not in record:
            continue
        known = str(record[fact])
        for value, tag in ways.items():
            for place in apart(talk.tagged(tag)):
                if talk.role(place[0]) is Role.AGENT and not _asked_or_quoted(talk, place):
                    told = _READ.get(value, _as_named)(talk, place, value, known)
                    if told:
                        yield talk.finding(norm, INSTRUMENT, place, slots={"fact": fact, "told": told, "recorded": known})


def _asked_or_quoted(talk: Talk, place: Place) -> bool:
    turn, _, end = place
    sentence = talk.sentence(place)
    return talk.in_quotation(place) or talk.plain[turn][sentence[0] : sentence[1]].rstrip().endswith("?") or bool(re.match(r"[吗么呢]", talk.plain[turn][end:]))


def _as_named(_: Talk, __: Place, value: str, known: str) -> str:
    """Return the value that the words name, if it is not the one on record."""
    return "" if value == known else value


def _as_place(talk: Talk, place: Place, _: str, known: str) -> str:
    """Return the place told, if the place on record does not stand in the sentence."""
    turn = place[0]
    words = talk.words(turn, talk.sentence(place))
    return "" if plain(known) in words else talk.words(turn, (place[1], place[2]))


def _as_date(talk: Talk, place: Place, _: str, known: str) -> str:
    """Return the day told, if it is not the day on record."""
    turn, said = place[0], talk.at(place[0])
    told = [due.at.astimezone(talk.calendar.zone).date() for due in dues(talk.words(turn, talk.sentence(place)), said, talk.calendar)] if said else []
    recorded = _day(known)
    return "" if not told or recorded is None or recorded in told else told[-1].isoformat()


def _as_amount(talk: Talk, place: Place, _: str, known: str) -> str:
    """Return the amount told, if it is not the amount on record."""
    amounts = _AMOUNT.findall(talk.words(place[0], (place[1], place[2])))
    return "" if not amounts or any(float(amount) == float(_AMOUNT.findall(known)[0]) for amount in amounts) else amounts[0]


def _day(known: str) -> date | None:
    try:
        return datetime.fromisoformat(known).date()
    except ValueError:
        return None


_READ: dict[str, Callable[[Talk, Place, str, str], str]] = {"$place": _as_place, "$date": _as_date, "$amount": _as_amount}
"""How a value is read out of words: by name, or as a place, a day or an amount."""
