"""Closing (收尾) a conversation at the desk: it enters the book as by every other door, with what was noted, and all of it or nothing."""

from datetime import datetime

from django.db import transaction

from lingting import spine
from lingting.access.models import Account
from lingting.access.own import called, oneself
from lingting.inspection.pack import Pack
from lingting.inspection.transcript import Channel
from lingting.message import Envelope, Message, Person
from lingting.records.write import enter
from lingting.registers.complaints.models import Feedback
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Conversation, Disputed, Hindered, InWork, Noted, Opened, Said, Unheard
from lingting.registers.parties import queries as parties
from lingting.registers.parties.models import Party
from lingting.registers.people import models as people
from lingting.registers.promises import actions as promises
from lingting.registers.promises.models import Promise
from lingting.site import worker
from lingting.web import calling, handing
from lingting.web.desk import Summary, Work, listen, read

SOURCE = "desk"

FORMS = {Channel.PHONE: "phone", Channel.CHAT: "chat", Channel.FACE_TO_FACE: "meeting"}
"""What the register of feedback calls them."""


class Undated(ValueError):
    """A promise has no time yet and was not said to be none."""


def close(row: InWork, told: Summary, *, at: datetime, pack: Pack) -> Conversation:
    """Let a conversation enter the book as by every other door, heard at once; its promises get their times, and the draft is gone – all or nothing.

    1. Receive its turns; whoever was chosen is its customer.
    2. Listen to it, before the worker does.
    3. Give each vague promise the time agreed; withdraw what is none, with the reason, and dispute the finding, so that calibration hears of it.
    4. Write down that the customer's card was opened, what was noted, who handed it over, what stood in the way, and that help is no longer needed.
    5. Write down the feedback, where it has a kind and a customer.
    """
    account, work = row.account, read(row)
    if listen(work, pack).undated:
        raise Undated
    me, party = oneself(account), parties.numbered(work.party) if work.party else None
    meta = {
        name: words for name, words in (("point", told.point), ("need", told.need), ("help", row.help), ("direction", "out" if work.dialled else "")) if words
    }
    envelope = Envelope(
        SOURCE, row.key, Channel(work.channel), Person(number=work.party if party else 0), subject=told.point, language=work.language, queue=row.queue,
        ended=at, meta=meta,
    )  # fmt: skip
    speaker = me.name if me and me.name else account.name
    turns = work.spoken(handing.speakers(work, speaker), (party.name or "") if party else "")
    messages = [Message(envelope, turn.key, turn.at or at, turn.role, turn.text, turn.speaker) for turn in turns]
    with transaction.atomic():
        spine.receive(messages, calendar=worker.calendar(), by=account.pk)
        conversation = conversations.known([(SOURCE, row.key)])[SOURCE, row.key]
        spine.listen([conversation.pk], pack=pack, leases=list(Unheard.objects.filter(conversation=conversation)))
        for promise in Promise.objects.filter(conversation=conversation).select_related("found__said"):
            _settle(promise, work, account, at)
        _write_down(conversation, work, me, account)
        handing.write_down(conversation, work, account)
        for barrier in told.barriers:
            enter(Hindered(conversation=conversation, barrier=barrier, person=me, at=at), by=account.pk)
        calling.spare(row, at=at)
        if told.kinds and party:
            _feed_back(row, told, work, party, account, at)
        row.delete()
    return conversation


def _write_down(conversation: Conversation, work: Work, me: people.Person | None, account: Account) -> None:
    """Write down when the customer's card was opened, and what was noted beside which words."""
    if at := work.opened.get(str(work.party)):
        enter(Opened(conversation=conversation, person=me, at=datetime.fromisoformat(at)), by=account.pk)
    said = {row.key: row for row in Said.objects.filter(conversation=conversation)}
    for one in work.notes:
        beside = said.get(str(one.turn))
        enter(
            Noted(conversation=conversation, said=beside, words=one.words, automatic=one.automatic, person=me, at=datetime.fromisoformat(one.at)),
            by=account.pk,
        )


def _settle(promise: Promise, work: Work, account: Account, at: datetime) -> None:
    found = promise.found
    if found is None:
        return
    place = f"{found.said.key}-{found.start}-{found.end}"
    if reason := work.none.get(place):
        promises.withdraw(promise, at=at, reason=reason, by=account.pk)
        me = oneself(account)
        if me and found.said.speaker in called(me):
            enter(Disputed(found=found, person=me, at=at, reason=Disputed.Reason.CONTEXT, words=reason), by=account.pk)
    elif place in work.dates:
        promises.postpone(promise, at=at, due=datetime.fromisoformat(work.dates[place]), by=account.pk)


def _feed_back(row: InWork, told: Summary, work: Work, party: Party, account: Account, at: datetime) -> None:
    form, what = FORMS[Channel(work.channel)], told.point or told.need
    enter(Feedback(at=at, code=f"FB-{row.key}", party=party, kinds=" ".join(told.kinds), form=form, what=what), by=account.pk)
