"""Conversations as they are listened to: put together from messages that stand one after another, or taken from one line or row."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from lingting.channels.table.jsonl import conversation
from lingting.channels.table.values import BadValue
from lingting.inspection.transcript import Role, Transcript, Turn
from lingting.message import Message

Named = tuple[str, Transcript]
"""A conversation by the name that its source gave it."""


def together(messages: Iterable[Message]) -> Iterator[Named]:
    """Yield the conversations of messages that stand together by conversation."""
    for (_, key), thread in groupby(messages, lambda message: (message.envelope.source, message.envelope.key)):
        yield key, transcript(list(thread))


def named(given: Any, zone: ZoneInfo) -> Named:
    """Return a conversation out of a line of our JSON Lines, or a row with the same fields; BadValue says what is wrong with it."""
    messages = conversation(given, zone=zone)
    return messages[0].envelope.key, transcript(messages, _meta(given.get("meta")))


def _meta(given: object) -> Mapping[str, Any]:
    try:
        meta = json.loads(given) if isinstance(given, str) and given else given or {}
    except json.JSONDecodeError as error:
        raise BadValue(f"meta is not JSON: {error.msg}.") from error
    if not isinstance(meta, dict):
        raise BadValue("meta must be a mapping of names and values.")
    return meta


def transcript(messages: Sequence[Message], meta: Mapping[str, Any] | None = None) -> Transcript:
    """Return the messages of one conversation as it is listened to: in the order of time, and ended, as is whatever stands in a file."""
    turns = tuple(
        Turn(
            Role.SYSTEM if message.automatic else message.role, message.text, message.at, message.until, message.speaker, message.key,
            message.confidence, message.loudness,
        )
        for message in sorted(messages, key=lambda message: message.at)
    )  # fmt: skip
    envelope = messages[0].envelope
    return Transcript(turns, envelope.channel, envelope.language, ended=True, meta={**envelope.meta, **(meta or {})})
