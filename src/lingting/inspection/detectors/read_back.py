"""Reading back (复述核对, P09): what the agent repeats for confirmation – numbers, names, goods, addresses – is what the customer gave."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lingting.catalog.norm import Norm, ReadBack
from lingting.inspection.detectors.slips import Slip, slips
from lingting.inspection.finding import Finding, Kind
from lingting.inspection.likeness import share
from lingting.inspection.listener import Listener, Way
from lingting.inspection.sentences import clauses, sentences
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import EVERYBODY, Role
from lingting.inspection.words import Words

INSTRUMENT = "read-back-rules/2"

SHORTEST = 4
"""Digits that make a value worth confirming; fewer are counts and clock times."""

SAME = 0.6
"""Share of a clause's content that must have been said by the customer for the clause to say it back. A house default."""

LOOKS_BACK = 200
"""A customer's earlier turns, and values, that may have been meant: nobody reads back what was said longer ago. A house default."""

_SPOKEN = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")
_NUMBER = re.compile(r"\d(?:[\d \-,]*\d)?|[零〇一幺二两三四五六七八九](?:[零〇一幺二两三四五六七八九 ,\-]*[零〇一幺二两三四五六七八九])")


@dataclass(frozen=True, slots=True)
class _Tags:
    cues: int
    yes: int
    no: int


def listen(norm: Norm, words: Words) -> Listener:
    """Return a norm as a listener for turns in which the agent reads back; without words that ask for confirmation, two things said back make one."""
    settings = norm.shaped(ReadBack)
    tags = _Tags(*(words.tag(patterns, begun=False) for patterns in (settings.cues, settings.yes, settings.no)))
    asked = words.tag(settings.asks, begun=False)
    return Listener(INSTRUMENT, (Way(words.gate({tags.cues: EVERYBODY, asked: EVERYBODY})),), lambda talk: _read_back(norm, talk, tags))


def _read_back(norm: Norm, talk: Talk, tags: _Tags) -> Iterator[Finding]:
    """Yield every value read back: right or otherwise than it was given, and what the customer answered."""
    given: list[str] = []
    known: set[str] = set()
    cued = {turn for turn, _, _ in talk.tagged(tags.cues) if talk.role(turn) is Role.AGENT}
    for place, turn in enumerate(talk.transcript.turns):
        if turn.role is Role.CUSTOMER:
            told = [value for value, _, _ in numbers(talk, place)]
            given += told
            known.update(told)
        elif turn.role is Role.AGENT and (place in cued or _reads(talk, place)) and (answer := _answer(talk, place, tags)):
            compared = list(_compare(norm, talk, place, given[-LOOKS_BACK:], known, answer))
            yield from compared
            if answer != "no" and not any(finding.kind is not Kind.FACT for finding in compared):
                yield from _slips(norm, talk, place, answer)


def _reads(talk: Talk, place: int) -> bool:
    """Tell whether a turn says back two things of what the customer has told; only turns that name a number or a name are worth the look."""
    return bool(_DETAIL.search(talk.plain[place])) and len(restated(talk, place)) > 1


_DETAIL = re.compile(r"\d|[一二三四五六七八九十百两][^,。]{0,2}[号室楼台箱件套个把张桶吨兆栋幢单]|先生|女士|小姐|\b(?:you're|that's|it's|so)\b")


def values(text: str) -> list[tuple[str, int, int]]:
    """Return the numbers in a plain text as digits, spoken ones too, with their places.

    >>> values("电话是幺三八 零零一二")
    [('1380012', 3, 11)]
    """
    found = []
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0].translate(_SPOKEN))
        if len(digits) >= SHORTEST:
            found.append((digits, match.start(), match.end()))
    return found


def numbers(talk: Talk, turn: int) -> list[tuple[str, int, int]]:
    """Return the numbers of a turn; looked for once."""
    found: list[tuple[str, int, int]] = talk.once(("numbers", turn), lambda: values(talk.plain[turn]))
    return found


def same_number(value: str, other: str) -> bool:
    """Tell whether a number is read back as another was given, also by its last digits alone, also with a slip."""
    return value == other or other.endswith(value) or _near(value, other)


