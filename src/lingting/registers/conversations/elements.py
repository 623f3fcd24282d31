"""The seven elements (七要素) of communication in a conversation: source, message, channel, target, feedback, barrier, context (S-LISTEN-03).

The channel is always known. The context – what was open with this customer when the conversation began – stands in the book already, as of that moment;
without knowing whose conversation it is there is none.
"""

from collections.abc import Mapping

from django.db.models import Count, Q

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


UNCLEAR = Q(confidence__lt=UNSURE) | Q(text="")
"""Turns that tell of a barrier by themselves: a machine was unsure of the words, or heard somebody and no words."""


def unclear(moment: Moment) -> RecordQuerySet[Said]:
    """Return the turns that tell of a barrier by themselves."""
    return Said.objects.as_of(moment).filter(UNCLEAR, automatic="")


_THEIRS, _OURS, _NAMED = Q(role=Role.CUSTOMER), Q(role=Role.AGENT), Q(speaker__isnull=False)


def missing(moment: Moment, numbers: frozenset[int] | None = None) -> dict[str, frozenset[int]]:
    """Return for each element the conversations (all, or of these numbers) that lack it; what was said is gone through once.

    Words that were erased were there.
    """
    rows, said, hindered = queries.begun(moment), Said.objects.as_of(moment).filter(automatic=""), Hindered.objects.as_of(moment)
    if numbers is not None:
        rows, said, hindered = rows.filter(pk__in=numbers), said.filter(conversation__in=numbers), hindered.filter(conversation__in=numbers)
    told = {
        "theirs": _THEIRS, "ours": _OURS, "named": _OURS & _NAMED, "called": _THEIRS & _NAMED, "worded": Q(text__gt="") | Q(text=None), "unclear": UNCLEAR,
    }  # fmt: skip
    counted = said.order_by().values("conversation").annotate(**{name: Count("pk", filter=one) for name, one in told.items()})
    known: dict[str, set[int]] = {name: set() for name in told}
    for row in counted.values_list("conversation", *told):
        for name, count in zip(told, row[1:], strict=True):
            if count:
                known[name].add(row[0])
    looked = known["unclear"] | set(hindered.order_by().values_list("conversation", flat=True))
    lacking: dict[str, set[int]] = {name: set() for name in ELEMENTS}
    for number, party, queue in rows.values_list("pk", "party", "queue"):
        for name, there in (
            ("source", party is not None or number in known["called"]), ("message", number in known["worded"]),
            ("target", bool(queue) or number in known["named"]), ("feedback", number in known["theirs"] and number in known["ours"]),
            ("barrier", number in looked), ("context", party is not None),
        ):  # fmt: skip
            if not there:
                lacking[name].add(number)
    return {name: frozenset(ones) for name, ones in lacking.items()}


def incomplete(moment: Moment) -> Part:
    """Return the conversations that ended, and those of them whose record lacks one of the seven."""
    every = frozenset(queries.begun(moment).values_list("pk", flat=True))
    over = every & queries.ended(every)
    lacking = frozenset[int]().union(*missing(moment).values())
    return Part(over, over & lacking)
