"""Recalling (记下了多少): whether the facts that customers told came back in our words or notes, and after which questions a new fact was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lingting.inspection.facts import Fact, Told, facts, recall, same
from lingting.inspection.normalise import plain, plains
from lingting.inspection.sentences import is_question, sentences
from lingting.inspection.transcript import Role
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries
from lingting.registers.conversations.models import Said
from lingting.registers.conversations.reading import SIDES, Line, read
from lingting.statistics.parts import Part

ENOUGH = 20
"""From so many conversations on a wording of a question is shown; a house default."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A fact that the customer told, the turn in which, and whether it came back."""

    said: Said
    words: str
    back: bool


def taken(said: Sequence[Said], written: Sequence[str]) -> list[Taken]:
    """Return the facts that the customer told in one conversation, in its order, with the words of each; `written` is what was written down of it."""
    turns = [one for one in said if one.role in SIDES and not one.automatic]
    found = recall([(one.role, plain(one.text or "")) for one in turns], [plain(words) for words in written])
    return [Taken(turns[one.turn], (turns[one.turn].text or "")[one.fact.start : one.fact.end], one.back) for one in found]


def all_back(moment: Moment, written: Mapping[int, Sequence[str]]) -> Part:
    """Return the conversations in which the customer told a fact, and those in which every one of them came back (S-LISTEN-04, S-TALK-16).

    `written` is what other registers hold of each conversation, beside its notes.
    """
    told = {number: one.facts for number, one in read(moment, "facts", _told).items()}
    noted = {number: list(words) for number, words in written.items()}
    for number, note in queries.noted(moment).values_list("conversation", "words"):
        noted.setdefault(number, []).append(note or "")
    open_ = [number for number, found in told.items() if number in noted and any(not one.back for one in found)]
    texts = [(number, words) for number in open_ for words in noted[number]]
    stated: dict[int, list[Fact]] = {}
    for (number, _), text in zip(texts, plains([words for _, words in texts]), strict=True):
        stated.setdefault(number, []).extend(facts(text))
    back = frozenset(number for number, found in told.items() if found and all(one.back or _in(one, stated.get(number, ())) for one in found))
    return Part(frozenset(number for number, found in told.items() if found), back)


def _in(told: Told, stated: Sequence[Fact]) -> bool:
    return any(same(told.fact, one) for one in stated)


def by_wording(moment: Moment) -> Mapping[str, Part]:
    """Return for each wording of a question in how many conversations it was asked and answered, and after it a new fact was told (S-LISTEN-39).

    The wording asked in the fewest conversations that is shown was asked in `ENOUGH`; of a conversation the first time counts. The first share first.
    """
    asked: dict[str, set[int]] = {}
    worked: dict[str, set[int]] = {}
    for number, found in read(moment, "facts", _told).items():
        for wording, brought in found.questions.items():
            asked.setdefault(wording, set()).add(number)
            if brought:
                worked.setdefault(wording, set()).add(number)
    parts = {wording: Part(frozenset(ones), frozenset(worked.get(wording, ()))) for wording, ones in asked.items() if len(ones) >= ENOUGH}
    return dict(sorted(parts.items(), key=lambda one: (-len(one[1].part) / len(one[1].whole), one[0])))


def after_questions(moment: Moment) -> Part:
    """Return the conversations in which we asked something and the customer answered, and those in which an answer told a new fact."""
    found = {number: one.questions for number, one in read(moment, "facts", _told).items() if one.questions}
    return Part(frozenset(found), frozenset(number for number, ones in found.items() if any(ones.values())))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words of one conversation tell: its facts, and for each wording of ours whether the answer to its first time told what nobody had said yet."""

    facts: tuple[Told, ...]
    questions: Mapping[str, bool]


def _told(lines: Sequence[Line]) -> _Told:
    stated = [facts(line.plain) for line in lines]
    return _Told(tuple(recall([(line.role, line.plain) for line in lines], stated=stated)), _questions(lines, stated))


def _questions(lines: Sequence[Line], stated: Sequence[Sequence[Fact]]) -> dict[str, bool]:
    """Return the wordings of our last questions before the customer's answers, and whether the answer to the first of each told what nobody had said yet."""
    found: dict[str, bool] = {}
    known: list[Fact] = []
    waiting = ""
    for line, told in zip(lines, stated, strict=True):
        if line.role == Role.AGENT:
            waiting = _asked(line.plain)
        elif waiting:
            found.setdefault(waiting, any(not any(same(one, before) for before in known) for one in told))
            waiting = ""
        known += told
    return found


def _asked(words: str) -> str:
    """Return the last sentence of our words if it is a question, without its marks; numbers in it are no wording."""
    spans = list(sentences(words))
    if not spans:
        return ""
    low, high = spans[-1]
    if not is_question(words, low, high) or any(letter.isdigit() for letter in words[low:high]):
        return ""
    return words[low:high].strip(" ?。!~,")
