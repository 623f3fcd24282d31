"""对话 Conversations: the list, and one conversation with what was heard in it beside its words."""

from django.db.models import Count, Exists, OuterRef
from django.http import Http404, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from lingting.access.queues import seen
from lingting.access.roles import may
from lingting.catalog import read_norms
from lingting.inspection.calibration import standing
from lingting.inspection.finding import Kind
from lingting.inspection.scorecard import Result, scorecard
from lingting.inspection.transcript import Channel
from lingting.registers.complaints import queries as complaints
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Conversation, Found, Said
from lingting.registers.people import queries as people
from lingting.registers.promises import queries as promises
from lingting.registers.surroundings import queries as surroundings
from lingting.web.listening import listening
from lingting.web.pages.page import Request, page, render

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
    if norm:
        rows = rows.filter(Exists(conversations.findings(moment).filter(conversation=OuterRef("pk"), norm=norm)))
    shown = seen(rows, request.user).select_related("party").page(request.GET.get("after", ""))
    numbers = [row.id for row in shown.rows]
    counted = conversations.findings(moment).filter(conversation__in=numbers).order_by().values_list("conversation", "kind").annotate(Count("pk"))
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
    """Show one conversation: what was said on the left, what was heard beside it."""
    row = seen(Conversation.objects.as_of(request.moment), request.user).select_related("party").filter(id=number).first()
    if row is None:
        raise Http404
    said = conversations.said_as_of(row, request.moment)
    found: dict[int, list[Found]] = {}
    findings = conversations.found_in(row, request.moment)
    for finding in findings:
        found.setdefault(finding.said_id, []).append(finding)
    turns = [(turn, pieces(turn, found.get(turn.id, [])), found.get(turn.id, [])) for turn in said]
    norms = {norm.id: norm for norm in read_norms()}
    standings = {finding.norm: standing(norms[finding.norm], finding.instrument, localdate(request.moment.at)) for finding in findings if finding.norm in norms}
    of_this = conversations.findings(request.moment).filter(conversation=row)
    in_noise = set(surroundings.disturbed(of_this, people.known(request.moment), request.moment).values_list("pk", flat=True))
    made = promises.made(request.moment).filter(conversation=row).select_related("kept", "withdrawn")
    unregistered = complaints.uncaptured(conversations.complaints(request.moment).filter(conversation=row), request.moment)
    return render(
        request, "conversation.html", row=row, turns=turns, promises={promise.found_id: promise for promise in made},
        norms=norms, results=RESULTS, standings=standings, **listening(said, found, zh=request.language == "zh-hans"),
        listened_to=conversations.hearings(request.moment).filter(conversation=row).exists(),
        uncaptured=set(unregistered.values_list("pk", flat=True)) if may(request.user, "complaints.write") else set(),
        in_noise=in_noise, card=scorecard(Channel(row.channel), [(one.norm, _kind(one, in_noise)) for one in findings], read_norms()),
    )  # fmt: skip


def _kind(finding: Found, in_noise: set[int]) -> Kind:
    """Return what a finding counts as: of pace and clarity in noise nobody can judge."""
    return Kind.ABSTENTION if finding.pk in in_noise else Kind(finding.kind)


def pieces(said: Said, found: list[Found]) -> list[tuple[str, Found | None]]:
    """Cut what was said into pieces, each with the finding whose words it is; where findings overlap, the earlier one keeps its words."""
    text, cut, place = said.text or "", [], 0
    for finding in sorted(found, key=lambda one: (one.start, -one.end)):
        if finding.start < place or finding.end > len(text):
            continue
        cut += [(text[place : finding.start], None), (text[finding.start : finding.end], finding)]
        place = finding.end
    return [(words, finding) for words, finding in [*cut, (text[place:], None)] if words]
