"""What is true of conversations (对话) as of a moment."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, TruncTime
from django.utils.timezone import get_current_timezone

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.finding import Kind
from lingting.inspection.transcript import Channel, Role
from lingting.ledger.asking import There, firsts, named, once
from lingting.ledger.models import POSITIONS, Block, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import (
    Answered,
    Asked,
    Conversation,
    Corrected,
    Disputed,
    Dropped,
    Ended,
    Found,
    Handed,
    Heard,
    Hindered,
    Judged,
    Noted,
    Opened,
    Said,
    Settled,
    Unheard,
)

COMPLAINT = "complaint.made"
READ_BACK = "slot.read-back"
ABUSE = "abuse.customer"
WENT_OUT = '"direction": "out"'
"""What a conversation's source knows of it where we called."""

CALLED_AGAIN = timedelta(minutes=10)
"""A silence on the telephone as long as this was no silence: somebody hung up and called again."""


def begun(moment: Moment) -> RecordQuerySet[Conversation]:
    """Return the conversations that had begun."""
    return Conversation.objects.as_of(moment)


def first_by_channel(moment: Moment) -> RecordQuerySet[Conversation]:
    """Return the first conversation over each channel."""
    return Conversation.objects.filter(pk__in=firsts(Conversation, "channel", moment).values())


def queues() -> list[str]:
    """Return the queues that conversations belong to."""
    return sorted(name for name in Conversation.objects.order_by().values_list("queue", flat=True).distinct() if name)


def known(names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Conversation]:
    """Return the conversations that bear these names (source and key) already."""
    wanted: dict[str, list[str]] = {}
    for source, key in names:
        wanted.setdefault(source, []).append(key)
    found: dict[tuple[str, str], Conversation] = {}
    for source, keys in wanted.items():
        for start in range(0, len(keys), 500):
            rows = Conversation.objects.filter(source=source, key__in=keys[start : start + 500])
            found.update({(row.source, row.key): row for row in rows})
    return found


def threads(party: int, references: Iterable[str]) -> Conversation | None:
    """Return this correspondent's mail conversation that holds one of the mails referred to, the nearest first.

    Only the correspondent's own conversations are searched, so that nobody writes into another's thread by naming its mails.
    """
    ours = Said.objects.filter(conversation__party=party, conversation__source="mail")
    for reference in references:
        if said := ours.filter(key=reference).select_related("conversation").first():
            return said.conversation
    return None


def turns(conversations: Collection[int]) -> dict[int, list[Said]]:
    """Return what was said in each conversation, in the order of time."""
    said: dict[int, list[Said]] = {number: [] for number in conversations}
    for row in Said.objects.filter(conversation__in=conversations).order_by("conversation", "at", "id"):
        said[row.conversation_id].append(row)
    return said


def first_words(conversations: Collection[int]) -> dict[int, str]:
    """Return the first words of each conversation that a customer said, for a list."""
    rows = Said.objects.filter(conversation__in=conversations, role=Role.CUSTOMER).order_by("conversation", "at", "id")
    first: dict[int, str] = {}
    for number, text in rows.values_list("conversation_id", "text"):
        first.setdefault(number, text or "")
    return first


def last_words(conversations: Collection[int], moment: Moment) -> dict[int, str]:
    """Return the last words of each conversation that a customer said by a moment, for a list."""
    rows = Said.objects.as_of(moment).filter(conversation__in=conversations, role=Role.CUSTOMER).order_by("conversation", "at", "id")
    return {number: text or "" for number, text in rows.values_list("conversation_id", "text")}


def said_as_of(conversation: Conversation, moment: Moment) -> list[Said]:
    """Return what had been said in one conversation."""
    return list(Said.objects.as_of(moment).filter(conversation=conversation).order_by("at", "id"))


def found(moment: Moment) -> RecordQuerySet[Found]:
    """Return everything found so far, what people took back since included."""
    return Found.objects.as_of(moment)


@once
def findings(moment: Moment) -> RecordQuerySet[Found]:
    """Return what was found and stands: neither judged wrong, nor struck by an upheld dispute, nor withdrawn after a look-back."""
    return found(moment).exclude(pk__in=named("found", refuted(moment), upheld(moment), withdrawn(moment)))


