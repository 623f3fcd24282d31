"""The operations of the API; each asks the same queries and takes the same actions as a page."""

from datetime import UTC
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Status
from ninja.errors import HttpError

from lingting import catalog, spine
from lingting.access.own import open_to, too_early
from lingting.access.queues import seen
from lingting.api import lists, registers, shapes
from lingting.api.door import Asked, Bearer, allow
from lingting.api.lists import AS_OF, SAID
from lingting.channels.table.jsonl import conversation as read_conversation
from lingting.channels.table.values import BadValue
from lingting.conformity import assess
from lingting.inspection.transcript import Channel
from lingting.ledger.models import BadCursor, Block, Entry, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.message import Mistake
from lingting.records.write import Refused
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Conversation
from lingting.registers.parties import actions as party_actions
from lingting.registers.parties import queries as parties
from lingting.registers.parties.models import Category, Party
from lingting.registers.promises import actions as promise_actions
from lingting.registers.promises import queries as promises
from lingting.registers.promises.models import Promise
from lingting.site import worker
from lingting.site.clock import BadDay, now

api = NinjaAPI(
    title="Lingting 聆听",
    version="1",
    description="The same conversations, promises, parties and clauses as the pages, for programs. What is read can be asked as of an earlier day (`at`).",
    docs_url=None,
    auth=Bearer(),
    urls_namespace="api",
)


api.add_router("", registers.router)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return api.create_response(request, {"wrong": [{"column": one.column, "zh": one.zh, "en": one.en} for one in error.wrong]}, status=422)


@api.exception_handler(BadDay)
def _bad_day(request: HttpRequest, error: BadDay) -> HttpResponse:
    return api.create_response(request, {"detail": f"`at` is no day or time: {str(error)[:40]}. Write it like 2026-08-20."}, status=400)


@api.exception_handler(BadCursor)
def _bad_cursor(request: HttpRequest, error: BadCursor) -> HttpResponse:
    return api.create_response(request, {"detail": f"`after` is no cursor given out here: {str(error)[:40]}. Start again without it."}, status=400)


def _one(rows: RecordQuerySet[Any], number: int) -> Any:
    row = rows.filter(id=number).first()
    if row is None:
        raise Http404
    return row


@api.get("/conversations", response={200: shapes.Rows[shapes.ConversationShape], **SAID}, summary="List conversations, newest first", openapi_extra=AS_OF)
@allow("conversations.read")
def list_conversations(request: Asked, after: str = "", size: int = 25, words: str = "", channel: str = "") -> dict[str, Any]:
    """Conversations as of a moment; `words` keeps those in which they were said."""
    rows = conversations.with_words(request.moment, words[:100]) if words else conversations.begun(request.moment)
    if channel:
        if channel not in set(Channel):
            raise HttpError(400, f"`channel` must be one of {', '.join(Channel)}.")
        rows = rows.filter(channel=channel)
    return lists.rows(seen(rows, request.auth).select_related("party").page(after, size=lists.size(size)))


@api.post("/conversations", response={200: shapes.ReceivedShape, **SAID}, summary="Send conversations in")
@allow("conversations.write")
def send_conversations(request: Asked, sent: shapes.ConversationsIn) -> dict[str, Any]:
    """Write down new messages; those known already are counted, never written twice. They are listened to soon afterwards."""
    messages, mistakes = [], []
    for place, given in enumerate(sent.conversations):
        try:
            messages += read_conversation(given, zone=worker.zone())
        except BadValue as error:
            mistakes.append(Mistake("", f"conversations[{place}]", str(error), "See docs/formats.md for the shape."))
    received = spine.receive(messages, calendar=worker.calendar(), by=request.auth.pk)
    return {
        "conversations": received.conversations, "messages": received.messages, "known": received.known, "mistakes": [*mistakes, *received.mistakes],
    }  # fmt: skip


