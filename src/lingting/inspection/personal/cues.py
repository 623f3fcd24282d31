"""Cues (提示语): the words beside a number that say what it is, and how a rule is written."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lingting.inspection.personal.kinds import Kind, Personal

CUES = {
    "order": r"订单|运单|单号|工单|流水|快递|物流单|编号|编码|货号|批次|批号|序列号|合同|发票|票号|版本|型号|取件码|验证码"
    r"|\b(?:tracking|orders?|waybill|parcel|shipment|invoice|tickets?|case (?:number|no|id|#)|reference|ref|serial|models?|sku|po|job|version|build)\b",
    "phone": r"电话|手机|联系方式|座机|号码是|拨打|致电|热线|传真|回电|打给"
    r"|\b(?:phones?|telephone|tel|mobile|cell|call(?:ed|ing)?|fax|desk|text(?:ed)?|sms|whatsapp"
    r"|dial|ring|contact|hotline|(?:my|his|her|our|your|their|best) number is|answering at|reach|messages? to|registered)\b",
    "card": r"银行卡|卡号|信用卡|储蓄卡|借记卡|还款卡|尾号|账户|账号|银行账|\b(?:cards?|cc|visa|mastercard|amex|maestro|pan)\b",
    "id": r"身份证|证件|\b(?:ssn|social security|national insurance|ni number|id (?:card|number|no))\b",
    "passport": r"护照|通行证|\bpassports?\b",
    "licence": r"驾驶证|驾照|\b(?:driver'?s?'?|driving) licen[cs]e\b",
    "plate": r"车牌|\b(?:licen[cs]e plate|number plate|plate|registration)\b",
    "iban": r"\biban\b",
    "birth": r"出生|生日|生于|\b(?:born|birth|birthday|birthdate|dob)\b",
    "postcode": r"邮编|邮政编码|\b(?:zip|postcode|postal code)\b",
}
_CUE = re.compile("|".join(f"(?P<{name}>{words})" for name, words in CUES.items()))
_REACH = 40
"""How many characters before a number its cue may stand."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found, in plain text: the match, the text, and where in it the value ends."""

    match: re.Match[str]
    text: str

    def cue(self) -> str:
        """Return the cue that stands nearest before the value, or else directly after it; "" where there is none."""
        start, end = self.match.span()
        ends, starts, names = _cues(self.text)
        before, after = bisect_right(ends, start) - 1, bisect_left(starts, end)
        if before >= 0 and ends[before] >= start - _REACH:
            return names[before]
        return names[after] if after < len(names) and starts[after] < end + _REACH else ""

    def digits(self) -> str:
        """Return the digits of the value."""
        return re.sub(r"[^0-9]", "", self.match[0])


@lru_cache(maxsize=4)
def _cues(text: str) -> tuple[list[int], list[int], list[str]]:
    """Return where the cues of a text end and start, and what they are: one pass serves all rules."""
    cues = list(_CUE.finditer(text))
    return [cue.end() for cue in cues], [cue.start() for cue in cues], [cue.lastgroup or "" for cue in cues]


Judge = Callable[[Found], bool | None]
"""Tells whether a match is surely of its kind; None: it is not of it at all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind, the form its values have, and who judges a match; a group named `value` is the value where cues are part of the form."""

    kind: Kind
    form: re.Pattern[str]
    judge: Judge


def rule(kind: Kind, form: str, judge: Judge) -> Rule:
    """Return a rule over plain text, in which digits are ASCII."""
    return Rule(kind, re.compile(form), judge)


def always(_found: Found) -> bool:
    """Judge: the form says it all."""
    return True


def apply(rules: Iterable[Rule], text: str) -> Iterator[Personal]:
    """Yield what rules find in a text."""
    for each in rules:
        for match in each.form.finditer(text):
            sure = each.judge(Found(match, text))
            if sure is not None:
                start, end = match.span("value") if "value" in each.form.groupindex else match.span()
                yield Personal(start, end, each.kind, sure)
