"""Answers (回答, S-LISTEN-11): a question of the customer to which nothing that is said afterwards is an answer.

What a question asks for is known by its words, and so is what an answer to it looks like: to "when" a time, to "can I" a yes, a no or a way. An answer
mostly comes at once; what is said later is one only if it speaks of the same matter. In doubt a question counts as answered.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lingting.catalog.listening import Answering
from lingting.catalog.norm import Norm
from lingting.inspection.finding import Finding
from lingting.inspection.likeness import alike, grams, may_share, share
from lingting.inspection.listener import Listener, Way, voices
from lingting.inspection.scan import Place
from lingting.inspection.sentences import is_question, sentences
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import Channel, Role
from lingting.inspection.words import Words

INSTRUMENT = "answers/1"

NEAR = 2
"""Turns of ours, of those that say something, in which an answer of the right kind is one; a house default."""

RESTATED = 0.3
"""Share of a question's content in a sentence of ours from which that sentence takes the question up, whatever its kind."""

LEAST_IN_COMMON = 2
"""Pairs of letters, or words, that a question and a sentence which takes it up must share."""

SAME = 0.5
"""Likeness from which a question is the one that was asked before."""

AHEAD = 30
"""Turns of ours after a question in which an answer is looked for: what comes later answers something else."""

FEW = 10
"""Questions, of those that follow one another, that may be the same one asked again."""

_LITTLE = frozenset("的了吗呢么啊吧呀嘛不没有还是就能会要可以得给让我你您们这那个一在到到底上下来去也都和跟什么哪些几多少样怎")
_SHORT = re.compile(
    r"(?![ 好嗯行您亲啊哦]|再见|拜拜|收到|明白|了解|抱歉|对不起|不好意思)[\u4e00-\u9fff\w]{1,3}(?:[,。!]|$)"
    r"|(?!hello|hi|bye|goodbye|sorry|thanks|okay|ok)[a-z]+\W*$"
)
"""An answer in a word or two."""

