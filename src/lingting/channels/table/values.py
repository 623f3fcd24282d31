"""Values as tables hold them: times in the ways people write them, roles in two languages, words without what hides in them."""

import hashlib
import math
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from lingting.inspection.transcript import Channel, Role

LONGEST = 1_000_000
"""Characters in one message; more is a file that was pasted, not something said."""

EARLIEST, LATEST = 1990, 2100
"""Years in which a conversation can have taken place; others are slips of a clock or a spreadsheet."""

ROLES = {
    "customer": Role.CUSTOMER, "user": Role.CUSTOMER, "client": Role.CUSTOMER, "caller": Role.CUSTOMER, "usr": Role.CUSTOMER,
    "客户": Role.CUSTOMER, "顾客": Role.CUSTOMER, "用户": Role.CUSTOMER, "agent": Role.AGENT, "operator": Role.AGENT,
    "staff": Role.AGENT, "support": Role.AGENT, "sys": Role.AGENT, "wizard": Role.AGENT, "坐席": Role.AGENT, "客服": Role.AGENT,
    "system": Role.SYSTEM, "系统": Role.SYSTEM, "bot": Role.SYSTEM, "other": Role.OTHER, "其他": Role.OTHER,
}  # fmt: skip

CHANNELS = {
    **{channel.value: channel for channel in Channel},
    "电话": Channel.PHONE, "call": Channel.PHONE, "voice": Channel.PHONE, "在线": Channel.CHAT, "聊天": Channel.CHAT, "网聊": Channel.CHAT,
    "邮件": Channel.MAIL, "email": Channel.MAIL, "表单": Channel.FORM, "门户": Channel.PORTAL, "调查": Channel.SURVEY,
    "面谈": Channel.FACE_TO_FACE, "face to face": Channel.FACE_TO_FACE,
}  # fmt: skip

# Control characters, and half of a surrogate pair: neither can be said, nor kept in a database.
_UNSAYABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class BadValue(ValueError):
    """A value is not what its column holds; the sentence says what it should be."""


def words(value: object, *, what: str, needed: bool = False) -> str:
    """Return a value as words, without characters that nobody can say."""
    if value is None:
        text = ""
    elif isinstance(value, str):
        text = _UNSAYABLE.sub("", value)
    elif isinstance(value, bool | dict | list):
        raise BadValue(f"{what} must be words, not {type(value).__name__}.")
    else:
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if needed and not text.strip():
        raise BadValue(f"{what} is missing.")
    if len(text) > LONGEST:
        raise BadValue(f"{what} is {len(text):,} characters long; nobody says more than {LONGEST:,} at once.")
    return text


def role(value: object) -> Role:
    """Return the role that a table names, in either language."""
    name = words(value, what="role", needed=True).strip().lower()
    if name not in ROLES:
        raise BadValue(f"role “{name[:30]}” is not known; write customer, agent, system or other (客户、坐席、系统、其他).")
    return ROLES[name]


def channel(value: object) -> Channel:
    """Return the channel that a table names; none means a chat."""
    name = words(value, what="channel").strip().lower()
    if name and name not in CHANNELS:
        raise BadValue(f"channel “{name[:30]}” is not known; write one of {', '.join(Channel)}.")
    return CHANNELS[name] if name else Channel.CHAT


YES, NO = frozenset({"true", "yes", "1", "是"}), frozenset({"", "none", "false", "no", "0", "否"})


def whether(value: object, *, what: str) -> bool:
    """Return a yes or no in either language, true or false, 1 or 0; nothing means no, anything else is a mistake."""
    said = str(value if value is not None else "").strip().lower().removesuffix(".0")
    if said not in YES | NO:
        raise BadValue(f"{what} is neither yes nor no: {said[:60]}.")
    return said in YES


def moment(value: object, *, what: str, zone: ZoneInfo) -> datetime:
    """Return a time with its zone: ISO 8601, `2026/7/21 10:12`, seconds since 1970, or a spreadsheet's day number.

    >>> moment("2026/7/21 10:12", what="at", zone=ZoneInfo("Asia/Shanghai")).isoformat()
    '2026-07-21T10:12:00+08:00'
    """
    try:
        at = _moment(value, zone)
    except (ValueError, OverflowError, OSError) as error:
        if isinstance(error, BadValue):
            raise
        raise BadValue(f"{what} “{str(value)[:40]}” is not a time; write it like 2026-07-21T10:12:03+08:00.") from error
    if not EARLIEST <= at.year <= LATEST:
        raise BadValue(f"{what} lies in the year {at.year}; check the clock of the source.")
    return at


_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")


def _moment(value: object, zone: ZoneInfo) -> datetime:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(float(value), zone)
    text = words(value, what="the time", needed=True).strip()
    if not _ISO.fullmatch(text):
        if re.fullmatch(r"\d+(\.\d+)?", text):
            return _from_number(float(text), zone)
        text = _as_iso(text)
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _as_iso(text: str) -> str:
    """Return a time as people write it in the form that ISO 8601 asks for."""
    match = re.fullmatch(r"(\d{4})[/年.-](\d{1,2})[/月.-](\d{1,2})日?(.*)", text)
    if match and text[4:8].count("-") != 2:  # noqa: PLR2004
        text = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}{match[4]}"
    time_of_day = re.fullmatch(r"(\S+)[ T](\d{1,2}:\d{2}.*)", text)
    if time_of_day and time_of_day[2][1] == ":":
        text = f"{time_of_day[1]} 0{time_of_day[2]}"
    return text


_SPREADSHEET = 200_000
"""Numbers below are days since 1899-12-30, as spreadsheets count; above, seconds since 1970 – or milliseconds."""


def _from_number(number: float, zone: ZoneInfo) -> datetime:
    if not math.isfinite(number):
        raise ValueError("not a number")
    if number < _SPREADSHEET:
        return datetime(1899, 12, 30, tzinfo=zone) + timedelta(days=number)
    return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)  # noqa: PLR2004  # the year 5138 in seconds


def key_of(*parts: object) -> str:
    """Return a name for a message that its source left without one: the same for the same message, whenever it is read."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:20]
