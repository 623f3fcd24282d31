"""Promises (承诺): who will do what by when, out of speech as people speak it; what is only hoped, asked or retold is none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter

from lingting.catalog.listening import Promises
from lingting.catalog.norm import Norm
from lingting.inspection.commitments import Part, around, commitments, parts_of, tells_an_act, time_of
from lingting.inspection.due import Due, dues
from lingting.inspection.finding import Finding
from lingting.inspection.listener import Listener, Way, voices
from lingting.inspection.scan import Place
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import Role
from lingting.inspection.words import Words

INSTRUMENT = "promise-rules/4"

DUE_CUES = (
    r"(分钟?|秒钟?|小时|钟头|工作[日天]|自然日|[天日周月号年]|星期|礼拜|季度|一刻钟|三刻钟)(之|以|过)?(内|前|后|里)", r"工作日|自然日", r"(再过|未来|接下来|还有|还剩|不超过|最多)|后[0-9一两三]年",
    r"[今明](天|日|早|晚|晨|年|明|上午|下午|中午)|后天|当[天日晚]|次日|翌日|隔天|第二天|明后", r"上午|下午|中午|早上|早晨|一早|晚上|傍晚|夜里|半夜|凌晨",
    r"下班", r"月[底末初中]|[上中下]旬|年[底末初中前后]|季度?末|过完年|周末|[本这下](一?个)?(周|月|季度|半年)", r"(周|星期|礼拜)[一二三四五六日天]", r"[点时:]半?(之|以)?前?",
    r"[0-9一二三四五六七八九十][日号]", r"[0-9一二三四五六七八九十]月|[0-9]年|半[年月周]|年半|(五一|国庆|元旦|春节|清明|端午|中秋)", r"[0-9]/[0-9]|[0-9]{4}-[0-9]",
    r"(节|假期?|五一|十一|国庆|元旦|春节|清明|端午|中秋|放假)(假期|长假|结束)?(之|以|回)?[前后来]",
    r"\b(today|tonight|tomorrow|mon(day)?|tue(s|sday)?|wed(nesday)?|thu(rs|rsday)?|fri(day)?|saturday|sunday|weekend)\b",
    r"\b(within|in|inside|under) .{1,16} ?(minute|min|hour|hr|day|week|month|fortnight|quarter)", r"\b(by|before|at|until|till|between|no later than) .{0,14}\d", r"\b(the )?\d{1,2}(st|nd|rd|th)\b",
    r"\d ?[ap]\.?m\b|o.?clock|half past|quarter (to|past)|past (one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)", r"\bend of |\bweek \d|\bfrom \d|\bin (may|march)\b",
    r"close of (business|play)|\beo[dwmy]\b|\bco[bp]\b|noon|midday|midnight|lunch|first thing", r"(this|the|next|in the|early|tomorrow) (morning|afternoon|evening)",
    r"\b(this|next|coming|following|the) ((working|business|calendar) )?(week|month|quarter|fortnight|year)", r"from now|(day|week|hour|minute|month)s? later|hours. time|days. time|weeks. time",
    r"\b(january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|\bmay [0-9]|[0-9] may\b|christmas|new year",
    r"\b(by|before|at|until) (one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
)  # fmt: skip
"""What a promise with a time cannot do without; the scan looks for these, the grammar of due times reads them."""

_ON_BEHALF = re.compile(
    r"(销售|仓库|财务|调度|客服|技术|工程师|专员|师傅|司机|理赔|主管|经理|商务|运营|售后|市政|物业|街道|网格员|维修|安装|配送|审核|法务|采购|生产|质检|承办单位|责任单位|相关部门|后台)(?:部|人员|同事|那边|的同事|专员)?"
    r"|\b(driver|warehouse|sales|finance|engineer|technician|supervisor|manager|claims|billing|accounts|logistics|support)\b"
)


_ON_THE_SPOT = re.compile(
    r"稍等|稍候|请稍后|正在(?:为您|帮您|给您)?(?:查|核|处理)|别挂|不要离开|\b(?:hold on|one moment|bear with me|just a (?:moment|second))\b"
)
_BESIDES = re.compile(r"的|.[的好]|号(?:楼|门|库|仓|院|栋|线|桥|店|厅|窗|机|柜|车间|月台|站台|厂|棚|泊位|码头)")
_STREET = tuple("路街巷弄道村同区院座栋园港库仓楼场厂城镇乡里站门厅室桥寓庄坊口岸埠湾苑厦店铺市县")
_UNTIL = re.compile(r"(?<![改延推挪调前约定移])[到至]$")


def listen(norm: Norm, words: Words) -> Listener:
    """Return a norm as a listener for what a promise cannot do without: words of time, or hazy ones."""
    settings = norm.shaped(Promises)
    tag = words.tag(settings.hazy if settings.vague else DUE_CUES, begun="sentence")
    return Listener(INSTRUMENT, (Way(words.gate({tag: voices([Role.AGENT])})),), lambda talk: _promises(norm, settings, talk, tag))


def _promises(norm: Norm, settings: Promises, talk: Talk, tag: int) -> Iterator[Finding]:
    """Yield the promises of the norm's sort, turn by turn: a turn's are not looked for again."""
    for turn, places in groupby(talk.tagged(tag), key=itemgetter(0)):
        if _acts(talk, turn):
            yield from talk.once(("promises", turn, norm.id), partial(list, _in_turn(norm, settings, talk, list(places))))


def _in_turn(norm: Norm, settings: Promises, talk: Talk, places: Sequence[Place]) -> Iterator[Finding]:
    """Yield the promises of a turn: with a time one for each act and its time, hazy ones one a sentence at most."""
    turn = places[0][0]
    said = talk.at(turn)
    if said is None or (settings.vague and _ON_THE_SPOT.search(talk.plain[turn])):
        return
    done: set[tuple[int, int]] = set()
    for place in places:
        sentence = talk.sentence(place)
        if sentence in done or talk.in_quotation((turn, sentence[0] + 1, sentence[1] - 1)):
            continue
        parts = _weighed(talk, turn, sentence, said)
        if settings.vague:
            groups = [] if any(part.due for part in parts) else [around(parts, place[2] - 1)]
        else:
            groups = list(commitments(parts))
            done.add(sentence)
        for group in filter(None, groups):
            done.add(sentence)
            slots = _slots(talk.plain[turn], group, None if settings.vague else time_of(group))
            if settings.others_within and "who" in slots:
                due = talk.calendar.worked_on(said, timedelta(hours=settings.others_within))
                slots |= {"due_at": due.isoformat(), "by_house": f"{settings.others_within:g} h"}
            yield talk.finding(norm, INSTRUMENT, (turn, group[0].start, group[-1].end), slots=slots)


def _acts(talk: Talk, turn: int) -> bool:
    """Tell whether the agent tells an act in a turn: in most they do not, and no sentence need be looked at."""
    key = ("promise", turn)
    found: bool | None = talk.known.get(key)
    if found is None:
        found = talk.known[key] = talk.role(turn) is Role.AGENT and tells_an_act(talk.plain[turn])
    return found


def _weighed(talk: Talk, turn: int, sentence: tuple[int, int], said: datetime) -> list[Part]:
    """Return the clauses of a sentence with the times that lie ahead; worked out once for promises with and without a time."""
    words = talk.words(turn, sentence)
    begin = sentence[0]

    def work() -> list[Part]:
        named = (due for due in dues(words, said, talk.calendar) if due.at > said and not _besides(words, due))
        ahead = [replace(due, start=due.start + begin, end=due.end + begin) for due in named]
        return parts_of(talk.plain[turn], sentence, ahead)

    parts: list[Part] = talk.once(("promise", turn, sentence), work) if tells_an_act(words) else []
    return parts


def _besides(words: str, due: Due) -> bool:
    """Tell whether a time is no due time: "今晚的水" is a kind of water, "下午好" a greeting, "东路8号" an address, "停到月底" how long."""
    return (
        bool(words[due.start : due.end] == "一点")
        or bool(_UNTIL.search(words[: due.start]))
        or bool(_BESIDES.match(words, due.end - 1))
        or words[: due.start].endswith(_STREET)
    )


def _slots(text: str, group: Sequence[Part], by: Due | None) -> dict[str, str]:
    words = text[group[0].start : group[-1].end]
    slots: dict[str, str] = {}
    if by is not None:
        slots |= {"due": text[by.start : by.end], "due_at": by.at.isoformat()}
        if by.assumed:
            slots["calendar"] = "assumed"
    if condition := next((part for part in group if part.condition), None):
        slots["condition"] = text[condition.start : condition.end]
    if behalf := _ON_BEHALF.search(words):
        slots["who"] = next(group for group in behalf.groups() if group)
    return slots
