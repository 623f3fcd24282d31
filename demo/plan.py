"""The plan of thirteen weeks: when each of the 1,560 contacts takes place, by which channel, and which of them are written out by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from demo.data import at, day, draws, moment, read

CLASSES = {"phone": 684, "night": 96, "chat": 420, "mail": 210, "form": 50, "portal": 40, "survey": 40, "face-to-face": 20}
"""Contacts of each class; "night" is the telephone outside opening hours."""

WEEK = (20, 19, 18, 18, 18, 14, 13)
"""Contacts on a Monday … Sunday: 120 a week, 1,560 in all."""

HOURS: dict[str, tuple[tuple[int, int, float], ...]] = {
    "phone": ((480, 540, 1), (540, 690, 4.5), (690, 780, 1.6), (780, 990, 4.2), (990, 1080, 2), (1080, 1195, 0.8)),
    "chat": ((480, 540, 0.8), (540, 700, 3.5), (700, 790, 1.6), (790, 1010, 3.6), (1010, 1200, 2.2)),
    "night": ((2, 360, 2.2), (360, 475, 2), (1202, 1435, 5)),
    "mail": ((510, 560, 1), (560, 700, 4), (700, 820, 1), (820, 1030, 3.6), (1030, 1110, 1)),
    "form": ((420, 540, 1), (540, 1080, 3), (1080, 1350, 2)), "portal": ((420, 540, 1), (540, 1080, 3), (1080, 1350, 2)),
    "survey": ((540, 1080, 2), (1080, 1330, 2)), "face-to-face": ((545, 690, 2), (810, 1010, 2)),
}  # fmt: skip
"""Stretches of the day in minutes after midnight, and how much of a class falls into each."""


@dataclass(slots=True)
class Slot:
    """One contact of the plan; `planted` is its row of demo/talks/planted*.yaml, if it has one, and `turn` which of the row's contacts it is."""

    key: str
    at: datetime
    kind: str
    planted: Mapping[str, Any] | None = None
    turn: int = 0
    language: str = "zh"
    taken: bool = field(default=False)

    @property
    def channel(self) -> str:
        """The channel it takes."""
        return "phone" if self.kind == "night" else self.kind


@cache
def slots() -> tuple[Slot, ...]:
    """The plan, CV-0001 … CV-1560 in the order of time, the planted ones in their places."""
    plan = _empty()
    rows = planted_rows()
    for row in rows:
        for name in [row["id"]] if "id" in row else row.get("ids", ()):
            _pin(plan, plan[int(name[3:]) - 1], row)
    for row in rows:
        if "at" in row:
            for turn, words in enumerate(row["at"] if isinstance(row["at"], list) else [row["at"]]):
                if "id" not in row:
                    _pin(plan, _nearest(plan, moment(words), row), row, turn)
    for row in rows:
        if "count" in row:
            for turn, slot in enumerate(_spread(plan, row)):
                _pin(plan, slot, row, turn)
    _timed(plan)
    _english(plan)
    return tuple(plan)


@cache
def planted_rows() -> tuple[dict[str, Any], ...]:
    """All rows of contacts that are told what happens in them: planted facts, complaints, decoys."""
    return tuple(row for name in ("planted", "complaints", "decoys") for row in read(f"talks/{name}"))


def _empty() -> list[Slot]:
    begin = day(read("firm/firm")["begin"])
    order = sorted(((number + draws("class", kind, number).random()) / count, kind) for kind, count in CLASSES.items() for number in range(count))
    kinds, plan, reached = _loud([kind for _, kind in order], begin), list[Slot](), 0
    for ahead in range(91):
        on = begin + timedelta(days=ahead)
        todays = kinds[reached : reached + WEEK[on.weekday()]]
        reached += len(todays)
        timed = sorted((_time(on, kind, draws("time", on, number)), kind) for number, kind in enumerate(todays))
        plan += [Slot(f"CV-{len(plan) + number + 1:04d}", time, kind) for number, (time, kind) in enumerate(timed)]
    return plan


def _loud(kinds: list[str], begin: date) -> list[str]:
    """As many calls on the days of the noise as its story says: some of a later week are chats instead."""
    noise = read("firm/threads")["noise"]
    ahead = [(day(words) - begin).days for words in noise["days"]]
    low, high = (sum(WEEK[(begin + timedelta(days=each)).weekday()] for each in range(end)) for end in (ahead[0], ahead[-1] + 1))
    for _ in range(noise["calls"] - kinds[low:high].count("phone") + noise["spare"]):
        chat, phone = kinds.index("chat", low), kinds.index("phone", high + 60)
        kinds[chat], kinds[phone] = "phone", "chat"
    return kinds


