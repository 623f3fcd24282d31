"""Inspecting a conversation (检视): what people made of each finding, the scorecard by the four parts of 聽, and the history of both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lingting.catalog.norm import Norm
from lingting.inspection.calibration import Standing, with_reviewed
from lingting.inspection.finding import Kind
from lingting.inspection.scorecard import AXES, Line, Result
from lingting.inspection.transcript import Role
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Conversation, Disputed, Found, Heard, Judged, Settled
from lingting.registers.instruments.models import Disposed, Instrument

MOST = 18
"""Lines of a scorecard that are shown at once; the others are behind a link."""

STANDS = {
    "pending": ("待复核", "to be judged"), "confirmed": ("已命中：人说正确", "right, people say"),
    "refuted": ("未命中：人说不正确，不计入", "wrong, people say: not counted"),
    "disputed": ("申诉中", "disputed"), "rejected": ("申诉不成立，计入", "dispute rejected: counted"),
    "upheld": ("申诉成立，不计入", "dispute upheld: not counted"),
    "withdrawn": ("已撤回，不计入", "withdrawn: not counted"),
}  # fmt: skip
"""How a finding stands with people, and what that is called."""

NAMES = {"耳": ("听见", "ears: heard"), "王": ("尊重", "regard"), "目": ("看见", "eyes: seen"), "心": ("用心", "heart")}
"""What the four parts of 聽 ask for."""


@dataclass(slots=True)
class Review:
    """What people made of one finding."""

    judged: list[Judged] = field(default_factory=list)
    dispute: Disputed | None = None
    settled: Settled | None = None
    withdrawn: Disposed | None = None

    @property
    def stands(self) -> str:
        """Return the name of how it stands."""
        if self.withdrawn:
            return "withdrawn"
        if self.dispute and self.settled:
            return "upheld" if self.settled.upheld else "rejected"
        if self.judged and not self.judged[-1].correct:
            return "refuted"
        return "disputed" if self.dispute else "confirmed" if self.judged else "pending"

    @property
    def counts(self) -> bool:
        """Tell whether the finding counts."""
        return self.stands not in {"withdrawn", "upheld", "refuted"}

    @property
    def due(self) -> datetime | None:
        """Return until when its dispute is to be decided."""
        return conversations.settle_by(self.dispute.at) if self.dispute else None


def reviews(found: Sequence[Found], moment: Moment) -> dict[int, Review]:
    """Return what people made of each of these findings."""
    made = {one.pk: Review() for one in found}
    within = {"found__in": list(made)}
    for judged in conversations.judgements(moment).filter(**within).select_related("person").order_by("at", "id"):
        made[judged.found_id].judged.append(judged)
    for dispute in conversations.disputes(moment).filter(**within).select_related("person").order_by("at", "id"):
        made[dispute.found_id].dispute = dispute
    for settled in conversations.settlements(moment).filter(disputed__found__in=list(made)).select_related("person", "disputed"):
        made[settled.disputed.found_id].settled = settled
    for disposed in conversations.withdrawn(moment).filter(**within).select_related("unfit__instrument", "unfit__version"):
        made[disposed.found_id].withdrawn = disposed
    return made


@dataclass(frozen=True, slots=True)
class Scored:
    """One line of the scorecard with its findings, those that count no more among them."""

    line: Line
    found: tuple[Found, ...]
    layer: str

    @property
    def norm(self) -> Norm:
        """Return its norm."""
        return self.line.norm


ORDER = ["breach", "abstention", "taken", "promise", "feeling", "praise", "fact"]


def card(lines: Iterable[Line], found: Sequence[Found], *, whole: bool) -> tuple[dict[str, list[Scored]], int]:
    """Return the scorecard by axis, phrases before processes, the worst first – at most eighteen lines unless it is wanted whole – and how many there are."""
    mine: dict[str, list[Found]] = {}
    for one in found:
        mine.setdefault(one.norm, []).append(one)
    scored = [Scored(line, tuple(mine.get(line.norm.id, ())), "phrase" if line.norm.phrase else "process") for line in lines]
    heard = [one for one in scored if one.found or one.line.result in {Result.HEARD_AGAINST, Result.CANNOT_JUDGE, Result.HEARD}]
    shown = scored if whole else sorted(heard, key=_urgency)[:MOST]
    groups = {axis: sorted((one for one in shown if one.norm.axis == axis), key=lambda one: (_urgency(one), one.layer)) for axis in AXES}
    return {axis: group for axis, group in groups.items() if group}, len(scored)


def _urgency(one: Scored) -> tuple[int, int, str]:
    kind: str = one.norm.kind if one.line.count else "taken"
    if one.line.result is Result.CANNOT_JUDGE:
        kind = "abstention"
    return (list(Result).index(one.line.result) if not one.found else 0, ORDER.index(kind), one.norm.id)


MET = (Kind.PRAISE, Kind.FACT)
"""What our own words are found to be where a norm was met in them."""


def shares(lines: Iterable[Line], counted: Iterable[Found]) -> dict[str, tuple[int, int]]:
    """Return for each part of 聽 how many norms were met, of how many that the words let one judge: heard in our own words, or heard against."""
    ours = {one.norm for one in counted if one.said.role == Role.AGENT and one.kind in MET}
    told: dict[str, list[int]] = {axis: [0, 0] for axis in AXES}
    for line in lines:
        good = line.result is Result.HEARD and line.norm.id in ours
        if good or line.result is Result.HEARD_AGAINST:
            told[line.norm.axis][0] += good
            told[line.norm.axis][1] += 1
    return {axis: (met, of) for axis, (met, of) in told.items()}


@dataclass(frozen=True, slots=True)
class Change:
    """How sure a detector was before a dispute was decided and with it among the labelled samples: right ones, of so many."""

    before: Standing | None
    after: Standing | None


def change(dispute: Disputed, settled: Settled, standing: Standing | None) -> Change:
    """Return a detector's precision without a decided dispute and with it: what its next calibration counts."""
    mine = (dispute.found.norm, dispute.found.norm_version, dispute.found.instrument)
    right, wrong = conversations.reviewed(Moment(settled.at), *mine)
    less = (right, wrong - 1) if settled.upheld else (right - 1, wrong)
    return Change(with_reviewed(standing, *(max(count, 0) for count in less)), with_reviewed(standing, right, wrong))


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the findings of a conversation: when, by whom (machine, agent, inspector, dispute), and in words."""

    at: datetime
    who: str
    zh: str
    en: str
    found: Found | None = None


def history(heard: Iterable[Heard], found: Sequence[Found], reviewed: Mapping[int, Review]) -> list[Event]:
    """Return what happened, in the order of time: the machine listened, the agent disputed, the inspector judged, somebody decided."""
    events = [Event(one.at, "machine", f"听了 {one.turns} 轮，规范集 {one.pack[:8]}", f"listened to {one.turns} turns, norms {one.pack[:8]}") for one in heard]
    for one in found:
        review = reviewed[one.pk]
        for judged in review.judged:
            note_zh, note_en = (f"：{judged.note}", f": {judged.note}") if judged.note else ("", "")
            events.append(
                Event(
                    judged.at, "inspector", f"{_name(judged)}：{'正确' if judged.correct else '不正确'}{note_zh}",
                    f"{_name(judged)}: {'right' if judged.correct else 'wrong'}{note_en}", one,
                )
            )  # fmt: skip
        if review.dispute:
            events.append(Event(review.dispute.at, "agent", f"{_name(review.dispute)} 提出申诉", f"{_name(review.dispute)} disputed it", one))
        if review.settled:
            events.append(
                Event(
                    review.settled.at, "dispute", f"{_name(review.settled)} 裁定：{'成立' if review.settled.upheld else '不成立'}",
                    f"{_name(review.settled)} decided: {'upheld' if review.settled.upheld else 'rejected'}", one,
                )
            )  # fmt: skip
        if review.withdrawn:
            code = review.withdrawn.unfit.instrument.code
            events.append(Event(review.withdrawn.at, "machine", f"追溯 {code} 时撤回", f"withdrawn in the look-back on {code}", one))
    return sorted(events, key=lambda event: event.at)


def _name(record: Judged | Disputed | Settled) -> str:
    return str(record.person.name or record.person.code)


def instruments(found: Iterable[Found], moment: Moment) -> dict[str, Any]:
    """Return the instruments that the register knows for the norms of these findings, by norm."""
    rows = Instrument.objects.as_of(moment).filter(norm__in={one.norm for one in found}).order_by("at", "id")
    return {row.norm: row for row in rows}


def notice_of(row: Conversation, found: Sequence[Found]) -> Found | None:
    """Return the words by which a caller was told of the recording, if they were heard."""
    return next((one for one in found if one.norm == "recording.announced" and one.conversation_id == row.pk), None)