_COMMON = frozenset(
    ["one", "two", "more", "all", "any", "get", "day", "time", "new", "dear", "still", "else", "then", "now", "they", "who", "out", "up", "mr", "ms"]
)
"""English words that two sentences share by chance."""

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SERVES = (Role.AGENT, Role.OTHER)


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence that asks: where it stands, the kinds of what it asks for, the words by which these are known, its content, and whether it asks plainly."""

    turn: int
    span: tuple[int, int]
    kinds: tuple[str, ...]
    asked: str
    content: frozenset[str]
    plainly: bool


@dataclass(frozen=True, slots=True)
class Tags:
    """The words of the settings, by kind; which kinds are `named`, `telling`, `topical`; and the words of no kind."""

    asks: Mapping[str, int]
    answers: Mapping[str, int]
    named: frozenset[str]
    telling: frozenset[str]
    topical: frozenset[str]
    no_question: int
    empty: int
    plain_answer: int
    content: int


def listen(norm: Norm, words: Words) -> Listener:
    """Return a norm as a listener for questions that are left open when the conversation ends."""
    settings = norm.shaped(Answering)
    kinds = settings.kinds
    tags = Tags(
        asks={kind: words.tag(way.asks, begun=way.named) for kind, way in kinds.items()},
        answers={kind: words.tag(way.answers, begun=False) for kind, way in kinds.items()},
        named=frozenset(kind for kind, way in kinds.items() if way.named),
        telling=frozenset(kind for kind, way in kinds.items() if way.telling),
        topical=frozenset(kind for kind, way in kinds.items() if way.topical),
        no_question=words.tag(settings.no_question, begun=False),
        empty=words.tag(settings.empty, begun=False),
        plain_answer=words.tag(settings.plain_answer, begun=False),
        content=words.tag(settings.content, begun=False),
    )
    words.always.update((tags.no_question, tags.empty, tags.content))  # most conversations have a question, and each of these is asked about it
    gate = words.gate(dict.fromkeys(tags.asks.values(), voices([Role.CUSTOMER])))

    def find(talk: Talk) -> Iterator[Finding]:
        if talk.transcript.ended or talk.transcript.channel is Channel.MAIL:
            for question in _open(talk, tags):
                yield talk.finding(norm, INSTRUMENT, (question.turn, *talk.clauses_of((question.turn, *question.span))))

    return Listener(INSTRUMENT, (Way(gate),), find)


def _open(talk: Talk, tags: Tags) -> Iterator[Question]:
    """Yield the questions that got no answer, each once however often it was asked."""
    asked = list(_questions(talk, tags))
    if not any(question.plainly for question in asked) or talk.wordless():
        return
    left = [question for question in asked if question.plainly and not _answered(talk, tags, question, several=_asks_several(talk, question))]
    ended, told = talk.transcript.ended, set(map(id, asked)) - set(map(id, left))
    found: list[Question] = []
    places = {id(question): place for place, question in enumerate(asked)}
    for question in left:
        if any(alike(question.content, other.content, SAME) for other in found[-FEW:]):
            continue
        here = places[id(question)] + 1
        again = [other for other in asked[here : here + FEW] if _asked_again(question, other, tags)] if ended else []
        if not any(id(other) in told and (other.plainly or _answered(talk, tags, other, several=False)) for other in again):
            found.append(question)
            yield question


def _asks_several(talk: Talk, question: Question) -> bool:
    """Tell whether a turn asks for more: in a letter anywhere, in talk after the question, because the last one is answered first."""
    text = talk.plain[question.turn]
    return "?" in text[question.span[1] :] or (talk.transcript.channel is Channel.MAIL and "?" in text[: question.span[0]])


def _asked_again(question: Question, other: Question, tags: Tags) -> bool:
    """Tell whether another question asks later for the same: a time, a price, a person."""
    return question.turn < other.turn and not tags.telling.intersection(question.kinds).isdisjoint(other.kinds)


def _questions(talk: Talk, tags: Tags) -> Iterator[Question]:
    """Yield the sentences in which a customer asks for something that can be told."""
    kinds: dict[tuple[int, tuple[int, int]], list[tuple[str, Place]]] = {}
    quotes = talk.quotes()
    for kind, tag in tags.asks.items():
        for place in talk.tagged(tag) if tag in talk.marks else ():
            if talk.role(place[0]) is Role.CUSTOMER and not (quotes and talk.in_quotation(place)):
                kinds.setdefault((place[0], talk.sentence((place[0], place[2] - 1, place[2]))), []).append((kind, place))
    for (turn, span), found in sorted(kinds.items()):
        plainly = is_question(talk.plain[turn], *span) and not talk.holds(tags.no_question, turn, span)
        if plainly or not tags.telling.isdisjoint(kind for kind, _ in found):
            words = "".join(_asked(talk, place) for kind, place in found if kind in tags.named)
            yield Question(turn, span, tuple({kind: None for kind, _ in found}), words, _grams(talk, turn, span) - _COMMON, plainly)


def _grams(talk: Talk, turn: int, span: tuple[int, int]) -> frozenset[str]:
    """Return what a sentence is made of; one that is a whole turn is not taken apart twice."""
    return talk.grams(turn) if span == (0, len(talk.plain[turn])) else grams(talk.words(turn, span))


def _asked(talk: Talk, place: Place) -> str:
    """Return the words that ask; of a choice between two, the first one too."""
    turn, start, end = place
    words = talk.words(turn, (start, end))
    return talk.words(turn, (talk.clause(place)[0], end)) if words.startswith("还是") else words


def _answered(talk: Talk, tags: Tags, question: Question, *, several: bool) -> bool:
    """Tell whether anything said afterwards may be an answer; where nobody of ours speaks any more, nobody could give one.

    A letter that goes on is decided by the next letters of ours: what they leave open was ignored, whatever a later one says.
    """
    said, near = False, NEAR
    ours = talk.turns_of(_SERVES)
    first = bisect_right(ours, question.turn)
    for turn in ours[first : first + AHEAD]:
        said, full = True, False
        if near <= 0 and not (may_share(question.content, talk.plain[turn]) and question.content & talk.grams(turn)):
            continue
        for span in _told(talk, turn, tags):
            full = True
            if _answers(talk, tags, question, turn, span, near=near > 0, several=several):
                return True
        if near > 0 and full and not several and talk.transcript.ended and _content(talk, tags, turn):
            return True
        near -= full
        if near == 0 and not talk.transcript.ended:
            return False
    return not said or not talk.transcript.ended or _content_later(talk, tags, question)


def _told(talk: Talk, turn: int, tags: Tags) -> list[tuple[int, int]]:
    """Return where the sentences of a turn stand that tell something; they are the same for every question."""
    found: list[tuple[int, int]] = talk.once(
        ("told", turn, tags.empty), lambda: [span for span in _telling(talk.plain[turn]) if not talk.holds(tags.empty, turn, span)]
    )
    return found


def _telling(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a turn stand that tell something; of one that asks, what is told before its last comma.

    >>> text = "地址在云港路九号。明天到,您在家吗?"
    >>> [text[low:high] for low, high in _telling(text)]
    ['地址在云港路九号。', '明天到']
    """
    for low, high in sentences(text):
        end = text.rfind(",", low, high) if is_question(text, low, high) else high
        if end > low:
            yield low, end


