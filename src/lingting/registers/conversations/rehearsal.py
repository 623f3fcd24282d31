"""Rehearsals (练习): conversations held to practise. They are kept apart, heard anew whenever their speaker looks, and counted nowhere."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from lingting.inspection.transcript import Channel, Role, Transcript, Turn
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.message import Message
from lingting.registers.conversations.models import Rehearsed


def rehearsed(messages: Sequence[Message]) -> Rehearsed:
    """Return the record of a rehearsal, from its messages in the order of time; who practised is whoever first spoke as agent."""
    envelope = messages[0].envelope
    speaker = next((one.speaker for one in messages if one.role == Role.AGENT and one.speaker), "")
    turns = [
        {"role": one.role, "text": one.text, "at": one.at.isoformat(), "until": one.until.isoformat() if one.until else "", "speaker": one.speaker}
        for one in messages
    ]
    said = json.dumps(turns, ensure_ascii=False, sort_keys=True)
    return Rehearsed(
        source=envelope.source, key=envelope.key, channel=envelope.channel, language=envelope.language, speaker=speaker or None, said=said, at=messages[0].at
    )


def transcript(row: Rehearsed) -> Transcript:
    """Return what was said as plain values for the ear; nothing where it was erased."""
    turns = tuple(
        Turn(Role(one["role"]), one["text"], _time(one["at"]), _time(one["until"]) if one["until"] else None, one["speaker"])
        for one in json.loads(row.said or "[]")
    )
    return Transcript(turns, Channel(row.channel), row.language, ended=True)


def _time(words: str) -> datetime:
    return datetime.fromisoformat(words)


def known(names: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return which of these names (source and key) are rehearsals that were written down already."""
    wanted = set(names)
    rows = Rehearsed.objects.filter(key__in={key for _, key in wanted}) if wanted else Rehearsed.objects.none()
    return wanted & set(rows.values_list("source", "key"))


def practised_by(names: Collection[str], moment: Moment) -> RecordQuerySet[Rehearsed]:
    """Return the rehearsals of somebody, by the names under which they speak; of somebody without a name, none."""
    return Rehearsed.objects.as_of(moment).filter(speaker__in=names)
