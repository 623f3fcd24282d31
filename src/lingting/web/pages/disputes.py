"""复核与申诉 Judgements and disputes: what people do at a finding – call it right or wrong, dispute it, decide – from the conversation's page."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from lingting.access.own import oneself, too_early
from lingting.access.queues import seen
from lingting.ledger.models import Entered
from lingting.records.values import Wrong
from lingting.records.write import Refused, enter, live
from lingting.registers.conversations.models import Disputed, Dropped, Found, Judged, Settled
from lingting.registers.people.models import Person
from lingting.site.clock import now
from lingting.web.pages.conversations import show
from lingting.web.pages.page import Request, page

NOBODY = Wrong(
    "person",
    "您的账户还没有对应到人员台账里的一个人。请管理员运行 lingting account --person。",
    "Your account names nobody in the register of people. Ask the administrator to run lingting account --person.",
)


def _found(request: Request, number: int) -> Found:
    row = seen(Found.objects.select_related("said", "conversation"), request.user, "conversation__queue").filter(pk=number).first()
    if row is None or too_early(row, request.user, now()):
        raise Http404
    return row


def _dispute(request: Request, number: int) -> Disputed:
    rows = seen(live(Disputed).select_related("found__said", "found__conversation", "person"), request.user, "found__conversation__queue")
    row: Disputed | None = rows.filter(pk=number).first()
    if row is None or too_early(row.found, request.user, now()):
        raise Http404
    return row


def _do(request: Request, found: Found, row: Entered) -> HttpResponse:
    """Write it down and show what changed; what may not be done is said on the page, and what was typed stays."""
    try:
        enter(row, by=request.user.pk)
    except Refused as refused:
        return show(request, found.conversation_id, 409, refused.wrong, found.pk)
    return redirect(f"{reverse('conversation', args=[found.conversation_id])}?judged={found.pk}#note-{found.pk}")


def _me(request: Request, found: Found) -> Person | HttpResponse:
    return oneself(request.user) or show(request, found.conversation_id, 409, [NOBODY], found.pk)


@require_POST
@page("findings.judge")
def judge(request: Request, number: int) -> HttpResponse:
    """Write down whether a finding is right."""
    found, correct = _found(request, number), request.POST.get("correct", "")
    me = _me(request, found)
    if not isinstance(me, Person):
        return me
    if correct not in {"yes", "no"}:
        wrong = Wrong("correct", "请选“正确”或“不正确”。", "Say whether it is right or wrong.")
        return show(request, found.conversation_id, 422, [wrong], found.pk)
    return _do(request, found, Judged(found=found, person=me, correct=correct == "yes", note=request.POST.get("note", "").strip()[:1000], at=now()))


@require_POST
@page("findings.dispute")
def dispute(request: Request, number: int) -> HttpResponse:
    """Write down that whoever a finding judges says it is wrong."""
    found, reason, words = _found(request, number), request.POST.get("reason", ""), request.POST.get("words", "").strip()[:2000]
    me = _me(request, found)
    if not isinstance(me, Person):
        return me
    if reason not in set(Disputed.Reason) or not words:
        wrong = Wrong("words", "请选一个原因，并用自己的话说明。", "Choose a reason and say it in your own words.")
        return show(request, found.conversation_id, 422, [wrong], found.pk)
    return _do(request, found, Disputed(found=found, person=me, reason=reason, words=words, at=now()))


@require_POST
@page("findings.settle")
def settle(request: Request, number: int) -> HttpResponse:
    """Decide a dispute: a second pair of eyes, with the reason."""
    raised, words, upheld = _dispute(request, number), request.POST.get("words", "").strip()[:2000], request.POST.get("upheld", "")
    me = _me(request, raised.found)
    if not isinstance(me, Person):
        return me
    if upheld not in {"yes", "no"} or not words:
        wrong = Wrong("words", "请写明裁定的理由，双方都会看到。", "Say why it is decided so; both sides read it.")
        return show(request, raised.found.conversation_id, 422, [wrong], raised.found_id)
    return _do(request, raised.found, Settled(disputed=raised, person=me, upheld=upheld == "yes", words=words, at=now()))


@require_POST
@page("findings.dispute")
def drop(request: Request, number: int) -> HttpResponse:
    """Take one's own dispute back."""
    raised = _dispute(request, number)
    me = _me(request, raised.found)
    if not isinstance(me, Person):
        return me
    if me.pk != raised.person_id:
        raise Http404
    return _do(request, raised.found, Dropped(disputed=raised, at=now()))
