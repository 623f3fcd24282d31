"""Conversations that the pages of figures count, each turn with what was heard in it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.conftest import ZONE

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations.models import Answered, Conversation, Found, Heard, Said
from lingting.registers.parties.models import Party


@pytest.fixture
def converse(customer: Party) -> Callable[..., list[Said]]:
    """Hold a conversation of these turns a minute apart: 客： is the customer's; `found` names a norm for a turn (from 1)."""

    def hold(
        key: str,
        *turns: str,
        at: str = "2026-06-17 10:00",
        found: dict[int, str] | None = None,
        source: str = "test",
        meta: str = "",
        sure: tuple[int | None, ...] = (),
        **given: Any,
    ) -> list[Said]:
        begun = datetime.fromisoformat(at).replace(tzinfo=ZONE)
        row = Conversation(
            **{"source": source, "key": key, "channel": "phone", "at": begun, "language": "zh", "party": customer, "meta": meta or None, **given}
        )
        said = []
        for place, turn in enumerate(turns):
            role, _, words = turn.partition("：")
            said.append(
                Said(
                    conversation=row, key=str(place + 1), role="customer" if role == "客" else "agent", speaker=None if role == "客" else "李客服",
                    text=words, at=begun + timedelta(minutes=place), confidence=sure[place] if sure else None,
                )
            )  # fmt: skip
        ours = next((one for place, one in enumerate(said) if one.role == "agent" and any(before.role == "customer" for before in said[:place])), None)
        rows: list[Record] = [row, *said, Heard(conversation=row, pack="p", turns=len(said), at=said[-1].at)]
        rows += [Answered(conversation=row, said=ours, at=ours.at)] if ours else []
        for place, norm in (found or {}).items():
            one = said[place - 1]
            kind = "breach" if one.role == "agent" else "feeling"
            rows.append(
                Found(
                    conversation=row, said=one, at=one.at, start=0, end=len(one.text or ""), norm=norm, norm_version=1, instrument="test", kind=kind,
                    severity="major", quote=one.text,
                )
            )  # fmt: skip
        book.write(*rows, act="test")
        return said

    return hold


@pytest.fixture
def inspector(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("inspector")
