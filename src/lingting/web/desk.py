"""A conversation at the desk (坐席台): what was typed of it so far, what the ear makes of it while it goes on, and how it enters the book when it is closed."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from secrets import token_hex

from lingting.access.models import Account
from lingting.catalog.intake import Slot, read_intakes
from lingting.catalog.norm import Condition, Norm
from lingting.inspection import matters, venting
from lingting.inspection.detectors.intake import State
from lingting.inspection.detectors.read_back import values
from lingting.inspection.entangled import entangled
from lingting.inspection.finding import Finding, Kind
from lingting.inspection.live import Live, Now, phrases
from lingting.inspection.matters import Matter
from lingting.inspection.mood import STANCES
from lingting.inspection.pack import Pack
from lingting.inspection.transcript import Channel, Role, Turn
from lingting.registers.conversations.models import InWork

GREETING = 5
"""Letters that may be no more than a greeting."""

LONGEST, MOST = 4000, 500
"""Letters of one turn, and turns of one conversation, that the desk takes."""

CHANNELS = (Channel.PHONE, Channel.CHAT, Channel.FACE_TO_FACE)
"""The ways of a conversation that is held turn by turn; mail has a door of its own."""

ABUSE, OPENING, INTAKE = "abuse.customer", "opening.complete", "intake.incomplete"

QUARTERS: dict[State, tuple[int, str, str]] = {
    State.EMPTY: (0, "没有问", "not asked"), State.ASKED: (1, "问了", "asked"), State.ANSWERED: (2, "答了", "answered"),
    State.READ_BACK: (3, "复述了，等确认", "read back"), State.CONFIRMED: (4, "确认了", "confirmed"),
    State.CORRECTED: (2, "改过，请再复述", "corrected: read it back again"), State.REFUSED: (0, "客户不愿提供", "refused by the customer"),
}  # fmt: skip
"""How far round a slot's ring goes, and what that is called."""

_LINE = re.compile(r"\s*(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s*)?(客户|顾客|客人|坐席|客服|Customer|Client|Agent)\s*[:：]\s*(.*)", re.IGNORECASE)
_THEIRS = {"客户", "顾客", "客人", "customer", "client"}
_FROM_RECORDS = re.compile(r"\{(?:place|eta|dep_time|dep_addr)\}")


@dataclass(frozen=True, slots=True)
class Note:
    """A note beside a turn (from 1; 0 before anything was said); an automatic one was proposed and taken over."""

    turn: int
    words: str
    at: str
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Handover:
    """Somebody else took the conversation over after so many turns: from which account (by number and name), and when."""

    turns: int
    giver: int
    name: str
    at: str


@dataclass(slots=True)
class Work:
    """What was typed of a conversation in work; `dates` and `none` say of a promise (by its place) when it is due, or why it is none.

    `opened` tells of each customer when their card was first opened, `dialled` when we called them ourselves, `handed` who had it before.
    """

    channel: str = Channel.PHONE
    language: str = "zh"
    party: int = 0
    turns: list[tuple[str, str, str]] = field(default_factory=list)
    opened: dict[str, str] = field(default_factory=dict)
    dialled: str = ""
    notes: list[Note] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    none: dict[str, str] = field(default_factory=dict)
    handed: list[Handover] = field(default_factory=list)

    def spoken(self, speakers: Mapping[int, str] | None = None, customer: str = "") -> list[Turn]:
        """Return what was said as turns for the ear; `speakers` names who of us spoke in each turn (from 1)."""
        ours = speakers or {}
        return [
            Turn(Role(role), text, datetime.fromisoformat(at), speaker=customer if role == Role.CUSTOMER else ours.get(place, ""), key=str(place))
            for place, (role, text, at) in enumerate(self.turns, 1)
        ]


def in_work(account: Account) -> InWork | None:
    """Return the conversation that somebody has in work: their own, nobody else's."""
    return InWork.objects.filter(account=account).first()


def begin(account: Account, *, at: datetime, channel: str, language: str, queue: str) -> InWork:
    """Begin a conversation at the desk."""
    work = Work(channel if channel in CHANNELS else Channel.PHONE, language)
    return InWork(account=account, key=token_hex(8), at=at, queue=queue, words=json.dumps(asdict(work), ensure_ascii=False))


def read(row: InWork) -> Work:
    """Return what was typed so far."""
    work = Work(**json.loads(row.words))
    work.turns = [(role, text, at) for role, text, at in work.turns]
    work.notes = [Note(**one) for one in json.loads(row.words).get("notes", [])]
    work.handed = [Handover(**one) for one in json.loads(row.words).get("handed", [])]
    return work


