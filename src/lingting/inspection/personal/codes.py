"""Codes that identify: mail and network addresses, plates, passports, licences, bank accounts, dates of birth, ages."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

from lingting.inspection.personal.cues import Found, Judge, Rule, always, apply, rule
from lingting.inspection.personal.kinds import Kind, Personal

_N, _END = r"(?<![0-9a-z])", r"(?![0-9a-z])"
_MAIL_WORD = r"[a-z0-9_%+\-]{1,256}(?:\.[a-z0-9_%+\-]{1,64}){0,6}"
_HOST = r"[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){0,6}\.[a-z]{2,24}"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_HAN = "一二三四五六七八九十零〇0-9"
_BIRTH_DATE = (
    rf"(?:[{_HAN}]{{2,4}}年[{_HAN}]{{1,3}}月(?:[{_HAN}]{{1,3}}[日号])?|[{_HAN}]{{1,3}}月[{_HAN}]{{1,3}}[日号]"
    rf"|(?:19|20)[0-9]{{2}}([-/.])[0-9]{{1,2}}\1[0-9]{{1,2}}|[0-9]{{1,2}}([-/.])[0-9]{{1,2}}\2(?:[0-9]{{4}}|[0-9]{{2}})"
    rf"|{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?(?:,? [0-9]{{4}})?|[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? [0-9]{{4}})?"
    r"|(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]|(?:19|20)[0-9]{2})"
)
_SOMEBODY = re.compile(
    r"我|他|她|人|今年|孩|岁了|先生|女士|\b(?:i|i'm|he|she|who|male|female|man|woman|boy|girl|son|daughter|mother|father|brother|sister|wife|husband|turned|aged?)\b"
)
_SECRET = re.compile(
    r"[?&#;/](?:[a-z_]*token|[a-z_]*key|sign(?:ature)?|auth|session(?:id)?|sid|code|pass(?:word)?|pwd|ticket|uid|user|mobile|phone|email)=|//[^/]*@|[0-9a-f]{24}"
)


def codes(text: str) -> Iterator[Personal]:
    """Yield codes of a text from `numbers.digits`."""
    if _NETTED.search(text):
        yield from apply(_NET, text)
    if _NUMBERED.search(text):
        yield from apply(_WITH_DIGITS, text)
    yield from apply(_WORDS, text)


def _cued(cue: str, *, otherwise: bool | None = None) -> Judge:
    """Return a judge who believes a form beside its cue."""
    return lambda found: True if found.cue() == cue else otherwise


def _web(found: Found) -> bool:
    # Any page may be somebody's own; surely personal is one that carries who is asking.
    return bool(_SECRET.search(found.match[0]))


def _network(found: Found) -> bool | None:
    if re.search(r"(?:version|版本|固件|\bv)[ :号是]*$", found.text[max(0, found.match.start() - 12) : found.match.start()]):
        return None
    try:
        ip_address(found.match[0])
    except ValueError:
        return None
    return True


def _account_number(found: Found) -> bool | None:
    """Judge an IBAN by its check digits (ISO 13616); what follows in the same breath is left off by the form's shorter reading."""
    value = re.sub(" ", "", found.match["value"])
    if found.cue() == "order":
        return None
    if int("".join(str(int(sign, 36)) for sign in value[4:] + value[:4])) % 97 == 1:
        return True
    return False if found.cue() == "iban" else None


def _born(found: Found) -> bool | None:
    return True if found.cue() == "birth" else None


def _age(found: Found) -> bool | None:
    number = found.match["value"]
    if number.isdigit() and int(number) > _OLDEST:
        return None
    around = found.text[max(0, found.match.start() - 24) : found.match.end() + 24]
    return bool(_SOMEBODY.search(around))


