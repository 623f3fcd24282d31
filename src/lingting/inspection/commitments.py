"""Commitments (应允): clause by clause, what of a sentence binds us – our act and its time –, and what is hoped, refused, retold, asked of or done by others."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lingting.inspection.due import Due
from lingting.inspection.sentences import clauses, is_question

_OURS = re.compile(
    r"我们?|咱们?|我方|这边|本人|由[^,。您你]{1,8}(?=[带送处安装上修跟联办])|本店|本公司|本司"
    r"|(?:给|帮|为|跟|向|与|和|替|让|请|把)[您你](?!们)|(?:回|联系|回复|通知|答复|告诉|告知|发|寄|退|补|送|打给|致电|告之|转给|交给|赔)[您你](?!们)|您[^,。]{0,8}(?:会|能|将|就能|就会|可以)(?:接到|收到|拿到|看到)|(?:工程师|师傅|同事|专员|人员|司机|技术员|维修|安装|客户经理)[^,。]{0,12}(?:上门|到您|过去|过来|带去|带来|联系|处理)"
    r"|\b(?!you\b|there\b|what\b|which\b|who\b|weather\b)[a-z]+(?:'ll| will| shall|'m going to| am going to| are going to|'re going to|'s going to| is going to| ?(?:is |are |'s |'re |'m )?gonna)\b"
    r"|\byou(?:'ll| will) (?:get|have|receive|hear|be (?:called|contacted|refunded|credited|reimbursed|paid|given|sent))\b|\blet me\b.{0,40}\bby\b|\bi (?:promise|guarantee)\b"
)
_ENGLISH_ACT = r"\b(?:will|shall|'ll|going to|gonna|let me|promise|guarantee)\b"
_ACT = re.compile(
    r"会(?!员|议|计|话|所)|将|[给帮][您你](?!的|们|添|造成|带来)|为[您你](?!服务|们)|[跟向与替][您你](?!们)|(?:联系|回复|通知|答复|告诉|回|发|寄|退|补|赔)[您你]|送到|送达|安排|处理|回电|来电|回复|答复|完成|到账|发出|发到|发给|提交|搞定|办好|改好|修好|反馈|跟进|寄出|更新"
    r"|(?:会|能|将)(?:接到|收到|拿到|看到)|[打找]您|我们?[^,。]{0,14}(?:联系|整理|提给|提交|报给|报上|转给|催|盯|问清|问好|写|约|带去|带来|做好|弄好|再(?:查|看|问|打)|请(?!您))|查清|查明|核实|上门|到您|打给|过去|过来|带去|带来|把.{1,16}(?:发|寄|送|推|打|退|补|换|修|改|弄|做|交|传|查|翻|停|贴|拿|办)"
    rf"|{_ENGLISH_ACT}"
)
_SERVICE = re.compile(
    r"到现场|到场|上门|过去|过来|带去|带来|答复|回复|回电|来电|联系|通知|处理|解决|修好|修复|维修|换好|更换|补发|补齐|补寄|退款|退回|退还|退到|原路|到账|赔付|发货|发出|发到|寄出|送到|送达|送货|派送|出结果|恢复|通水|通电|通气|贴|安装|开通|解封|审核|安排|办结|办好|完成|改[到成为在]|[审开做办查修换装送发补退清放改测印打](?:出|完|好|到|齐|清|通|开|掉|妥|回)"
)
"""Acts of service: with a deadline they bind whoever of ours is to do them ("路灯所的人四十八小时内到现场")."""
_LETTERS_ACT = re.compile(_ENGLISH_ACT)
"""All of them that a text without Chinese can hold: most of the time went into looking there for the others."""
_LIMIT = re.compile(r"(?:前|内|之前|以前|之内|以内)$|^(?:by|before|within|in|no later than|inside)\b|end of|close of")
_OTHERS_WORD = re.compile(
    r"(?:他|她|他们|司机|师傅|承运商|对方|厂家|客户|仓库|同事|人家|那边|(?<![跟给向和与对帮为替])您)[^,。]{0,4}(?:说(?!定|好)|讲|告诉|表示|答应|承诺|回复说|通知说|写着|显示)|系统[^,。组]{0,4}(?:说|显示|写着|提示|通知)|听说|据说|说是"
    r"|(?<!what )\b(?:he|she|they|the (?:carrier|driver|warehouse|customer|shipper|system|consignee|courier|seller|engineer)|system)(?: has| had)? (?:said|says|told|tells|promised|shows?|wrote|claims?)\b|\byou (?:said|told|promised)\b|\bapparently\b"
)
_HEDGE = re.compile(
    r"尽量|争取|应该|就该|本该|可能|大概|大约|估计|预计|预估|预期|也许|或许|不一定|希望|试试|看能不能|看看能否|不能保证|没法保证|不敢保证|一般|通常|正常情况|本来|原本|原定|原来|(?:(?<![一二三四五六日天号点半末分时])之前|刚才?|刚刚|昨天|前天|上次|上周|上月|上午|早上|原先)[^,。]{0,5}(?:说|答应|承诺|约)|已经|不出意外|顺利的话|差不多|说不定|没准|最快|以便|便于|(?:查询|核实|显示|看到|查到)[^,。]{0,6}(?:是|今天|昨天)|是[^,。]{2,14}的$"
    r"|\b(?:try|trying|should|might|may|could|would|(?:will|'ll) (?:arrive|reach|land|open|close|expire|start|be (?:open|closed|available|unavailable|down|busy|back|out))|hopefully|hope|expect|expected|estimated?|probably|usually|normally|typically|roughly|about to|cannot promise|can't promise|with any luck|i think|all being well)\b"
    r"|\b(?:it|that|there|today|tomorrow|[a-z]+day)(?:'ll| will) be [a-z]+(?:ing|y)\b|\b(?!i\b|we\b)[a-z]+(?:'ll| will) be (?!(?:re)?[a-z]+(?:ed|en|ing)\b|sent|paid|put|done|brought|with you|in (?:your|touch)|at your|on your|there|round)"
)
_PRELUDE = re.compile(
    r"正常情况|正常的话|一般|通常|不出意外|顺利|预计|估计|原来|原定|原本|\b(?:usually|normally|typically|hopefully|with any luck|all being well|if all goes well)\b"
)
"""Hedges that reach over the comma: 正常情况下，明天送到."""
_REFUSED = re.compile(r"不会|没办法|无法|不能|做不到|赶不|来不及|不了|没法|休息|请假|不上班|放假|\b(?:won't|will not|can't|cannot|unable|not able)\b")
_DONE = re.compile(r"(?:刚刚?|已|都)[^,。]{0,8}了$|了$")
_LOOKS_BACK = re.compile(r"已[^,。]{0,10}[了过]|昨天|前天|上[周月次]|现在|啦")
_EARLIER = re.compile(r"承诺|答应|说好|约好")
"""A promise told together with what came of it is an old one: "答应五月一号前换好，前天已经换上了"."""
_AHEAD = re.compile(r"会|将|就|要|前$|[前内]")
_THEIRS = re.compile(
    r"^(?:那|那么|好的?|然后|另外|所以|如果)?(?:请|麻烦|劳驾|辛苦|烦请|需要|建议)|(?:^|[,、 ])(?:您|你)(?!的)(?![^,。]{0,12}(?:会|将|能|就能|可以)(?:接到|收到|拿到|看到))(?!这边?的?|那边?的?[^,。]{0,8}(?:我|给您))"
    r"|下单|付款|拍下|支付|可以(?:无理由)?退|须|逾期|未[^,。]{0,6}(?:的|自动)|如未|有效|截止"
    r"|\b(?:please|you(?:'ll| will)? (?:can|could|should|need|must|have to|may)|make sure you|if you could)\b"
)
"""Acts of the customer, and rules that bind nobody to an act."""
_CONDITION = re.compile(
    r"如果|要是|假如|(?:收到|恢复|报警|签收|到货|确认|审核通过|批准|修好)后[^,]{0,3}(?=[^,]{0,8}(?:内|前))|只要|若|一旦|等您|您先|收到您|您(?:把|将)[^,]{1,20}(?:后|之后|,)|您[^,]{1,12}(?:之?后|好了|完)$|\bif\b|\bonce you\b|\bas soon as you\b|\bprovided\b|\bunless\b|\bwhen you\b"
)
_ASKS_FIRST = re.compile(
    r"^(?:那|那么)?(?:请问|是不是|是否|要不要|能不能|可不可以|您(?:是|要|想|希望|觉得|需要)|需要)|^\b(?:do|does|did|would|shall|should|could|can|will|is|are|when|what|how)\b"
)
_REPORTS = re.compile(
    r"(?:回复|答复|回电|回您|告诉|告知|通知|反馈|问|查|看|确认|核实|核对)(?:给?您|一?下|清楚?|到|过)?[^,。!?]{0,10}(?:能不能|是不是|有没有|可不可以|会不会|要不要|行不行|什么|多少|几|哪|怎么)"
)
"""A question that will be answered is told, not asked: "三点前给您回复能不能改线"."""
_WHETHER = re.compile(r"能不能|会不会|可不可以|是不是|要不要|行不行|有没有")
_AND = re.compile(r"\band (?=(?:then )?[a-z])|;")
_ELLIPTIC = re.compile(r"^(?:一定|肯定|都|也|我们?)?会|(?:部门|单位|同事|人员|专员|师傅|团队|工程师|公司|主管|经理)(?:都|也)?(?:将|会)")


@dataclass(frozen=True, slots=True)
class Part:
    """A clause: where it stands, the time it names, and whether it tells our act, sets a condition, or cannot bind."""

    start: int
    end: int
    due: Due | None
    act: bool
    condition: bool
    void: bool
    ours: bool


def tells_an_act(words: str) -> bool:
    """Tell whether there is any act of service in a sentence: without one, its times need not be read."""
    return bool(_LETTERS_ACT.search(words) if words.isascii() else _ACT.search(words) or _SERVICE.search(words))


def parts_of(text: str, sentence: tuple[int, int], times: Sequence[Due]) -> list[Part]:
    """Return the clauses of a sentence, each weighed; a closing question ("您看可以吗") asks about the rest and makes it no question.

    >>> said = "今天发不了,明天上午给您发,您看行吗?"
    >>> [(said[part.start : part.end], part.act, part.void) for part in parts_of(said, (0, len(said)), [])]
    [('今天发不了', False, True), ('明天上午给您发', True, False), ('您看行吗', False, True)]
    """
    spans = [piece for clause in clauses(text, *sentence) for piece in _pieces(text, clause, times)]
    asked = is_question(text, *sentence) and not (spans and _REPORTS.search(text, *spans[-1]) and not _ASKS_FIRST.search(text[slice(*spans[-1])]))
    if asked and (len(spans) < 2 or _ASKS_FIRST.search(text[slice(*spans[0])])):  # noqa: PLR2004  # one clause that asks
        return []
    parts: list[Part] = []
    # "We'll send it today and collect it by noon tomorrow": what follows the "and" is told by the "we'll" before it.
    for place, (start, end) in enumerate(spans):
        part = _weighed(text[start:end], start, _last(times, start, end))
        asking = asked and place == len(spans) - 1
        old = bool(_EARLIER.search(text, start, end) and _LOOKS_BACK.search(text, *sentence))
        joined = place > 0 and text[spans[place - 1][1] : start].strip() == "and" and parts[-1].act
        parts.append(replace(part, act=part.act or joined, void=part.void or asking or old or _led_astray(text, parts, part)))
    return parts


def _pieces(text: str, clause: tuple[int, int], times: Sequence[Due]) -> Iterator[tuple[int, int]]:
    """Yield a clause whole, or in two where both sides of an "and" name a time: "send it today and call you by noon tomorrow"."""
    start, end = clause
    for match in _AND.finditer(text, start, end):
        right = _last(times, match.end(), end)
        if _last(times, start, match.start()) and right and right.start > match.end() + 3:
            yield start, match.start() - (text[match.start() - 1] == " ")
            start = match.end()
    yield start, end


def _last(times: Sequence[Due], start: int, end: int) -> Due | None:
    return next((due for due in reversed(times) if start <= due.start < end), None)


def _weighed(words: str, start: int, due: Due | None) -> Part:
    condition = bool(_CONDITION.search(words))
    ours = bool(_OURS.search(words))
    act = bool((ours or _ELLIPTIC.search(words)) and _ACT.search(words))
    if not act and due is not None and _LIMIT.search(words[due.start - start : due.end - start]):
        act = bool(_SERVICE.search(words) or _ACT.search(words))
    void = not condition and bool(_HEDGE.search(words) or _refuses(words) or _OTHERS_WORD.search(words) or _THEIRS.search(words))
    done = bool(_DONE.search(words)) and not _AHEAD.search(words)
    return Part(start, start + len(words), due, act, condition, void or done, ours)


def _refuses(words: str) -> bool:
    """Tell whether a clause says that something will not be; "能不能" in what will be told says nothing of the kind."""
    return bool(_REFUSED.search(_WHETHER.sub("", words) if _REPORTS.search(words) else words))


def _led_astray(text: str, before: Sequence[Part], part: Part) -> bool:
    """Tell whether the clause before makes this one a hope or another's word: "正常情况下，明天送到", "司机说了，五点前给您送到"."""
    if not before:
        return False
    words = text[before[-1].start : before[-1].end]
    if _PRELUDE.search(words) and not before[-1].due and not _ACT.search(words):
        return True
    return bool(_OTHERS_WORD.search(words)) and not re.search(r"我|咱|\b(?:i|we)\b", text[part.start : part.end])


