"""What we do with conversations (对话): write down what was said, and what was found in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lingting.inspection.finding import Finding
from lingting.inspection.transcript import Channel, Role, Transcript, Turn
from lingting.registers.conversations.models import Answered, Asked, Conversation, Ended, Found, Heard, Said, Unheard

if TYPE_CHECKING:
    from lingting.registers.parties.models import Party


def begin(*, source: str, key: str, channel: Channel, at: datetime, subject: str, language: str, party: Party | None,
          meta: Mapping[str, Any], queue: str = "") -> Conversation:  # fmt: skip
    """Return a conversation that begins, to be written in one act with its first words."""
    known = json.dumps(dict(meta), ensure_ascii=False, sort_keys=True) if meta else None
    return Conversation(
        source=source, key=key, channel=channel, at=at, subject=subject or None, language=language, party=party, meta=known, queue=queue or None
    )


def say(conversation: Conversation, *, key: str, role: Role, speaker: str, text: str, at: datetime,
        until: datetime | None = None, automatic: str = "", confidence: float | None = None, loudness: float | None = None) -> Said:  # fmt: skip
    """Return something said, to be written in one act with what came with it."""
    return Said(
        conversation=conversation, key=key, role=role, speaker=speaker or None, text=text, at=at, until=until,
        automatic=automatic, confidence=_whole(confidence, 100), loudness=_whole(loudness, 10),
    )  # fmt: skip


def _whole(value: float | None, parts: int) -> int | None:
    """Return a value in whole parts of one, as the book keeps it."""
    return None if value is None else round(value * parts)


def ask(said: Said, *, due: datetime) -> Asked:
    """Return that a customer asked first and an answer is owed by `due`."""
    return Asked(conversation=said.conversation, said=said, at=said.at, due=due)


def answer(said: Said) -> Answered:
    """Return that the organisation answered."""
    return Answered(conversation=said.conversation, said=said, at=said.at)


def end(conversation: Conversation, *, at: datetime) -> Ended:
    """Return that a conversation came to its end."""
    return Ended(conversation=conversation, at=at)


def wait_for_ear(conversations: Iterable[Conversation]) -> None:
    """Note that something was said in these conversations that nobody listened to yet."""
    waiting = [Unheard(conversation_id=conversation.id) for conversation in conversations]
    Unheard.objects.bulk_create(
        waiting, update_conflicts=True, unique_fields=["conversation"], update_fields=["until", "tries", "trouble"],
        batch_size=2000,
    )  # fmt: skip


def listened(leases: Sequence[Unheard]) -> None:
    """Strike off what was listened to, except where something was said meanwhile."""
    by_until: dict[datetime | None, list[int]] = {}
    for lease in leases:
        by_until.setdefault(lease.until, []).append(lease.pk)
    for until, numbers in by_until.items():
        Unheard.objects.filter(pk__in=numbers, until=until).delete()


def transcript(conversation: Conversation, said: Sequence[Said], *, ended: bool) -> Transcript:
    """Return what was said as plain values for the ear; erased words are silence, automatic mail is the system speaking."""
    turns = tuple(
        Turn(
            Role.SYSTEM if row.automatic else Role(row.role), row.text or "", row.at, row.until, row.speaker or "", row.key,
            None if row.confidence is None else row.confidence / 100, None if row.loudness is None else row.loudness / 10,
        )
        for row in said
    )  # fmt: skip
    return Transcript(turns, Channel(conversation.channel), conversation.language, ended, json.loads(conversation.meta or "{}"))


def hear(conversation: Conversation, *, pack: str, said: Sequence[Said]) -> Heard:
    """Return that a conversation was listened to, dated at its last words."""
    return Heard(conversation=conversation, pack=pack, turns=len(said), at=said[-1].at)


def find(finding: Finding, *, said: Said, severity: str) -> Found:
    """Return a finding as a record, dated when its words were said."""
    return Found(
        conversation_id=said.conversation_id, said=said, at=said.at, start=finding.span.start, end=finding.span.end,
        norm=finding.norm, norm_version=finding.norm_version, instrument=finding.instrument, kind=finding.kind,
        severity=severity, quote=finding.quote,
        slots=json.dumps(dict(finding.slots), ensure_ascii=False, sort_keys=True),
    )  # fmt: skip
