"""Attending (听得怎样): shares out of our own conversations – was the card opened first, who escalates after an interruption, is the point the customer's.

A share is two sets of conversations, the whole and the part; what cannot be known is in neither. They set things side by side and claim no cause.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from lingting.inspection.matters import matters, share_of
from lingting.inspection.normalise import plain
from lingting.inspection.sentences import is_question
from lingting.inspection.transcript import Channel, Role, Turn
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries
from lingting.registers.conversations.models import Answered, Conversation, Said
from lingting.statistics.parts import Part

INTERRUPTED = ("interruption.overlap", "interruption.forbidden-words")
ESCALATED = ("stance.agitated", "feeling.anger", "abuse.customer", "complaint.made")
TURNS = 6
"""So many turns after an interruption are looked at for an escalation; a house default."""

SUBSTANCE = 6
"""Letters from which words of ours answer something; less is a greeting or an assent."""

OTHER_POINT = 0.2
"""Below this share of pairs of letters in common, the agent's line is about another matter than the one heard; a house default."""

MAIN = ("complaint.made", "feedback.problem")
"""What makes a matter the main one, the weightiest first; else it is the first that was brought up."""


def _sources(moment: Moment) -> list[str]:
    """Return the sources that tell when a customer's card is opened; of the others it is unknown, and nobody is held to it."""
    return sorted(set(queries.openings(moment).order_by().values_list("conversation__source", flat=True)))


def opened_first(moment: Moment) -> Part:
    """Return, of the conversations at a distance with somebody we know and an answer, those whose card was opened before it (S-LISTEN-06)."""
    rows = queries.begun(moment).filter(party__isnull=False, source__in=_sources(moment)).exclude(channel=Channel.FACE_TO_FACE)
    opened = dict(queries.openings(moment).order_by("-at").values_list("conversation", "at"))
    answered = _substantial(moment, rows)
    return Part(frozenset(answered), frozenset(number for number, at in answered.items() if number in opened and opened[number] <= at))


def _substantial(moment: Moment, rows: RecordQuerySet[Conversation]) -> dict[int, datetime]:
    """Return when each conversation first had an answer of substance: our words after the customer's that do more than greet, assent or ask."""
    said = Said.objects.as_of(moment).filter(conversation__in=rows.values("pk"), automatic="").order_by("conversation", "at", "id")
    found: dict[int, datetime] = {}
    spoken: set[int] = set()
    for number, role, text, at in said.values_list("conversation", "role", "text", "at"):
        words = (text or "").strip()
        if role == Role.CUSTOMER:
            spoken.add(number)
        elif role == Role.AGENT and number in spoken and len(words) >= SUBSTANCE and not is_question(plain(words), 0, len(words)):
            found.setdefault(number, at)
    return found


def prepared(moment: Moment) -> Part:
    """Return, of the calls that we made, those before which the customer's card had been opened (S-BANK-17)."""
    calls = queries.begun(moment).filter(channel=Channel.PHONE, meta__contains=queries.WENT_OUT, source__in=_sources(moment))
    ready = calls.filter(Exists(queries.openings(moment).filter(conversation=OuterRef("pk"), at__lte=OuterRef("at"))))
    return Part(frozenset(calls.values_list("pk", flat=True)), frozenset(ready.values_list("pk", flat=True)))


def escalated(moment: Moment) -> tuple[Part, Part]:
    """Return how many customers escalated within the next turns: after an interruption, and in the other conversations after our first answer (S-LISTEN-28)."""
    found = queries.findings(moment)
    cut: dict[int, int] = {}
    for number, said in found.filter(norm__in=INTERRUPTED).order_by("at", "said_id").values_list("conversation", "said"):
        cut.setdefault(number, said)
    heard = queries.hearings(moment).filter(conversation=OuterRef("conversation"))
    answers = Answered.objects.as_of(moment).filter(Exists(heard)).exclude(conversation__in=list(cut))
    calm = dict(answers.values_list("conversation", "said"))
    raised: dict[int, list[int]] = {}
    for number, said in found.filter(norm__in=ESCALATED).values_list("conversation", "said"):
        raised.setdefault(number, []).append(said)
    return _within(cut, raised), _within(calm, raised)


def _within(begins: dict[int, int], raised: dict[int, list[int]]) -> Part:
    """Return the conversations that begin to count at a turn, and those in which something was raised in the next turns."""
    wanted = [number for number in begins if number in raised]
    places = _places(wanted)
    part = {number for number in wanted if any(0 < places[said] - places[begins[number]] <= TURNS for said in raised[number])}
    return Part(frozenset(begins), frozenset(part))


def _places(numbers: Collection[int]) -> dict[int, int]:
    """Return of each turn of these conversations which one it is."""
    rows = Said.objects.filter(conversation__in=numbers).order_by("conversation", "at", "id").values_list("conversation", "pk")
    counted: dict[int, int] = {}
    places: dict[int, int] = {}
    for number, said in rows:
        places[said] = counted[number] = counted.get(number, 0) + 1
    return places


@dataclass(frozen=True, slots=True)
class Point:
    """The agent's line about a conversation, the main matter that was heard in it, and who spoke for us."""

    conversation: int
    speaker: str
    line: str
    heard: str

    @property
    def other(self) -> bool:
        """Tell whether the line is about another matter: an indication, no judgement."""
        return share_of(self.line, self.heard) < OTHER_POINT


def points(moment: Moment, rows: RecordQuerySet[Conversation] | None = None) -> list[Point]:
    """Return the lines that agents wrote beside what was heard; where nothing was heard to be the matter, there is nothing to compare (S-LISTEN-35)."""
    rows = queries.begun(moment) if rows is None else rows
    told = {row.pk: row for row in rows.filter(meta__contains='"point": ')}
    said = queries.turns(list(told))
    heard = _heard(moment, told)
    found = []
    for number, row in told.items():
        turns = [Turn(Role(one.role), one.text or "", one.at) for one in said[number] if not one.automatic]
        main = heard.get(number) or next((one.words for one in matters(turns)), "")
        speaker = next((one.speaker or "" for one in said[number] if one.role == Role.AGENT and not one.automatic), "")
        line = str(json.loads(row.meta or "{}").get("point") or "")
        if main and line:
            found.append(Point(number, speaker, line, main))
    return found


def _heard(moment: Moment, numbers: Iterable[int]) -> dict[int, str]:
    """Return the weightiest matter that the ear found in each conversation, in the customer's words."""
    found: dict[int, tuple[int, str]] = {}
    rows = queries.findings(moment).filter(conversation__in=list(numbers), norm__in=MAIN).order_by("at", "id")
    for number, norm, quote in rows.values_list("conversation", "norm", "quote"):
        weight = MAIN.index(norm)
        if quote and (number not in found or weight < found[number][0]):
            found[number] = weight, quote
    return {number: quote for number, (_, quote) in found.items()}
