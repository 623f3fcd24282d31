"""What is true of conversations (对话) as of a moment."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, TruncTime
from django.utils.timezone import get_current_timezone

from lingting.catalog.load import period
from lingting.inspection.transcript import Channel, Role
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import Answered, Asked, Conversation, Ended, Found, Heard, Said, Unheard

COMPLAINT = "complaint.made"
READ_BACK = "slot.read-back"
ABUSE = "abuse.customer"
REGISTERED_WITHIN = period("conversations.registered-within", timedelta(days=1))
"""A complaint heard is judged, a nonconformity or not, within a day: the house's number."""


def begun(moment: Moment) -> RecordQuerySet[Conversation]:
    """Return the conversations that had begun."""
    return Conversation.objects.as_of(moment)


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


def said_as_of(conversation: Conversation, moment: Moment) -> list[Said]:
    """Return what had been said in one conversation."""
    return list(Said.objects.as_of(moment).filter(conversation=conversation).order_by("at", "id"))


def findings(moment: Moment) -> RecordQuerySet[Found]:
    """Return everything found so far."""
    return Found.objects.as_of(moment)


def found_in(conversation: Conversation, moment: Moment) -> list[Found]:
    """Return what had been found in one conversation, in the order of its words."""
    rows = findings(moment).filter(conversation=conversation).select_related("said")
    return sorted(rows, key=lambda row: (row.said.at, row.said_id, row.start, row.norm))


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
    answered = Answered.objects.as_of(moment).filter(conversation=OuterRef("conversation"))
    rows = Asked.objects.as_of(moment).annotate(is_answered=Exists(answered))
    return rows.filter(Q(due__lte=moment.at) | Q(is_answered=True))


def our_calls(moment: Moment) -> RecordQuerySet[Conversation]:
    """Return the telephone calls in which we spoke first, each with its `clock`: the time of day where the organisation is, as `12:40:00`."""
    first = Said.objects.filter(conversation=OuterRef("pk")).order_by("at", "id").values("role")[:1]
    clock = Cast(TruncTime("at", tzinfo=get_current_timezone()), CharField())
    return begun(moment).filter(channel=Channel.PHONE).annotate(clock=clock, spoke=Subquery(first)).filter(spoke=Role.AGENT)


def left_waiting(moment: Moment) -> RecordQuerySet[Asked]:
    """Return the customers' first words that were not answered by their time."""
    in_time = Answered.objects.as_of(moment).filter(conversation=OuterRef("conversation"), at__lte=OuterRef("due"))
    return Asked.objects.as_of(moment).filter(due__lte=moment.at).exclude(Exists(in_time))


def still_waiting(moment: Moment) -> RecordQuerySet[Asked]:
    """Return the customers' first words whose answer is owed, each with the time `turns` at which it is due."""
    answered = Answered.objects.as_of(moment).filter(conversation=OuterRef("conversation"))
    return Asked.objects.as_of(moment).filter(due__gt=moment.at).exclude(Exists(answered)).annotate(turns=F("due"))


def listened(moment: Moment) -> RecordQuerySet[Conversation]:
    """Return the conversations that were listened to."""
    return begun(moment).filter(Exists(hearings(moment).filter(conversation=OuterRef("pk"))))


def gravely_amiss(moment: Moment) -> RecordQuerySet[Conversation]:
    """Return those in which words were heard that gravely break a norm."""
    grave = findings(moment).filter(conversation=OuterRef("pk"), kind="breach", severity="critical")
    return listened(moment).filter(Exists(grave))


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


def complaints_to_take_up(moment: Moment) -> RecordQuerySet[Found]:
    """Return the complaints heard long enough ago that they should have been taken up."""
    return complaints(moment).filter(at__lte=moment.at - REGISTERED_WITHIN)


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


def unheard() -> QuerySet[Unheard]:
    """Return the conversations that wait to be listened to."""
    return Unheard.objects.all()


def about(parties: Collection[int]) -> list[Conversation | Said | Found]:
    """Return everything that holds these parties' words: what an erasure must reach."""
    conversations = Conversation.objects.filter(party__in=parties)
    within = {"conversation__in": conversations}
    return [*conversations, *Said.objects.filter(**within), *Found.objects.filter(**within)]
