"""One small cast, a cheap password hash, and the data that nobody here wrote."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from lingting.access.models import Account
from lingting.conformity import assess, proposals
from lingting.conformity.check import CHECKS
from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.write import write
from lingting.registers.conversations import actions as conversations
from lingting.registers.conversations import reading
from lingting.registers.conversations.models import Conversation, Found, Said
from lingting.registers.parties import actions as parties
from lingting.registers.parties.models import Category, Party

CI = os.environ.get("CI", "").lower() == "true"
DATA = Path(os.environ.get("LINGTING_DATA") or Path(__file__).parents[2] / "shared" / "data")
PASSWORD = "听清每一句话-2026"
CAST = {
    "agent": "李客服", "supervisor": "王主管", "inspector": "赵质检", "quality_manager": "陈审核", "internal_auditor": "孙内审",
    "external_auditor": "何外审", "internal_customer": "仓储小顾", "trainee": "学员小唐", "customer": "林女士", "provider": "夜班热线",
    "administrator": "管理员",
}  # fmt: skip
"""Who appears in the tests; the stranger (外人) is whoever is not signed in."""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Each test has a book of its own: what was remembered of another's, up to an entry of the same number, is none of this one's."""
    proposals._places.cache_clear()
    reading._KEPT.clear()


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: object) -> None:
    """Argon2 as in production, but with the least work, so that a sign-in costs milliseconds."""
    settings.PASSWORD_HASHERS = ["tests.passwords.CheapArgon2"]


ZONE = ZoneInfo("Asia/Shanghai")
LATER = datetime(2026, 12, 31, tzinfo=ZONE)
"""After everything that a test lets happen."""


@pytest.fixture
def put(db: None) -> Callable[..., Record]:
    """Write a record down as a person does: `put("property.item", at="2026-06-01 10:00", code="PR-1", …)`; a record stands for its number."""

    def write_down(label: str, **given: object) -> Record:
        return write(kinds()[label], given, by=1, now=LATER, zone=ZONE)

    return write_down


@pytest.fixture
def customer(db: None) -> Party:
    """A customer whom many records need."""
    return parties.add(name="林女士", organisation="棠鲤生鲜", category=Category.CUSTOMER, at=datetime(2026, 5, 1, tzinfo=ZONE), by=1)


@pytest.fixture
def decider(put: Callable[..., Record]) -> Record:
    """Somebody who approves and releases."""
    return put("people.person", code="SV1", name="严松", at="2026-05-01")


@pytest.fixture
def offering(put: Callable[..., Record]) -> Record:
    """What is on sale."""
    return put("offerings.offering", code="OF-03", name="冷链干线", origin="before", at="2026-06-01")


@pytest.fixture
def order(put: Callable[..., Record], customer: Party, offering: Record) -> Callable[..., Record]:
    """Place an order; with `accepted` we said yes at that time."""

    def place(code: str = "ORD-1", *, accepted: str = "", **given: object) -> Record:
        row = put("orders.order", code=code, **{"at": "2026-06-10 09:00", "party": customer, "what": "8 托冷冻鱼", "offering": offering, **given})
        if accepted:
            put("orders.accepted", order=row, at=accepted)
        return row

    return place


@pytest.fixture
def talk(db: None, customer: Party) -> Callable[..., Conversation]:
    """Hold a conversation that ended an hour after it began."""

    def hold(key: str = "CV-1", at: str = "2026-06-17 10:12") -> Conversation:
        begun = datetime.fromisoformat(at).replace(tzinfo=ZONE)
        row = Conversation(source="test", key=key, channel="phone", at=begun, language="zh", party=customer)
        book.write(row, conversations.end(row, at=begun + timedelta(hours=1)), act="test")
        return row

    return hold


@pytest.fixture
def hear(customer: Party) -> Callable[..., Found]:
    """Write down that a customer said something and that it was heard: `hear("complaint.made", "2026-07-01 10:00", "货送到旧地址了")`."""

    def write_down(norm: str, at: str, words: str = "怎么又送错了", *, kind: str = "fact", channel: str = "phone", said: Said | None = None) -> Found:
        when = datetime.fromisoformat(at).replace(tzinfo=ZONE)
        talk = said.conversation if said else Conversation(source="test", key=f"{at} {norm} {words}", channel=channel, at=when, party=customer)
        turn = said or Said(conversation=talk, key="1", role="customer", text=words, at=when)
        found = Found(
            conversation=talk,
            said=turn,
            at=when,
            start=0,
            end=len(words),
            norm=norm,
            norm_version=1,
            instrument="test",
            kind=kind,
            severity="major",
            quote=words,
        )
        book.write(*(() if said else (talk, turn)), found, act="test")
        return found

    return write_down


@pytest.fixture
def stands(db: None) -> Callable[..., tuple[str, int, int]]:
    """Return how a check stands at a time: its state, how many fail, how many are in scope."""

    def ask(check_id: str, at: str = "2026-08-31 09:00") -> tuple[str, int, int]:
        verdict = assess.ask(CHECKS[check_id], Moment(datetime.fromisoformat(at).replace(tzinfo=ZONE))).verdict
        return verdict.state.value, verdict.failing, verdict.scope

    return ask


@pytest.fixture
def cast(db: None) -> Callable[[str], Account]:
    """Return somebody of a role."""

    def play(role: str) -> Account:
        known = Account.objects.filter(username=role).first()
        return known or Account.objects.create_user(username=role, password=PASSWORD, role=role, name=CAST[role])

    return play


@pytest.fixture
def data() -> Path:
    """Return the folder of public data that nobody here wrote; without it the test is skipped by name."""
    if not DATA.is_dir():
        unavailable(f"The public data are not at {DATA}; name their folder in LINGTING_DATA.")
    return DATA


def unavailable(why: str) -> None:
    """Skip a test by name, saying what cannot be had; where everything must be there, fail."""
    pytest.fail(why) if CI else pytest.skip(why)


@pytest.fixture
def at_time(settings: object) -> Callable[[str], datetime]:
    """Set the one clock that pages and commands ask, in the organisation's zone."""

    def set_clock(words: str) -> datetime:
        now = datetime.fromisoformat(words).replace(tzinfo=settings.LINGTING["ZONE"])
        settings.LINGTING = {**settings.LINGTING, "CLOCK": now}
        return now

    return set_clock


@pytest.fixture
def signed_in(cast: Callable[[str], Account]) -> Callable[[str], Client]:
    """Return a browser in which somebody of a role has signed in."""

    def sign_in(role: str) -> Client:
        client = Client()
        client.force_login(cast(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
