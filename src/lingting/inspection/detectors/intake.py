"""The intake (受理, S-HOT-24 to S-HOT-38): each slot goes from empty over asked, answered and read back to confirmed; faults of the way are findings."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lingting.catalog.intake import Intake, Slot, read_intakes
from lingting.catalog.listening import Taking
from lingting.catalog.norm import Norm
from lingting.inspection.detectors.read_back import numbers, pieces, restated, same_number, says, values
from lingting.inspection.finding import Finding
from lingting.inspection.likeness import grams, share
from lingting.inspection.listener import Listener, Way, voices
from lingting.inspection.scan import Place
from lingting.inspection.talk import Talk, in_turn
from lingting.inspection.transcript import Role
from lingting.inspection.words import Words

INSTRUMENT = "intake/2"

SAME = 0.6
"""Share of a customer's last words that a turn must hold to be an echo of them. A house default."""

ENOUGH = 2
"""Slots that must have been asked for before a contact counts as an intake: one question makes none."""

DROPPED = ("[断线]", "[line dropped]")
HUNG_UP = ("[客户挂机]", "[customer hung up]")
STEPS = ("announced", "permission", "confirming", "no", "refusal", "asking", "settled", "identity")


class State(StrEnum):
    """How far a slot has come."""

    EMPTY = "empty"
    ASKED = "asked"
    ANSWERED = "answered"
    READ_BACK = "read_back"
    CORRECTED = "corrected"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


SETTLED = frozenset({State.CONFIRMED, State.REFUSED})
"""A slot that has come so far is no longer asked for."""


@dataclass(slots=True)
class Taken:
    """What became of an intake so far: the state and value of each slot, when it was done, and the turns in which its steps and faults stand."""

    states: dict[str, State]
    given: dict[str, str] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    announced: bool = False
    permitted_at: int | None = None
    settled_at: int | None = None
    closed_at: int | None = None

    @property
    def begun(self) -> bool:
        """Tell whether this is an intake at all."""
        return bool(self.asked) and self.known >= ENOUGH

    @property
    def known(self) -> int:
        """Return how many slots have been spoken of."""
        return sum(state is not State.EMPTY for state in self.states.values())

    @property
    def left(self) -> tuple[str, ...]:
        """Return the slots that are neither confirmed nor refused."""
        return tuple(name for name, state in self.states.items() if state not in SETTLED)

    def left_at(self, turn: int) -> tuple[str, ...]:
        """Return the slots that were neither confirmed nor refused before a turn."""
        return tuple(name for name in self.states if self.done.get(name, turn) >= turn)


@dataclass(frozen=True, slots=True)
class Cues:
    """An intake and the tags of its words."""

    intake: Intake
    occasion: int
    label: Mapping[str, int]
    but: Mapping[str, int]
    step: Mapping[str, int]
    way: Way


def listen(norm: Norm, words: Words) -> Listener:
    """Return a norm as a listener for one fault of the intake; the way itself is followed once for all of them."""
    settings = norm.shaped(Taking)
    cues = cues_of(read_intakes(), words)
    fault = FAULTS[settings.fault]

    def find(talk: Talk) -> Iterator[Finding]:
        taken = followed(talk, cues)
        if taken.begun and (settings.fault == "two-questions" or not talk.wordless()):
            for turn, slots in fault(talk, taken):
                yield talk.finding(norm, INSTRUMENT, _whole(talk, turn), slots=slots)

    uses = frozenset({"promise.made", "promise.vague"}) if settings.fault == "early-promise" else frozenset()
    return Listener(INSTRUMENT, tuple(cue.way for cue in cues), find, after=uses)


def cues_of(intakes: Sequence[Intake], words: Words) -> tuple[Cues, ...]:
    """Return the tags of the words of intakes, put among those to scan."""
    return tuple(_cues(intake, words) for intake in intakes)


def _cues(intake: Intake, words: Words) -> Cues:
    """Return the tags of an intake, and what it cannot do without: the customer calls for it, and the agent asks for something by its name."""
    occasion = words.tag(intake.occasion, begun=False)
    label = {slot.name: words.tag(slot.label, begun=False) for slot in intake.slots}
    but = {slot.name: words.tag(slot.but, begun=False) for slot in intake.slots if slot.but}
    step = {name: words.tag(getattr(intake, name), begun=False) for name in STEPS}
    ours = voices([Role.AGENT])
    gates = {occasion: voices([Role.CUSTOMER])}, dict.fromkeys(label.values(), ours), {step["asking"]: ours}
    return Cues(intake, occasion, label, but, step, Way(sum({words.gate(gate) for gate in gates})))


