"""Correcting (更正) the list of facts that is drafted out of the customer's words: what whoever was there said of each, and how often the draft was wrong."""

from collections.abc import Iterable, Mapping

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import Conversation, Corrected


def corrections(moment: Moment) -> RecordQuerySet[Corrected]:
    """Return what holds of the facts that were looked at: of each draft the newest word."""
    rows = Corrected.objects.as_of(moment)
    newest: dict[tuple[int, str], int] = {}
    single: list[int] = []
    for number, said, quote in rows.order_by("at", "id").values_list("pk", "said", "quote"):
        if quote:
            newest[said, quote] = number
        else:
            single.append(number)
    return rows.filter(pk__in=[*newest.values(), *single])


def wrong(moment: Moment) -> RecordQuerySet[Corrected]:
    """Return those of them by which the draft was wrong: put right, no fact, or missing."""
    return corrections(moment).exclude(how=Corrected.How.RIGHT)


def of(conversation: Conversation, moment: Moment) -> Mapping[tuple[int, str], Corrected]:
    """Return the newest word about each draft of one conversation, by the turn and the words; of what was missing each."""
    rows: Iterable[Corrected] = Corrected.objects.as_of(moment).filter(said__conversation=conversation).select_related("person", "said").order_by("at", "id")
    return {(one.said_id, one.quote or f"+{one.pk}"): one for one in rows}