def pieces(text: str) -> list[tuple[int, int]]:
    """Return where the clauses of a plain text stand.

    >>> [("好的。周敏,岑州东站。")[a:b] for a, b in pieces("好的。周敏,岑州东站。")]
    ['好的', '周敏', '岑州东站']
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
    words, given = _first_told(talk)
    if not any(words.get(gram, turn) < turn for gram in talk.grams(turn)) and not any(given.get(value, turn) < turn for value, _, _ in numbers(talk, turn)):
        return []
    text = talk.plain[turn]
    return [(low, high) for low, high, told in talk.parts(turn) if _said(told, words, turn) or _read(text[low:high], given, turn)]


def _first_told(talk: Talk) -> tuple[dict[str, int], dict[str, int]]:
    """Return the turn in which the customer first said each of their words and numbers."""

    def work() -> tuple[dict[str, int], dict[str, int]]:
        words: dict[str, int] = {}
        given: dict[str, int] = {}
        for turn in talk.turns_of((Role.CUSTOMER,)):
            for gram in talk.grams(turn):
                words.setdefault(gram, turn)
            for value, _, _ in numbers(talk, turn):
                given.setdefault(value, turn)
        return words, given

    told: tuple[dict[str, int], dict[str, int]] = talk.once("told", work)
    return told


def _said(told: frozenset[str], words: Mapping[str, int], turn: int) -> bool:
    return bool(told) and sum(words.get(gram, turn) < turn for gram in told) / len(told) >= SAME


def _read(text: str, given: Mapping[str, int], turn: int) -> bool:
    return any(given.get(value, turn) < turn for value, _, _ in values(text))


def _answer(talk: Talk, place: int, tags: _Tags) -> str:
    """Return what the customer answered: yes, no or nothing said to it; empty while the answer is still to come, or where nobody wrote it down."""
    theirs = talk.turns_of((Role.CUSTOMER,))
    following = next(iter(theirs[bisect_right(theirs, place) :]), None)
    if following is None:
        return "none" if talk.transcript.ended else ""
    if not talk.plain[following].strip():
        return ""
    whole = (0, len(talk.plain[following]) + 1)
    return "no" if talk.holds(tags.no, following, whole) else "yes" if talk.holds(tags.yes, following, whole) else "none"


def _compare(norm: Norm, talk: Talk, place: int, given: list[str], known: set[str], answer: str) -> Iterator[Finding]:
    for value, start, end in numbers(talk, place):
        span = (place, start, end)
        if value in known:
            yield talk.finding(norm, INSTRUMENT, span, kind=Kind.FACT, slots={"read": value, "given": value, "confirmed": answer})
        elif (meant := _meant(value, given)) and answer != "no" and not _put_right(talk, place, meant):
            yield talk.finding(norm, INSTRUMENT, span, slots={"read": value, "given": meant, "confirmed": answer})


def _put_right(talk: Talk, place: int, meant: str) -> bool:
    """Tell whether the customer's next words say the number again, or its end: that is an objection, whatever else they say."""
    theirs = talk.turns_of((Role.CUSTOMER,))
    following = next(iter(theirs[bisect_right(theirs, place) :]), None)
    return following is not None and any(meant.endswith(value) for value, _, _ in numbers(talk, following))


def _slips(norm: Norm, talk: Talk, place: int, answer: str) -> Iterator[Finding]:
    found: list[Slip] = talk.once(("slips", place), lambda: list(slips(talk.transcript.turns[place].text, _told(talk, place))))
    for start, end, read, given in found:
        yield talk.finding(norm, INSTRUMENT, (place, start, end), slots={"read": read, "given": given, "confirmed": answer})


def _told(talk: Talk, place: int) -> Sequence[str]:
    theirs = talk.turns_of((Role.CUSTOMER,))
    before = bisect_left(theirs, place)
    return [talk.transcript.turns[turn].text for turn in theirs[max(before - LOOKS_BACK, 0) : before]]


def _meant(value: str, given: list[str]) -> str:
    """Return the value given that was probably meant: as long, and different in few places; a value never given is no read-back."""
    return next((other for other in reversed(given) if _near(value, other)), "")


def _near(value: str, other: str) -> bool:
    """Tell whether one is a slip of the other: two digits changed places, or one in four is wrong."""
    if len(value) != len(other):
        return False
    wrong = sum(a != b for a, b in zip(value, other, strict=True))
    return wrong <= max(1, len(value) // 4) or (wrong == 2 and sorted(value) == sorted(other))  # noqa: PLR2004  # a swap
