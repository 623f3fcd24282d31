"""What the line tells of waiting (等候): that the customer waits or is to be called back, and that a silent line owes them a call."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import timedelta
from functools import cache

from lingting.catalog.load import period, read_words
from lingting.inspection.normalise import plain
from lingting.inspection.transcript import Channel, Role
from lingting.ledger.models import Record
from lingting.registers.conversations.callbacks import Callback, Chosen
from lingting.registers.conversations.models import Conversation, Said

CALLED_BACK_WITHIN = period("conversations.called-back-within", timedelta(hours=2))
"""How soon a customer is called back whose line stayed silent; a house default, shown as ours."""

ANSWERED = 2
"""So many turns after our offer the customer's words are still an answer to it."""

PROMPTS = 2
"""We spoke so many times into the silence before a line counts as silent (`silence.announced` asks the same)."""

Waiter = Callable[[Conversation, Sequence[Said]], Iterator[Record]]


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in read_words()[name]))


def choice_of(words: str) -> str:
    """Return which of the two a customer chooses with these words, said in answer to an offer: "wait", "callback", or nothing.

    >>> [choice_of(words) for words in ("好，我不挂，等着", "不用了，您回头给我回个电话", "怎么一直没人给我回电话", "嗯")]
    ['wait', 'callback', '', '']
    """
    found = ""
    for clause in re.split("[,。!?;，！？；.]", plain(words)):
        if not _words("choice-denied").search(clause):
            found = Chosen.Choice.CALLBACK if _words("call-me-back").search(clause) else Chosen.Choice.WAIT if _words("waits-on-line").search(clause) else found
    return str(found)


def waiter(numbers: Collection[int]) -> Waiter:
    """Return what yields, of a conversation, the choices heard in it and the call-back it owes, as far as neither is known yet.

    Args:
        numbers: the conversations that it will be asked about, so that what is known of them is looked up once.
    """
    chosen = set(Chosen.objects.filter(conversation__in=numbers, automatic=True).values_list("said", flat=True))
    owed = set(Callback.objects.filter(conversation__in=numbers).values_list("conversation", flat=True))

    def wait(conversation: Conversation, said: Sequence[Said]) -> Iterator[Record]:
        if conversation.channel != Channel.PHONE:
            return
        for row, choice in _choices(said):
            if row.pk not in chosen:
                yield Chosen(conversation=conversation, choice=choice, said=row, automatic=True, at=row.at)
        hung_up = _hung_up_on_silence(said)
        if hung_up and conversation.pk not in owed:
            yield Callback(conversation=conversation, reason=Callback.Reason.SILENT, due=hung_up.at + CALLED_BACK_WITHIN, at=hung_up.at)

    return wait


def _choices(said: Sequence[Said]) -> Iterator[tuple[Said, str]]:
    """Yield what the customer chose, only in answer to our offer: the same words elsewhere may tell of another day."""
    offered = -ANSWERED - 1
    for place, row in enumerate(said):
        if row.role == Role.AGENT and _words("waiting-offered").search(plain(row.text or "")):
            offered = place
        elif row.role == Role.CUSTOMER and place - offered <= ANSWERED and (choice := choice_of(row.text or "")):
            yield row, choice


def _hung_up_on_silence(said: Sequence[Said]) -> Said | None:
    """Return the note that we hung up, where nobody answered though we asked again and again."""
    run: list[str] = []
    for row in said:
        words = plain(row.text or "")
        if row.role == Role.SYSTEM and _words("agent-hung-up").search(words):
            return row if len(run) >= PROMPTS and any(_words("prompt").search(one) for one in run) else None
        if row.role == Role.CUSTOMER and words:
            run = []
        elif row.role == Role.AGENT:
            run.append(words)
    return None