def _time(on: date, kind: str, draw: Random) -> datetime:
    noise = read("firm/threads")["noise"]
    if kind == "phone" and on in [day(words) for words in noise["days"]]:
        return at(on, draw.uniform(13 * 60 + 2, 17 * 60 + 50)).replace(microsecond=0)
    stretches = HOURS[kind]
    begin, end, _ = draw.choices(stretches, [share for _, _, share in stretches])[0]
    return at(on, draw.uniform(begin, end)).replace(microsecond=0)


def _kind(row: Mapping[str, Any]) -> str:
    return str(row.get("channel", "phone"))


def _pin(plan: list[Slot], slot: Slot, row: Mapping[str, Any], turn: int = 0) -> None:
    """Give a slot to a planted row; if its channel is another, one near it changes channels with it."""
    if slot.planted:
        raise ValueError(f"{slot.key} is planted twice: {slot.planted['pn']}, {row['pn']}")
    if slot.kind != _kind(row):
        place = int(slot.key[3:]) - 1
        near = sorted((other for other in plan if other.kind == _kind(row) and not other.planted), key=lambda other: abs(int(other.key[3:]) - 1 - place))
        near[0].kind, slot.kind = slot.kind, near[0].kind
        if not _open(near[0]):
            near[0].at = near[0].at.replace(hour=8 if near[0].at.hour < 8 else 19, minute=3 + near[0].at.minute % 20)
    slot.planted, slot.turn, slot.taken = row, turn, True


def _nearest(plan: list[Slot], time: datetime, row: Mapping[str, Any]) -> Slot:
    """The slot nearest to a time; one of the row's channel may be an hour and a half further away."""
    free = [slot for slot in plan if not slot.planted and slot.at.date() == time.date()]
    return min(free, key=lambda slot: abs(slot.at - time) + timedelta(minutes=90 * (slot.kind != _kind(row))))


def _spread(plan: list[Slot], row: Mapping[str, Any]) -> list[Slot]:
    """Slots of the row's channel spread over its days."""
    year = day(read("firm/firm")["begin"]).year
    first, last = day(f"{year}-{row['from']}"), day(f"{year}-{row['to']}")
    free = [slot for slot in plan if not slot.planted and slot.kind == _kind(row) and first <= slot.at.date() <= last and _open(slot)]
    if len(free) < row["count"]:
        raise ValueError(f"{row['pn']}: {len(free)} free slots for {row['count']}")
    step, off = len(free) / row["count"], draws("spread", row["pn"], row["from"], row.get("agent", "")).random()
    return [free[int((number + off) * step) % len(free)] for number in range(row["count"])]


def _open(slot: Slot) -> bool:
    return slot.kind != "phone" or 8 <= slot.at.hour < 20


def _timed(plan: list[Slot]) -> None:
    """Set the times that are told, and move the neighbours so that the numbers stay in the order of time."""
    for slot in plan:
        if slot.planted and "at" in slot.planted:
            told = slot.planted["at"]
            slot.at = moment(told[slot.turn] if isinstance(told, list) else told)
    fixed = {slot.key for slot in plan if slot.planted and "at" in slot.planted}
    for place in range(len(plan) - 2, -1, -1):
        if plan[place].at >= plan[place + 1].at and plan[place].key not in fixed:
            plan[place].at = plan[place + 1].at - timedelta(seconds=97 + 13 * (place % 11))
    for place in range(1, len(plan)):
        if plan[place].at <= plan[place - 1].at and plan[place].key not in fixed:
            plan[place].at = plan[place - 1].at + timedelta(seconds=97 + 13 * (place % 11))


def _english(plan: list[Slot]) -> None:
    """Which contacts are held in English: exactly 14 chats, 34 calls by day, 12 mails."""
    for kind, count in (("chat", 14), ("phone", 34), ("mail", 12)):
        wanted = count - sum(1 for slot in plan if slot.kind == kind and slot.planted and slot.planted.get("language") == "en")
        free = [slot for slot in plan if slot.kind == kind and not slot.planted]
        for number in range(wanted):
            free[int((number + 0.5) * len(free) / wanted)].language = "en"
    for slot in plan:
        if slot.planted:
            slot.language = slot.planted.get("language", "zh")


def numbered() -> Iterator[tuple[int, Slot]]:
    """The slots with their numbers from 1."""
    yield from enumerate(slots(), start=1)