def followed(talk: Talk, cues: Sequence[Cues]) -> Taken:
    """Return how far an intake has come, following every turn once: of those that the customer's words call for, the one most of which was asked."""
    taken: Taken = talk.once(
        ("intake",), lambda: max((_follow(talk, one) for one in cues if _called_for(talk, one)), key=lambda one: one.known, default=Taken({}))
    )
    return taken


def _called_for(talk: Talk, cues: Cues) -> bool:
    return talk.passes((cues.way,)) and str(talk.transcript.meta.get("reason", "")) not in cues.intake.otherwise


def _follow(talk: Talk, cues: Cues) -> Taken:
    """Follow an intake from its beginning, or from where it stood when it was followed last."""
    key = ("intake", cues.intake.id)
    since, (taken, open_) = (talk.settled or {}).get(key) or (0, (Taken({slot.name: State.EMPTY for slot in cues.intake.slots}), []))
    turns = talk.transcript.turns
    for turn in range(since, len(turns)):
        said = turns[turn]
        if said.role is Role.AGENT:
            open_ = _agent(talk, turn, cues, taken)
        elif said.role is Role.CUSTOMER and open_:
            _customer(talk, turn, open_, cues, taken)
            for slot in open_:
                if taken.states[slot.name] in SETTLED:
                    taken.done.setdefault(slot.name, turn)
                else:
                    taken.done.pop(slot.name, None)
            open_ = []
        if taken.settled_at is None and taken.begun and not taken.left:
            taken.settled_at = turn
    if talk.settled is not None:
        talk.settled[key] = len(turns), (taken, open_)
    return taken


def _agent(talk: Talk, turn: int, cues: Cues, taken: Taken) -> list[Slot]:
    """Follow the agent's turn; return the slots that the customer's next words are about."""
    taken.announced |= not taken.asked and _has(talk, cues.step["announced"], turn)
    if taken.permitted_at is None and _has(talk, cues.step["permission"], turn):
        taken.permitted_at = turn
    if taken.asked and _has(talk, cues.step["settled"], turn):
        taken.closed_at = turn
    confirming = _has(talk, cues.step["confirming"], turn)
    given = [slot for slot in cues.intake.slots if slot.name in taken.given]
    back = [slot for slot in given if _reads_back(talk, turn, slot, taken) or (confirming and _names(talk, turn, slot, cues, taken))]
    if back and (confirming or len(restated(talk, turn)) > 1):
        taken.read.append(turn)
        for slot in back:
            taken.states[slot.name] = State.READ_BACK
        return back
    if confirming and _repeats(talk, turn):
        return []
    return _questions(talk, turn, cues, taken)


def _questions(talk: Talk, turn: int, cues: Cues, taken: Taken) -> list[Slot]:
    labelled: frozenset[int] = talk.once(("labelled", cues.intake.id), lambda: frozenset().union(*map(talk.turns_with, cues.label.values())))
    asked = [slot for slot in cues.intake.slots if _asks(talk, turn, slot, cues)] if turn in labelled else []
    if asked:
        taken.asked.append(turn)
        if len(asked) > 1:
            taken.doubled.append(turn)
        for slot in asked:
            if taken.states[slot.name] is State.EMPTY:
                taken.states[slot.name] = State.ASKED
    return asked


def _customer(talk: Talk, turn: int, about: list[Slot], cues: Cues, taken: Taken) -> None:
    """Follow the customer's answer: what was read back stands unless they object, what was asked is given or refused."""
    words = talk.plain[turn]
    if all(taken.states[slot.name] is State.READ_BACK for slot in about):
        wrong = _objected(about, words, taken) if _has(talk, cues.step["no"], turn) else []
        for slot in about:
            taken.states[slot.name] = State.CORRECTED if slot in wrong else State.CONFIRMED
            if slot in wrong:
                taken.given[slot.name] += f",{words}"
        return
    for slot in about:
        if _has(talk, cues.step["refusal"], turn) and not values(words):
            taken.states[slot.name] = State.REFUSED
        elif slot.kind == "words" or values(words):
            taken.states[slot.name], taken.given[slot.name] = State.ANSWERED, words


