"""What the API sends and takes, as shapes; every time is ISO 8601 with its zone, every list has `following`."""

from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

from ninja import Field, Schema

T = TypeVar("T")


class Rows(Schema, Generic[T]):
    """Some rows, newest first; `following` is the cursor of the next ones, empty at the end."""

    rows: list[T]
    following: str = Field(description="Pass it as `after` to get the next rows; empty at the end.")


class PartyShape(Schema):
    """An interested party (相关方)."""

    id: int
    category: str
    internal: bool
    name: str | None
    organisation: str | None
    at: datetime


class ConversationShape(Schema):
    """A conversation (对话) without its words."""

    id: int
    source: str
    key: str
    channel: str
    language: str
    subject: str | None
    at: datetime
    party: PartyShape | None


class FindingShape(Schema):
    """Words found by an instrument, with the norm they bear on."""

    id: int
    said: int = Field(alias="said_id")
    start: int
    end: int
    norm: str
    norm_version: int
    instrument: str
    kind: str
    quote: str | None
    at: datetime


class SaidShape(Schema):
    """One thing said; `text` is empty where it was erased."""

    id: int
    key: str
    role: str
    speaker: str | None
    seat: str | None
    text: str | None
    at: datetime
    until: datetime | None


class WholeConversation(ConversationShape):
    """A conversation with everything said and found in it."""

    turns: list[SaidShape]
    findings: list[FindingShape]


class PromiseShape(Schema):
    """A promise (承诺); `deadline` is the time it is due, or the last one the customer agreed to."""

    id: int
    words: str | None
    speaker: str | None
    at: datetime
    deadline: datetime | None
    condition: str | None
    conditional: bool | None
    by_house: bool | None
    conversation: int | None = Field(alias="conversation_id")
    party: PartyShape | None


class CheckShape(Schema):
    """How a check (检查) stands, with the counts it rests on; `low` and `high` bound the passing share (95 %)."""

    id: str
    zh: str
    en: str
    state: str
    scope: int
    failing: int
    limit: float | None
    low: float | None
    high: float | None


class ClauseShape(Schema):
    """How a clause (条款) stands: as its worst check."""

    number: str
    zh: str
    en: str
    state: str
    answered: int
    checks: int


class WholeClause(ClauseShape):
    """A clause with its checks."""

    required: dict[str, str]
    each: list[CheckShape]


class BookShape(Schema):
    """The head of the chain (账本): what an outsider notes to prove later that nothing was changed."""

    entries: int
    blocks: int
    height: int
    hash: str
    sealed: datetime | None


class NoteIn(Schema):
    """How a promise was kept, or why it is withdrawn."""

    note: str = Field(min_length=1, max_length=2000)


class DueIn(Schema):
    """Another time the customer agreed to."""

    due: datetime


class PartyIn(Schema):
    """A new interested party; a name or an organisation is needed."""

    name: str = Field("", max_length=200)
    organisation: str = Field("", max_length=200)
    category: Literal["customer", "owner", "staff", "provider", "bank", "regulator", "union", "partner", "society", "competitor", "neighbour"]
    internal: bool = False


class ConversationsIn(Schema):
    """Conversations in the shape of docs/formats.md, one object each."""

    conversations: list[Any] = Field(max_length=1000)


class MistakeShape(Schema):
    """What could not be taken: where it stands, what is wrong, what to do."""

    place: str
    wrong: str
    remedy: str


class ReceivedShape(Schema):
    """What became of what was sent; sending it again adds nothing."""

    conversations: int
    messages: int
    known: int
    mistakes: list[MistakeShape]


class Problem(Schema):
    """Why something was not done."""

    detail: Any
