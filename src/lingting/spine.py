"""The spine (主干): one message, from the wire to the status of a clause. Read this first.

`receive` writes down what came in, `work` listens to it and assesses the clauses it bears on, `forget` empties what is personal.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from django.db import transaction

from lingting.conformity import assess, effect
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.engine import inspect_many
from lingting.inspection.finding import Finding, Kind
from lingting.inspection.pack import Pack
from lingting.inspection.transcript import Channel, Role
from lingting.ledger import book, lease
from lingting.ledger.book import Act
from lingting.ledger.erase import erase
from lingting.ledger.models import POSITIONS, Erased, Record
from lingting.ledger.moment import Moment
from lingting.message import Envelope, Message, Mistake, Person
from lingting.records.kind import held_about
from lingting.registers.conversations import actions as conversations
from lingting.registers.conversations import queries as said_so_far
from lingting.registers.conversations import rehearsal
from lingting.registers.conversations.models import Conversation, Found, Rehearsed, Said, Unheard
from lingting.registers.conversations.waiting import waiter
from lingting.registers.documents.hearing import hearer
from lingting.registers.instruments import acceptance
from lingting.registers.parties import actions as parties
from lingting.registers.parties import identity
from lingting.registers.parties import queries as parties_known
from lingting.registers.parties.models import Category, Party
from lingting.registers.people import seats
from lingting.registers.promises import actions as promises
from lingting.registers.promises import queries as promises_made
from lingting.registers.promises.models import Promise

log = logging.getLogger(__name__)

Name = tuple[str, str]
"""What a conversation is called: its source and its key there."""

Place = tuple[int, int, int]
"""Where words stand: what was said (its number), start and end."""

BATCH = 200
"""Conversations listened to in one transaction: long enough to be cheap, short enough to keep no writer waiting."""


@dataclass(slots=True)
class Received:
    """What became of messages: conversations begun, messages written down, messages known already, rehearsals kept apart, and what could not be taken."""

    conversations: int = 0
    messages: int = 0
    known: int = 0
    rehearsals: int = 0
    mistakes: list[Mistake] = field(default_factory=list)

    def __iadd__(self, other: "Received") -> Self:
        self.conversations += other.conversations
        self.messages += other.messages
        self.known += other.known
        self.rehearsals += other.rehearsals
        self.mistakes += other.mistakes
        return self


def receive(messages: Iterable[Message], *, calendar: WorkCalendar, by: int | None = None) -> Received:
    """Write down messages: all of them, or those that are not known yet; the same message is never written twice.

    1. Put the messages of one conversation together, mails by what they refer to.
    2. Find out whose they are: known by an address, or new.
    3. Leave out what is known already; the same key with other words is a mistake, never an overwriting.
    4. Write each conversation's news as one act, and note that nobody has listened yet – in one transaction. What was held to practise goes apart.
    """
    result = Received()
    with transaction.atomic():
        threads = _threads(messages)
        acts = [Act("spine.rehearse", (row,), by) for row in _rehearsals(threads, result)]
        people = _people(threads)
        begun = said_so_far.known(threads)
        sat = seats.known(max((message.at for thread in threads.values() for message in thread), default=datetime.now(UTC)))
        spoken = _spoken([conversation.id for conversation in begun.values()])
        touched = []
        for name, thread in threads.items():
            conversation = begun.get(name)
            news = _news(thread, spoken.get(conversation.id, {}) if conversation else {}, result)
            if news:
                records = _records(conversation, thread[0].envelope, news, people, sat, calendar)
                acts += [Act("spine.receive", part, by) for part in _parts(records)]
                touched.append(conversation or next(row for row in records if isinstance(row, Conversation)))
                result.conversations += conversation is None
                result.messages += len(news)
        book.write_all(acts)
        conversations.wait_for_ear(touched)
    return result


def _threads(messages: Iterable[Message]) -> dict[Name, list[Message]]:
    threads: dict[Name, list[Message]] = {}
    roots: dict[tuple[str, str], Name] = {}
    for message in messages:
        name = _thread(message, roots)
        threads.setdefault(name, []).append(message)
        if message.envelope.source == "mail":
            roots[message.envelope.customer.email, message.key] = name
    return threads


def _rehearsals(threads: dict[Name, list[Message]], result: Received) -> list[Rehearsed]:
    """Take what was held to practise out of these threads, and return the records of what is new of it; one that is known stays as it is."""
    drills = {name: threads.pop(name) for name in [name for name, thread in threads.items() if thread[0].envelope.drill]}
    known = rehearsal.known(drills)
    result.known += sum(len(drills[name]) for name in known)
    result.rehearsals += len(drills) - len(known)
    return [rehearsal.rehearsed(sorted(thread, key=lambda message: message.at)) for name, thread in drills.items() if name not in known]


def _thread(message: Message, roots: dict[tuple[str, str], Name]) -> Name:
    """Return the conversation a message belongs to; a mail only ever joins its own correspondent's."""
    envelope = message.envelope
    for reference in envelope.references:
        if name := roots.get((envelope.customer.email, reference)):
            return name
    if envelope.references:
        known = parties_known.at_addresses(_addresses(envelope.customer))
        for entry in {entry for party in known.values() for entry in identity.same(party.id)}:
            if conversation := said_so_far.threads(entry, envelope.references):
                return conversation.source, conversation.key
    return envelope.source, envelope.key


