"""Shares of conversations (比例), as a table: what the whole of each is, what the part is, and how both are found."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from lingting.conformity import comprehension
from lingting.inspection.level import Level
from lingting.ledger.moment import Moment
from lingting.registers.conversations import answering, attending, balance, clarity, contacts, elements, handing, levels, moods, recalling, warning
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.attending import Point
from lingting.registers.conversations.comprehension import answers
from lingting.registers.conversations.models import Conversation
from lingting.registers.deliveries import queries as deliveries
from lingting.registers.documents import reasons
from lingting.registers.people import queries as people
from lingting.registers.surroundings import queries as surroundings
from lingting.registers.surveys import queries as surveys
from lingting.statistics.parts import Part
from lingting.web.pages.around import Words


@dataclass(frozen=True, slots=True)
class Told:
    """A share of conversations: what the whole is, what the part is, and how both are found."""

    whole: Words
    part: Words
    find: Callable[[Moment], Any]
    place: int | None = None

    def of(self, found: Any) -> Part:
        """Return the share out of what was found: shares that are set beside each other are found together."""
        share: Part = found if self.place is None else found[self.place]
        return share


def scored(moment: Moment) -> tuple[Part, Part]:
    """Return how many scores that came soon after a conversation were low: where it was listened to attentively or better, and where less well (S-LISTEN-17).

    A score belongs to the customer's last conversation of which a level is known, if that was not longer ago than a repeated contact would be told by.
    """
    told = levels.levels(moment)
    spoken: dict[int, list[tuple[datetime, int]]] = {}
    for number, party, at in conversations.begun(moment).filter(party__isnull=False).order_by("at", "id").values_list("pk", "party", "at"):
        if number in told:
            spoken.setdefault(party, []).append((at, number))
    low = set(surveys.low(moment).values_list("pk", flat=True))
    scores: dict[int, bool] = {}
    for pk, party, at in surveys.scores(moment).values_list("pk", "party", "at"):
        before = [number for when, number in spoken.get(party, ()) if at - levels.AGAIN_WITHIN <= when <= at]
        if before:
            scores[before[-1]] = scores.get(before[-1], False) or pk in low
    low_after = frozenset(number for number, was_low in scores.items() if was_low)
    well = frozenset(number for number in scores if told[number] >= Level.ATTENTIVE)
    less = frozenset(scores) - well
    return Part(well, well & low_after), Part(less, less & low_after)


def _comprehended(moment: Moment) -> tuple[Part, Part]:
    heard = answers(moment)
    return comprehension.answered(heard), comprehension.understood(moment, heard)


def written(moment: Moment, conversation: Conversation | None = None) -> dict[int, list[str]]:
    """Return what the register of deliveries holds of conversations: the orders and shipments they are tied to, by code and number."""
    rows = deliveries.linked(moment).order_by()
    rows = rows if conversation is None else rows.filter(conversation=conversation)
    found: dict[int, list[str]] = {}
    for number, *words in rows.values_list("conversation", "order__code", "shipment__code", "shipment__number", "reason"):
        found.setdefault(number, []).extend(word for word in words if word)
    return found


def _recalled(moment: Moment) -> Part:
    return recalling.all_back(moment, written(moment))


def _unclear(moment: Moment) -> tuple[Part, Part]:
    found = clarity.unclear(moment)
    said = clarity.recognised(moment).filter(conversation__in=found.part)
    noisy = surroundings.noisy(said, people.known(moment), moment) if found.part else said.none()
    return found, Part(found.part, found.part & frozenset(noisy.order_by().values_list("conversation", flat=True)))


MOODED = ("顾客的话里至少两轮听到心情的对话", "conversations in which a mood was heard in two of the customer's turns or more")

TOLD: Mapping[str, Told] = {
    "opened": Told(
        ("认识对方、有过实质答复的远程对话", "conversations at a distance with somebody we know and an answer of substance"),
        ("答复之前先看过顾客的卡片", "the customer's card opened before the answer"), attending.opened_first,
    ),
    "prepared": Told(("我们打出去的电话", "calls that we made"), ("拨之前看过顾客的卡片", "the customer's card opened before dialling"), attending.prepared),
    "interrupted": Told(
        ("打断过顾客的对话", "conversations in which the customer was interrupted"),
        ("之后六轮内顾客升级", "the customer escalated within six turns"), attending.escalated, 0,
    ),
    "calm": Told(
        ("没有打断的对话，从我们第一次答话起", "conversations without an interruption, from our first words on"),
        ("之后六轮内顾客升级", "the customer escalated within six turns"), attending.escalated, 1,
    ),
    "point": Told(
        ("坐席写了要点、也听出了事情的对话", "conversations with the agent's line and a matter heard"),
        ("要点说的是另一件事（仅作提示）", "the line is about another matter (an indication)"), lambda moment: _points(attending.points(moment)),
    ),
    "well-again": Told(
        ("听得专注或带同理心的对话", "conversations listened to attentively or with empathy"),
        ("之后同一位顾客又来找", "the same customer came again"), levels.by_level, 0,
    ),
    "less-again": Told(
        ("听得不到专注的对话", "conversations listened to less well"),
        ("之后同一位顾客又来找", "the same customer came again"), levels.by_level, 1,
    ),
    "argued-again": Told(
        ("和顾客争辩过的对话", "conversations in which we argued"),
        ("之后同一位顾客又来找", "the same customer came again"), levels.by_argument, 0,
    ),
    "calm-again": Told(
        ("没有争辩的对话", "conversations in which we did not"),
        ("之后同一位顾客又来找", "the same customer came again"), levels.by_argument, 1,
    ),
    "well-low": Told(
        ("听得专注或带同理心、之后顾客打过分的", "listened to attentively or with empathy, and scored by the customer afterwards"),
        ("打的是低分", "the score was low"), scored, 0,
    ),
    "less-low": Told(
        ("听得不到专注、之后顾客打过分的", "listened to less well, and scored by the customer afterwards"),
        ("打的是低分", "the score was low"), scored, 1,
    ),
    "one-sided": Told(
        ("双方都说了话、字都还在的对话", "conversations in which both sides spoke and every word is still there"),
        ("多半是我们在说", "it was mostly we who spoke"), balance.sided, 0,
    ),
    "better": Told(MOODED, ("结束时比开头好", "the end was better than the beginning"), moods.ends_told, 0),
    "worse": Told(MOODED, ("结束时比开头差", "the end was worse than the beginning"), moods.ends_told, 1),
    "eased": Told(
        ("有投诉、也听到至少两轮心情的对话", "conversations with a complaint and a mood heard in two turns or more"),
        ("结束时不比开头差", "the end was no worse than the beginning"), moods.ends_told, 2,
    ),
    "explained": Told(
        ("听到投诉的对话", "conversations in which a complaint was heard"),
        ("讲了公司的做法和缘由", "what we do and why was explained"), moods.explained,
    ),
    "understood-asked": Told(
        ("我们问过“清楚了吗”的对话", "conversations in which we asked whether all is clear"),
        ("听到顾客回答清楚或不清楚", "the customer was heard to answer that it is, or is not"), _comprehended, 0,
    ),
    "comprehended": Told(
        ("知道顾客听懂没有的对话", "conversations of which it is known whether the customer understood"),
        ("顾客听懂了", "the customer understood"), _comprehended, 1,
    ),
    "recalled": Told(
        ("顾客说出过事实、之后我们还说了话的对话", "conversations in which the customer told a fact and we spoke afterwards"),
        ("每一件都在我们后来的话、笔记或挂上的订单里", "every one of them is in our later words, the notes or the order tied to it"), _recalled,
    ),
    "asked-fact": Told(
        ("我们发问、顾客接着答了的对话", "conversations in which we asked and the customer answered"),
        ("有一次回答说出了新情况", "an answer told a new fact"), recalling.after_questions,
    ),
    "unclear": Told(
        ("知道转写对我们的话有多大把握的对话", "conversations of which it is known how sure the recogniser was of our words"),
        ("把握低：请听一听录音", "it was not sure: listen to the sound"), _unclear, 0,
    ),
    "unclear-noise": Told(
        ("其中把握低的对话", "those of which it was not sure"), ("说的时候现场噪声超过限值", "while it was louder than the limit"), _unclear, 1,
    ),
    "undertones": Told(
        ("提示过言外之意、由人判过的", "with an undertone proposed and judged by a person"),
        ("人认可的", "which the person accepted"), levels.undertones,
    ),
    "warned": Told(
        ("吵起来了的对话：顾客辱骂，或我们争辩", "conversations that came to a quarrel: abuse, or we argued back"),
        ("之前已经听到预警", "a warning was heard before it"), warning.warned,
    ),
    "told-twice": Told(
        ("交接过、也听过的对话", "conversations that were handed over and listened to"),
        ("交接之后顾客又得再说一遍", "the customer had to tell it twice afterwards"), handing.told_twice,
    ),
    "came": Told(("顾客来找我们的对话", "conversations that came to us"), ("没有检查过", "not inspected"), contacts.unheard, 0),
    "went": Told(("我们去找顾客的对话", "conversations that we began"), ("没有检查过", "not inspected"), contacts.unheard, 1),
    "incomplete": Told(
        ("结束了的对话", "conversations that ended"), ("七个要素不全", "one of the seven elements is missing"), elements.incomplete,
    ),
    "useful-first": Told(
        ("顾客先开口、我们答了的对话", "conversations in which a customer spoke and we answered"),
        ("第一次答复就有用", "the first answer was of use already"), answering.useful_at_once, 0,
    ),
    "useless": Told(
        ("其中结束了的对话", "those of them that ended"), ("没有听出一句有用的答复", "no answer of use was heard"), answering.useful_at_once, 1,
    ),
    "others": Told(
        ("知道对方是谁的对话", "conversations with somebody we know"),
        ("对方不是顾客：居民、供方、监管者等", "with others than customers: neighbours, providers, regulators"), levels.others,
    ),
    "unclassed": Told(("结束了的对话", "conversations that ended"), ("没有归类为什么来找", "nobody classed why they came"), reasons.unclassed),
    "otherwise": Told(
        ("说的和真正的理由都记下的", "with the reason they gave and the real one"),
        ("真正的理由是另一类", "the real reason is of another class"), reasons.otherwise,
    ),
    **{
        name: Told(("结束时答了这一问的", "of which this was answered at the end"), words, partial(reasons.answered_no, column=name))
        for name, words in {
            "understood": ("需要没有弄明白", "the need was not understood"), "complete": ("信息没有收齐", "information was missing"),
            "solved": ("没有解决", "it was not solved"), "served": ("服务得不好", "the service was not good"),
        }.items()
    },
}  # fmt: skip


def _points(rows: Iterable[Point]) -> Part:
    ones = list(rows)
    return Part(frozenset(one.conversation for one in ones), frozenset(one.conversation for one in ones if one.other))
