"""The intake (受理, S-HOT-24 to S-HOT-38): each slot goes from empty over asked, answered and read back to confirmed; faults of the way are findings."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lingting.catalog.intake import Intake, Slot, read_intake
from lingting.catalog.norm import Norm, Taking
from lingting.inspection.detectors.read_back import values
from lingting.inspection.finding import Finding
from lingting.inspection.likeness import grams, share
from lingting.inspection.listener import Listener
from lingting.inspection.scan import Place
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import Role
from lingting.inspection.words import Words

INSTRUMENT = "intake/1"

SAME = 0.6
"""Share of a value's content that a reading-back must hold to be of it; names and addresses are repeated with more or fewer words. A house default."""

ENOUGH = 2
"""Slots that must have been asked for before a contact counts as an intake: one question makes none."""

BROKEN_OFF = ("[断线]", "[客户挂机]", "[line dropped]", "[customer hung up]")


class State(StrEnum):
    """How far a slot has come."""

    EMPTY = "empty"
    ASKED = "asked"
    ANSWERED = "answered"
    READ_BACK = "read_back"
    CORRECTED = "corrected"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


@dataclass(slots=True)
class Taken:
    """What became of an intake so far: the state and value of each slot, and the turns in which its faults stand."""

    states: dict[str, State]
    given: dict[str, str] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    announced: bool = False
    permitted: bool = False
    settled_at: int | None = None

    @property
    def begun(self) -> bool:
        """Tell whether this is an intake at all."""
        return sum(state is not State.EMPTY for state in self.states.values()) >= ENOUGH and bool(self.asked)

    @property
    def left(self) -> tuple[str, ...]:
        """Return the slots that are neither confirmed nor refused."""
        return tuple(name for name, state in self.states.items() if state not in {State.CONFIRMED, State.REFUSED})


@dataclass(frozen=True, slots=True)
class Cues:
    """The tags of an intake's words."""

    label: Mapping[str, int]
    but: Mapping[str, int]
    step: Mapping[str, int]


def listen(norm: Norm, words: Words) -> Listener:
    """Return a norm as a listener for one fault of the intake; the way itself is followed once for all of them."""
    settings = norm.settings
    assert isinstance(settings, Taking)  # the shape of the detector's settings, see catalog/norm.py
    intake = read_intake()
    cues = cues_of(intake, words)
    fault = FAULTS[settings.fault]

    def find(talk: Talk) -> Iterator[Finding]:
        if sum(bool(talk.tagged(label)) for label in cues.label.values()) < ENOUGH:
            return
        taken = followed(talk, intake, cues)
        if taken.begun:
            for turn, slots in fault(talk, taken):
                yield talk.finding(norm, INSTRUMENT, _whole(talk, turn), slots=slots)

    uses = frozenset({"promise.made", "promise.vague"}) if settings.fault == "early-promise" else frozenset()
    return Listener(INSTRUMENT, frozenset(cues.label.values()), find, after=uses)


def cues_of(intake: Intake, words: Words) -> Cues:
    """Return the tags of an intake's words, put among those to scan."""
    steps = ("announced", "permission", "confirming", "yes", "no", "refusal", "asking")
    return Cues(
        label={slot.name: words.tag(slot.label, begun=False) for slot in intake.slots}, but={slot.name: words.tag(slot.but, begun=False) for slot in intake.slots if slot.but},
        step={step: words.tag(getattr(intake, step), begun=False) for step in steps},
    )  # fmt: skip


def followed(talk: Talk, intake: Intake, cues: Cues) -> Taken:
    """Return how far an intake has come, following every turn once."""
    taken: Taken = talk.once(("intake", intake.id), lambda: _follow(talk, intake, cues))
    return taken


def _follow(talk: Talk, intake: Intake, cues: Cues) -> Taken:
    taken = Taken({slot.name: State.EMPTY for slot in intake.slots})
    open_: list[Slot] = []
    for turn, said in enumerate(talk.transcript.turns):
        if said.role is Role.AGENT:
            open_ = _agent(talk, turn, intake, cues, taken)
        elif said.role is Role.CUSTOMER and open_:
            _customer(talk, turn, open_, cues, taken)
            open_ = []
        if taken.settled_at is None and taken.begun and not taken.left:
            taken.settled_at = turn
    return taken


