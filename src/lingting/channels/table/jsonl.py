"""Our JSON Lines: one conversation a line, with its messages (docs/formats.md)."""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from zoneinfo import ZoneInfo

from lingting.channels.table.values import BadValue, channel, key_of, moment, role, whether, words
from lingting.message import Envelope, Message, Mistake, Person

T = TypeVar("T")

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes in one line: a conversation of 100,000 turns fits, a file without line breaks is refused before it fills the memory."""


def read_jsonl(path: Path, *, zone: ZoneInfo) -> Iterator[Message | Mistake]:
    """Yield the messages of each line; a line with a mistake gives nothing but the mistake."""
    for numbered in lines(path):
        if isinstance(numbered, Mistake):
            yield numbered
        else:
            yield from taken(*numbered, path, lambda given: conversation(given, zone=zone))


def lines(path: Path, *, start: int = 0, end: float = math.inf, number: int = 1) -> Iterator[tuple[int, bytes] | Mistake]:
    """Yield the numbered lines of a file that are not empty, or those between two of its bytes; `number` is the first one's."""
    with path.open("rb") as file:
        file.seek(start)
        while file.tell() < end and (line := file.readline(LONGEST_LINE)):
            if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
                skip_line(file)
                yield Mistake(str(path), f"line {number}", "The line is longer than 64 MB.", "Write one conversation a line.")
            elif line.strip():
                yield number, line
            number += 1


def skip_line(file: BinaryIO) -> None:
    """Go on to the end of a line without keeping it."""
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def taken(number: int, line: bytes, path: Path, take: Callable[[Any], Iterable[T]]) -> Iterator[T | Mistake]:
    """Yield what a line is taken for, or the mistake in it."""
    try:
        yield from take(json.loads(line.decode("utf-8-sig")))
    except UnicodeDecodeError:
        yield Mistake(str(path), f"line {number}", "The line is not UTF-8.", "Save the file as UTF-8.")
    except (json.JSONDecodeError, RecursionError) as error:
        wrong = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        yield Mistake(str(path), f"line {number}", f"The line is not JSON: {wrong}.", "Check that it was not cut off.")
    except BadValue as error:
        yield Mistake(str(path), f"line {number}", str(error), "Mend the line and import the file again; the others are in.")


def conversation(given: Any, *, zone: ZoneInfo) -> list[Message]:
    """Return the messages of one conversation in our form; BadValue says what is wrong with it."""
    if not isinstance(given, dict):
        raise BadValue('a line holds one conversation: {"id": …, "messages": […]}.')
    key = words(given.get("id"), what="id", needed=True)[:255]
    messages = given.get("messages")
    if not isinstance(messages, list) or not messages:
        raise BadValue(f"conversation {key[:60]} has no messages.")
    customer = given.get("customer") or {}
    if not isinstance(customer, dict):
        raise BadValue("customer must be a mapping of name, organisation, phone and email.")
    envelope = Envelope(
        source="table", key=key, channel=channel(given.get("channel")), customer=_person(customer),
        subject=words(given.get("subject"), what="subject"), language=words(given.get("language") or given.get("lang"), what="language")[:10],
        queue=words(given.get("queue"), what="queue").strip()[:60],
        ended=moment(given["ended"], what="ended", zone=zone) if given.get("ended") else None, meta=_meta(given),
        drill=whether(given.get("drill"), what="drill"),
    )  # fmt: skip
    read = [_message(envelope, place, message, zone) for place, message in enumerate(messages)]
    if len({message.key for message in read}) < len(read):
        raise BadValue(f"conversation {key[:60]} has two messages of the same id.")
    return read


def _meta(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the source knows beside the words: why the contact took place, and the values on record."""
    reason, record = words(given.get("reason"), what="reason")[:60], given.get("record") or {}
    if not isinstance(record, dict) or not all(isinstance(value, str | int | float) for value in record.values()):
        raise BadValue("record is no mapping of names to plain values.")
    kept = {str(name)[:60]: str(value)[:300] for name, value in list(record.items())[:50]}
    way = given.get("direction") or ""
    if way not in {"", "in", "out"}:
        raise BadValue("direction is neither in nor out.")
    return ({"reason": reason} if reason else {}) | ({"record": kept} if kept else {}) | ({"direction": way} if way else {})


def _person(given: Mapping[str, Any]) -> Person:
    return Person(*(words(given.get(name), what=name)[:300] for name in ("name", "organisation", "phone", "email")))


def _message(envelope: Envelope, place: int, given: Any, zone: ZoneInfo) -> Message:
    if not isinstance(given, dict):
        raise BadValue(f"message {place + 1} is not a mapping.")
    where = f"message {place + 1}: "
    try:
        at = moment(given.get("at", given.get("t")), what="at", zone=zone)
        text = words(given.get("text"), what="text", needed=True)
        until = moment(given["until"], what="until", zone=zone) if given.get("until") else None
        key = words(given.get("id"), what="id")[:255] or key_of(envelope.key, place, text)
        speaker = words(given.get("speaker"), what="speaker")[:300]
        seat = words(given.get("seat"), what="seat").strip()[:40]
        return Message(envelope, key, at, role(given.get("role")), text, speaker, until, seat=seat)
    except BadValue as error:
        raise BadValue(where + str(error)) from error