@api.get(
    "/conversations/{number}", response={200: shapes.WholeConversation, **SAID}, summary="One conversation with its words and findings", openapi_extra=AS_OF
)
@allow("conversations.read")
def one_conversation(request: Asked, number: int) -> dict[str, Any]:
    """Everything said in a conversation, and what was found in it."""
    row: Conversation = _one(seen(Conversation.objects.as_of(request.moment), request.auth).select_related("party"), number)
    return {
        **shapes.ConversationShape.from_orm(row).dict(),
        "turns": conversations.said_as_of(row, request.moment),
        "findings": [one for one in conversations.found_in(row, request.moment) if not too_early(one, request.auth, now())],
    }


@api.get("/findings", response={200: shapes.Rows[shapes.FindingShape], **SAID}, summary="List findings, newest first", openapi_extra=AS_OF)
@allow("conversations.read")
def list_findings(request: Asked, after: str = "", size: int = 25, norm: str = "") -> dict[str, Any]:
    """What the instruments heard; `norm` keeps one norm's findings."""
    rows = open_to(seen(conversations.findings(request.moment), request.auth, "conversation__queue"), request.auth, now())
    return lists.rows((rows.filter(norm=norm) if norm else rows).page(after, size=lists.size(size)))


@api.get("/promises", response={200: shapes.Rows[shapes.PromiseShape], **SAID}, summary="List promises, newest first", openapi_extra=AS_OF)
@allow("promises.read")
def list_promises(request: Asked, fate: str = "all", after: str = "", size: int = 25) -> dict[str, Any]:
    """Promises of one fate: overdue, waiting, vague, conditional, kept, early, late, broken, cancelled or all."""
    if fate not in promises.FATES:
        raise HttpError(400, f"`fate` must be one of {', '.join(promises.FATES)}.")
    rows = seen(promises.FATES[fate](request.moment), request.auth, "conversation__queue")
    return lists.rows(rows.select_related("party").page(after, size=lists.size(size)))


@api.get("/promises/{number}", response={200: shapes.PromiseShape, **SAID}, summary="One promise", openapi_extra=AS_OF)
@allow("promises.read")
def one_promise(request: Asked, number: int) -> Promise:
    """A promise with its words and its deadline."""
    row: Promise = _one(seen(promises.made(request.moment), request.auth, "conversation__queue").select_related("party"), number)
    return row


def _settle(request: Asked, number: int, act: Any) -> dict[str, Any]:
    row = _one(seen(promises.made(Moment(now())), request.auth, "conversation__queue"), number)
    try:
        act(row)
    except promise_actions.AlreadySettled as error:
        raise HttpError(409, "The promise was kept or withdrawn already; that stays.") from error
    return {"detail": "written"}


@api.post("/promises/{number}/keeping", response={200: shapes.Problem, 409: shapes.Problem, **SAID}, summary="Note that a promise was kept")
@allow("promises.write")
def keep_promise(request: Asked, number: int, given: shapes.NoteIn) -> dict[str, Any]:
    """Write down how a promise was kept."""
    return _settle(request, number, lambda row: promise_actions.keep(row, at=now(), note=given.note, by=request.auth.pk))


@api.post("/promises/{number}/withdrawal", response={200: shapes.Problem, 409: shapes.Problem, **SAID}, summary="Withdraw a promise")
@allow("promises.write")
def withdraw_promise(request: Asked, number: int, given: shapes.NoteIn) -> dict[str, Any]:
    """Write down why a promise no longer binds."""
    return _settle(request, number, lambda row: promise_actions.withdraw(row, at=now(), reason=given.note, by=request.auth.pk))


@api.post("/promises/{number}/postponement", response={200: shapes.Problem, 409: shapes.Problem, **SAID}, summary="Put a promise off")
@allow("promises.write")
def postpone_promise(request: Asked, number: int, given: shapes.DueIn) -> dict[str, Any]:
    """Write down another time that the customer agreed to; it must lie ahead."""
    due = given.due if given.due.tzinfo else given.due.replace(tzinfo=worker.zone())
    if due.astimezone(UTC) <= now():
        raise HttpError(400, "`due` must lie ahead.")
    return _settle(request, number, lambda row: promise_actions.postpone(row, at=now(), due=due, by=request.auth.pk))