def found_in(conversation: Conversation, moment: Moment, *, every: bool = False) -> list[Found]:
    """Return what was found in one conversation and stands – or `every` finding ever made in it – in the order of its words."""
    rows = (found if every else findings)(moment).filter(conversation=conversation).select_related("said")
    return sorted(rows, key=lambda row: (row.said.at, row.said_id, row.start, row.norm))


@once
def judged(moment: Moment) -> RecordQuerySet[Judged]:
    """Return what people said of findings; of one finding the newest holds."""
    later = Judged.objects.as_of(moment).filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), id__gt=OuterRef("id")), found=OuterRef("found"))
    return Judged.objects.as_of(moment).exclude(Exists(later))


def judgements(moment: Moment) -> RecordQuerySet[Judged]:
    """Return everything that people said of findings."""
    return Judged.objects.as_of(moment)


def refuted(moment: Moment) -> RecordQuerySet[Judged]:
    """Return the judgements that hold and call a finding wrong."""
    return judged(moment).filter(correct=False)


def confirmed(moment: Moment) -> RecordQuerySet[Judged]:
    """Return the judgements that hold and call a finding right."""
    return judged(moment).filter(correct=True)


def withdrawn(moment: Moment) -> RecordQuerySet[Any]:
    """Return the decisions by which findings of an unfit instrument were taken back (instruments.disposed); registers do not import each other."""
    disposed: Any = apps.get_model("instruments", "disposed")
    rows: RecordQuerySet[Any] = disposed.objects.as_of(moment).filter(how="withdraw", found__isnull=False)
    return rows


SETTLED_WITHIN = 5
"""Working days in which a dispute is decided; the house's number, shown as ours."""


def settle_by(at: datetime) -> datetime:
    """Return until when a dispute raised at a time is to be decided, by the house's working calendar."""
    return WorkCalendar(zone=settings.LINGTING["ZONE"]).workdays_after(at, SETTLED_WITHIN)


def disputes(moment: Moment) -> RecordQuerySet[Disputed]:
    """Return the disputes that were not taken back."""
    return Disputed.objects.as_of(moment).exclude(Exists(Dropped.objects.as_of(moment).filter(disputed=OuterRef("pk"))))


def settlements(moment: Moment) -> RecordQuerySet[Settled]:
    """Return the decisions of disputes."""
    return Settled.objects.as_of(moment)


def upheld(moment: Moment) -> RecordQuerySet[Disputed]:
    """Return the disputes that were upheld: their findings are counted no more."""
    return disputes(moment).filter(Exists(Settled.objects.as_of(moment).filter(disputed=OuterRef("pk"), upheld=True)))


def rejected(moment: Moment) -> RecordQuerySet[Disputed]:
    """Return the disputes that were rejected: their findings stand."""
    return disputes(moment).filter(Exists(Settled.objects.as_of(moment).filter(disputed=OuterRef("pk"), upheld=False)))


def unsettled(moment: Moment) -> RecordQuerySet[Disputed]:
    """Return the disputes that nobody has decided."""
    return disputes(moment).exclude(Exists(Settled.objects.as_of(moment).filter(disputed=OuterRef("pk"))))


def unsettled_late(moment: Moment) -> RecordQuerySet[Disputed]:
    """Return the disputes that nobody has decided and whose time is up."""
    waiting = unsettled(moment).values_list("pk", "at")
    return Disputed.objects.filter(pk__in=[number for number, at in waiting if settle_by(at) < moment.at])


def settled_late(moment: Moment) -> RecordQuerySet[Settled]:
    """Return the decisions that came after their time."""
    rows = Settled.objects.as_of(moment).values_list("pk", "at", "disputed__at")
    return Settled.objects.filter(pk__in=[number for number, at, raised in rows if settle_by(raised) < at])


def stands(dispute: Disputed, moment: Moment) -> str:
    """Return the name of the list in which a dispute stands."""
    lists = (("unsettled_late", unsettled_late), ("unsettled", unsettled), ("upheld", upheld), ("rejected", rejected))
    return next((name for name, rows in lists if rows(moment).filter(pk=dispute.pk).exists()), "")