def _answers(talk: Talk, tags: Tags, question: Question, turn: int, span: tuple[int, int], *, near: bool, several: bool) -> bool:
    """Tell whether a sentence of ours may answer a question: one of its kind nearby, or one that speaks of the same matter."""
    words = talk.words(turn, span)
    if near and not several and ((span[0] == 0 and _SHORT.match(words)) or talk.holds(tags.plain_answer, turn, span)):
        return True
    # Among several questions a bare yes belongs to nobody knows which.
    if near and _of_kind(talk, tags, question, [kind for kind in question.kinds if not several or kind in tags.telling], turn, span):
        return True
    content = _grams(talk, turn, span) if may_share(question.content, talk.plain[turn]) else frozenset()
    common = question.content & content
    if not common:
        return False
    if near and not tags.topical.isdisjoint(question.kinds):
        return True
    if len(common) >= LEAST_IN_COMMON and share(question.content, [content]) >= RESTATED:
        return True
    return _of_kind(talk, tags, question, question.kinds, turn, span)


def _of_kind(talk: Talk, tags: Tags, question: Question, kinds: Sequence[str], turn: int, span: tuple[int, int]) -> bool:
    """Tell whether a sentence looks like an answer to one of these kinds of question."""
    if not tags.named.isdisjoint(kinds) and _names(question.asked, talk.words(turn, span)):
        return True
    return any(talk.holds(tags.answers[kind], turn, span) for kind in kinds)


def _names(asked: str, said: str) -> bool:
    """Tell whether words take up a letter, or a word, of what was asked: who asks "pay or not" is answered by whoever says "pay".

    >>> _names("赔不赔", "按货值赔"), _names("赔不赔", "资料记下了")
    (True, False)
    """
    return any(letter in said for letter in _HAN.findall(asked) if letter not in _LITTLE) or bool(grams(asked) & grams(said))


def _content(talk: Talk, tags: Tags, turn: int) -> bool:
    """Tell whether the customer, right after a turn of ours, says that they know now."""
    theirs = talk.turns_of((Role.CUSTOMER,))
    after = bisect_right(theirs, turn)
    return after < len(theirs) and bool(talk.in_turn(tags.content, theirs[after]))


def _content_later(talk: Talk, tags: Tags, question: Question) -> bool:
    """Tell whether the customer says later, after words of ours, that they are content: then something answered, or they no longer ask."""
    ours, theirs = talk.turns_of(_SERVES), talk.turns_of((Role.CUSTOMER,))
    after = bisect_right(ours, question.turn)
    return after < len(ours) and any(talk.in_turn(tags.content, turn) for turn in theirs[bisect_right(theirs, ours[after]) :][:AHEAD])