_OLDEST = 120
_NETTED = re.compile(r"@|://|www\.|艾特| dot |点(?:com|cn|net)")
_NUMBERED = re.compile(r"[0-9]|生|岁")
_NET: tuple[Rule, ...] = (
    rule(Kind.MAIL, rf"(?<![a-z0-9_%+\-]){_MAIL_WORD} ?@ ?{_HOST}(?![a-z0-9\-])", always),
    rule(
        Kind.MAIL,
        r"(?<![a-z0-9_])[a-z0-9_]{1,40}(?:(?: dot |点)[a-z0-9_]{1,40}){0,3}(?: at |艾特| 艾特 |@)[a-z0-9\-]{1,40}"
        r"(?:(?: dot |点)[a-z0-9\-]{2,20}){1,3}(?![a-z0-9_])",
        always,
    ),
    rule(Kind.WEB_ADDRESS, r"(?<![a-z0-9])(?:https?://|www\.)[^\s\u3000-\u9fff\uff00-\uffef<>\"'“”()\[\]{}]{0,2000}[a-z0-9/#=_&\-]", _web),
)
_WITH_DIGITS: tuple[Rule, ...] = (
    rule(Kind.IP_ADDRESS, r"(?<![0-9a-z.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9a-z]|\.[0-9])", _network),
    rule(Kind.IP_ADDRESS, r"(?<![0-9a-z:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}(?![0-9a-z:])", _network),
    rule(
        Kind.LICENCE_PLATE,
        rf"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z][·•.\- ]?[a-hj-np-z0-9]{{4,5}}[a-hj-np-z0-9挂学警港澳]{_END}",
        always,
    ),
    rule(
        Kind.LICENCE_PLATE,
        rf"{_N}(?:[\u4e00-\u9fff] ?[a-hj-np-z][·•.\- ]?)?(?=[a-z0-9 \-]{{0,8}}[0-9])(?!(?:is|of|no|for|the|my|in|at|on|and|was|to|number)\b)"
        rf"[a-z0-9]{{2,4}}[ \-]?(?!and|for|the|but|was|you|has|not)[a-z0-9]{{3,4}}{_END}",
        _cued("plate"),
    ),
    rule(Kind.PASSPORT, rf"{_N}(?:[a-z]{{1,2}}[0-9]{{7,8}}|[0-9]{{9}}){_END}", _cued("passport")),
    rule(Kind.DRIVING_LICENCE, rf"{_N}(?=[a-z0-9\-]{{0,20}}[0-9]{{2}})[a-z0-9][a-z0-9\-]{{4,19}}{_END}", _cued("licence")),
    rule(
        Kind.IBAN,
        rf"{_N}(?P<value>[a-z]{{2}}[0-9]{{2}}(?:[0-9a-z]{{11,30}}|(?: [0-9a-z]{{4}}){{2,7}}(?: [0-9a-z]{{1,3}}(?= ?[0-9.,;。，;]|$))?)){_END}",
        _account_number,
    ),
    rule(Kind.ADDRESS, rf"{_N}(?:[0-9]{{3}} ?[0-9]{{2,3}}|[0-9]{{5}}-[0-9]{{3,4}}|[0-9]{{4,5}}){_END}", _cued("postcode")),
    rule(Kind.DATE_OF_BIRTH, rf"(?<![0-9]){_BIRTH_DATE}(?![0-9])", _born),
    rule(Kind.AGE, r"(?<![0-9.\-])(?P<value>[0-9]{1,3})(?= ?(?:周岁|岁)(?!以[上下内]|及以|的?(?:以[上下])))", _age),
    rule(Kind.AGE, r"(?<![0-9.\-])(?P<value>[0-9]{1,3})(?=(?: |-)?(?:years?|yrs?)(?: |-)(?:old|of age)\b| ?y/?o\b)", _age),
    rule(
        Kind.AGE,
        r"\b(?:aged|turned|turning|turns|age(?: is| of|:)?|(?:when|while) (?:i|he|she) was|i'm|i am) "
        r"(?P<value>[0-9]{1,3})(?=$|[.,;!?\n]| and | now)(?![.,][0-9])",
        _age,
    ),
    rule(Kind.AGE, r"年龄[是为:]? ?(?P<value>[0-9]{1,3})(?![0-9])", always),
)
_WORDS: tuple[Rule, ...] = (
    rule(Kind.AGE, r"(?<![第十一二三四五六七八九])(?P<value>[一二三四五六七八九十]{1,3})(?=周?岁(?!以[上下内]|及以))", _age),
    rule(
        Kind.ACCOUNT,
        r"(?:微信号?|wechat(?: id)?|qq号?|(?:支付宝|淘宝|抖音)账?号)[是为: ]{0,3}(?:is )?(?P<value>[a-z][a-z0-9_\-]{5,19}|[0-9]{5,11})(?![a-z0-9_])",
        always,
    ),
)
