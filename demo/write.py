"""Writes the conversations as files of docs/formats.md, the same bytes every time."""

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from demo.build import Conversation, conversations
from demo.data import moment, read
from demo.timing import Said

FILES = {"phone": "phone", "chat": "chat", "mail": "mail", "form": "forms", "portal": "forms", "survey": "surveys", "face-to-face": "counter"}
"""The file of each channel."""


def write(folder: Path) -> None:
    """Write OUT/conversations."""
    folder = folder / "conversations"
    folder.mkdir(parents=True, exist_ok=True)
    for name in sorted(set(FILES.values())):
        rows = [as_row(one) for one in conversations() if FILES[one.channel] == name]
        (folder / f"{name}.jsonl").write_text(_text(rows), encoding="utf-8", newline="\n")
    (folder / "drills.jsonl").write_text(_text(drill(one) for one in read("talks/drills")), encoding="utf-8", newline="\n")


def drill(one: Mapping[str, Any]) -> dict[str, Any]:
    """A conversation that a trainee held to practise, as a line of JSON Lines."""
    said = {"A": ("agent", read("firm/people")[one["who"]]["name"]), "C": ("customer", one["with"])}
    messages = []
    for number, line in enumerate(one["lines"]):
        role, speaker = said[line[0]]
        begun = (moment(one["at"]) + timedelta(seconds=9 * number)).isoformat(timespec="milliseconds")
        messages.append({"id": str(number + 1), "at": begun, "role": role, "speaker": speaker, "text": line[2:]})
    return {"id": one["key"], "channel": "phone", "language": "zh", "drill": True, "customer": {"name": one["with"]}, "messages": messages}


def as_row(one: Conversation) -> dict[str, Any]:
    """A conversation as a line of JSON Lines."""
    people = read("firm/people")
    row: dict[str, Any] = {"id": one.key, "channel": one.channel, "language": one.language}
    row |= {"customer": {"name": one.who, "organisation": one.organisation, "phone": one.phone, "email": one.email}}
    direction = "in" if one.channel == "phone" else ""
    known = {"reason": one.reason, "record": dict(one.record), "direction": direction, "queue": people[one.agent].get("queue", "")}
    row |= {name: held for name, held in known.items() if held}
    last = one.said[-1]
    row["ended"] = (last.until or last.at).isoformat(timespec="milliseconds")
    row["messages"] = [_message(number, said, one) for number, said in enumerate(one.said, start=1)]
    return row


def _message(number: int, said: Said, one: Conversation) -> dict[str, Any]:
    speaker = {"agent": read("firm/people")[one.agent]["name"], "customer": one.who, "other": "同事", "system": ""}[said.role]
    message: dict[str, Any] = {"id": str(number), "at": said.at.isoformat(timespec="milliseconds")}
    if said.until:
        message["until"] = said.until.isoformat(timespec="milliseconds")
    message |= {"role": said.role, "speaker": speaker} if speaker else {"role": said.role}
    if said.confidence is not None:
        message["confidence"] = said.confidence
    return message | {"text": said.text}


def _text(rows: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
