"""对话 Conversations: the list, and one conversation with what was heard in it beside its words."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.http import Http404, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET
from markupsafe import Markup

from lingting.access.models import Account
from lingting.access.own import called, oneself, open_to
from lingting.access.queues import seen
from lingting.access.roles import may
from lingting.catalog import read_norms
from lingting.catalog.model import Text
from lingting.inspection.calibration import Standing, standing
from lingting.inspection.finding import Kind
from lingting.inspection.scorecard import Result, scorecard
from lingting.inspection.transcript import Channel, Role
from lingting.inspection.venting import VENTED, moments
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.values import Wrong
from lingting.registers.complaints import queries as complaints
from lingting.registers.conversations import balance, clarity, correcting, handing, recalling
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.actions import transcript
from lingting.registers.conversations.elements import ELEMENTS
from lingting.registers.conversations.models import Conversation, Ended, Found, Said
from lingting.registers.deliveries.models import Linked
from lingting.registers.documents.retained import Lost
from lingting.registers.people import queries as people
from lingting.registers.people.models import Person
from lingting.registers.promises import queries as promises
from lingting.registers.surroundings import queries as surroundings
from lingting.site.clock import now
from lingting.web import elements, inspecting
from lingting.web.listening import KINDS, listening
from lingting.web.pages.page import Request, page, render
from lingting.web.pictures import lanes
from lingting.web.shares import written

RESULTS = {
    Result.HEARD_AGAINST: ("听到违反", "heard against"), Result.CANNOT_JUDGE: ("不能判断", "cannot judge"), Result.HEARD: ("听到", "heard"),
    Result.NOTHING_HEARD: ("没有听到", "nothing heard"), Result.NOT_APPLICABLE: ("不适用", "not applicable"),
}  # fmt: skip
"""What the results of a scorecard are called."""


@require_GET
@page("conversations.read")
def listing(request: Request) -> HttpResponse:
    """List conversations, newest first, by words, channel or norm."""
    moment, words = request.moment, request.GET.get("words", "").strip()[:100]
    channel, norm = request.GET.get("channel", ""), request.GET.get("norm", "")
    rows = conversations.with_words(moment, words) if words else conversations.begun(moment)
    if channel in set(Channel):
        rows = rows.filter(channel=channel)
    visible = open_to(conversations.findings(moment), request.user, now())
    if norm:
        rows = rows.filter(Exists(visible.filter(conversation=OuterRef("pk"), norm=norm)))
    shown = seen(rows, request.user).select_related("party").page(request.GET.get("after", ""))
    numbers = [row.id for row in shown.rows]
    counted = visible.filter(conversation__in=numbers).order_by().values_list("conversation", "kind").annotate(Count("pk"))
    counts: dict[int, dict[str, int]] = {}
    for number, kind, count in counted:
        counts.setdefault(number, {})[kind] = count
    return render(
        request, "conversations.html", page=shown, counts=counts, opening=conversations.first_words(numbers), words=words, channel=channel, norm=norm,
        channels=list(Channel), norms=read_norms(), query={"words": words, "channel": channel, "norm": norm},
    )  # fmt: skip


@require_GET
@page("conversations.read")
def conversation(request: Request, number: int) -> HttpResponse:
    """Show one conversation: who spoke when, what was said, what was heard in it, and what people made of that."""
    return show(request, number)


def show(request: Request, number: int, status: int = 200, wrong: Sequence[Wrong] = (), about: int = 0) -> HttpResponse:
    """Show a conversation; where an act was refused, `wrong` says why, and `about` names the finding whose form keeps what was typed."""
    row = seen(Conversation.objects.as_of(request.moment), request.user).select_related("party").filter(id=number).first()
    if row is None:
        raise Http404
    moment, me = request.moment, oneself(request.user)
    said = conversations.said_as_of(row, moment)
    every = conversations.found_in(row, moment, every=True)
    early = set() if may(request.user, "findings.early") else _early(every, request.user, me)
    reviewed = inspecting.reviews(every, moment)
    visible = [one for one in every if one.pk not in early]
    standing_ = [one for one in visible if reviewed[one.pk].counts]
    found: dict[int, list[Found]] = {}
    for finding in visible:
        found.setdefault(finding.said_id, []).append(finding)
    counted = {turn: [one for one in ones if reviewed[one.pk].counts] for turn, ones in found.items()}
    norms = {norm.id: norm for norm in read_norms()}
    day = localdate(moment.at)
    standings = {one.norm: standing(norms[one.norm], one.instrument, day) for one in visible if one.norm in norms}
    of_this = conversations.findings(moment).filter(conversation=row)
    in_noise = set(surroundings.disturbed(of_this, people.known(moment), moment).values_list("pk", flat=True))
    lines = scorecard(Channel(row.channel), [(one.norm, _kind(one, in_noise)) for one in standing_], read_norms())
    whole = request.GET.get("card") == "all"
    groups, total = inspecting.card(lines, visible, whole=whole)
    heard = list(conversations.hearings(moment).filter(conversation=row).order_by("at"))
    zh = request.language == "zh-hans"
    ended = Ended.objects.as_of(moment).filter(conversation=row).exists()
    wishes = complaints.uncaptured(conversations.complaints(moment).filter(conversation=row), moment) if may(request.user, "complaints.write") else None
    cut = {turn.id: pieces(turn, counted.get(turn.id, [])) for turn in said}
    return render(
        request, "conversation.html", status, row=row, turns=[(turn, cut[turn.id], found.get(turn.id, [])) for turn in said],
        marked={pk for turn in said if not turn.erased for pk in marks(cut[turn.id])},
        promises={one.found_id: one for one in promises.made(moment).filter(conversation=row).select_related("kept", "withdrawn")},
        norms=norms, results=RESULTS, standings=standings, **listening(said, counted, zh=zh), listened_to=bool(heard),
        uncaptured=set(wishes.values_list("pk", flat=True)) if wishes is not None else set(), in_noise=in_noise,
        groups=groups, total=total, whole=whole, shares=inspecting.shares(lines, standing_),
        axis_names={axis: names[not zh] for axis, names in inspecting.NAMES.items()},
        reviews=reviewed, stands=inspecting.STANDS, me=me, mine=set(called(me)), early=len(early), others=_others(row, request.user, me),
        changes={one.pk: _change(one, reviewed[one.pk], standings) for one in visible if reviewed[one.pk].settled},
        history=inspecting.history(heard, visible, reviewed), heard=heard,
        lanes=_lanes(row, said, visible, {one.pk for one in visible if not reviewed[one.pk].counts}, ended=ended, zh=zh),
        speakers=list(dict.fromkeys(turn.speaker for turn in said if turn.role == Role.AGENT and turn.speaker and not turn.automatic)),
        notice=inspecting.notice_of(row, every), instruments=inspecting.instruments(visible, moment), wrong=wrong, about=about, given=request.POST,
        restored=_restored(row, standing_, [one for one in visible if reviewed[one.pk].withdrawn], in_noise),
        done=_done(request, every, reviewed, standing_), reason_names=reason_names(),
        linked=Linked.objects.as_of(moment).filter(conversation=row).select_related("order", "shipment"),
        noted=list(conversations.notes(row, moment)), card=conversations.openings(moment).filter(conversation=row).order_by("at").first(),
        talked=balance.talked(said), moments=_moments(row, said, counted),
        sure=_sure(said, moment), unsure=clarity.UNSURE, facts=recalling.taken(said, _written(row, moment)),
        elements=elements.of(row, said, moment, request.user), element_names=ELEMENTS, handed=list(handing.of(row, moment)),
        corrected=correcting.of(row, moment), hows=kinds()["conversations.corrected"].column("how").text.choices,
        barrier_names=kinds()["conversations.hindered"].column("barrier").text.choices,
        whys=kinds()["conversations.handed"].column("why").text.choices, lost=Lost.objects.as_of(moment).filter(conversation=row),
    )  # fmt: skip


def _moments(row: Conversation, said: Sequence[Said], found: Mapping[int, Sequence[Found]]) -> dict[int, float | None]:
    """Return after which of the customer's words they had let it out and paused, with the seconds of the pause where times are known."""
    vented = {place for place, one in enumerate(said) if any(each.norm in VENTED for each in found.get(one.id, ()))}
    turns = transcript(row, said, ended=True).turns
    return {said[one.turn].id: one.pause.total_seconds() if one.pause is not None else None for one in moments(turns, vented)}


