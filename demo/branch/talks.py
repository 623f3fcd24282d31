"""The branch's conversations: when each takes place, who talks with whom about what, and in which words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from demo import manners
from demo.branch.data import clock, draws, open_days, read
from demo.facts import digits
from demo.script import Line, lines
from demo.timing import Said, spoken, written
from demo.words import Decks, Speech, split

SPOKEN = {"phone", "face-to-face"}
ENGLISH = {"D01": "Zhiwei", "D02": "Yanqiu", "D03": "Shi'an", "D04": "He", "D05": "Qinghe", "D06": "Nan", "D07": "Yan", "H1": "Wei", "H2": "Lu", "H3": "Ting"}
NAMES = {
    "祝": "祝予安", "桑": "桑野", "傅": "傅鹤年", "柏": "柏秀英", "梅": "梅守田", "池": "池桂香", "简": "简大勇",
    "苗": "苗之夏", "佟": "佟立", "凌": "凌越", "古": "古峤", "喻": "喻晓", "方": "方巧云", "项": "项敏",
    "闵": "闵春生", "蔺": "蔺舒", "尚": "尚可", "艾": "艾静",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Talk:
    """A contact that will take place: `row` is how it was written down by hand, empty where it is drawn."""

    at: datetime
    channel: str
    situation: str = ""
    turn: int = 0
    row: Mapping[str, Any] | None = None


@cache
def planned() -> tuple[tuple[str, Talk], ...]:
    """All contacts in the order of time, each with its key; those written by hand have keys of their own."""
    found = [Talk(_time(name, channel, turn), channel, name, turn) for name, channel, turn in _drawn()]
    found += [Talk(datetime.fromisoformat(row["at"]), row["channel"], row=row) for row in read("talks/planted")]
    ordered = sorted(found, key=lambda talk: talk.at)
    return tuple((str((talk.row or {}).get("key") or f"LX-{place:03d}"), talk) for place, talk in enumerate(ordered, start=1))


def _drawn() -> Iterator[tuple[str, str, int]]:
    for name, held in read("talks/scripts").items():
        for channel, count in held["count"].items():
            yield from ((name, channel, turn) for turn in range(count))


def _time(name: str, channel: str, turn: int) -> datetime:
    """An hour at which the branch is open; the contacts of a situation are spread over the three weeks."""
    draw, days = draws("time", name, channel, turn), open_days()
    day = days[(turn * 5 + draw.randrange(5)) % len(days)]
    minutes = draw.choices((draw.uniform(545, 690), draw.uniform(690, 810), draw.uniform(810, 940)), (4, 1.5, 3))[0]
    return datetime.combine(day, datetime.min.time(), clock().tzinfo) + timedelta(seconds=round(minutes * 60))


def write(folder: Path) -> None:
    """Write one file for each channel."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(conversations())
    for channel in sorted({row["channel"] for row in rows}):
        kept = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows if row["channel"] == channel)
        (folder / f"{channel}.jsonl").write_text(kept, encoding="utf-8", newline="\n")


def conversations() -> Iterator[dict[str, Any]]:
    """Every conversation as a line of JSON Lines."""
    decks = Decks(draws("decks"))
    banks = {name: split(bank) for name, bank in read("talks/words").items()}
    for key, talk in planned():
        yield _conversation(key, talk, decks, banks)


def _conversation(key: str, talk: Talk, decks: Decks, banks: Mapping[str, Any]) -> dict[str, Any]:
    row, draw = talk.row or {}, draws("talk", key)
    held = read("talks/scripts").get(talk.situation, {})
    english = held.get("language", row.get("language")) == "en"
    code, customer = _customer(row, held, draw, english=english)
    agent = row.get("agent") or _agent(talk, draw)
    teller = read("people")[agent]
    facts = _facts(talk, draw, agent=agent, customer=customer, code=code)
    shape = row.get("script") or held["shapes"][decks.deal(f"shape {talk.situation}", len(held["shapes"]))]
    speech, script = Speech(decks, facts, held=banks), lines(shape, decks, talk.channel, linked=True, ways=read("talks/parts"))
    heard = (*(["chat"] if talk.channel == "chat" else []), customer.get("voice", "soft"), talk.channel, "all")
    ours = (talk.channel, teller["style"], "all") if talk.channel != "phone" else (teller["style"], "phone", "all")
    told = [_worded(line, speech, ours if line.who == "A" else heard) for line in script]
    told = [manners.customer(one, talk.channel, draw) if one.who == "C" else manners.agent(one, talk.channel, draw) if one.who == "A" else one for one in told]
    said = _timed(told, talk, draw, style=teller["style"], voice=customer.get("voice", "soft"), english=english)
    return _as_row(key, talk, said, customer=customer, teller=teller, english=english, reason=row.get("reason", held.get("reason", "enquiry")))