def reviewed(moment: Moment, norm: str, version: int, instrument: str) -> tuple[int, int]:
    """Return how many findings of an instrument for a norm people called right and how many wrong: labelled samples of its next calibration."""
    mine = {"found__norm": norm, "found__norm_version": version, "found__instrument": instrument}
    right = set(confirmed(moment).filter(**mine).values_list("found", flat=True)) | set(rejected(moment).filter(**mine).values_list("found", flat=True))
    wrong = set(refuted(moment).filter(**mine).values_list("found", flat=True)) | set(upheld(moment).filter(**mine).values_list("found", flat=True))
    return len(right - wrong), len(wrong)


OWN_FIRST = timedelta(hours=24)
"""How long before those who lead them people see what was found in their own words; the house's number, shown as ours."""

PERSONAL_KINDS = (Kind.BREACH, Kind.PRAISE, Kind.ABSTENTION)
"""What judges somebody; promises and facts are work to be done, and everybody concerned sees them at once."""


def early(rows: RecordQuerySet[Found], now: datetime, people: Iterable[str] = ()) -> RecordQuerySet[Found]:
    """Return those of these findings that judge one of us and are younger than a day; critical ones, and those of `people` (names, codes), are left out.

    A finding is heard when it was written down; where the clock stands still for a demonstration, when its words were said.
    """
    since = now - OWN_FIRST
    young = Q(at__gt=since)
    if not settings.LINGTING["CLOCK"]:
        sealed = Block.objects.filter(sealed__lte=since).order_by("-height").values_list("last", flat=True).first()
        young |= Q(id__gte=((sealed or 0) + 1) * POSITIONS)
    judging = rows.filter(young, said__role=Role.AGENT, kind__in=PERSONAL_KINDS).exclude(severity="critical")
    own = [name for name in people if name]
    return judging.exclude(said__speaker__in=own) if own else judging


def hearings(moment: Moment) -> RecordQuerySet[Heard]:
    """Return when conversations were listened to."""
    return Heard.objects.as_of(moment)


def ended(conversations: Collection[int]) -> set[int]:
    """Return which of these conversations came to their end."""
    return set(Ended.objects.filter(conversation__in=conversations).values_list("conversation_id", flat=True))


def first_exchange(conversation: Conversation) -> tuple[Asked | None, Answered | None]:
    """Return the customer's first words in a conversation and our first answer to them."""
    return Asked.objects.filter(conversation=conversation).first(), Answered.objects.filter(conversation=conversation).first()


def places_found(conversations: Collection[int]) -> set[tuple[int, int, int, str, int, str]]:
    """Return where, for which norm and by which instrument something was found already."""
    rows = Found.objects.filter(conversation__in=conversations)
    return set(rows.values_list("said_id", "start", "end", "norm", "norm_version", "instrument"))


def asked(moment: Moment) -> RecordQuerySet[Asked]:
    """Return the customers' first words whose answer is due by now, or was given."""
    rows = Asked.objects.as_of(moment)
    # Most answers are due long since: whether there was one is looked up only where it is not.
    early = rows.filter(_answered(moment), due__gt=moment.at)
    # Said as what is left out: of "due or among these" SQLite would make two lists and put them together.
    return rows.exclude(Q(due__gt=moment.at) & ~Q(pk__in=early.values("pk")))


def our_calls(moment: Moment, parties: QuerySet[Any] | Collection[int]) -> RecordQuerySet[Said]:
    """Return the words with which we called these parties, each with its `party` and its `clock`: the time of day where we are, as `12:40:00`.

    They are ours and begin a telephone call of which its source knows that it went out – whoever takes a call speaks first as well –, or go on after a
    silence in which the line was down.
    """
    earlier = Said.objects.filter(conversation=OuterRef("conversation"), at__lt=OuterRef("at")).order_by("-at", "-id")
    clock = Cast(TruncTime("at", tzinfo=get_current_timezone()), CharField())
    ours = Said.objects.as_of(moment).filter(role=Role.AGENT, conversation__channel=Channel.PHONE, conversation__party__in=parties)
    rows = ours.annotate(clock=clock, party=F("conversation__party"), before=Subquery(earlier.annotate(over=Coalesce("until", "at")).values("over")[:1]))
    begins = Q(before=None, conversation__meta__contains=WENT_OUT)
    return rows.filter(begins | Q(at__gte=F("before") + CALLED_AGAIN))


