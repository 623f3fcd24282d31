"""Voices (声音): what people said of late who complained, or who spoke of being affected: what emerging groups are found in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from lingting.ledger.models import RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.registers.conversations import queries as conversations
from lingting.registers.parties.groups import Voice
from lingting.registers.parties.models import Placed, TurnedAway

LOOKED_BACK = timedelta(days=60)
"""How far back voices are listened to together."""

Rows = Callable[[RecordQuerySet[Any]], RecordQuerySet[Any]]
"""What lets some rows through, of whatever names a conversation."""


def voices(moment: Moment, *, open_to: Rows = lambda rows: rows) -> list[Voice]:
    """Return a voice for each conversation, of those rows alone that `open_to` lets through: the complaint, or the longest turn of who was affected."""
    heard = open_to(conversations.complained(moment, within=LOOKED_BACK))
    complained = {row.conversation_id: Voice(row.conversation_id, row.conversation.party_id or 0, row.at, row.said.text or "") for row in heard}
    return list({**_affected(moment, open_to), **complained}.values())


def _affected(moment: Moment, open_to: Rows) -> dict[int, Voice]:
    """Return what those said who spoke of being affected, sent away or taken up: they need not call it a complaint."""
    recent = [
        row.conversation
        for model in (TurnedAway, Placed)
        for row in open_to(model.objects.as_of(moment))
        .filter(at__gte=moment.at - LOOKED_BACK, conversation__party__isnull=False)
        .select_related("conversation")
    ]
    turns = conversations.turns([one.pk for one in recent])
    longest = {one.pk: max((said.text or "" for said in turns[one.pk] if said.role == "customer"), key=len, default="") for one in recent}
    return {one.pk: Voice(one.pk, one.party_id or 0, one.at, longest[one.pk]) for one in recent if longest[one.pk]}
