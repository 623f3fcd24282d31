"""Reading back (复述核对, P09): what the agent repeats for confirmation – numbers, names, goods, addresses – is what the customer gave and what was recorded.

What was recorded comes with the conversation: `meta["record"]["taken"]` maps each slot to its value on record once the conversation is over. A value that
the customer corrected and the record still has as it was, is found as well.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lingting.catalog.listening import ReadBack
from lingting.catalog.norm import Norm
from lingting.inspection.detectors.slips import Slip, slips
from lingting.inspection.finding import Finding, Kind
from lingting.inspection.likeness import grams, may_share, share
from lingting.inspection.listener import Listener, Way
from lingting.inspection.normalise import plain
from lingting.inspection.sentences import clauses, sentences
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import EVERYBODY, Role
from lingting.inspection.words import Words

INSTRUMENT = "read-back-rules/3"

SHORTEST = 4
"""Digits that make a value worth confirming; fewer are counts and clock times."""

SAME = 0.6
"""Share of a clause's content that must have been said by the customer for the clause to say it back. A house default."""

LOOKS_BACK = 200
"""A customer's earlier turns, and values, that may have been meant: nobody reads back what was said longer ago. A house default."""

_SPOKEN = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")
_NUMBER = re.compile(r"\d(?:[\d \-,]*\d)?|[零〇一幺二两三四五六七八九](?:[零〇一幺二两三四五六七八九 ,\-]*[零〇一幺二两三四五六七八九])")

_LONG = re.compile(rf"[\d零〇一幺二两三四五六七八九](?:[ ,\-]*[\d零〇一幺二两三四五六七八九]){{{SHORTEST - 1}}}")
"""What no number worth confirming can do without: most turns have none, and need not be read."""


@dataclass(frozen=True, slots=True)
class _Tags:
    cues: int
    yes: int
    no: int


@dataclass(slots=True)
class _Told:
    """Numbers that the customer gave, in their order, each with its turn; and the turn of the first of each."""

    turns: list[int] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    first: dict[str, int] = field(default_factory=dict)


def listen(norm: Norm, words: Words) -> Listener:
    """Return a norm as a listener for turns in which the agent reads back; without words that ask for confirmation, two things said back make one."""
    settings = norm.shaped(ReadBack)
    tags = _Tags(*(words.tag(patterns, begun=False) for patterns in (settings.cues, settings.yes, settings.no)))
    asked = words.tag(settings.asks, begun=False)
    return Listener(INSTRUMENT, (Way(words.gate({tags.cues: EVERYBODY, asked: EVERYBODY})),), lambda talk: _read_back(norm, talk, tags))


def _read_back(norm: Norm, talk: Talk, tags: _Tags) -> Iterator[Finding]:
    """Yield every value read back: right or otherwise than it was given, and what the customer answered."""
    cued = talk.turns_with(tags.cues)
    for place in talk.turns_of((Role.AGENT,)):
        key = ("read back", place, norm.id)
        found: list[Finding] | None = talk.known.get(key)
        if found is None:
            reads = place in cued or _reads(talk, place)
            answer = _answer(talk, place, tags) if reads else ""
            found = list(_heard(norm, talk, place, answer)) if answer else []
            if answer or not reads:
                talk.known[key] = found
        yield from found


def _heard(norm: Norm, talk: Talk, place: int, answer: str) -> Iterator[Finding]:
    """Yield what is found in a turn once the customer has answered it: nothing that is said later changes it."""
    compared = list(_compare(norm, talk, place, answer))
    if answer != "no" and not any(finding.kind is not Kind.FACT for finding in compared):
        compared += _slips(norm, talk, place, answer)
    yield from compared
    if answer != "no" and not any(finding.kind is not Kind.FACT for finding in compared):
        yield from _unlike_the_record(norm, talk, place, answer)


def _reads(talk: Talk, place: int) -> bool:
    """Tell whether a turn says back two things of what the customer has told; only turns that name a number or a name are worth the look."""
    return bool(_DETAIL.search(talk.plain[place])) and len(restated(talk, place)) > 1