def _sure(said: Sequence[Said], moment: Moment) -> tuple[clarity.Clarity, int] | None:
    """Return how sure the recogniser was of our words, and how many of these turns were said in noise; nothing where that is not known."""
    ours = [one for one in said if one.role == Role.AGENT and not one.automatic]
    found = clarity.clarity(one.confidence for one in ours)
    if found is None:
        return None
    of_this = clarity.recognised(moment).filter(pk__in=[one.pk for one in ours])
    return found, surroundings.noisy(of_this, people.known(moment), moment).count()


def _written(row: Conversation, moment: Moment) -> list[str]:
    """Return what was written down of a conversation: its notes, and the orders and shipments that it is tied to."""
    return [*(one.words or "" for one in conversations.notes(row, moment)), *written(moment, row).get(row.pk, [])]


def _early(every: Sequence[Found], account: Account, me: Person | None) -> set[int]:
    """Return the findings that are not shown yet, because whoever spoke sees them first."""
    rows = conversations.early(Found.objects.filter(pk__in=[one.pk for one in every]), now(), called(me))
    return set(rows.values_list("pk", flat=True)) if not may(account, "findings.early") else set()


def _others(row: Conversation, account: Account, me: Person | None) -> int:
    """Return how many findings of the reader's own others do not see yet."""
    if me is None or may(account, "findings.early"):
        return 0
    rows = conversations.early(Found.objects.filter(conversation=row, said__speaker__in=called(me)), now())
    return rows.count()