def _addresses(person: Person) -> list[tuple[str, str]]:
    """Return the ways in which we know a person again, the surest first."""
    ways = [("email", person.email.lower()), ("phone", person.phone)]
    if person.organisation and person.name:
        ways.append(("name", f"{person.organisation}/{person.name}"))
    return [(way, address) for way, address in ways if address]


def _people(threads: dict[Name, list[Message]]) -> dict[tuple[str, str], Party]:
    customers = [thread[0].envelope.customer for thread in threads.values()]
    wanted = {address for customer in customers for address in _addresses(customer)}
    chosen = [party for number in {customer.number for customer in customers if customer.number} if (party := parties_known.numbered(number))]
    return parties_known.at_addresses(wanted) | {("number", str(party.id)): party for party in chosen}


def _spoken(numbers: Collection[int]) -> dict[int, dict[str, Said]]:
    return {number: {row.key: row for row in rows} for number, rows in said_so_far.turns(numbers).items()}


def _news(thread: list[Message], spoken: dict[str, Said], result: Received) -> list[Message]:
    """Return the messages not known yet, in the order of time, and count the others."""
    news: dict[str, Message] = {}
    for message in thread:
        before = spoken.get(message.key) or news.get(message.key)
        if before is None:
            news[message.key] = message
        elif before.text is not None and before.text != message.text:
            where = f"{message.envelope.key} {message.key}"
            wrong = "A message with this id was received before with other words; what was written down stays."
            result.mistakes.append(Mistake("", where, wrong, "Give the new message an id of its own."))
        else:
            result.known += 1
    return sorted(news.values(), key=lambda message: message.at)


def _records(begun: Conversation | None, envelope: Envelope, news: Sequence[Message], people: dict[tuple[str, str], Party],
             sat: seats.Seats, calendar: WorkCalendar) -> list[Record]:  # fmt: skip
    records: list[Record] = []
    conversation = begun
    if conversation is None:
        party = _party(envelope.customer, people, news[0].at, records)
        conversation = conversations.begin(
            source=envelope.source, key=envelope.key, channel=envelope.channel, at=news[0].at,
            subject=envelope.subject, language=envelope.language, party=party, meta=envelope.meta,
            queue=envelope.queue,
        )  # fmt: skip
        records.append(conversation)
    said = [
        conversations.say(
            conversation, key=message.key, role=message.role, speaker=message.speaker, text=message.text,
            at=message.at, until=message.until, automatic=message.automatic, confidence=message.confidence, loudness=message.loudness,
            seat=message.seat or (seats.seat_of(sat, message.speaker, message.at) if message.role == Role.AGENT and not message.automatic else ""),
        )
        for message in news
    ]  # fmt: skip
    records += said
    records += _question_and_answer(begun, said, calendar)
    if envelope.ended and not (begun and said_so_far.ended([begun.id])):
        records.append(conversations.end(conversation, at=envelope.ended))
    return records


