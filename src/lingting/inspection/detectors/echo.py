"""Echoes (学舌, S-TALK-26): the agent says the customer's sentence back nearly word for word, as if that were understanding.

Not every repetition is one: values are read back exactly, a check asks whether they are right, and who says yes to a question repeats its words.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain

from lingting.catalog.listening import Echo
from lingting.catalog.norm import Norm
from lingting.inspection.finding import Finding
from lingting.inspection.likeness import may_share
from lingting.inspection.listener import ALWAYS, Listener
from lingting.inspection.scan import Place
from lingting.inspection.sentences import clauses, is_question, sentences
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import Role
from lingting.inspection.words import Words

INSTRUMENT = "echo/2"

SAME = 0.8
"""Share of a clause that stands in what was just said, from which it is an echo; a house default."""

ENOUGH = 8
"""Letters in a row that make an echo worth a word (an English word counts two): "好的", "two pallets" are none. A house default."""

LEAST_IN_COMMON = 3
"""Pairs of letters, or words, that two turns must share before they are compared letter by letter."""

TURNS = 2
"""Messages of a customer in a row that are taken together: people write one thought in several."""

_PIECE = re.compile(r"[\u4e00-\u9fff]|[a-z]+(?:'[a-z]+)?|\d+")
_OURS = re.compile(r"[我您你咱俺们亲]|i|i'm|i've|my|me|mine|we|our|us|you|your|yours|you're|you've")
_VALUE = re.compile(r"\d[\d \-]{3,}|[零〇一幺二两三四五六七八九]{4,}")
_OWN_ACT = re.compile(r"(?:我们?|咱们?|这边)[^,。]{0,14}[给帮为][您你]|\b(?:we|i)(?:'ll| will| can)\b")
"""Who says that they will do what was asked for answers with a promise, not with an echo."""
_ASKED_FOR = re.compile(r"(?:说|报|留|讲|念|写|发|填)(?:一?下|一?个|给)|贵姓|哪[条里个位]|多少|\b(?:give|tell|send) me\b")
_AFFIRMED = re.compile(r"^\W*(?:是的|对的?[,。]|没错|可以|能[,。]|yes|yep|right|correct)")


def listen(norm: Norm, words: Words) -> Listener:
    """Return a norm as a listener for turns that follow the customer's."""
    settings = norm.shaped(Echo)
    checks, offers = words.tag(settings.checks, begun=False), words.tag(settings.offers, begun=False)

    def places(talk: Talk, since: int) -> Iterator[Place]:
        ours = talk.turns_of((Role.AGENT,))
        for turn in ours[bisect_left(ours, since) :]:
            before = _before(talk, turn)
            if before and not _answers(talk, before[0], offers):
                yield from _echoed(talk, turn, before, checks)[:1]

    def find(talk: Talk) -> Iterator[Finding]:
        for place in talk.grown(("echo", norm.id), lambda since: list(places(talk, since))):
            yield talk.finding(norm, INSTRUMENT, place)

    return Listener(INSTRUMENT, ALWAYS, find)


def _before(talk: Talk, turn: int) -> list[int]:
    """Return the customer's turns just before a turn, if it may be an echo of them at all: what is asked there is answered in its own words."""
    turns = talk.transcript.turns
    first = turn
    while first and turn - first < TURNS and turns[first - 1].role is Role.CUSTOMER:
        first -= 1
    # What costs least is asked first: most turns are no echo for the simplest of reasons.
    if first == turn or is_question(last := talk.plain[turn - 1], 0, len(last)) or _AFFIRMED.match(talk.plain[turn]):
        return []
    theirs = [talk.grams(other) for other in range(first, turn)]
    if not may_share(chain.from_iterable(theirs), talk.plain[turn], LEAST_IN_COMMON):
        return []
    own = talk.grams(turn)
    return list(range(first, turn)) if sum(len(own & said) for said in theirs) >= LEAST_IN_COMMON else []


def _answers(talk: Talk, first: int, offers: int) -> bool:
    """Tell whether the customer's words answer a question for a value: then saying them back is reading back."""
    if not first or talk.role(first - 1) is not Role.AGENT:
        return False
    asked = talk.plain[first - 1]
    return any((is_question(asked, *span) or _ASKED_FOR.search(asked, *span)) and not talk.holds(offers, first - 1, span) for span in sentences(asked))


def _echoed(talk: Talk, turn: int, before: list[int], checks: int) -> list[Place]:
    """Return the runs of clauses of a turn that were said before, none of them in a sentence that checks."""
    source = [piece for other in before for piece in pieces(talk.plain[other])]
    found: list[list[tuple[int, int]]] = []
    run: list[tuple[int, int]] = []
    for low, high in sentences(talk.plain[turn]):
        checked = talk.holds(checks, turn, (low, high))
        for start, end in clauses(talk.plain[turn], low, high):
            words = talk.plain[turn][start:end]
            if checked or _VALUE.search(words) or _OWN_ACT.search(words) or covered(pieces(words), source) < SAME:
                found.append(run)
                run = []
            else:
                run.append((start, end))
    found.append(run)
    long = (run for run in found if run and sum(_weight(talk.plain[turn][start:end]) for start, end in run) >= ENOUGH)
    return [(turn, run[0][0], run[-1][1]) for run in long]


def pieces(text: str) -> list[str]:
    """Return the letters, words and numbers of a plain text, without those that turn round from speaker to speaker.

    >>> pieces("您要的是退钱"), pieces("My heating stopped")
    (['要', '的', '是', '退', '钱'], ['heating', 'stopped'])
    """
    return [piece for piece in _PIECE.findall(text.lower()) if not _OURS.fullmatch(piece)]


def covered(part: list[str], whole: list[str]) -> float:
    """Return how much of one row of pieces stands in another in the same order, pieces that stand alone left out.

    >>> covered(list("要的是退钱"), list("不是要关要的是退钱没听懂")), covered(list("退钱"), list("钱不退"))
    (1.0, 0.0)
    """
    if not part:
        return 0.0
    blocks = SequenceMatcher(None, part, whole, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) / len(part)


def _weight(text: str) -> int:
    return sum(1 if piece >= "\u4e00" else 2 for piece in pieces(text))