def _agent(talk: Talk, turn: int, intake: Intake, cues: Cues, taken: Taken) -> list[Slot]:
    """Follow the agent's turn; return the slots that the customer's next words are about."""
    taken.announced |= not taken.asked and _has(talk, cues.step["announced"], turn)
    taken.permitted |= _has(talk, cues.step["permission"], turn)
    if _has(talk, cues.step["confirming"], turn):
        if back := [slot for slot in intake.slots if _reads_back(talk, turn, slot, taken)]:
            taken.read.append(turn)
            for slot in back:
                taken.states[slot.name] = State.READ_BACK
            return back
        if _repeats(talk, turn):
            return []
    asked = [slot for slot in intake.slots if _asks(talk, turn, slot, cues)]
    if asked:
        taken.asked.append(turn)
        if len(asked) > 1:
            taken.doubled.append(turn)
        for slot in asked:
            if taken.states[slot.name] is State.EMPTY:
                taken.states[slot.name] = State.ASKED
    return asked


def _customer(talk: Talk, turn: int, about: list[Slot], cues: Cues, taken: Taken) -> None:
    words = talk.plain[turn]
    if all(taken.states[slot.name] is State.READ_BACK for slot in about):
        if _has(talk, cues.step["no"], turn):
            for slot in about:
                if slot.kind == "digits" and not values(words) and len(about) > 1:
                    continue
                taken.states[slot.name], taken.given[slot.name] = State.CORRECTED, words
        elif _has(talk, cues.step["yes"], turn):
            for slot in about:
                taken.states[slot.name] = State.CONFIRMED
        return
    for slot in about:
        if _has(talk, cues.step["refusal"], turn) and not values(words):
            taken.states[slot.name] = State.REFUSED
        elif slot.kind == "words" or values(words):
            taken.states[slot.name], taken.given[slot.name] = State.ANSWERED, words


def _has(talk: Talk, tag: int, turn: int) -> bool:
    return talk.holds(tag, turn, (0, len(talk.plain[turn]) + 1))


def _asks(talk: Talk, turn: int, slot: Slot, cues: Cues) -> bool:
    """Tell whether a turn asks for a slot: its name stands in a sentence that asks."""
    for place in talk.tagged(cues.label[slot.name]):
        if place[0] == turn:
            sentence = talk.sentence(place)
            besides = slot.name in cues.but and talk.holds(cues.but[slot.name], turn, sentence)
            if talk.holds(cues.step["asking"], turn, sentence) and not besides:
                return True
    return False


def _reads_back(talk: Talk, turn: int, slot: Slot, taken: Taken) -> bool:
    given = taken.given.get(slot.name)
    if given is None:
        return False
    if slot.kind == "digits":
        told = {value for value, _, _ in values(given)}
        return any(value in told for value, _, _ in values(talk.plain[turn]))
    return share(grams(given), [talk.grams(turn)]) >= SAME


def _repeats(talk: Talk, turn: int) -> bool:
    """Tell whether a turn says what the customer has just said: that is no asking, whatever names of slots stand in it."""
    theirs = [before for before in talk.turns_of((Role.CUSTOMER,)) if before < turn]
    return bool(theirs) and share(talk.grams(theirs[-1]), [talk.grams(turn)]) >= SAME


def _whole(talk: Talk, turn: int) -> Place:
    return turn, 0, len(talk.plain[turn])


Fault = Callable[[Talk, Taken], Iterator[tuple[int, dict[str, str]]]]


def _two_questions(_: Talk, taken: Taken) -> Iterator[tuple[int, dict[str, str]]]:
    return ((turn, {}) for turn in taken.doubled)


def _unannounced(_: Talk, taken: Taken) -> Iterator[tuple[int, dict[str, str]]]:
    if not taken.announced:
        yield taken.asked[0], {}


def _unpermitted(_: Talk, taken: Taken) -> Iterator[tuple[int, dict[str, str]]]:
    if taken.read and not taken.permitted:
        yield taken.read[0], {}


def _incomplete(talk: Talk, taken: Taken) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the last turn of an intake that ended with something unasked or unconfirmed, unless the customer broke it off."""
    if talk.transcript.ended and taken.left and talk.plain[-1].strip() not in BROKEN_OFF:
        yield max(taken.asked[-1], *taken.read, -1), {"missing": " ".join(taken.left)}


def _early_promise(talk: Talk, taken: Taken) -> Iterator[tuple[int, dict[str, str]]]:
    for norm in ("promise.made", "promise.vague"):
        for promise in talk.found(norm):
            turn = promise.span.turn
            if turn > taken.asked[0] and (taken.settled_at is None or turn <= taken.settled_at):
                yield turn, {"missing": " ".join(taken.left)}


FAULTS: dict[str, Fault] = {
    "two-questions": _two_questions,
    "unannounced": _unannounced,
    "unpermitted": _unpermitted,
    "incomplete": _incomplete,
    "early-promise": _early_promise,
}
"""The faults of an intake, by the name that norms give."""