def keep(row: InWork, work: Work) -> None:
    """Keep what was typed, so that it is there after a reload."""
    row.words = json.dumps(asdict(work), ensure_ascii=False)
    row.save()


def lines(text: str) -> list[tuple[Role, str]] | None:
    r"""Return the turns of a pasted dialogue; a line without a speaker goes on with the turn before, and None where the first has none.

    >>> lines("客户: 我的货呢？\n坐席: 我查一下。\n请稍等。")
    [(<Role.CUSTOMER: 'customer'>, '我的货呢？'), (<Role.AGENT: 'agent'>, '我查一下。\n请稍等。')]
    """
    turns: list[tuple[Role, str]] = []
    for line in filter(str.strip, text.splitlines()):
        if match := _LINE.fullmatch(line):
            turns.append((Role.CUSTOMER if match[1].lower() in _THEIRS else Role.AGENT, match[2].strip()))
        elif turns:
            turns[-1] = turns[-1][0], f"{turns[-1][1]}\n{line.strip()}".strip()
        else:
            return None
    return [(role, words) for role, words in turns if words]


@dataclass(frozen=True, slots=True)
class Ring:
    """A slot of the intake with how far it has come."""

    slot: Slot
    state: State
    value: str

    @property
    def quarters(self) -> int:
        """Return how many quarters of the ring are full."""
        return QUARTERS[self.state][0]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is to be said next, and why; `withheld` where it needs what the records do not tell, and then `words` promise an answer instead."""

    norm: Norm
    words: str
    verbatim: bool
    called_for: str = ""
    missing: tuple[str, ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A promise that was heard: its place, its words, when it is due or why it is none."""

    place: str
    words: str
    due: datetime | None
    typed: bool = False
    none: str = ""
    condition: str = ""

    @property
    def open(self) -> bool:
        """Tell whether it still asks for a time."""
        return self.due is None and not self.none


@dataclass(frozen=True, slots=True)
class Heard:
    """What the ear makes of a conversation in work; `waiting` are norms that still wait for words and have no phrase.

    `matters` is what the customer brought up; where it is much and nobody read it back yet, `flood` are the words that would. `vented` is what they have
    just let out: now is the moment to enter the key point; `tangled` the demand that entangles.
    """

    now: Now
    rings: tuple[Ring, ...] = ()
    phrase: Phrase | None = None
    waiting: tuple[Norm, ...] = ()
    cards: tuple[Card, ...] = ()
    stance: Finding | None = None
    abuse: Finding | None = None
    matters: tuple[Matter, ...] = ()
    flood: str = ""
    vented: Finding | None = None
    tangled: Finding | None = None

    @property
    def undated(self) -> list[Card]:
        """Return the promises that keep the conversation open."""
        return [card for card in self.cards if card.open]


def listen(work: Work, pack: Pack) -> Heard:
    """Listen to what was typed so far: pure, and it costs one listening."""
    turns = work.spoken()
    live = Live(pack, channel=Channel(work.channel), language=work.language)
    now = live.catch_up(turns)
    said, brought_up = now.news, tuple(matters.matters(turns))
    many = len(brought_up) >= matters.MANY and not matters.told_back(brought_up, turns)
    return Heard(
        now, vented=_vented(turns, said), tangled=entangled(turns, said), matters=brought_up,
        flood=matters.read_back(brought_up, zh=work.language == "zh") if many else "",
        rings=_rings(now), phrase=_phrase(now, turns, work, pack), cards=tuple(_cards(said, work)),
        waiting=tuple({due.norm: pack.norm(due.norm) for due in now.due if not pack.norm(due.norm).phrase}.values())[:3],
        stance=next((one for one in reversed(said) if one.norm in STANCES), None), abuse=next((one for one in said if one.norm == ABUSE), None),
    )  # fmt: skip


def _vented(turns: Sequence[Turn], said: Sequence[Finding]) -> Finding | None:
    """Return the words in which the customer has just let it out, while nobody of us has spoken since."""
    heard = venting.heard(said)
    last = next(reversed(venting.moments(turns, heard)), None)
    return next((heard[turn] for turn in sorted(heard, reverse=True) if turn <= last.turn), None) if last and last.entered is None else None


