"""What we do with conversations (对话): write down what was said and what was found in it, judge what was found, dispute it and decide."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lingting.inspection.finding import Finding
from lingting.inspection.transcript import Channel, Role, Transcript, Turn
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.conversations import queries
from lingting.registers.conversations.models import (
    Answered,
    Asked,
    Came,
    Conversation,
    Corrected,
    Disputed,
    Dropped,
    Ended,
    Found,
    Handed,
    Heard,
    Judged,
    Noted,
    Said,
    Settled,
    Spared,
    Unheard,
)

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
        until: datetime | None = None, automatic: str = "", confidence: float | None = None, loudness: float | None = None,
        seat: str = "") -> Said:  # fmt: skip
    """Return something said, to be written in one act with what came with it."""
    return Said(
        conversation=conversation, key=key, role=role, speaker=speaker or None, text=text, at=at, until=until,
        automatic=automatic, confidence=_whole(confidence, 100), loudness=_whole(loudness, 10), seat=seat or None,
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


def said_by(said: Said, person: Any) -> bool:
    """Tell whether somebody of the register of people said something: recordings and mails name who speaks by code or by name."""
    return bool(said.speaker) and said.speaker in {person.code, person.name}


@act(Judged)
def judge(judged: Judged) -> Iterator[Wrong | Record]:
    """Write down whether a finding is right; nobody judges what was found in his own words, and a decided dispute is not judged anew."""
    if said_by(judged.found.said, judged.person):
        yield Wrong("person", "这是您自己说的话；请另一位来复核。", "These are your own words; somebody else judges them.")
    if _settled(judged.found, judged.at):
        yield Wrong("found", "对这条发现的申诉已经裁定；以裁定为准。", "A dispute about this finding was decided; that holds.")
    if queries.withdrawn(Moment(judged.at)).filter(found=judged.found_id).exists():
        yield Wrong("found", "这条发现追溯时已撤回，不再计入。", "This finding was withdrawn after a look-back; it counts no more.")


def _settled(found: Found, at: datetime) -> bool:
    moment = Moment(at)
    return any(rows(moment).filter(found=found).exists() for rows in (queries.upheld, queries.rejected))


@act(Disputed)
def dispute(disputed: Disputed) -> Iterator[Wrong | Record]:
    """Write down that whoever a finding judges says it is wrong: their own, one that counts, and once."""
    if not said_by(disputed.found.said, disputed.person):
        yield Wrong("person", "只有说这些话的人可以申诉。", "Only whoever said these words can dispute what was found in them.")
    moment = Moment(disputed.at)
    if queries.disputes(moment).filter(found=disputed.found_id).exists():
        yield Wrong("found", "这条发现已经申诉过。", "This finding was disputed already.")
    elif not queries.findings(moment).filter(pk=disputed.found_id).exists():
        yield Wrong("found", "这条发现已经不计入，不用申诉。", "This finding counts no more; there is nothing to dispute.")


@act(Settled)
def settle(settled: Settled) -> Iterator[Wrong | Record]:
    """Write down how a dispute was decided: by a second pair of eyes, neither who raised it nor who judged the finding."""
    raised = settled.disputed
    if settled.person_id == raised.person_id:
        name = settled.person.name or settled.person.code
        yield Wrong("person", f"{name}提出了这条申诉，不能自己裁定；请另一位。", f"{name} raised this dispute and cannot decide it; somebody else does.")
    if live(Judged).filter(found=raised.found_id, person=settled.person_id).exists():
        name = settled.person.name or settled.person.code
        yield Wrong(
            "person", f"{name}复核过这条发现，不能裁定对它的申诉；请另一位。", f"{name} judged this finding and cannot decide the dispute; somebody else does."
        )
    if live(Dropped).filter(disputed=raised).exists():
        yield Wrong("disputed", "这条申诉已由本人撤回。", "This dispute was taken back.")


@act(Dropped)
def drop(dropped: Dropped) -> Iterator[Wrong | Record]:
    """Write down that a dispute was taken back; not after it was decided."""
    if live(Settled).filter(disputed=dropped.disputed_id).exists():
        yield Wrong("disputed", "这条申诉已经裁定。", "This dispute was decided already.")


@act(Noted)
def note(noted: Noted) -> Iterator[Wrong | Record]:
    """Write down a note; the words it stands beside are of the same conversation."""
    if noted.said is not None and noted.said.conversation_id != noted.conversation_id:
        yield Wrong("said", "这一句不在这次对话里。", "These words were not said in this conversation.")


@act(Came)
def come(came: Came) -> Iterator[Wrong | Record]:
    """Write down that a call for help was answered; nobody answers their own."""
    if came.person_id and came.person_id == came.called.person_id:
        yield Wrong("person", "求助的人不能自己应；请另一位。", "Whoever called cannot answer the call; somebody else does.")
    if live(Spared).filter(called=came.called_id).exists():
        yield Wrong("called", "对方已经说不用了。", "They need nobody any more.")


@act(Spared)
def spare(spared: Spared) -> Iterator[Wrong | Record]:
    """Write down that help is no longer needed."""
    if spared.at < spared.called.at:
        yield Wrong("at", "不能早于求助的时间。", "That cannot be before the call.")


@act(Handed)
def hand_over(handed: Handed) -> Iterator[Wrong | Record]:
    """Write down that a conversation was handed over; nobody hands it to themselves."""
    if handed.giver_id and handed.giver_id == handed.receiver_id:
        yield Wrong("receiver", "交出的和接手的是同一个人，不算交接。", "Whoever gave it took it: that is no hand-over.")
    if handed.at < handed.conversation.at:
        yield Wrong("at", "不能早于对话开始。", "That cannot be before the conversation began.")


@act(Corrected)
def correct(corrected: Corrected) -> Iterator[Wrong | Record]:
    """Write down how a drafted fact is; what is put right or was missing says what is right, and only words of this very turn are a draft."""
    how, words, quote = corrected.how, (corrected.words or "").strip(), corrected.quote or ""
    if how in {Corrected.How.CHANGED, Corrected.How.MISSING} and not words:
        yield Wrong("words", "请写明正确的是什么。", "Say what is right.")
    if how == Corrected.How.MISSING and quote:
        yield Wrong("quote", "漏掉的事实没有系统列出的字。", "A fact that was missing has no words of a draft.")
    if how != Corrected.How.MISSING and (not quote or quote not in (corrected.said.text or "")):
        yield Wrong("quote", "系统列出的字不在这一句里。", "These words are not in what was said.")