def commitments(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Yield the clauses of each commitment that has a time: the time, the act and what joins them; two acts with two times are two.

    Clauses that cannot bind stand between commitments and in none.
    """
    group: list[Part] = []
    for part in parts:
        if part.void:
            if _complete(group):
                yield group
                group = []
            continue
        if not (part.act or part.due or part.condition):
            continue
        if _complete(group) and (part.condition or part.due):
            yield group
            group = []
        group.append(part)
    if _complete(group):
        yield group


def _complete(group: Sequence[Part]) -> bool:
    return any(part.act for part in group) and any(part.due and (part.act or not part.condition) for part in group)


def time_of(group: Sequence[Part]) -> Due:
    """Return the time of a commitment: that of the act rather than of its condition."""
    return next(due for want in (True, False) for part in reversed(group) if (due := part.due) and (not want or not part.condition))


def around(parts: Sequence[Part], anchor: int) -> list[Part]:
    """Return the clauses of a commitment without a time, from the clause of its hazy word: that one and the act next to it."""
    here = next((place for place, part in enumerate(parts) if part.start <= anchor < part.end), None)
    if here is None or parts[here].void:
        return []
    near = [parts[here]] if parts[here].act else [part for part in parts[here + 1 : here + 2] or parts[max(here - 1, 0) : here] if part.act and not part.void]
    return sorted({parts[here], *near}, key=lambda part: part.start) if near else []
