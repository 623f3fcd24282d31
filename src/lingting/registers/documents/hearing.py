"""What documents hear in a conversation (听出): a revision by its telling words in what we said, a frequent question in what the customer said."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from lingting.inspection.normalise import plain
from lingting.ledger.models import Record
from lingting.records.write import live
from lingting.registers.documents.filing import words_of
from lingting.registers.documents.knowledge import Question, Raised
from lingting.registers.documents.models import Phrase, Used

Hearer = Callable[[Iterable[Any]], Iterator[Record]]


def hearer(said: Collection[int]) -> Hearer:
    """Return what yields, of words that were said, the uses of revisions and the questions in them that are not known yet.

    Args:
        said: the numbers of all the words that it will be asked about, so that what is known of them is looked up once.
    """
    phrases = [(phrase, plain(phrase.words)) for phrase in live(Phrase).select_related("revision")]
    questions = [(question, words) for question in live(Question) if (words := words_of(question))]
    used = set(Used.objects.filter(said__in=said).values_list("said_id", "revision_id")) if phrases else set()
    raised = set(Raised.objects.filter(said__in=said).values_list("said_id", "question_id")) if questions else set()

    def hear(rows: Iterable[Any]) -> Iterator[Record]:
        for row in rows if phrases or questions else ():
            words, ours = plain(row.text or ""), row.role == "agent"
            for phrase, wanted in phrases if ours else ():
                if wanted in words and (row.id, phrase.revision_id) not in used and row.at >= phrase.revision.at:
                    used.add((row.id, phrase.revision_id))
                    yield Used(revision=phrase.revision, conversation_id=row.conversation_id, said_id=row.id, words=phrase.words, at=row.at)
            for question, wanted_words in questions if row.role == "customer" else ():
                if (row.id, question.id) not in raised and any(word in words for word in wanted_words):
                    yield Raised(question=question, conversation_id=row.conversation_id, said_id=row.id, at=row.at)

    return hear