@api.get("/parties", response={200: shapes.Rows[shapes.PartyShape], **SAID}, summary="List interested parties, newest first", openapi_extra=AS_OF)
@allow("parties.read")
def list_parties(request: Asked, after: str = "", size: int = 25) -> dict[str, Any]:
    """Interested parties as of a moment."""
    return lists.rows(parties.known(request.moment).page(after, size=lists.size(size)))


@api.post("/parties", response={201: shapes.PartyShape, **SAID}, summary="Add an interested party")
@allow("parties.write")
def add_party(request: Asked, given: shapes.PartyIn) -> Status[Party]:
    """Add a party; whoever believes itself affected is not refused."""
    if not (given.name.strip() or given.organisation.strip()):
        raise HttpError(400, "Give a name or an organisation.")
    row = party_actions.add(
        name=given.name.strip(),
        organisation=given.organisation.strip(),
        category=Category(given.category),
        internal=given.internal,
        at=now(),
        by=request.auth.pk,
    )
    return Status(201, row)


@api.get("/clauses", response={200: list[shapes.ClauseShape], **SAID}, summary="How every clause stands", openapi_extra=AS_OF)
@allow("clauses.read")
def list_clauses(request: Asked) -> list[dict[str, Any]]:
    """The 65 assessable clauses; silence is never a pass."""
    standing = assess.standings(request.moment, now=now())
    left = assess.left(request.moment)
    return [_clause(leaf.number, standing, left) for leaf in catalog.read().leaves()]


@api.get("/clauses/{number}", response={200: shapes.WholeClause, **SAID}, summary="One clause with its checks", openapi_extra=AS_OF)
@allow("clauses.read")
def one_clause(request: Asked, number: str) -> dict[str, Any]:
    """A clause in our paraphrase, with the counts each of its checks rests on."""
    if number not in {leaf.number for leaf in catalog.read().leaves()}:
        raise Http404
    standing = assess.standings(request.moment, now=now())
    row = catalog.read().clause(number)
    required = {"zh": row.requirement.zh, "en": row.requirement.en} if row.requirement else {}
    return {
        **_clause(number, standing, assess.left(request.moment)),
        "required": required,
        "each": [_check(check, standing.get(check.id)) for check in row.checks],
    }


def _clause(number: str, standing: dict[str, assess.Standing], left: assess.Apart) -> dict[str, Any]:
    row = catalog.read().clause(number)
    state, answered, checks = assess.clause(number, standing, left)
    return {"number": number, "zh": row.title.zh, "en": row.title.en, "state": state.value, "answered": answered, "checks": checks}


def _check(check: Any, standing: assess.Standing | None) -> dict[str, Any]:
    shown = {"id": check.id, "zh": check.zh, "en": check.en, "state": "no-evidence", "scope": 0, "failing": 0, "limit": None, "low": None, "high": None}
    if standing:
        verdict = standing.verdict
        shown |= {
            "state": verdict.state.value,
            "scope": verdict.scope,
            "failing": verdict.failing,
            "limit": verdict.limit,
            "low": verdict.low,
            "high": verdict.high,
        }
    return shown


@api.get("/book", response={200: shapes.BookShape, **SAID}, summary="The head of the chain", openapi_extra=AS_OF)
@allow("book.verify")
def head_of_book(request: Asked) -> dict[str, Any]:  # noqa: ARG001
    """Note the hash outside: whoever changes the book later cannot change your note."""
    head = Block.objects.order_by("-height").first()
    return {
        "entries": Entry.objects.count(), "blocks": Block.objects.count(), "height": head.height if head else 0,
        "hash": bytes(head.hash).hex() if head else "", "sealed": head.sealed if head else None,
    }  # fmt: skip
