"""Numbers that identify by themselves: telephones, identity numbers, bank cards; written in digits or spoken digit by digit."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache

import phonenumbers

from lingting.inspection.personal.cues import Found, apply, rule
from lingting.inspection.personal.kinds import Kind, Personal

_HAN_DIGITS = "零〇洞一幺二两三四五六七拐八九"
_SPOKEN = dict(zip(map(ord, _HAN_DIGITS), "000112234567789", strict=True))
_SPOKEN_RUN = re.compile(rf"[{_HAN_DIGITS}0-9](?:[ ,，、.\-]?[{_HAN_DIGITS}0-9]){{6,40}}")
_EN_DIGIT = r"(?:(?:double|triple) )?(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
_LETTER = "0-9a-z"
_ALONE, _ENDS = rf"(?<![{_LETTER}])(?<![{_LETTER}][.\-_/])", rf"(?![{_LETTER}]|[.\-_/][0-9])"
_DATE = re.compile(r"(?:19|20)[0-9]{2}([-/. ]?)(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])")
_PROVINCES = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])"
_NETWORK = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_UNCUED = re.compile(r"4[0-9]{12}|3[0689][0-9]{12}|3[47][0-9]{13}|(?:62|4[0-9]|5[1-5]|2[2-7]|35|6[045])[0-9]{14}(?:[0-9]{3})?")
"""Lengths and first digits of the large issuers: without a cue, other numbers are no cards."""
_BARE = 7
"""The fewest digits of a telephone number; shorter ones are extensions and service numbers."""


def digits(plain: str) -> str:
    """Return a plain text in which numbers stand in ASCII digits, letter for letter; digits spoken one by one too.

    >>> digits("手机幺三八,零零幺三,八零零零。三天内回我")
    '手机138,0013,8000。三天内回我'
    """
    return _SPOKEN_RUN.sub(lambda run: run[0].translate(_SPOKEN), plain if plain.isascii() else plain.translate(_other_digits()))


@cache
def _other_digits() -> dict[int, str]:
    decimals = ((code, unicodedata.decimal(chr(code), None)) for code in range(0x80, 0x20000))
    return {code: str(value) for code, value in decimals if value is not None}


def numbers(text: str) -> Iterator[Personal]:
    """Yield telephones, identity numbers and cards of a text from `digits`."""
    return apply(RULES, text)


def _mobile(found: Found) -> bool | None:
    # Eleven digits in the form of a mobile number after 订单号 may be either: masked, not reported. With letters before them they are a code.
    lettered = "a" <= found.text[max(0, found.match.start() - 1)] <= "z"
    elsewhere = found.cue() in {"order", "card", "id"}
    return None if (lettered and elsewhere) or _NETWORK.fullmatch(found.match[0]) else not (lettered or elsewhere)


def _fixed(found: Found) -> bool | None:
    return None if found.cue() in {"order", "card", "id"} else _valid(found.digits(), "CN") or None


def _service(found: Found) -> bool | None:
    return None if found.cue() in {"order", "card", "id"} else True


def _american(found: Found) -> bool | None:
    cue = found.cue()
    return None if cue == "order" else cue == "phone" or _valid(re.split("[xe]", found.match[0])[0], "US")


def _international(found: Found) -> bool | None:
    if found.cue() in {"order", "card"}:
        return None
    written = re.split("[xe]", found.match[0])[0]
    # In 001-518-640-0854 and +41 (0)38 the zeros are for the dialling finger, not for the numbering plan.
    plain = re.sub(r"[^0-9]", "", written.replace("(0)", ""))
    plain = plain[2:] if written.startswith("00") else plain
    sure = found.cue() == "phone" or _valid("+" + plain, None)
    return sure if sure or written.startswith("+") or not written.isdigit() else None


def _national(found: Found) -> bool | None:
    """Judge a number whose form says nothing: only words make it a telephone."""
    if len(found.digits()) < _BARE or found.cue() != "phone" or _DATE.match(found.match[0]) or _NETWORK.fullmatch(found.match[0]):
        return None
    return True


def _grouped(found: Found) -> bool | None:
    return False if not found.cue() and 9 <= len(found.digits()) <= 12 else None  # noqa: PLR2004  # the lengths of numbers with a trunk zero


def _valid(number: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False


def _resident(found: Found) -> bool | None:
    """Judge an 18-digit identity number by birth date and check digit (GB 11643).

    The district is not looked up: tables of districts know a code only from the year it was drawn up, and people are older than that.
    """
    value = re.sub(r"[ -]", "", found.match[0])
    cue = found.cue()
    if not _is_date(value[6:14]):
        return False if cue == "id" else None
    if resident_check(value[:17]) == value[17]:
        return cue != "order"
    return None if cue in {"order", "card"} else False


def resident_check(body: str) -> str:
    """Return the check digit for the first 17 digits of an identity number.

    >>> resident_check("11010519491231002")
    'x'
    """
    return "10x98765432"[sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body)) % 11]


def _old_resident(found: Found) -> bool | None:
    cue = found.cue()
    return cue == "id" if _is_date("19" + found.match[0][6:12]) and cue not in {"order", "card"} else None


def _is_date(written: str) -> bool:
    try:
        date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return False
    return True


def _social_security(found: Found) -> bool | None:
    number, cue = found.digits(), found.cue()
    if cue == "order" or (cue != "id" and "-" not in found.match[0]):
        return None
    return number[:3] not in {"000", "666"} and number[0] != "9" and number[3:5] != "00" and number[5:] != "0000"


def _only_cued_id(found: Found) -> bool | None:
    return True if found.cue() == "id" else None


def _card(found: Found) -> bool | None:
    """Judge 12 to 19 digits: a cue and the check digit make a card; one of them alone only a guess."""
    number, cue = found.digits(), found.cue()
    if cue == "card":
        return luhn(number)
    return False if not cue and luhn(number) and _UNCUED.fullmatch(number) else None


def luhn(number: str) -> bool:
    """Tell whether the last digit checks the others (ISO/IEC 7812).

    >>> luhn("6222021234567890128"), luhn("6222021234567890123")
    (True, False)
    """
    doubled = (divmod(2 * int(digit), 10) for digit in number[-2::-2])
    return (sum(map(int, number[::-2])) + sum(tens + ones for tens, ones in doubled)) % 10 == 0


_EXTENSION = r"(?: ?(?:x|ext\.? ?|转)[0-9]{1,5})?"
RULES = (
    rule(Kind.ID_NUMBER, rf"{_ALONE}[1-9][0-9]{{5}}[ -]?(?:18|19|20)[0-9]{{2}}[0-9]{{4}}[ -]?[0-9]{{3}}[0-9x]{_ENDS}", _resident),
    rule(Kind.ID_NUMBER, rf"{_ALONE}{_PROVINCES}[0-9]{{4}}[0-9]{{2}}[01][0-9][0-3][0-9]{{4}}{_ENDS}", _old_resident),
    rule(Kind.ID_NUMBER, rf"{_ALONE}[0-9]{{3}}(?P<part>[ -]?)[0-9]{{2}}(?P=part)[0-9]{{4}}{_ENDS}", _social_security),
    rule(
        Kind.ID_NUMBER,
        rf"{_ALONE}(?:[a-z]{{1,2}} ?[0-9]{{6}} ?(?:\([0-9a]\)|[0-9a-d])|[a-z][1289][0-9]{{8}}|[a-z]{{2}}(?: ?[0-9]{{2}}){{3}} ?[a-d]){_ENDS}",
        _only_cued_id,
    ),
    rule(
        Kind.PHONE,
        r"(?<![0-9])(?<![0-9][.\-_/])(?![0-9]{1,3}(?:,[0-9]{3})+(?![0-9]))(?:(?:\+|00)?86[ -]?)?1[3-9][0-9](?:[ ,，、.\-]?[0-9]){8}"
        r"(?![0-9]|[.\-_/][0-9])",
        _mobile,
    ),
    rule(Kind.PHONE, rf"{_ALONE}(?:\(0[0-9]{{2,3}}\) ?|0[0-9]{{2,3}}[ -]?)[2-9][0-9]{{2,3}}[ -]?[0-9]{{4}}{_ENDS}{_EXTENSION}", _fixed),
    rule(Kind.PHONE, rf"{_ALONE}[48]00[ -]?(?:[0-9]{{3}}[ -]?[0-9]{{4}}|[0-9]{{4}}[ -]?[0-9]{{3}}){_ENDS}{_EXTENSION}", _service),
    rule(Kind.PHONE, rf"{_ALONE}(?:\+?1[ .-]?)?(?:\([2-9][0-9]{{2}}\) ?|[2-9][0-9]{{2}}[ .-])[0-9]{{3}}[ .-][0-9]{{4}}{_EXTENSION}{_ENDS}", _american),
    rule(Kind.PHONE, rf"{_ALONE}(?:\+|00)[ -]?[1-9](?:[ .\-/]{{0,2}}(?:\(0\) ?)?\(?[0-9]\)?){{7,14}}{_EXTENSION}{_ENDS}", _international),
    rule(Kind.PHONE, rf"{_ALONE}(?:\(\+?[0-9]{{1,5}}\)[ -]?)?[0-9](?:[ ./\-]?[0-9]){{4,13}}{_EXTENSION}{_ENDS}", _national),
    rule(Kind.PHONE, rf"{_ALONE}0[0-9]{{1,4}}(?:[ -][0-9]{{2,4}}){{2,4}}{_ENDS}", _grouped),
    rule(Kind.PHONE, rf"\b{_EN_DIGIT}(?:[ ,-]{{1,2}}{_EN_DIGIT}){{6,14}}\b", lambda found: found.cue() == "phone"),
    rule(Kind.BANK_CARD, rf"{_ALONE}[0-9](?:[ -]?[0-9]){{11,18}}{_ENDS}", _card),
)
"""What judges best stands first: of two that claim the same digits, the surer and then the earlier one is believed."""
