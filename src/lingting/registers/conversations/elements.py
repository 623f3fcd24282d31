"""The seven elements (七要素) of communication in a conversation: source, message, channel, target, feedback, barrier, context (S-LISTEN-03).

The channel is always known. The context – what was open with this customer when the conversation began – stands in the book already, as of that moment;
without knowing whose conversation it is there is none.
"""

from collections.abc import Mapping

from django.db.models import Q

from lingting.inspection.transcript import Role
from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries
from lingting.registers.conversations.clarity import UNSURE
from lingting.registers.conversations.models import Conversation, Hindered, Said
from lingting.statistics.parts import Part

ELEMENTS: Mapping[str, tuple[str, str]] = {
    "source": ("信息源", "Source"), "message": ("信息", "Message"), "channel": ("通道", "Channel"), "target": ("目标靶", "Target"),
    "feedback": ("反馈", "Feedback"), "barrier": ("障碍", "Barrier"), "context": ("沟通背景", "Context"),
}  # fmt: skip
"""The elements in the order of the source, with their names."""


def barriers(conversation: Conversation, moment: Moment) -> RecordQuerySet[Hindered]:
    """Return what was written down to have stood in the way in one conversation."""
    return Hindered.objects.as_of(moment).filter(conversation=conversation).select_related("person").order_by("at", "id")


def heard_barriers(moment: Moment) -> RecordQuerySet[Said]:
    """Return the turns that tell of a barrier by themselves: a machine was unsure of the words, or heard somebody and no words."""
    return Said.objects.as_of(moment).filter(automatic="").filter(Q(confidence__lt=UNSURE) | Q(text=""))


def missing(moment: Moment, numbers: frozenset[int] | None = None) -> dict[str, frozenset[int]]:
    """Return for each element the conversations (all, or of these numbers) that lack it."""
    rows, said = queries.begun(moment), Said.objects.as_of(moment).filter(automatic="")
    hindered = Hindered.objects.as_of(moment)
    unclear = heard_barriers(moment)
    if numbers is not None:
        rows, said, hindered, unclear = (
            rows.filter(pk__in=numbers), said.filter(conversation__in=numbers), hindered.filter(conversation__in=numbers),
            unclear.filter(conversation__in=numbers),
        )  # fmt: skip
    every, nobody, queueless = set[int](), set[int](), set[int]()
    for number, party, queue in rows.values_list("pk", "party", "queue"):
        every.add(number)
        if party is None:
            nobody.add(number)
        if not queue:
            queueless.add(number)

    def of(turns: RecordQuerySet[Said]) -> set[int]:
        return set(turns.order_by().values_list("conversation", flat=True).distinct())

    theirs, ours = of(said.filter(role=Role.CUSTOMER)), of(said.filter(role=Role.AGENT))
    named, worded = of(said.filter(role=Role.AGENT, speaker__isnull=False)), of(said.exclude(text="").exclude(text=None))
    called = of(said.filter(role=Role.CUSTOMER, speaker__isnull=False))
    looked = set(hindered.order_by().values_list("conversation", flat=True)) | of(unclear)
    return {
        name: frozenset(ones)
        for name, ones in {
            "source": nobody - called, "message": every - worded, "channel": set[int](), "target": queueless - named, "feedback": every - (theirs & ours),
            "barrier": every - looked, "context": nobody,
        }.items()
    }  # fmt: skip


def incomplete(moment: Moment) -> Part:
    """Return the conversations that ended, and those of them whose record lacks one of the seven."""
    every = frozenset(queries.begun(moment).values_list("pk", flat=True))
    over = every & queries.ended(every)
    lacking = frozenset[int]().union(*missing(moment).values())
    return Part(over, over & lacking)
