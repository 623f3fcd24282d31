"""Live (实时助手): a conversation taken turn by turn, also half-said ones; what is found, and what is due now, while it can still be said."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from lingting.catalog.intake import read_intakes
from lingting.inspection.detectors.intake import State, Taken, cues_of, followed
from lingting.inspection.engine import found, marked, talk_of
from lingting.inspection.finding import Finding, Kind, Span
from lingting.inspection.later import Later
from lingting.inspection.listener import Due
from lingting.inspection.normalise import plain
from lingting.inspection.pack import Pack
from lingting.inspection.scan import Marks
from lingting.inspection.talk import Talk
from lingting.inspection.transcript import VOICES, Channel, Role, Transcript, Turn

PAUSE = timedelta(seconds=0.7)
"""A customer who has been silent for as long as this has finished: the light turns green. A house default; the source gives none."""

_WEIGHTS = ("critical", "major", "minor", "none")
_OF_A_TURN = {"sentences", "quotations", "grams", "dated", "promise", "numbers", "restated", "parts", "slips", "read back", "promises"}
"""What is worked out of one turn, and of those before it, stays true when another is said."""


@dataclass(frozen=True, slots=True)
class Now:
    """What an agent needs at this moment.

    `news` are findings that the last turn brought; `due` are phrases still to be said, the weightiest and latest first; `slots` is how far an intake
    has come (empty where there is none); `may_speak` is the pause light; `undated` are promises of the last turn that still lack a time. `taken` is the
    intake itself as soon as anything was asked, with what was answered.
    """

    news: tuple[Finding, ...] = ()
    due: tuple[Due, ...] = ()
    slots: dict[str, State] = field(default_factory=dict)
    may_speak: bool = True
    undated: tuple[Finding, ...] = ()
    taken: Taken | None = None


class Live:
    """One conversation being listened to while it goes on. A turn costs the turn: its words are scanned alone, earlier ones are kept."""

    def __init__(self, pack: Pack, *, channel: Channel = Channel.PHONE, language: str = "", meta: dict[str, object] | None = None) -> None:
        self._pack = pack
        self._turns: list[Turn] = []
        self._transcript = Transcript(self._turns, channel, language, meta=meta or {})
        self._plain: list[str] = []
        self._marks = Marks()
        self._later = Later(pack.later, self._plain)
        self._kept: dict[object, object] = {}
        self._settled: dict[object, tuple[int, object]] = {}
        self._told: set[tuple[str, Span, Kind]] = set()
        self._partial = False
        self._cues = cues_of(read_intakes(), pack.words)

    def hear(self, turn: Turn, *, partial: bool = False, now: datetime | None = None) -> Now:
        """Take a turn, or more of one that is still being said, and return what is due.

        Args:
            turn: what was said; after a partial one, the same turn again with more words, or whole.
            partial: whether the speaker goes on; nothing is found in half a turn.
            now: the moment, for the pause light; without it the end of the turn.
        """
        if self._partial:
            self._forget_last()
        self._partial = partial
        self._write_down(turn)
        light = self._light(turn, now)
        return replace(self._listen(), may_speak=light) if not partial else Now(may_speak=light)

    def catch_up(self, turns: Sequence[Turn]) -> Now:
        """Take turns that were said already, and return what they brought together and what is due after the last: it costs one listening, not one a turn."""
        for turn in turns:
            self._write_down(turn)
        return replace(self._listen(), may_speak=self._light(turns[-1], None)) if turns else Now()

    def _write_down(self, turn: Turn) -> None:
        self._turns.append(turn)
        self._plain.append(plain(turn.text))
        number = len(self._turns) - 1
        for tag, places in marked([self._plain[-1:]], [replace(self._transcript, turns=(turn,))], self._pack)[0].items():
            self._marks.put(tag, [*self._marks.get(tag, ()), *((number, start, end) for _, start, end in places)], VOICES[turn.role])

    def _listen(self) -> Now:
        talk = self._talk()
        findings = found(talk, self._pack)
        news = tuple(finding for finding in findings if (finding.norm, finding.span, finding.kind) not in self._told)
        self._told.update((finding.norm, finding.span, finding.kind) for finding in news)
        last = len(self._plain) - 1
        taken = followed(talk, self._cues)
        due = self._due(talk)
        # What was kept before stands first; only what was worked out now is looked through.
        new = islice(talk.known.items(), len(self._kept), None)
        self._kept |= {key: value for key, value in new if isinstance(key, tuple) and key[0] in _OF_A_TURN}
        return Now(
            news=news, due=due, slots=dict(taken.states) if taken.begun else {},
            undated=tuple(finding for finding in news if finding.norm == "promise.vague" and finding.span.turn == last),
            taken=taken if taken.known else None,
        )  # fmt: skip

    def _talk(self) -> Talk:
        return talk_of(self._transcript, self._plain, self._marks, self._pack, known=self._kept, settled=self._settled, later=self._later)

    def _due(self, talk: Talk) -> tuple[Due, ...]:
        pack = self._pack
        asked = pack.gates.due(talk.passed, talk.may, talk.transcript.channel, talk.transcript.language[:2])
        waiting = [due for place in asked if pack.norms[place].kind == "breach" for due in pack.listeners[place].due(talk)]
        return tuple(sorted(waiting, key=lambda due: (_WEIGHTS.index(pack.severity(due.norm)), -due.place[0], due.norm)))

    def _light(self, turn: Turn, now: datetime | None) -> bool:
        """Tell whether the agent may speak: nobody else is speaking, and the pause is long enough to be an end."""
        if turn.role is not Role.CUSTOMER:
            return True
        if self._partial:
            return False
        end = turn.until or turn.at
        return now is None or end is None or now - end >= PAUSE

    def _forget_last(self) -> None:
        number = len(self._plain) - 1
        self._turns.pop()
        self._plain.pop()
        marks, self._marks = self._marks, Marks()
        for tag, places in marks.items():
            if kept := [place for place in places if place[0] < number]:
                self._marks.put(tag, kept, marks.voices[tag])
        self._later.forget(number)
        self._kept = {key: value for key, value in self._kept.items() if not (isinstance(key, tuple) and key[1] == number)}


def phrases(due: Sequence[Due], pack: Pack, language: str) -> list[str]:
    """Return what may be said for what is due, in a language, with our own name filled in."""
    return [words for one in due if (words := pack.phrase(pack.norm(one.norm), language))]
