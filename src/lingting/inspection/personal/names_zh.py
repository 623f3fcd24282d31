"""Chinese names (姓名): a surname with what follows it, believed by the cue before, the title after, or the telephone beside it."""

import re
from collections.abc import Iterator

from lingting.inspection.personal.kinds import Kind, Personal
from lingting.inspection.personal.tables import words

_HAN = "\u3400-\u9fff"
_CUE = re.compile(
    r"(?P<strong>(?:我|他|她|人)叫(?:做)?|(?:我|您|你|他|她|客户|孩子)的?名字(?:叫做?|是|为)?|名字(?=:)|姓名|(?:收件|收货|联系|寄件|发件|取件|提货|委托|经办|投诉|负责|申请|开户|持卡|被保险|当事|监护)人(?:姓名)?"
    r"|户名|署名|称呼|(?<!日)本人)(?:是|叫|为)?[: ]{0,2}|我(?:这边)?是[: ]?|这里是[: ]?|这边是[: ]?"
)
_SURNAMED = re.compile(r"姓(?!名)[: ]?")
_TITLE = re.compile(
    r"(?P<courtesy>先生|女士|小姐(?!姐)|太太|夫人|阿姨|大哥|大姐)|老师|师傅|经理|主任|主管|医生|律师|教授|店长|总(?=$|[^\u4e00-\u9fff]|您|你|好|那|这|在|说)"
)
_AFTER = re.compile(
    rf"$|[^{_HAN}]|先生|女士|小姐|太太|电话|手机|身份|今年|号码|工号|生日|地址|昨天|今天|明天|上次|[的我在住吧啊呢吗呀哦嗯您你他她这那是想要请和跟来收也就都]"
)
_STOP = re.compile(rf"$|[^{_HAN}]|先生|女士|小姐|我|您|你|想|请")
"""After 我是 a name has to end harder: 我是付过的 is no name."""
_LEADS = frozenset("是叫找给和跟与请的为由让好位对到系接知问谢帮托下啊吗,。 :;!?、")
_FAMILIAR = re.compile(r"(?:我是|我叫|客服|叫我|这里是|这边是|联系|找)(?P<name>[小老阿][\u4e00-\u9fff])")
_ELSEWHERE = re.compile(rf"[a-z][a-z.'\-]{{1,19}}(?: [a-z][a-z.'\-]{{0,19}}){{0,3}}|[{_HAN}]{{1,8}}(?:[·•][{_HAN}]{{1,10}}){{1,3}}")
_LONGEST = 4
"""A compound surname and two characters."""


def chinese_names(text: str) -> Iterator[Personal]:
    """Yield names in a plain text."""
    for cue in _CUE.finditer(text):
        yield from _after_cue(text, cue.end(), strong=cue["strong"] is not None)
    for cue in _SURNAMED.finditer(text):
        surname = _surname(text, cue.end(), rare=True)
        if surname and _AFTER.match(text, surname):
            yield Personal(cue.end(), surname, Kind.NAME, sure=True)
    for title in _TITLE.finditer(text):
        yield from _before_title(text, title.start(), courtesy=title["courtesy"] is not None)
    for friend in _FAMILIAR.finditer(text):
        if friend["name"][1] in words("surnames") and _AFTER.match(text, friend.end()):
            yield Personal(*friend.span("name"), Kind.NAME, sure=False)


def beside_telephone(text: str, phone: Personal) -> Iterator[Personal]:
    """Yield the name that stands alone before or after a telephone number, as on a parcel."""
    before = re.search(rf"(?:^|[\s,。;:/、])([{_HAN}]{{2,4}})[\s,:/、]{{1,3}}$", text[max(0, phone.start - 12) : phone.start])
    after = re.match(rf"[\s,:/、]{{1,3}}([{_HAN}]{{2,4}})(?=$|[\s,。;/、])", text[phone.end : phone.end + 12])
    places = [(before, max(0, phone.start - 12)), (after, phone.end)]
    for match, base in places:
        if match and _whole_name(match[1]):
            yield Personal(base + match.start(1), base + match.end(1), Kind.NAME, sure=False)


def _after_cue(text: str, start: int, *, strong: bool) -> Iterator[Personal]:
    foreign = _ELSEWHERE.match(text, start) if strong else None
    if foreign and _AFTER.match(text, foreign.end()):
        yield Personal(start, foreign.end(), Kind.NAME, sure=False)
    surname = _surname(text, start, rare=strong)
    if not surname:
        return
    lengths = [length for length in (2, 1) if _given(text[surname : surname + length], length) and text[start : surname + length] not in words("not_names")]
    boundary = _AFTER if strong else _STOP
    bounded = [length for length in lengths if boundary.match(text, surname + length)]
    if bounded:
        yield Personal(start, surname + bounded[0], Kind.NAME, sure=True)
    elif strong and lengths:
        yield Personal(start, surname + lengths[0], Kind.NAME, sure=False)


def _before_title(text: str, end: int, *, courtesy: bool) -> Iterator[Personal]:
    for length in range(_LONGEST if courtesy else 2, 0, -1):
        start = end - length
        alone = start <= 0 or text[start - 1] in _LEADS
        surname = _surname(text, start, rare=False) if start >= 0 else 0
        if courtesy and length == 1 and text[start:end] in words("titled_surnames"):
            surname = end
        if surname == end and (alone or courtesy) and text[start - 1 : end] != "谢谢":
            yield Personal(start, end, Kind.NAME, sure=True)
            return
        if courtesy and alone and _whole_name(text[max(0, start) : end]):
            yield Personal(start, end, Kind.NAME, sure=True)
            return


def _whole_name(name: str) -> bool:
    surname = _surname(name, 0, rare=False)
    return bool(surname) and name not in words("not_names") and 1 <= len(name) - surname <= 2 and _given(name[surname:], len(name) - surname)  # noqa: PLR2004  # one or two characters


def _surname(text: str, start: int, *, rare: bool) -> int:
    """Return where the surname ends that begins at a place; 0 where there is none."""
    known = words("surnames")
    if text[start : start + 2] in known:
        return start + 2
    character = text[start : start + 1]
    return start + 1 if character in known or (rare and character in words("rare_surnames")) else 0


def _given(name: str, length: int) -> bool:
    return len(name) == length and all("\u3400" <= character <= "\u9fff" and character not in words("not_given") for character in name)
