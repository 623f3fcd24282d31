"""坐席台 The agent's desk: who waits, one conversation in work turn by turn, what is due while it can still be said, and closing it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from lingting.access.queues import names, seen, seen_or_unspoken
from lingting.access.roles import may
from lingting.inspection.transcript import Role
from lingting.ledger.models import RecordQuerySet, numbered
from lingting.records.kind import kinds
from lingting.records.values import fixed
from lingting.records.write import Refused
from lingting.registers.complaints import queries as complaints
from lingting.registers.contingencies import queries as contingencies
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Asked, Called, Came, Hindered, InWork
from lingting.registers.offerings.goods import ruled
from lingting.registers.parties import identity
from lingting.registers.parties import queries as parties
from lingting.registers.parties.models import Grade, Party, Preference, Reached
from lingting.registers.promises import queries as promises
from lingting.registers.promises.models import Promise
from lingting.registers.property import queries as property_
from lingting.site.clock import now
from lingting.site.worker import pack
from lingting.web import calling, closing, desk, handing, wall
from lingting.web.listening import FEELINGS, PARTS, REPLIES
from lingting.web.pages.page import Request, page, render
from lingting.web.pages.promises import QUEUE, is_tied, kept_by, local_time, of_day

STANCES = {"stance.demanding": ("要求", "Demanding"), "stance.confused": FEELINGS["stance.confused"], "stance.agitated": FEELINGS["stance.agitated"]}

LISTS: dict[str, tuple[str, str, Callable[..., RecordQuerySet[Asked]]]] = {
    "left": ("过了时间没有答复", "Past their time, unanswered", conversations.left_waiting),
    "still": ("等答复", "Waiting for an answer", conversations.still_waiting),
}
"""Who waits for our first words, those first whose time is over."""

RAISED = (Grade.VIP, Grade.GOLD)
"""The tiers that stand before others among those who are still in time; they are shown."""

SHOWN, FOUND = 6, 8
"""Rows of a list beside the conversation, and customers that a search shows."""


@require_GET
@page("conversations.write")
def show(request: Request) -> HttpResponse:
    """Show the desk; `?list=` opens a number of the queue, `?find=` looks for a customer, `?say=` puts the phrase that is due, or the list, into the field."""
    return _show(request)


def _show(request: Request, status: int = 200, wrong: dict[str, tuple[str, str]] | None = None) -> HttpResponse:
    row = desk.in_work(request.user)
    work = desk.read(row) if row else desk.Work(language="zh" if request.language == "zh-hans" else "en")
    heard = desk.listen(work, pack())
    part = "part" in request.GET
    typed = request.POST.get("text", "") if wrong else ""
    if request.GET.get("say") == "due" and heard.phrase and not heard.phrase.withheld:
        typed = heard.phrase.words
    if request.GET.get("say") == "matters" and heard.flood:
        typed = heard.flood
    told = desk.summary(work, heard)
    return render(
        request, "desk_work.html" if part else "desk.html", status, row=row, work=work, heard=heard, wrong=wrong or {}, given=request.POST, typed=typed,
        role=request.POST.get("role", "") if wrong else Role.AGENT if typed or (work.turns and work.turns[-1][0] == Role.CUSTOMER) else Role.CUSTOMER,
        told=_typed(request) if "close" in (wrong or {}) else told,
        kind_names=kinds()["complaints.feedback"].column("kinds").text.choices, barriers=kinds()["conversations.hindered"].column("barrier").text.choices,
        channels=desk.CHANNELS, quarters=desk.QUARTERS, parts=PARTS, stances=STANCES,
        replies=REPLIES, turns=work.spoken(), now=now(), call=calling.standing_call(row) if row else None,
        on_wall=wall.of_draft(row, work, heard, request.moment) if row else (), taken=handing.taken_from(request.user),
        proposed=[one for one in heard.matters if not any(note.words == one.bare for note in work.notes)],
        goods=[rule for one in heard.rings if one.slot.name == "goods" and one.value for rule in ruled(one.value, request.moment)],
        goods_rules=kinds()["offerings.goods"].column("rule").text.choices, fixed=fixed, anew=calling.ANEW,
        **({} if part else _queue(request)), **_customer(request, work),
    )  # fmt: skip


def _typed(request: Request) -> desk.Summary:
    """Return the summary as it was typed, so that a refusal loses nothing."""
    return desk.Summary(request.POST.get("point", ""), request.POST.get("need", ""), tuple(request.POST.getlist("kinds")), _barriers(request))


def _barriers(request: Request) -> tuple[str, ...]:
    return tuple(one for one in Hindered.Barrier.values if one in request.POST.getlist("barriers"))


def _queue(request: Request) -> dict[str, Any]:
    """Return what waits for the reader: first words unanswered, own promises of today, the next one due, and calls for help."""
    moment, day = request.moment, localdate(request.moment.at)
    chosen = request.GET.get("list", "")
    if chosen and chosen not in LISTS:
        raise Http404
    tier = parties.tier_at(moment, "conversation__party")
    lists = {name: seen(query(moment), request.user, QUEUE).select_related("conversation__party").annotate(**tier) for name, (_, _, query) in LISTS.items()}
    opened = lists[chosen].order_by("due", "id").page(request.GET.get("after", "")) if chosen else None
    late, in_time = lists["left"].order_by("due", "id"), parties.first_served(lists["still"])
    beside = [*late[:SHOWN], *in_time[:SHOWN]][:SHOWN]
    shown = [*beside, *(opened.rows if opened else ())]
    mine = is_tied(request)
    own: dict[str, RecordQuerySet[Promise]] = {name: kept_by(request, query(moment), mine=mine) for name, query in promises.FATES.items()}
    waiting = own["waiting"].select_related("party").order_by("deadline", "id")
    return {
        "lists": LISTS, "high": RAISED, "counts": {name: rows.count() for name, rows in lists.items()}, "beside": beside, "opened": opened,
        "chosen": chosen, "mine": mine,
        "opening": conversations.first_words({row.conversation_id for row in shown}), "today": day.isoformat(), "who": "mine" if mine else "team",
        "due_today": list(of_day(waiting, "waiting", day)[:SHOWN]), "due_count": of_day(own["waiting"], "waiting", day).count(), "next_due": waiting.first(),
        "overdue": own["overdue"].count(), "kept": of_day(own["kept"], "kept", day).count(), "early": of_day(own["early"], "early", day).count(),
        "tiers": kinds()["parties.tier"].column("tier").text.choices, "raised": any(getattr(row, "tier", None) in RAISED for row in beside),
        "calls": _calls(request), "queues": names(request.user) or conversations.queues(),
    }  # fmt: skip


def _calls(request: Request) -> list[tuple[InWork, list[tuple[str, str, str]], Called | None, Came | None]]:
    """Return who calls for help, for those who may offer a break: with their last words and who answered, of the queues that the reader may see."""
    if not may(request.user, "surroundings.write"):
        return []
    rows = seen(InWork.objects.exclude(help_at=None).exclude(account=request.user), request.user).select_related("account").order_by("help_at")
    return [(row, desk.read(row).turns[-3:], called, _answer(called)) for row in rows for called in [calling.standing_call(row)]]


def _answer(called: Called | None) -> Came | None:
    return called.answers.select_related("person").first() if called else None


def _customer(request: Request, work: desk.Work) -> dict[str, Any]:
    """Return the customer's card, where somebody was chosen, or who was found by what was looked for."""
    moment, words = request.moment, request.GET.get("find", "").strip()[:60]
    party = parties.known(moment).filter(pk=work.party).first() if work.party else None
    found = list(_found(request, words)) if words else []
    if party is None:
        return {"party": None, "card": {}, "found": found, "words": words}
    entries = identity.same(party.pk, moment)
    theirs: dict[str, RecordQuerySet[Any]] = {
        "complaints": seen_or_unspoken(complaints.open_(moment).filter(party__in=entries), request.user, "found__conversation__queue"),
        "promises": seen(promises.waiting(moment).filter(party__in=entries), request.user, QUEUE).order_by("deadline"),
        "overdue": seen(promises.overdue(moment).filter(party__in=entries), request.user, QUEUE).order_by("deadline"),
        "held": property_.held(moment).filter(party__in=entries),
        "emergencies": contingencies.affected(moment)
        .filter(party__in=entries, activated__in=contingencies.under_way(moment))
        .select_related("activated__scenario"),
        "preferences": Preference.objects.as_of(moment).filter(party__in=entries).order_by("-at", "-id"),
    }  # fmt: skip
    needed = {
        "complaints": "complaints.read",
        "promises": "promises.read",
        "overdue": "promises.read",
        "held": "property.read",
        "emergencies": "contingencies.read",
    }
    card = {name: list(rows) if name not in needed or may(request.user, needed[name]) else [] for name, rows in theirs.items()}
    return {"party": party, "card": card, "found": found, "words": words}


