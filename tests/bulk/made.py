"""Made conversations for the tests of bulk listening."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lingting.bulk.hearing import Task, pack_of
from lingting.bulk.pieces import Reading
from lingting.site.options import packs

TASK = Task(Reading(ZoneInfo("Asia/Shanghai")), "栖舟货运云", kept=packs(os.environ))
PACK = pack_of(TASK)
SAID = (
    ("agent", "您好，这里是栖舟货运云，请问有什么可以帮您？"), ("customer", "我的货怎么还没到？你们太慢了！"), ("agent", "我明天上午十点前给您回电话。"),
    ("customer", "好的，谢谢你。"), ("agent", "你等一下，这不是我们的责任。"), ("agent", "We will call you back by 5 pm tomorrow."), ("customer", "Thank you!"),
)  # fmt: skip


def talk(number: int, said: Sequence[tuple[str, str]] = SAID) -> dict[str, Any]:
    """Return one conversation in the form of our JSON Lines."""
    messages = [{"at": f"2026-03-11T14:{place:02}:00+08:00", "role": role, "text": text} for place, (role, text) in enumerate(said)]
    return {"id": f"A{number}", "channel": "chat", "messages": messages}


def talks(count: int) -> list[dict[str, Any]]:
    """Return conversations that differ in what is said, and in its order."""
    return [talk(number, [SAID[(number + place * (1 + number % 3)) % len(SAID)] for place in range(3 + number % 5)]) for number in range(count)]


def jsonl(path: Path, given: Sequence[object]) -> Path:
    """Write our JSON Lines."""
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in given), encoding="utf-8")
    return path
