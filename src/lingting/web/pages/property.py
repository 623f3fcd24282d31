"""顾客财产 Customer property: whose it is, who keeps it where, how it came and went – and its owner told first when it is harmed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingting.access.roles import may
from lingting.conformity import custody
from lingting.ledger.models import Record, RecordQuerySet, Struck
from lingting.ledger.moment import Moment
from lingting.records.kind import following, kinds
from lingting.records.values import Wrong, fixed, name_of
from lingting.records.write import Refused, draft, enter, live, write
from lingting.registers.parties.models import Preference, Reached
from lingting.registers.property import photographs
from lingting.registers.property import queries as property_
from lingting.registers.property.models import Form, Harm, Harmed, Item, Photo, Returned, Side
from lingting.site.clock import now
from lingting.web.pages.page import Request, page, render

Query = Callable[[Moment], RecordQuerySet[Any]]
LISTS: dict[str, tuple[str, str, Query, bool]] = {
    "wanting": ("要处理", "To see to", custody.wanting, True),
    "unreported": ("损坏未先告知", "Harm, owner not told first", custody.unreported, True),
    "untold": ("没有告知怎样看管", "Owner not told how it is kept", property_.untold, True),
    "no_intake": ("无入库状态", "No condition at receipt", property_.without_intake, True),
    "weigh_again": ("要重新称重", "To be weighed again", custody.to_weigh_again, True),
    "ungrounded": ("个人信息到期或无依据", "Data past their day or without ground", property_.data_ungrounded, True),
    "unplaced": ("不知在哪里", "Place unknown", property_.unplaced, True),
    "held": ("在我们手里", "In our hands", property_.held, False),
    "returned": ("已归还", "Given back", property_.returned, False),
    "all": ("全部", "All", property_.received, False),
}
"""The lists of the register, the worst first: what each is called, and whether it is a gap."""

HARMS = {
    Harm.DAMAGED: ("损坏", "damaged"),
    Harm.LOST: ("丢失", "lost"),
    Harm.UNSUITABLE: ("不适用", "unsuitable for use"),
    Harm.DISCLOSED: ("泄露", "disclosed"),
}
WAYS = (("电话", "Phone"), ("短信", "Text message"), ("邮件", "Mail"), ("当面", "In person"))
SIDES = {Side.IN: ("收到时", "As it came"), Side.OUT: ("交出时", "As it went"), Side.HARM: ("损坏处", "What was harmed")}
LATER = ("moved", "weighed", "held", "returned")
"""What most often happens next to an item."""


@require_GET
@page("property.read")
def listing(request: Request) -> HttpResponse:
    """List what customers entrusted to us, what needs somebody first; a scanned label leads to its item."""
    words = request.GET.get("words", "").strip()[:100]
    if words and (scanned := property_.received(request.moment).filter(code__iexact=words).order_by("-id").first()):
        return redirect("item", scanned.pk)
    counts = {name: query(request.moment).count() for name, (_, _, query, _) in LISTS.items()}
    asked = request.GET.get("list", "")
    chosen = asked if asked in LISTS else "all" if words else "wanting" if counts["wanting"] else "held"
    rows = LISTS[chosen][2](request.moment).select_related("party")
    if words:
        rows = rows.filter(_with(words))
    found = rows.page(request.GET.get("after", ""))
    last = Returned.objects.as_of(request.moment).order_by("-at", "-id").select_related("item").first()
    return render(
        request, "property.html", page=found, rows=sorted(custody.custody(found.rows, request.moment), key=_calm), counts=counts, lists=LISTS,
        chosen=chosen, words=words, last=last, harms=HARMS, classes=_classes(), limit=property_.TELL_WITHIN,
    )  # fmt: skip


def _calm(one: custody.Custody) -> bool:
    """Tell whether no harm waits for its owner to be told; what is harmed stands first."""
    return all(clock.well for clock in one.clocks)


def _with(words: str) -> Q:
    places = ("code", "what", "place", "custodian", "party__organisation", "party__name", "moves__place", "moves__custodian")
    return Q(pk__in=Item.objects.filter(Q(*((f"{place}__icontains", words) for place in places), _connector=Q.OR)).values("pk"))


def _classes() -> Mapping[str, Any]:
    return kinds()["property.item"].column("category").text.choices


@require_GET
@page("property.read")
def item(request: Request, number: int) -> HttpResponse:
    """Show one item: in and out side by side, the chain of its keepers, what its owner was told."""
    return _show(request, number)


def _show(request: Request, number: int, status: int = 200, wrong: tuple[Wrong, ...] = (), part: str = "") -> HttpResponse:
    row = Item.objects.filter(at__lte=request.moment.at, id=number).select_related("party").first()
    if row is None:
        raise Http404
    [kept] = custody.custody([row], request.moment)
    nexts = {other.name: (other, column) for other, column in following("property.item") if other.register == "property" and may(request.user, other.write)}
    return render(
        request, "item.html", status, row=row, kept=kept, harms=HARMS, classes=_classes(), limit=property_.TELL_WITHIN, ways=WAYS, sides=SIDES, forms=Form,
        nexts=[nexts[name] for name in LATER if name in nexts and (name != "held" or row.category == "data")], wrong=wrong, part=part, given=request.POST,
        elsewhere=[(other, column) for other, column in following("property.item") if other.register != "property" and may(request.user, other.write)],
        struck=Struck.objects.as_of(request.moment).filter(record=number).first(), words=_keeping(kept, request), name_of=name_of, as_of=request.moment,
        fixed=fixed,
    )  # fmt: skip


def _zh(request: Request) -> bool:
    return request.language == "zh-hans"


def _called(row: Item, request: Request) -> str:
    return str(row.party.organisation or row.party.name or ("顾客" if _zh(request) else "customer"))


def _keeping(kept: custody.Custody, request: Request) -> str:
    """Return the words with which an owner is told how his item is kept."""
    row = kept.item
    owner, what, place, keeper = _called(row, request), row.what or "", kept.place or "……", kept.keeper or "……"
    if _zh(request):
        return (
            f"{owner}您好：您的“{what}”（编号 {row.code}）已由我们收下，存放在{place}，由{keeper}保管，凭编号领取。"
            "未经您同意不会移作他用；一旦损坏、丢失或不适用，我们会先告诉您。"
        )
    return (
        f"Dear {owner}, we have received your “{what}” ({row.code}). It is kept at {place} by {keeper} and handed out against its number. "
        "It is not used for anything else without your consent; should it be damaged, lost or found unsuitable, you hear it from us first."
    )


def _find(number: int) -> Item:
    row: Item | None = live(Item).select_related("party").filter(id=number).first()
    if row is None:
        raise Http404
    return row


def _write(request: Request, label: str, given: Mapping[str, object]) -> None:
    write(kinds()[label], given, by=request.user.pk, now=now(), zone=settings.LINGTING["ZONE"])


@require_POST
@page("property.write")
def tell(request: Request, number: int) -> HttpResponse:
    """Write down that the owner was told how the item is kept."""
    given = {"item": _find(number), **{name: request.POST.get(name) for name in ("way", "words", "at")}}
    try:
        _write(request, "property.told", given)
    except Refused as refused:
        return _show(request, number, 422, refused.wrong, "tell")
    return redirect("item", number)


@require_http_methods(["GET", "POST"])
@page("property.write")
def harm(request: Request, number: int) -> HttpResponse:
    """Tell the owner of a harm, then write both down; nothing is written before he was told, or could not be reached.

    1. What was seen, when: from it the words for the owner are prepared.
    2. The words as he was told them: harm and notice go into the book together. Where he cannot be reached, the harm alone, and its clock runs.
    """
    row = _find(number)
    step = request.POST.get("step", "")
    given = {"item": row, **{name: request.POST.get(name) for name in ("harm", "what")}, "at": request.POST.get("found")}
    made = draft(kinds()["property.harmed"], given, now=now(), zone=settings.LINGTING["ZONE"])
    if not step:
        return _notice(request, row, "harm")
    wrong = [Wrong("found" if one.column == "at" else one.column, one.zh, one.en) for one in made.wrong]
    if made.row is None or wrong:
        return _notice(request, row, "harm", 422, tuple(wrong))
    harmed: Any = made.row
    if step == "prepare":
        return _notice(request, row, "notice", words=_harm_words(row, harmed, request))
    try:
        with transaction.atomic():
            enter(harmed, by=request.user.pk)
            if step != "unreached":
                _report(request, harmed)
    except Refused as refused:
        return _notice(request, row, "notice", 422, refused.wrong)
    return redirect("item", number)


def _report(request: Request, harmed: Record) -> None:
    given = {"harmed": harmed, **{name: request.POST.get(name) for name in ("way", "words", "first_from_us", "at")}}
    _write(request, "property.reported", given)


def _harm_words(row: Item, harmed: Harmed, request: Request) -> str:
    """Return the words with which an owner hears of a harm: what, when, what we saw, what we do now, what he can do."""
    owner, at = _called(row, request), f"{harmed.at.astimezone(settings.LINGTING['ZONE']):%Y-%m-%d %H:%M}"
    zh, en = HARMS[Harm(harmed.harm)]
    seen = (harmed.what or "").rstrip("。.")
    if _zh(request):
        return (
            f"{owner}您好：很抱歉，我们保管的您的“{row.what or ''}”（编号 {row.code}）在 {at} 发现{zh}。看到的情况：{seen}。"
            "现在已停止搬动并拍照留存。接下来怎么处理由您决定：您可以来看、要我们送回、修复或赔偿；原因查清后我们再告诉您。"
        )
    return (
        f"Dear {owner}, we are sorry: your “{row.what or ''}” ({row.code}) in our care was found {en} at {at}. What we saw: {seen}. "
        "It is not moved any more and photographs were taken. What happens next is yours to decide: come and see it, have it sent back, repaired or made good; "
        "we tell you the cause as soon as we know it."
    )


def _notice(
    request: Request, row: Item, stage: str, status: int = 200, wrong: tuple[Wrong, ...] = (), *, words: str = "", harmed: Harmed | None = None
) -> HttpResponse:
    return render(
        request, "notice.html", status, row=row, stage=stage, wrong=wrong, given=request.POST, words=request.POST.get("words") or words, harmed=harmed,
        harms=HARMS, offered=[one for one in Harm if one != Harm.DISCLOSED or row.category == "data"], ways=WAYS, limit=property_.TELL_WITHIN, now=now(),
        addresses=Reached.objects.as_of(request.moment).filter(party=row.party).order_by("way", "id")[:6],
        wishes=Preference.objects.as_of(request.moment).filter(party=row.party).order_by("-at")[:4],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@page("property.write")
def report(request: Request, number: int) -> HttpResponse:
    """Tell the owner of a harm that is known already, with words prepared."""
    harmed: Harmed | None = live(Harmed).select_related("item__party").filter(id=number).first()
    if harmed is None:
        raise Http404
    words = _harm_words(harmed.item, harmed, request)
    if request.method == "GET":
        return _notice(request, harmed.item, "report", words=words, harmed=harmed)
    try:
        _report(request, harmed)
    except Refused as refused:
        return _notice(request, harmed.item, "report", 422, refused.wrong, harmed=harmed)
    return redirect("item", harmed.item_id)


@require_POST
@page("property.write")
def compensate(request: Request, number: int) -> HttpResponse:
    """Write down how a harm is made good."""
    harmed: Harmed | None = live(Harmed).filter(id=number).first()
    if harmed is None:
        raise Http404
    try:
        _write(request, "property.compensated", {"harmed": harmed, **{name: request.POST.get(name) for name in ("what", "amount", "agreed", "at")}})
    except Refused as refused:
        return _show(request, harmed.item_id, 422, refused.wrong, f"good-{number}")
    return redirect("item", harmed.item_id)


@require_POST
@page("property.write")
def picture(request: Request, number: int) -> HttpResponse:
    """Take in a photograph of an item; what is no picture, or too large, is said at the field."""
    row, file, side = _find(number), request.FILES.get("photo"), request.POST.get("side", "")
    try:
        if file is None or side not in set(Side):
            column = "photo" if file is None else "side"
            raise Refused([Wrong(column, "请选择照片，并写明拍的是什么。", "Choose a photograph, and say what it shows.")])  # noqa: TRY301  # one way out
        digest, form = photographs.keep(file.read(photographs.LARGEST + 1))
        enter(Photo(item=row, side=side, form=form, digest=digest, note=request.POST.get("note", "").strip()[:200], at=now()), by=request.user.pk)
    except Wrong as wrong:
        return _show(request, number, 422, (wrong,), "photo")
    except Refused as refused:
        return _show(request, number, 422, refused.wrong, "photo")
    return redirect("item", number)


@require_GET
@page("property.read")
def photo(request: Request, number: int) -> HttpResponse:
    """Hand out a photograph as what it is and nothing else; one that was erased, struck out or altered is not there."""
    row = Photo.objects.as_of(request.moment).filter(id=number).first()
    content = photographs.read(row.digest or "", row.form) if row else None
    if row is None or content is None:
        raise Http404
    return HttpResponse(
        content, content_type=f"image/{row.form}",
        headers={
            "Content-Disposition": f'inline; filename="{row.pk}.{row.form}"', "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox", "Cross-Origin-Resource-Policy": "same-origin",
        },
    )  # fmt: skip