def left_waiting(moment: Moment) -> RecordQuerySet[Asked]:
    """Return the customers' first words that were not answered by their time."""
    return Asked.objects.as_of(moment).filter(due__lte=moment.at).exclude(_answered(moment, by=F("due")))


def still_waiting(moment: Moment) -> RecordQuerySet[Asked]:
    """Return the customers' first words whose answer is owed, each with the time `turns` at which it is due."""
    return Asked.objects.as_of(moment).filter(due__gt=moment.at).exclude(_answered(moment)).annotate(turns=F("due"))


def _answered(moment: Moment, *, by: F | None = None) -> There:
    return There(Answered, "conversation", moment, of="conversation", by=by)


def listened(moment: Moment) -> RecordQuerySet[Conversation]:
    """Return the conversations that were listened to."""
    return begun(moment).filter(There(Heard, "conversation", moment))


def gravely_amiss(moment: Moment) -> RecordQuerySet[Conversation]:
    """Return those in which words were heard that gravely break a norm."""
    grave = findings(moment).filter(kind="breach", severity="critical")
    return listened(moment).filter(pk__in=grave.values("conversation"))


def read_backs(moment: Moment) -> RecordQuerySet[Found]:
    """Return the values that were read back over the telephone."""
    return findings(moment).filter(norm=READ_BACK, conversation__channel=Channel.PHONE)


def complaints(moment: Moment) -> RecordQuerySet[Found]:
    """Return the complaints heard."""
    return findings(moment).filter(norm=COMPLAINT)


def complained(moment: Moment, *, within: timedelta) -> RecordQuerySet[Found]:
    """Return the complaints heard of late, of people whom we know, with what they said."""
    recent = complaints(moment).filter(at__gte=moment.at - within, conversation__party__isnull=False)
    return recent.select_related("said", "conversation")


def over(moment: Moment, *, since: timedelta) -> RecordQuerySet[Conversation]:
    """Return the conversations that ended at least so long ago."""
    ends = Ended.objects.as_of(moment).filter(conversation=OuterRef("pk"), at__lte=moment.at - since)
    return begun(moment).filter(Exists(ends))


def abused(moment: Moment) -> RecordQuerySet[Found]:
    """Return the first abuse heard from the customer in each conversation, with `over`: when the conversation ended, or the words were said."""
    heard = findings(moment).filter(norm=ABUSE)
    before = heard.filter(conversation=OuterRef("conversation")).order_by("at", "id").values("pk")[:1]
    ended = Ended.objects.as_of(moment).filter(conversation=OuterRef("conversation")).order_by("at").values("at")[:1]
    return heard.filter(pk=Subquery(before)).annotate(over=Coalesce(Subquery(ended), F("at")))


def with_words(moment: Moment, words: str) -> RecordQuerySet[Conversation]:
    """Return the conversations in which these very words were said."""
    said = Said.objects.as_of(moment).filter(conversation=OuterRef("pk"), text__icontains=words)
    return begun(moment).filter(Exists(said))


def notes(conversation: Conversation, moment: Moment) -> RecordQuerySet[Noted]:
    """Return what was noted in a conversation."""
    return Noted.objects.as_of(moment).filter(conversation=conversation).select_related("said", "person").order_by("at", "id")


def noted(moment: Moment) -> RecordQuerySet[Noted]:
    """Return everything that was noted."""
    return Noted.objects.as_of(moment)


def openings(moment: Moment) -> RecordQuerySet[Opened]:
    """Return when customers' cards were opened."""
    return Opened.objects.as_of(moment)


def unheard() -> QuerySet[Unheard]:
    """Return the conversations that wait to be listened to."""
    return Unheard.objects.all()


def about(parties: Collection[int]) -> list[Any]:
    """Return everything that holds these parties' words: what an erasure must reach."""
    conversations = Conversation.objects.filter(party__in=parties)
    within = {"conversation__in": conversations}
    disputes: RecordQuerySet[Any] = Disputed.objects.filter(found__conversation__in=conversations)
    decided: RecordQuerySet[Any] = Settled.objects.filter(disputed__in=disputes)
    return [
        *conversations, *Said.objects.filter(**within), *Found.objects.filter(**within), *disputes, *decided, *Noted.objects.filter(**within),
        *Handed.objects.filter(**within), *Hindered.objects.filter(**within), *Corrected.objects.filter(said__conversation__in=conversations),
    ]  # fmt: skip
