"""When each line of a conversation is said: the pace of speech, the pauses, what is said into another's words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from demo.script import Line

PACE = {"brisk": 4.05, "chatty": 3.95, "plain": 3.7, "warm": 3.6, "calm": 3.4, "careful": 3.35, "slow": 3.0, "hurried": 4.2, "terse": 3.8}
"""Characters a second of an agent's style or a customer's voice."""
USUAL = 3.7
WORDS_A_SECOND = 2.3
_CHARACTER = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_WORD = re.compile(r"[A-Za-z0-9']+")


@dataclass(frozen=True, slots=True)
class Said:
    """A line with its words and times; `until` is known for speech only."""

    role: str
    text: str
    at: datetime
    until: datetime | None = None
    confidence: float | None = None


ROLES = {"A": "agent", "C": "customer", "O": "other", "S": "system"}


def seconds(text: str, manner: str) -> float:
    """How long somebody speaks."""
    if not re.search(r"[\u4e00-\u9fff]", text):
        return max(0.7, len(_WORD.findall(text)) / WORDS_A_SECOND)
    return max(0.6, len(_CHARACTER.findall(text)) / PACE.get(manner, USUAL))


def spoken(lines: Sequence[Line], begin: datetime, draw: Random, *, agent: str, voice: str, due: datetime, latest: datetime, english: bool) -> list[Said]:
    """Return the lines of a call or a talk at the counter with their beginnings and ends."""
    now, said = begin, list[Said]()
    for line in lines:
        if line.who == "hold":
            said += [
                Said("system", "[hold]" if english else "[保持]", _after(now, 0.4)),
                Said("system", "[resume]" if english else "[恢复]", _after(now, 0.4 + line.amount)),
            ]
            now = _after(now, 0.5 + line.amount)
        elif line.who == "wait":
            now = _after(now, min(line.amount, 3.0))
        elif line.who in {"later", "keep"}:
            now = _later(line, now, due, draw, latest)
        elif line.who == "S":
            said.append(Said("system", line.words, _after(now, 0.6)))
            now = _after(now, 1.2)
        else:
            at, until = _placed(line, said, now, draw, agent if line.who == "A" else voice)
            said.append(Said(ROLES[line.who], line.words, at, until))
            now = max(now, until)
    return sorted(said, key=lambda one: one.at)


def _placed(line: Line, said: Sequence[Said], now: datetime, draw: Random, manner: str) -> tuple[datetime, datetime]:
    """Where a line begins and ends: after the last words, or in one of the ways of coming into them."""
    lasts = seconds(line.words, manner)
    before = said[-1] if said else None
    if line.how and before and before.until:
        length = (before.until - before.at).total_seconds()
        if line.how == "!":
            return (at := before.until - timedelta(seconds=min(draw.uniform(1.6, 2.6), length * 0.6))), _after(at, max(lasts, 2.8))
        if line.how == "~":
            return (at := before.at + timedelta(seconds=length * draw.uniform(0.4, 0.6))), _after(at, min(0.65, lasts))
        return (at := _after(before.at, 0.15)), _after(at, 0.35)
    same = bool(before) and before is not None and before.role == ROLES[line.who]
    gap = draw.uniform(1.2, 3.6) if same else draw.uniform(0.3, 1.6)
    return (at := _after(now, gap)), _after(at, lasts)


def written(lines: Sequence[Line], begin: datetime, draw: Random, *, lag: float, due: datetime, latest: datetime, mail: bool) -> list[Said]:
    """Return the lines of a chat, mail, form or survey with the time at which each was sent; `lag` is the seconds to the first answer of an agent."""
    now, said, first, waited = begin, list[Said](), True, False
    for line in lines:
        if line.who in {"later", "keep"}:
            now, waited = _later(line, now, due, draw, latest), True
            continue
        if line.who in {"hold", "wait"}:
            now = _after(now, min(line.amount, 20))
            continue
        if said and not waited:
            now = _working(_after(now, lag if first and line.who == "A" else _gap(line, said[-1], draw, mail=mail)), mail=mail)
        first, waited = first and line.who != "A", False
        said.append(Said(ROLES[line.who], line.words, min(now, latest)))
    return said


def _gap(line: Line, before: Said, draw: Random, *, mail: bool) -> float:
    if mail:
        return draw.uniform(1500, 7500)
    typing = min(26.0, 4 + len(line.words) * 0.45)
    return typing * draw.uniform(0.7, 1.3) if ROLES[line.who] != before.role else min(30.0, typing)


def _working(time: datetime, *, mail: bool) -> datetime:
    """Mail is answered in working hours."""
    if mail and time.hour >= 19:
        return (time + timedelta(days=1)).replace(hour=8, minute=35 + time.minute % 20)
    return time.replace(hour=8, minute=35) if mail and time.hour < 8 else time


def _later(line: Line, now: datetime, due: datetime, draw: Random, latest: datetime) -> datetime:
    if line.who == "later":
        return min(_after(now, line.amount * 60), latest)
    end = min(due - timedelta(seconds=90), latest)
    free = [(max(low, now + timedelta(minutes=4)), min(high, end)) for low, high in _days(now, end)]
    free = [(low, high) for low, high in free if high > low]
    if not free:
        return _after(now, max(60.0, (due - now).total_seconds() * 0.5))
    low, high = free[-1] if len(free) > 1 and draw.random() < 0.7 else free[0]
    return low + (high - low) * draw.uniform(0.3, 0.92)


def _days(now: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """The hours in which customers are called back, of the days from now to the end."""
    days = [now.replace(hour=8, minute=12, second=0, microsecond=0) + timedelta(days=ahead) for ahead in range((end.date() - now.date()).days + 1)]
    return [(day, day.replace(hour=19, minute=40)) for day in days]


def _after(time: datetime, more: float) -> datetime:
    return time + timedelta(milliseconds=round(more * 1000))