def _worded(line: Line, speech: Speech, manner: Sequence[str]) -> Line:
    return line if line.who not in "ACO" else Line(line.who, speech.say(line.words, manner), line.how, line.amount)


def _timed(told: Sequence[Line], talk: Talk, draw: Random, *, style: str, voice: str, english: bool) -> list[Said]:
    due, latest = talk.at + timedelta(minutes=_promised(talk)[1]), clock() - timedelta(minutes=20)
    if talk.channel in SPOKEN:
        return spoken(told, talk.at, draw, agent=style, voice=voice, due=due, latest=latest, english=english)
    mail = talk.channel == "mail"
    return written(told, talk.at, draw, lag=draw.uniform(1200, 4000) if mail else draw.uniform(6, 30), due=due, latest=latest, mail=mail)


def _customer(row: Mapping[str, Any], held: Mapping[str, Any], draw: Random, *, english: bool) -> tuple[str, Mapping[str, Any]]:
    """Somebody whom the situation suits."""
    customers = read("customers")
    if "customer" in row:
        return row["customer"], customers[row["customer"]]
    wanted = next((trait for trait in ("elderly", "business", "money") if held.get(trait)), "")
    fitting = [code for code, one in customers.items() if bool(one.get("english")) == english and (not wanted or wanted in one)]
    code = draw.choice([one for one in fitting if wanted or not customers[one].get("business")] or fitting)
    return code, customers[code]


def _agent(talk: Talk, draw: Random) -> str:
    fitting = [code for code, one in read("people").items() if one.get("desk") == talk.channel]
    if talk.situation in {"wealth", "corporate"} and talk.channel == "face-to-face":
        return {"wealth": "D04", "corporate": "D05"}[talk.situation]
    return draw.choice(fitting)


def _promised(talk: Talk) -> tuple[str, int]:
    """A time by which something is promised, and in how many minutes that is; the branch closes at half past four."""
    left = (16 * 60 + 30) - (talk.at.hour * 60 + talk.at.minute)
    return ("一小时内", 60) if left < 120 else ("今天下午四点前", left - 30) if left > 240 else ("两小时内", 120)


def _facts(talk: Talk, draw: Random, *, agent: str, customer: Mapping[str, Any], code: str) -> dict[str, str]:
    teller, hour = read("people")[agent]["name"], talk.at.hour
    family, phone = customer["name"][0], customer["phone"]
    after = talk.at + timedelta(days=2)
    fixed = Random(code)  # noqa: S311  # nobody's numbers
    return {
        "greet": "早上好" if hour < 9 else "上午好" if hour < 12 else "中午好" if hour < 13 else "下午好",
        "agent": teller, "agent_family": teller[0], "agent_en": ENGLISH.get(agent, "Yuwan"), "desk": f"12{sum(map(ord, agent)) % 90 + 10}",
        "polite": customer["name"], "org": customer.get("organisation", ""), "name": NAMES.get(family, customer["name"]),
        "phone": phone, "phone_said": digits(phone, draw), "idtail": str(fixed.randrange(1000, 9999)), "tail": str(fixed.randrange(1000, 9999)),
        "pension": str(fixed.randrange(2300, 5200)), "amount": str(draw.choice((5, 8, 10, 20, 30, 50))), "box": f"B-{fixed.randrange(100, 399)}",
        "fund": draw.choice(("安盈半年期理财", "稳享九十天理财", "悦利一年期理财")), "fee_now": "每季五元" if talk.at.day >= 22 else "每月三元",
        "by": _promised(talk)[0], "day_after": f"{after.month}月{after.day}号",
    }  # fmt: skip


def _as_row(
    key: str, talk: Talk, said: Sequence[Said], *, customer: Mapping[str, Any], teller: Mapping[str, Any], english: bool, reason: str
) -> dict[str, Any]:
    last = said[-1]
    who = {name: customer.get(name, "") for name in ("name", "organisation", "phone", "email")}
    speakers = {"agent": teller["name"], "customer": customer["name"], "other": "同事", "system": ""}
    return {
        "id": key, "channel": talk.channel, "language": "en" if english else "zh", "customer": who, "reason": reason, "queue": teller.get("queue", ""),
        "ended": (last.until or last.at).isoformat(timespec="milliseconds"),
        "messages": [_message(number, one, speakers[one.role]) for number, one in enumerate(said, start=1)],
    }  # fmt: skip


def _message(number: int, said: Said, speaker: str) -> dict[str, str]:
    until = {"until": said.until.isoformat(timespec="milliseconds")} if said.until else {}
    named = {"speaker": speaker} if speaker else {}
    return {"id": str(number), "at": said.at.isoformat(timespec="milliseconds"), **until, "role": said.role, **named, "text": said.text}