def _party(person: Person, people: dict[tuple[str, str], Party], at: datetime, records: list[Record]) -> Party | None:
    """Return whose conversation it is; somebody new is met, and a new address of somebody known is noted."""
    if chosen := people.get(("number", str(person.number))):
        return chosen
    addresses = _addresses(person)
    if not addresses:
        return None
    party = next((people[address] for address in addresses if address in people), None)
    if party is None:
        party = parties.meet(name=person.name, organisation=person.organisation, category=Category.CUSTOMER, at=at)
        records.append(party)
    for way, address in addresses:
        if (way, address) not in people:
            people[way, address] = party
            records.append(parties.reach(party, way=way, address=address, at=at))
    return party


def _question_and_answer(begun: Conversation | None, said: Sequence[Said], calendar: WorkCalendar) -> list[Record]:
    """Return that the customer asked, and that we answered, where either happens for the first time."""
    asked, answered = said_so_far.first_exchange(begun) if begun else (None, None)
    records: list[Record] = []
    for row in said:
        if row.automatic:
            continue
        # Words on a survey answer us; they ask for an answer no more than a tick does. What they complain of is heard all the same.
        if asked is None and row.role == Role.CUSTOMER and row.conversation.channel != Channel.SURVEY:
            asked = conversations.ask(row, due=calendar.workdays_after(row.at, 1))
            records.append(asked)
        elif asked is not None and answered is None and row.role == Role.AGENT and row.at >= asked.at:
            answered = conversations.answer(row)
            records.append(answered)
    return records


def _parts(records: list[Record]) -> list[tuple[Record, ...]]:
    """Cut an act that would hold too many records (a conversation of 100,000 turns) into several."""
    most = POSITIONS - 1
    return [tuple(records[start : start + most]) for start in range(0, len(records), most)]


def work(*, pack: Pack, now: datetime, most: int = BATCH, advance: Callable[[int], object] = lambda _: None) -> int:
    """Listen to conversations that wait for it, then assess; return how many were listened to.

    Done again after a crash, it finds the same rows waiting and writes nothing twice.
    """
    heard = 0
    # A lease runs on the machine's clock, even where a demonstration's clock stands still.
    while leases := lease.claim(Unheard, most=most, now=datetime.now(UTC)):
        _listen_or_set_aside(leases, pack)
        heard += len(leases)
        advance(len(leases))
        if len(leases) < most:
            break
    assess.catch_up(now)
    effect.catch_up(Moment(now))
    return heard


def waiting() -> int:
    """Return how many conversations wait to be listened to."""
    return Unheard.objects.filter(tries__lt=lease.TRIES).count()


def _listen_or_set_aside(leases: Sequence[Unheard], pack: Pack) -> None:
    """Listen to a batch; where that fails, one by one, so that a single conversation holds up no other.

    This is the worker's outermost step and the only place that catches everything: what went wrong stays with the row that waits.
    """
    try:
        listen([row.conversation_id for row in leases], pack=pack, leases=leases)
    except Exception as error:
        if len(leases) == 1:
            log.exception("conversation %s could not be listened to", leases[0].conversation_id)
            lease.release(Unheard, leases, trouble=f"{type(error).__name__}: {error}")
            return
        for one in leases:
            _listen_or_set_aside([one], pack)