def _rings(now: Now) -> tuple[Ring, ...]:
    taken = now.taken
    if taken is None:
        return ()
    intake = next((one for one in read_intakes() if {slot.name for slot in one.slots} == set(taken.states)), None)
    return tuple(Ring(slot, taken.states[slot.name], _value(slot, taken.given.get(slot.name, ""))) for slot in intake.slots) if intake else ()


def _value(slot: Slot, given: str) -> str:
    """Return what the customer gave: of a number its digits alone, the last where it was put right."""
    *_, last = [given[start:end] for _, start, end in values(given)] or [given]
    return (last if slot.kind == "digits" else given).strip("。，,.!！ ")


def _phrase(now: Now, turns: Sequence[Turn], work: Work, pack: Pack) -> Phrase | None:
    """Return the one phrase that is due: the weightiest that has words; before anything was said, the opening."""
    if not turns and OPENING in pack.places:
        return _worded(pack.norm(OPENING), pack.phrase(pack.norm(OPENING), work.language))
    due = next((one for one in now.due if pack.norm(one.norm).phrase), None)
    if due is None:
        return _intake_phrase(_rings(now), work, pack)
    turn, start, end = due.place
    words = phrases([due], pack, work.language)[0]
    return replace(_worded(pack.norm(due.norm), words), called_for=turns[turn].text[start:end], missing=due.missing)


def _intake_phrase(rings: Sequence[Ring], work: Work, pack: Pack) -> Phrase | None:
    """Return what the intake under way needs next: the first thing not asked yet; when all is answered, that it is read back and confirmed."""
    zh = work.language == "zh"
    unasked = next((ring.slot for ring in rings if ring.state is State.EMPTY), None)
    unread = [ring for ring in rings if ring.state in {State.ANSWERED, State.CORRECTED}]
    if INTAKE not in pack.places or any(ring.state is State.ASKED for ring in rings):
        return None
    if unasked:
        return Phrase(pack.norm(INTAKE), f"请问{unasked.zh}是？" if zh else f"May I have the {unasked.en}, please?", verbatim=False)
    if unread:
        told = "，".join(f"{ring.slot.zh}{ring.value}" for ring in unread) if zh else ", ".join(f"{ring.slot.en} {ring.value}" for ring in unread)
        words = f"为确保信息准确，再次与您确认：{told}，对吗？" if zh else f"To be sure I have it right, let me read it back: {told}. Is that correct?"
        return Phrase(pack.norm(INTAKE), words, verbatim=False)
    return None


def _worded(norm: Norm, words: str) -> Phrase:
    conditions: Mapping[str, Condition] = getattr(norm.settings, "conditions", {})
    verbatim = any(one.text and one.mode == "verbatim" for one in conditions.values())
    # Nobody hands the desk what the system of record knows of a shipment: a place or a day of arrival is never made up.
    return Phrase(norm, words, verbatim, withheld=bool(_FROM_RECORDS.search(words)))


def _cards(said: Sequence[Finding], work: Work) -> Iterator[Card]:
    """Yield the promises heard; the same words promise once."""
    taken: list[tuple[int, int, int]] = []
    for finding in said:
        turn, start, end = finding.span.turn, finding.span.start, finding.span.end
        if finding.kind is not Kind.PROMISE or any(turn == other[0] and start < other[2] and other[1] < end for other in taken):
            continue
        taken.append((turn, start, end))
        place, heard = f"{turn + 1}-{start}-{end}", finding.slots.get("due_at")
        typed = work.dates.get(place)
        told = typed or heard
        due = datetime.fromisoformat(told) if told else None
        yield Card(place, finding.quote, due, bool(typed), work.none.get(place, ""), finding.slots.get("condition", ""))


@dataclass(frozen=True, slots=True)
class Summary:
    """What is written down when a conversation is closed: its point, the need behind it, the kinds of feedback in it, and what stood in the way."""

    point: str = ""
    need: str = ""
    kinds: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()


def summary(work: Work, heard: Heard) -> Summary:
    """Propose a summary out of the customer's own words: their first words of substance, and their longest."""
    theirs = [text for role, text, _ in work.turns if role == Role.CUSTOMER]
    first = next((text for text in theirs if len(text) > GREETING), theirs[0] if theirs else "")
    norms = {one.norm for one in heard.now.news}
    marked = {"complaint": "complaint.made", "positive": "praise.given", "doubt": "feeling.confusion", "negative": "feeling.disappointment"}
    return Summary(first[:120], max(theirs, key=len, default="")[:200], tuple(kind for kind, norm in marked.items() if norm in norms))