def _found(request: Request, words: str) -> RecordQuerySet[Party]:
    """Return the customers whose name, house or address holds these words: of the reader's queues only, where there are such."""
    at = Reached.objects.as_of(request.moment).filter(address__icontains=words)
    known = parties.known(request.moment).exclude(pk__in=identity.given_up(request.moment).values("other"))
    rows = known.filter(name__icontains=words) | known.filter(organisation__icontains=words) | known.filter(pk__in=at.values("party"))
    if names(request.user):
        rows = rows.filter(pk__in=seen(conversations.begun(request.moment), request.user).filter(party__isnull=False).values("party"))
    return rows.order_by("organisation", "name", "id")[:FOUND]


def _taken(request: Request) -> InWork:
    """Return the conversation in work, or one that begins now."""
    kept, queue = names(request.user), request.POST.get("queue", "").strip()[:60]
    return desk.in_work(request.user) or desk.begin(
        request.user, at=now(), channel=request.POST.get("channel", ""), language="zh" if request.language == "zh-hans" else "en",
        queue=(queue if queue in kept else kept[0]) if kept else queue,
    )  # fmt: skip


def begun(view: Callable[[Request, InWork], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Hand a view the conversation that the reader has in work; where there is none, only the desk can be shown."""

    @wraps(view)
    def with_work(request: Request) -> HttpResponse:
        row = desk.in_work(request.user)
        return redirect("desk") if row is None else view(request, row)

    return with_work


def _back(request: Request, row: InWork, work: desk.Work, place: str = "say") -> HttpResponse:
    desk.keep(row, work)
    return _show(request) if "part" in request.GET else redirect(f"{reverse('desk')}#{place}")


@require_POST
@page("conversations.write")
def say(request: Request) -> HttpResponse:
    """Take a turn, or a pasted dialogue of several."""
    row = _taken(request)
    work, at = desk.read(row), now().isoformat()
    text, pasted, role = (request.POST.get(name, "").strip() for name in ("text", "lines", "role"))
    if pasted:
        turns = desk.lines(pasted)
        if turns is None:
            return _show(
                request,
                422,
                {"lines": ("第一行没有写谁在说：请以“客户：”或“坐席：”开头。", "The first line does not say who speaks: begin with “Customer:” or “Agent:”.")},
            )
    elif not text:
        return _show(request, 422, {"text": ("请写下说了什么。", "Write down what was said.")})
    elif role not in {Role.CUSTOMER, Role.AGENT}:
        return _show(request, 422, {"role": ("请选谁在说。", "Choose who speaks.")})
    else:
        turns = [(Role(role), text)]
    if len(work.turns) + len(turns) > desk.MOST or any(len(words) > desk.LONGEST for _, words in turns):
        words = (
            f"太长了：一轮最多 {desk.LONGEST} 字，一次对话最多 {desk.MOST} 轮。",
            f"Too long: at most {desk.LONGEST} letters a turn and {desk.MOST} turns.",
        )
        return _show(request, 422, {"lines" if pasted else "text": words})
    work.turns += [(speaker, words, at) for speaker, words in turns]
    return _back(request, row, work)


@require_POST
@page("conversations.write")
@begun
def undo(request: Request, row: InWork) -> HttpResponse:
    """Take back the last turn: it was typed wrongly."""
    work = desk.read(row)
    gone = f"{len(work.turns)}-"
    work.turns = work.turns[:-1]
    work.notes = [one for one in work.notes if one.turn <= len(work.turns)]
    for marked in (work.dates, work.none):
        for place in [place for place in marked if place.startswith(gone)]:
            del marked[place]
    return _back(request, row, work)


@require_POST
@page("conversations.write")
def choose(request: Request) -> HttpResponse:
    """Choose whose conversation this is, or nobody."""
    row, chosen = _taken(request), numbered(request.POST.get("party", "")) or 0
    work = desk.read(row)
    if chosen and not parties.known(request.moment).filter(pk=chosen).exists():
        raise Http404
    work.party = chosen
    if chosen:
        work.opened.setdefault(str(chosen), now().isoformat())
    return _back(request, row, work, "customer")


@require_POST
@page("conversations.write")
@begun
def promise(request: Request, row: InWork) -> HttpResponse:
    """Give a promise the time agreed, or say why it is none."""
    work, place = desk.read(row), request.POST.get("place", "")
    if place not in {card.place for card in desk.listen(work, pack()).cards}:
        raise Http404
    work.dates.pop(place, None)
    work.none.pop(place, None)
    if request.POST.get("act") == "none":
        reason = request.POST.get("reason", "").strip()[:500]
        if not reason:
            return _show(request, 422, {f"reason-{place}": ("请写明为什么不是承诺。", "Say why it is no promise.")})
        work.none[place] = reason
    else:
        due = local_time(request)
        if due is None or due <= now():
            return _show(request, 422, {f"due-{place}": ("请填一个将来的时间。", "Give a time that lies ahead.")})
        work.dates[place] = due.isoformat()
    return _back(request, row, work, "promises")


@require_POST
@page("conversations.write")
@begun
def dial(request: Request, row: InWork) -> HttpResponse:
    """Call the customer whose card is open: we prepare before we ring, so that without a card nobody is called."""
    work = desk.read(row)
    if not work.party:
        return _show(request, 422, {"find": ("请先找到要打给谁，看过卡片再拨。", "Find whom to call and look at their card first.")})
    if work.turns:
        return _show(request, 422, {"find": ("对话已经开始了。", "The conversation has begun already.")})
    work.dialled = work.dialled or now().isoformat()
    return _back(request, row, work)


@require_POST
@page("conversations.write")
@begun
def note(request: Request, row: InWork) -> HttpResponse:
    """Note something beside the last turn, take over what the ear proposes, or drop a note."""
    work, at = desk.read(row), now().isoformat()
    words = request.POST.get("words", "").strip()[:500]
    if accepted := request.POST.get("accept", ""):
        matter = next((one for one in desk.listen(work, pack()).matters if one.place == accepted), None)
        if matter is None:
            raise Http404
        work.notes.append(desk.Note(matter.turn + 1, matter.bare, at, automatic=True))
    elif dropped := numbered(request.POST.get("drop", "")):
        work.notes = [one for place, one in enumerate(work.notes, 1) if place != dropped]
    elif not words:
        return _show(request, 422, {"words": ("请写下要记的话。", "Write the note.")})
    elif len(work.notes) >= desk.MOST:
        return _show(request, 422, {"words": (f"最多 {desk.MOST} 条笔记。", f"At most {desk.MOST} notes.")})
    else:
        work.notes.append(desk.Note(len(work.turns), words, at))
    return _back(request, row, work, "notes")


@require_POST
@page("surroundings.write")
def come(request: Request, number: int) -> HttpResponse:
    """Answer a call for help: whoever called sees who comes, and how long it took is counted."""
    called = seen(conversations.calls_for_help(request.moment), request.user).filter(pk=number).first()
    if called is None:
        raise Http404
    try:
        calling.come(called, request.user, at=now())
    except Refused as refused:
        return _show(request, 422, {"calls": (refused.wrong[0].zh, refused.wrong[0].en)})
    return redirect(f"{reverse('desk')}#calls")


@require_POST
@page("conversations.write")
def call(request: Request) -> HttpResponse:
    """Call for help: whoever may offer a break sees it with the last words, until it is taken back or the conversation is closed."""
    row = _taken(request)
    row.help = request.POST.get("help", "").strip()[:500]
    row.help_at = row.help_at or now()
    if request.POST.get("act") == "back":
        row.help, row.help_at = "", None
        calling.spare(row, at=now())
    else:
        calling.call(row, at=now())
    return _back(request, row, desk.read(row), "help")


@require_POST
@page("conversations.write")
def discard(request: Request) -> HttpResponse:
    """Throw the draft away: nothing of it was written down."""
    if request.POST.get("sure") != "yes":
        return _show(request, 422, {"sure": ("请先勾选：丢掉的找不回来。", "Tick the box first: what is thrown away is gone.")})
    if row := desk.in_work(request.user):
        calling.spare(row, at=now())
        row.delete()
    return redirect("desk")


@require_POST
@page("conversations.write")
@begun
def close(request: Request, row: InWork) -> HttpResponse:
    """Close the conversation: it is written down and heard like any other."""
    work, chosen = desk.read(row), tuple(kind for kind in kinds()["complaints.feedback"].column("kinds").text.choices if kind in request.POST.getlist("kinds"))
    told = desk.Summary(request.POST.get("point", "").strip()[:500], request.POST.get("need", "").strip()[:1000], chosen, _barriers(request))
    if wrong := _unready(work, told):
        return _show(request, 422, {"close": wrong})
    try:
        conversation = closing.close(row, told, at=now(), pack=pack())
    except closing.Undated:
        return _show(request, 422, {"close": UNDATED})
    except Refused as refused:
        return _show(request, 422, {"close": (refused.wrong[0].zh, refused.wrong[0].en)})
    return redirect("conversation", conversation.pk)


UNDATED = (
    "还有承诺没有时间：给它一个时间，或写明为什么不是承诺，再收尾。",
    "A promise has no time yet: give it one, or say why it is none, then close.",
)


def _unready(work: desk.Work, told: desk.Summary) -> tuple[str, str] | None:
    if not work.turns:
        return ("还没有任何一轮对话。", "Nothing was said yet.")
    if not told.point:
        return ("请写一句要点。", "Write the point in one line.")
    if told.kinds and not work.party:
        return ("记反馈要先选客户。", "Choose the customer first: feedback is somebody's.")
    return None