def listen(numbers: Sequence[int], *, pack: Pack, leases: Sequence[Unheard] = ()) -> None:
    """Listen to whole conversations and write down what was found and not found before, with the promises in it.

    1. Read what was said, and what was found already.
    2. Inspect: pure, on plain values. What a detector hears that too few accepted, and that stands still, is left out.
    3. For each conversation one act: that it was heard, what was found, which promises that makes or keeps, which revisions and questions it tells of, whether
       the customer waits on the line or is to be called back.
    4. In the same transaction, strike it off the list of work.
    """
    begun = {row.id: row for row in Conversation.objects.filter(id__in=numbers).select_related("party")}
    spoken = {number: rows for number, rows in said_so_far.turns(numbers).items() if rows}
    over = said_so_far.ended(numbers)
    transcripts = [conversations.transcript(begun[number], rows, ended=number in over) for number, rows in spoken.items()]
    found = inspect_many(transcripts, pack)
    before = said_so_far.places_found(numbers)
    still = acceptance.stopped(Moment(datetime.now(UTC)))
    live, promised = _live_promises(begun.values()), promises_made.places(numbers)
    telling, waiting = hearer([row.id for rows in spoken.values() for row in rows]), waiter(numbers)
    acts = []
    for (number, rows), findings in zip(spoken.items(), found, strict=True):
        records: list[Record] = [conversations.hear(begun[number], pack=acceptance.named(pack.version, still), said=rows)]
        for finding in findings:
            said = rows[finding.span.turn]
            if (finding.norm, finding.norm_version, finding.instrument) in still:
                continue
            if (said.id, finding.span.start, finding.span.end, finding.norm, finding.norm_version, finding.instrument) not in before:
                records += _found(finding, said, begun[number], live, promised, severity=pack.severity(finding.norm))
        records += [*telling(rows), *waiting(begun[number], rows)]
        acts += [Act("spine.listen", part) for part in _parts(records)]
    with transaction.atomic():
        book.write_all(acts)
        conversations.listened(leases)


def _live_promises(begun: Collection[Conversation]) -> list[Promise]:
    numbers = [row.id for row in begun]
    people = [row.party_id for row in begun if row.party_id]
    return list(promises_made.open_in(conversations=numbers, parties=people).select_related("found").order_by("at", "id"))


def _found(finding: Finding, said: Said, conversation: Conversation, live: list[Promise], promised: list[Place], *,
           severity: str) -> list[Record]:  # fmt: skip
    """Return the record of a finding and of what follows from it: a promise made, or one kept."""
    found = conversations.find(finding, said=said, severity=severity)
    place = (said.id, finding.span.start, finding.span.end)
    if finding.kind is Kind.PROMISE and not any(_overlap(place, before) for before in promised):
        promised.append(place)
        live.append(_promise(finding, found, said, conversation))
        return [found, live[-1]]
    if finding.norm == "promise.kept":
        return [found, *_kept(found, said, conversation, live)]
    return [found]


def _overlap(one: Place, other: Place) -> bool:
    """Tell whether these words were taken before, perhaps by an earlier version of the instrument: the same words promise once."""
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _promise(finding: Finding, found: Found, said: Said, conversation: Conversation) -> Promise:
    due = finding.slots.get("due_at")
    return promises.heard(
        found=found, conversation=conversation, party=conversation.party, at=said.at, speaker=said.speaker or "",
        words=finding.quote, due=datetime.fromisoformat(due) if due else None, condition=finding.slots.get("condition", ""),
        by_house="by_house" in finding.slots,
    )  # fmt: skip


def _kept(found: Found, said: Said, conversation: Conversation, live: list[Promise]) -> list[Record]:
    """Let words that keep a promise keep the earliest open one: of this conversation, else of this customer."""
    earlier = [promise for promise in live if promise.at < said.at]
    here = [promise for promise in earlier if promise.conversation_id == conversation.id]
    theirs = [promise for promise in earlier if conversation.party_id and promise.party_id == conversation.party_id]
    for promise in sorted(here or theirs, key=lambda promise: (promise.due is None, promise.due or promise.at)):
        live.remove(promise)
        return [promises.seen_kept(promise, found=found, at=said.at)]
    return []


def forget(party: Party, *, reason: str, at: datetime, by: int | None = None) -> list[Erased]:
    """Empty everything personal that the registers hold about a party, under whichever entry; the chain still verifies."""
    numbers = sorted(identity.same(party.id))
    records: list[Record] = [
        *said_so_far.about(numbers), *promises_made.about(numbers), *parties_known.about(numbers), *held_about(numbers),
    ]  # fmt: skip
    records = list({record.id: record for record in records}.values())
    return erase(records, reason=reason, at=at, by=by)