_DETAIL = re.compile(r"\d|[一二三四五六七八九十百两][^,。]{0,2}[号室楼台箱件套个把张桶吨兆栋幢单]|先生|女士|小姐|\b(?:you're|that's|it's|so)\b")


def values(text: str) -> list[tuple[str, int, int]]:
    """Return the numbers in a plain text as digits, spoken ones too, with their places.

    >>> values("电话是幺三八 零零一二")
    [('1380012', 3, 11)]
    """
    found: list[tuple[str, int, int]] = []
    if not _LONG.search(text):
        return found
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0].translate(_SPOKEN))
        if len(digits) >= SHORTEST:
            found.append((digits, match.start(), match.end()))
    return found


def numbers(talk: Talk, turn: int) -> list[tuple[str, int, int]]:
    """Return the numbers of a turn; looked for once."""
    key = ("numbers", turn)
    found: list[tuple[str, int, int]] | None = talk.known.get(key)
    if found is None:
        found = talk.known[key] = values(talk.plain[turn])
    return found


def same_number(value: str, other: str) -> bool:
    """Tell whether a number is read back as another was given, also by its last digits alone, also with a slip."""
    return value == other or other.endswith(value) or _near(value, other)


def pieces(text: str) -> list[tuple[int, int]]:
    """Return where the clauses of a plain text stand.

    >>> [("好的。周敏,泠州东站。")[a:b] for a, b in pieces("好的。周敏,泠州东站。")]
    ['好的', '周敏', '泠州东站']
    """
    return [span for sentence in sentences(text) for span in clauses(text, *sentence)]


def says(told: frozenset[str], meant: frozenset[str]) -> bool:
    """Tell whether a clause says what was given, with more words around it or fewer; both by what they are made of."""
    return share(told, [meant]) >= SAME or share(meant, [told]) >= SAME


def restated(talk: Talk, turn: int) -> list[tuple[int, int]]:
    """Return the clauses of a turn that say what the customer said before it."""
    spans: list[tuple[int, int]] = talk.once(("restated", turn), lambda: _restated(talk, turn))
    return spans


def _restated(talk: Talk, turn: int) -> list[tuple[int, int]]:
    words, given = _words_told(talk), _numbers_told(talk).first
    known = _known(talk.grams(turn), words, turn)
    if not known and not any(given.get(value, turn) < turn for value, _, _ in numbers(talk, turn)):
        return []
    text = talk.plain[turn]
    return [(low, high) for low, high in pieces(text) if _says_back(text[low:high], known) or _read(text[low:high], given, turn)]


def _says_back(words: str, known: Collection[str]) -> bool:
    """Tell whether most of what a clause is made of is known; few clauses hold any of it, and the others need not be taken apart."""
    if not may_share(known, words):
        return False
    told = grams(words)
    return len(told.intersection(known)) / len(told) >= SAME if told else False


def _known(told: frozenset[str], words: Mapping[str, int], turn: int) -> set[str]:
    """Return what of a turn was said before it."""
    return {gram for gram in words.keys() & told if words[gram] < turn}


def _words_told(talk: Talk) -> dict[str, int]:
    """Return the turn in which the customer first said each of their words."""

    def work() -> dict[str, int]:
        words: dict[str, int] = {}
        for turn in reversed(talk.turns_of((Role.CUSTOMER,))):
            words.update(dict.fromkeys(talk.grams(turn), turn))
        return words

    told: dict[str, int] = talk.once("words told", work)
    return told


def _numbers_told(talk: Talk) -> "_Told":
    """Return the numbers that the customer gave."""

    def work() -> _Told:
        given = _Told()
        for turn in talk.turns_of((Role.CUSTOMER,)):
            for value, _, _ in numbers(talk, turn):
                given.turns.append(turn)
                given.values.append(value)
                given.first.setdefault(value, turn)
        return given

    told: _Told = talk.once("numbers told", work)
    return told


def _read(text: str, given: Mapping[str, int], turn: int) -> bool:
    return any(given.get(value, turn) < turn for value, _, _ in values(text))