def _restored(row: Conversation, counted: list[Found], withdrawn: list[Found], in_noise: set[int]) -> dict[str, tuple[tuple[int, int], tuple[int, int]]]:
    """Return the parts of 聽 that withdrawn findings had changed: what they were with these, and what they are again."""
    if not withdrawn:
        return {}
    with_them, now_ = (
        inspecting.shares(scorecard(Channel(row.channel), [(one.norm, _kind(one, in_noise)) for one in ones], read_norms()), ones)
        for ones in ([*counted, *withdrawn], counted)
    )
    return {axis: (share, now_[axis]) for axis, share in with_them.items() if share != now_[axis]}


def _change(one: Found, review: inspecting.Review, standings: Mapping[str, Standing | None]) -> inspecting.Change | None:
    if review.dispute is None or review.settled is None:
        return None
    return inspecting.change(review.dispute, review.settled, standings.get(one.norm))


def _lanes(row: Conversation, said: Sequence[Said], found: Sequence[Found], out: set[int], *, ended: bool, zh: bool) -> Markup:
    names = {str(kind): words[not zh] for kind, words in KINDS.items()}
    return lanes.draw(said, transcript(row, said, ended=ended), found, out=out, names=names, say=lambda one, other: one if zh else other)


def _done(request: Request, every: Sequence[Found], reviewed: Mapping[int, inspecting.Review], counted: Sequence[Found]) -> tuple[Found, str, int, int] | None:
    """Return which finding was just judged or decided, how it stands now, and how many findings counted before and count now."""
    wanted = request.GET.get("judged", "")
    one = next((one for one in every if str(one.pk) == wanted), None)
    if one is None:
        return None
    stands = reviewed[one.pk].stands
    return one, stands, len(counted) + (not reviewed[one.pk].counts), len(counted)


def reason_names() -> Mapping[str, Text]:
    """Return what the reasons of a dispute are called."""
    return kinds()["conversations.disputed"].column("reason").text.choices


def _kind(finding: Found, in_noise: set[int]) -> Kind:
    """Return what a finding counts as: of pace and clarity in noise nobody can judge."""
    return Kind.ABSTENTION if finding.pk in in_noise else Kind(finding.kind)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a turn, with the finding whose words they are; `inner` are the same words cut again, by the findings inside of it."""

    words: str
    finding: Found | None = None
    inner: tuple["Piece", ...] = ()


def pieces(said: Said, found: Collection[Found]) -> tuple[Piece, ...]:
    """Cut what was said into pieces; a finding inside another one is marked in it, of two that cross only the earlier one is marked."""
    text = said.text or ""
    return _cut(text, 0, len(text), sorted(found, key=lambda one: (one.start, -one.end)))


def _cut(text: str, place: int, end: int, found: Sequence[Found]) -> tuple[Piece, ...]:
    cut = []
    for position, one in enumerate(found, 1):
        if place <= one.start < one.end <= end:
            inner = _cut(text, one.start, one.end, found[position:])
            cut += [Piece(text[place : one.start]), Piece(text[one.start : one.end], one, inner)]
            place = one.end
    return tuple(piece for piece in [*cut, Piece(text[place:end])] if piece.words)


def marks(cut: Iterable[Piece]) -> Iterator[int]:
    """Yield the findings that are marked in the words, by their number."""
    for piece in cut:
        if piece.finding:
            yield piece.finding.pk
            yield from marks(piece.inner)
