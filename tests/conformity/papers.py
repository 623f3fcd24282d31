"""Small documents, people and conversations that many tests of clauses need."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.registers.conversations import actions as conversations
from lingting.registers.conversations.models import Conversation, Found, Heard, Said
from lingting.registers.documents.models import Document
from lingting.registers.people.models import Person

ZONE = ZoneInfo("Asia/Shanghai")


def when(at: str) -> datetime:
    return datetime.fromisoformat(at).replace(tzinfo=ZONE)


@pytest.fixture
def who(put: Callable[..., Record]) -> Callable[[str], Record]:
    """Return somebody by code."""

    def find(code: str) -> Record:
        return Person.objects.filter(code=code).first() or put("people.person", code=code, name=f"{code} 某", at="2026-05-01")

    return find


@pytest.fixture
def paper(put: Callable[..., Record], who: Callable[[str], Record]) -> Callable[..., Record]:
    """Return a revision of a document, approved by somebody else unless said otherwise."""

    def write(code: str = "DOC-1", number: str = "v1", *, at: str = "2026-06-01 09:00", author: str = "A01", approver: str = "QM", **given: object) -> Record:
        kind = {name: given.pop(name) for name in ("origin", "sort", "issuer") if name in given}
        document = Document.objects.filter(code=code).first() or put("documents.document", code=code, name="热线话术", at="2026-06-01 08:00", **kind)
        whole = {"effective": "2026-06-01", "author": who(author) if author else None, **given}
        revision = put("documents.revision", document=document, number=number, at=at, **whole)
        if approver:
            put("documents.approved", revision=revision, approver=who(approver), at=at)
        return revision

    return write


@pytest.fixture
def series(put: Callable[..., Record]) -> Callable[..., Record]:
    """Return a series of records with a rule of so many days."""

    def keep(code: str = "RS-01", *, days: int = 0) -> Record:
        row = put("documents.series", code=code, name="通话录音", at="2026-05-01")
        if days:
            put("documents.retention", series=row, days=days, way="erase", ground="合同约定", at="2026-05-01")
        return row

    return keep


@pytest.fixture
def talk(db: None) -> Callable[..., Conversation]:
    """Hold a telephone conversation in which the customer and then we say something; it is over after ten minutes."""

    def hold(at: str = "2026-07-20 10:00", ours: str = "好的，马上为您办理。", theirs: str = "我的货到哪里了", *, party: Record | None = None) -> Conversation:
        begun = when(at)
        row = Conversation(source="test", key=f"{at} {ours} {theirs}", channel="phone", at=begun, language="zh", party=party)
        lines = [
            Said(conversation=row, key=str(place), role=role, speaker="", text=text, at=begun + timedelta(minutes=place))
            for place, (role, text) in enumerate((("customer", theirs), ("agent", ours)))
        ]
        book.write(row, *lines, conversations.end(row, at=begun + timedelta(minutes=10)), act="test")
        return row

    return hold


@pytest.fixture
def amiss(db: None) -> Callable[..., None]:
    """Write down that a conversation was listened to, and that words of it break a norm – or, without severity, do not."""

    def note(conversation: Conversation, severity: str = "") -> None:
        said = Said.objects.filter(conversation=conversation, role="agent").get()
        heard = Heard(conversation=conversation, pack="p", turns=2, at=said.at)
        found = Found(
            conversation=conversation, said=said, at=said.at, start=0, end=2, norm="phrase.blame", norm_version=1, instrument="t/1",
            kind="breach", severity=severity, quote="好的", slots="{}",
        )  # fmt: skip
        book.write(heard, *([found] if severity else []), act="test")

    return note