def _answer(talk: Talk, place: int, tags: _Tags) -> str:
    """Return what the customer answered: yes, no or nothing said to it; empty while the answer is still to come, or where nobody wrote it down."""
    following = _following(talk, place)
    if following is None:
        return "none" if talk.transcript.ended else ""
    if not talk.plain[following].strip():
        return ""
    whole = (0, len(talk.plain[following]) + 1)
    return "no" if talk.holds(tags.no, following, whole) else "yes" if talk.holds(tags.yes, following, whole) else "none"


def _following(talk: Talk, place: int) -> int | None:
    """Return the customer's next turn."""
    theirs = talk.turns_of((Role.CUSTOMER,))
    number = bisect_right(theirs, place)
    return theirs[number] if number < len(theirs) else None


def _compare(norm: Norm, talk: Talk, place: int, answer: str) -> Iterator[Finding]:
    told = _numbers_told(talk)
    for value, start, end in numbers(talk, place):
        span = (place, start, end)
        if told.first.get(value, place) < place:
            yield talk.finding(norm, INSTRUMENT, span, kind=Kind.FACT, slots={"read": value, "given": value, "confirmed": answer})
        elif (meant := _meant(value, told, place)) and answer != "no" and not _put_right(talk, place, meant):
            yield talk.finding(norm, INSTRUMENT, span, slots={"read": value, "given": meant, "confirmed": answer})


def _put_right(talk: Talk, place: int, meant: str) -> bool:
    """Tell whether the customer's next words say the number again, or its end: that is an objection, whatever else they say."""
    following = _following(talk, place)
    return following is not None and any(meant.endswith(value) for value, _, _ in numbers(talk, following))


def _slips(norm: Norm, talk: Talk, place: int, answer: str) -> Iterator[Finding]:
    found: list[Slip] = talk.once(("slips", place), lambda: list(slips(talk.transcript.turns[place].text, _told(talk, place))))
    for start, end, read, given in found:
        yield talk.finding(norm, INSTRUMENT, (place, start, end), slots={"read": read, "given": given, "confirmed": answer})


def _unlike_the_record(norm: Norm, talk: Talk, place: int, answer: str) -> Iterator[Finding]:
    """Yield what was read back, and not objected to, but is recorded with a slip."""
    recorded = _recorded(talk)
    kept = [value for words in recorded for value, _, _ in values(plain(words))]
    for value, start, end in numbers(talk, place):
        if near := [other for other in kept if same_number(value, other) and not other.endswith(value)]:
            yield talk.finding(norm, INSTRUMENT, (place, start, end), slots={"read": value, "recorded": near[0], "confirmed": answer})
    for start, end, read, meant in slips(talk.transcript.turns[place].text, recorded):
        yield talk.finding(norm, INSTRUMENT, (place, start, end), slots={"read": read, "recorded": meant, "confirmed": answer})


def _recorded(talk: Talk) -> Sequence[str]:
    """Return the values on record that came with the conversation."""
    record = talk.transcript.meta.get("record")
    taken = record.get("taken") if isinstance(record, Mapping) else None
    return [f"{_LABELS.get(slot, '')}{value}" for slot, value in taken.items()] if isinstance(taken, Mapping) else []


_LABELS = {"contact": "联系人:"}
"""What a value is said with, where a slip of it is known by the words beside it."""


def _told(talk: Talk, place: int) -> Sequence[str]:
    theirs = talk.turns_of((Role.CUSTOMER,))
    before = bisect_left(theirs, place)
    return [talk.transcript.turns[turn].text for turn in theirs[max(before - LOOKS_BACK, 0) : before]]


def _meant(value: str, told: _Told, place: int) -> str:
    """Return the value given before that was probably meant: as long, and different in few places; a value never given is no read-back."""
    before = bisect_left(told.turns, place)
    return next((other for other in reversed(told.values[max(before - LOOKS_BACK, 0) : before]) if _near(value, other)), "")


def _near(value: str, other: str) -> bool:
    """Tell whether one is a slip of the other: two digits changed places, or one in four is wrong."""
    if len(value) != len(other):
        return False
    wrong = sum(a != b for a, b in zip(value, other, strict=True))
    return wrong <= max(1, len(value) // 4) or (wrong == 2 and sorted(value) == sorted(other))  # noqa: PLR2004  # a swap
