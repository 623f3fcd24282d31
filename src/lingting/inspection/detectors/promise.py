"""Promises (承诺): who will do what by when, out of speech as people speak it; what is only hoped, asked or retold is none."""

import re
from collections.abc import Iterator
from datetime import datetime

from lingting.catalog.norm import Norm, Promises
from lingting.inspection.due import Due, dues
from lingting.inspection.finding import Finding
from lingting.inspection.listener import Listener
from lingting.inspection.scan import Place
from lingting.inspection.sentences import clauses, is_question
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import Role
from lingting.inspection.words import Words

INSTRUMENT = "promise-rules/2"

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

_OURS = re.compile(
    r"(?:我们?|咱们?|我方|我这边|这边|本人)(?!.{0,6}(?:说|讲|告诉)您)"
    r"|(?:给|帮|为|跟|向|与|和|替|让|请)您|(?:回|联系|回复|通知|答复|告诉|告知|发|寄|退|补|送|打给|致电|告之)您?给?您"
    r"|\b(?:i|we|our [a-z]+|my [a-z]+|someone|a colleague|the driver|the team|the warehouse|sales|finance)(?:'ll| will| shall|'m going to| am going to| are going to|'re going to)\b"
)
_ACT = re.compile(
    r"会|将|给您|帮您|为您|跟您|向您|与您|替您|联系您|回复您|通知您|答复您|告诉您|回您|发您|寄您|退您|补您|送到|送达|安排|处理|回电|回复|答复|完成|到账|发出|发到|发给|提交|搞定|办好|改好|修好|反馈|跟进|寄出|更新"
    r"|\b(?:will|shall|'ll|going to)\b"
)
_OTHERS_WORD = re.compile(
    r"(?:他|她|他们|司机|师傅|承运商|对方|厂家|客户|仓库|同事|人家|那边|系统|您)[^,。]{0,4}(?:说|讲|告诉|表示|答应|承诺|回复说|通知说|写着|显示)"
    r"|\b(?:he|she|they|the (?:carrier|driver|warehouse|customer|shipper|system|consignee))(?: has| had)? (?:said|says|told|tells|promised|shows?|wrote)\b|\byou (?:said|told|promised)\b"
)
_COURTESY = re.compile(
    r"尽量|争取|应该|就该|本该|可能|大概|大约|估计|预计|预估|也许|或许|不一定|希望|试试|看能不能|看看能否|不能保证|没法保证|不敢保证|一般|通常|正常情况|本来|原本|原定|之前说|刚才说|已经"
    r"|\b(?:try|should|might|may|could|hopefully|hope|expect|expected|estimated?|probably|usually|normally|roughly|about to|cannot promise|can't promise)\b"
)
_REFUSED = re.compile(r"不会|没办法|无法|不能|做不到|\b(?:won't|will not|can't|cannot|unable)\b")
_CONDITION = re.compile(
    r"如果|要是|假如|(?:收到|恢复|报警|签收|到货|确认|审核通过|批准|修好)后[^,]{0,3}(?=[^,]{0,8}(?:内|前))|只要|若|一旦|等您|您先|收到您|您(?:把|将)[^,]{1,20}(?:后|之后|,)|\bif\b|\bonce you\b|\bas soon as you\b|\bprovided\b|\bunless\b"
)
_ON_BEHALF = re.compile(
    r"(销售|仓库|财务|调度|客服|技术|工程师|专员|师傅|司机|理赔|主管|经理|商务|运营|售后)(?:部|人员|同事|那边|的同事|专员)?|\b(driver|warehouse|sales|finance|engineer|supervisor|manager|claims)\b"
)


def listen(norm: Norm, words: Words) -> Listener:
    """Return a norm as a listener for what a promise cannot do without: words of time, or hazy ones."""
    settings = norm.settings
    assert isinstance(settings, Promises)  # the shape of the detector's settings, see catalog/norm.py
    tag = words.tag(settings.hazy if settings.vague else DUE_CUES)
    return Listener(INSTRUMENT, frozenset({tag}), lambda talk: _promises(norm, talk, tag, vague=settings.vague))


def _promises(norm: Norm, talk: Talk, tag: int, *, vague: bool) -> Iterator[Finding]:
    """Yield the promises of the norm's sort, one a sentence at most."""
    done: set[Place] = set()
    for place in talk.tagged(tag):
        turn, start, end = place
        said = talk.at(turn)
        if said is None or talk.role(turn) is not Role.AGENT:
            continue
        sentence = talk.sentence(place)
        if (turn, *sentence) in done or not _is_promise(talk, turn, sentence):
            continue
        by = _due(talk, turn, sentence, said)
        if vague == (by is None):
            done.add((turn, *sentence))
            anchor = (start, end) if by is None else (by.start, by.end)
            text = talk.plain[turn]
            yield talk.finding(norm, INSTRUMENT, (turn, *_span(text, sentence, anchor)), slots=_slots(text, sentence, by))


def _is_promise(talk: Talk, turn: int, sentence: tuple[int, int]) -> bool:
    """Tell whether a sentence binds us: our act, not asked, hoped, refused, retold or quoted; worked out once for promises with and without a time."""
    binds: bool = talk.once(("promise", turn, sentence), lambda: _binds(talk, turn, sentence))
    return binds


def _binds(talk: Talk, turn: int, sentence: tuple[int, int]) -> bool:
    words = talk.words(turn, sentence)
    if not _ACT.search(words) or is_question(talk.plain[turn], *sentence) or talk.in_quotation((turn, sentence[0] + 1, sentence[1] - 1)):
        return False
    if _COURTESY.search(words) or _REFUSED.search(words) or _OTHERS_WORD.search(words):
        return False
    return bool(_OURS.search(words) or _ON_BEHALF.search(words))


def _due(talk: Talk, turn: int, sentence: tuple[int, int], said: datetime) -> Due | None:
    """Return the last time named in a sentence that lies ahead: "明天上午十点前", not the "上午" of what happened."""
    words = talk.words(turn, sentence)
    ahead = [due for due in dues(words, said, talk.calendar) if due.at > said]
    if not ahead:
        return None
    last = ahead[-1]
    return Due(last.start + sentence[0], last.end + sentence[0], last.at, last.assumed)


def _span(text: str, sentence: tuple[int, int], anchor: tuple[int, int]) -> tuple[int, int]:
    """Return the clauses from the first that bears on the promise to the last: the time, the act and what joins them."""
    parts = clauses(text, *sentence)
    bearing = [
        place
        for place, (start, end) in enumerate(parts)
        if (start < anchor[1] and anchor[0] < end) or (_OURS.search(text, start, end) and _ACT.search(text, start, end)) or _CONDITION.search(text, start, end)
    ] or [0, len(parts) - 1]
    return parts[bearing[0]][0], parts[bearing[-1]][1]


def _slots(text: str, sentence: tuple[int, int], by: Due | None) -> dict[str, str]:
    words = text[slice(*sentence)]
    slots: dict[str, str] = {}
    if by is not None:
        slots |= {"due": text[by.start : by.end], "due_at": by.at.isoformat()}
        if by.assumed:
            slots["calendar"] = "assumed"
    if condition := _CONDITION.search(words):
        clause = next(
            part for part in clauses(text, *sentence) if part[0] <= sentence[0] + condition.start() < part[1] or part[0] >= sentence[0] + condition.start()
        )
        slots["condition"] = text[slice(*clause)]
    if behalf := _ON_BEHALF.search(words):
        slots["who"] = next(group for group in behalf.groups() if group)
    return slots