def _objected(about: list[Slot], words: str, taken: Taken) -> list[Slot]:
    """Return which of the slots read back an objection is about: those whose value it shares signs with; all of them, where nobody can tell."""
    signs = {sign for sign in words if sign.isalnum()} - set("不对是错了的改号")
    near = [slot for slot in about if (values(words) if slot.kind == "digits" else signs & set(taken.given[slot.name]))]
    return near if near and len(about) > 1 else about


def _has(talk: Talk, tag: int, turn: int) -> bool:
    return turn in talk.turns_with(tag)


def _asks(talk: Talk, turn: int, slot: Slot, cues: Cues) -> bool:
    """Tell whether a turn asks for a slot: its name stands in a sentence that asks, and not in order to know who somebody is."""
    if not _has(talk, cues.label[slot.name], turn):
        return False
    for place in in_turn(talk.tagged(cues.label[slot.name]), turn):
        low, high = talk.sentence((turn, max(place[1] - 1, 0), place[2]))
        besides = slot.name in cues.but and talk.holds(cues.but[slot.name], turn, (low, high + 1))
        proves = talk.holds(cues.step["identity"], turn, (low, high + 1))
        if talk.holds(cues.step["asking"], turn, (low, high + 1)) and not besides and not proves:
            return True
    return False


def _reads_back(talk: Talk, turn: int, slot: Slot, taken: Taken) -> bool:
    given = taken.given.get(slot.name)
    if given is None:
        return False
    if slot.kind == "digits":
        told = {value for value, _, _ in values(given)} if numbers(talk, turn) else ()
        return any(same_number(value, other) for value, _, _ in numbers(talk, turn) for other in told)
    meant = talk.once(("meant", given), lambda: [grams(given[low:high]) for low, high in pieces(given)])
    if all(talk.grams(turn).isdisjoint(words) for words in meant):
        return False
    return any(says(told, words) for _, _, told in talk.parts(turn) for words in meant)


def _names(talk: Talk, turn: int, slot: Slot, cues: Cues, taken: Taken) -> bool:
    """Tell whether a turn calls a slot by its name together with something of its value: short names share little else with the sentence they were given in."""
    given = taken.given.get(slot.name, "")
    return slot.kind == "words" and _has(talk, cues.label[slot.name], turn) and bool(grams(given) & talk.grams(turn))


def _repeats(talk: Talk, turn: int) -> bool:
    """Tell whether a turn says what the customer has just said: that is no asking, whatever names of slots stand in it."""
    theirs = talk.turns_of((Role.CUSTOMER,))
    before = bisect_left(theirs, turn)
    return before > 0 and share(talk.grams(theirs[before - 1]), [talk.grams(turn)]) >= SAME


def _whole(talk: Talk, turn: int) -> Place:
    return turn, 0, len(talk.plain[turn])


Fault = Callable[[Talk, Taken], Iterator[tuple[int, dict[str, str]]]]


def _two_questions(_: Talk, taken: Taken) -> Iterator[tuple[int, dict[str, str]]]:
    return ((turn, {}) for turn in taken.doubled)


def _unannounced(_: Talk, taken: Taken) -> Iterator[tuple[int, dict[str, str]]]:
    if not taken.announced:
        yield taken.asked[0], {}


def _unpermitted(_: Talk, taken: Taken) -> Iterator[tuple[int, dict[str, str]]]:
    if taken.read and (taken.permitted_at is None or taken.permitted_at > taken.read[0]):
        yield taken.read[0], {}


def _incomplete(talk: Talk, taken: Taken) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the last turn of an intake that ended with something unasked or unconfirmed, unless the customer broke it off."""
    last = talk.plain[-1].strip()
    broken = last in DROPPED or (last in HUNG_UP and taken.closed_at is None and not taken.read)
    if talk.transcript.ended and taken.left and not broken:
        yield max(taken.asked[-1], *taken.read, taken.closed_at or -1, -1), {"missing": " ".join(taken.left)}


def _early_promise(talk: Talk, taken: Taken) -> Iterator[tuple[int, dict[str, str]]]:
    for norm in ("promise.made", "promise.vague"):
        for promise in talk.found(norm):
            turn = promise.span.turn
            if turn > taken.asked[0] and (taken.settled_at is None or turn <= taken.settled_at):
                yield turn, {"missing": " ".join(taken.left_at(turn))}


FAULTS: dict[str, Fault] = {
    "two-questions": _two_questions,
    "unannounced": _unannounced,
    "unpermitted": _unpermitted,
    "incomplete": _incomplete,
    "early-promise": _early_promise,
}
"""The faults of an intake, by the name that norms give."""
