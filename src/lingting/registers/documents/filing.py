"""What we do with kept records and with knowledge (记录与知识): each act holds a record against what cannot be before it is written."""

import re
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate

from lingting.inspection.normalise import plain
from lingting.ledger.models import Record
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.documents.keeping import SAID
from lingting.registers.documents.knowledge import Article, Covered, Question, Raised, Shelved
from lingting.registers.documents.linting import MOST_FOUND
from lingting.registers.documents.retained import Accessed, Batch, Disposed, Granted, Held, Lost, Outcome, Retention, Sampled, Verified

SHORTEST = 2
"""Letters of a word by which a question is heard."""


@act(Retention)
def rule(retention: Retention) -> Iterator[Wrong | Record]:
    """Write down how long records are kept, on what ground."""
    if retention.days <= 0:
        yield Wrong("days", "保存期限要大于零天。", "Records are kept for more than no days.")


@act(Batch)
def put_away(batch: Batch) -> Iterator[Wrong | Record]:
    """Write down that records were put away, for at least as long as the rule in force says."""
    rule = live(Retention).filter(series=batch.series, at__lte=batch.at).order_by("-at", "-id").first()
    if rule is None:
        yield Wrong("series", "这种记录还没有保存期限；请先登记。", "Nobody decided how long this series is kept; enter that first.")
    elif batch.until < (least := localdate(batch.at, settings.LINGTING["ZONE"]) + timedelta(days=rule.days)):
        yield Wrong("until", f"按规定要保存 {rule.days} 天，至少到 {least}。", f"The rule says {rule.days} days: until {least} at least.")


@act(Disposed)
def dispose(disposed: Disposed) -> Iterator[Wrong | Record]:
    """Write down that records left; what left before its time is written down too, and found."""
    if disposed.at < disposed.batch.at:
        yield Wrong("at", "不会早于归档的时间。", "That cannot be before they were put away.")
    if live(Disposed).filter(batch=disposed.batch).exists():
        yield Wrong("batch", "这批记录已经处置。", "These records left already.")


@act(Held)
def hold(held: Held) -> Iterator[Wrong | Record]:
    """Write down that records must stay."""
    if held.review < localdate(held.at, settings.LINGTING["ZONE"]):
        yield Wrong("review", "复核日期不能早于登记的那一天。", "The review cannot be before the day it is written down.")
    if live(Disposed).filter(batch=held.batch, at__lte=held.at).exists():
        yield Wrong("batch", "这批记录已经处置，不能再保全。", "These records left already; they cannot be held.")


@act(Lost)
def lose(lost: Lost) -> Iterator[Wrong | Record]:
    """Write down that a record is gone."""
    if lost.at < lost.batch.at:
        yield Wrong("at", "不会早于归档的时间。", "That cannot be before it was put away.")


@act(Sampled)
def sample(sampled: Sampled) -> Iterator[Wrong | Record]:
    """Write down that a record was asked for, and when it lay there."""
    if sampled.produced is not None and sampled.produced < sampled.at:
        yield Wrong("produced", "调出的时间不会早于要求的时间。", "It cannot have been produced before it was asked for.")


@act(Outcome)
def conclude(outcome: Outcome) -> Iterator[Wrong | Record]:
    """Write down what came of a conversation: what it concerns, or why it concerns nothing."""
    if not outcome.concerns and not outcome.reason:
        yield Wrong(
            "concerns",
            "请写明涉及的订单、运单、投诉等编号；都不涉及，请写原因。",
            "Give the code of the order, shipment or complaint it concerns; if none, say why.",
        )
    if outcome.at < outcome.conversation.at:
        yield Wrong("at", "不会早于对话开始的时间。", "That cannot be before the conversation began.")


@act(Granted)
def grant(granted: Granted) -> Iterator[Wrong | Record]:
    """Write down that somebody may see sensitive information; nobody lets himself."""
    if (granted.document is None) == (granted.series is None):
        yield Wrong("document", "请写一份文件，或者一种记录。", "Name one document, or one series of records.")
    if granted.person.id == granted.granted_by.id:
        yield Wrong("granted_by", "授权要由别人作出。", "Somebody else must grant it.")
    if granted.until < localdate(granted.at, settings.LINGTING["ZONE"]):
        yield Wrong("until", "授权不能在开始之前结束。", "A grant cannot end before it begins.")


@act(Accessed)
def see(accessed: Accessed) -> Iterator[Wrong | Record]:
    """Write down that somebody saw sensitive information, allowed or not."""
    if (accessed.document is None) == (accessed.series is None):
        yield Wrong("document", "请写一份文件，或者一种记录。", "Name one document, or one series of records.")


@act(Verified)
def attest(verified: Verified) -> Iterator[Wrong | Record]:
    """Write down that the book was recomputed, with what came out."""
    if verified.entries < 0 or verified.broken < 0:
        yield Wrong("broken", "个数不能小于零。", "A count is not below nothing.")
    if verified.head and not re.fullmatch(r"[0-9a-f]{64}", verified.head):
        yield Wrong("head", "账本头是 64 位十六进制数。", "The head of the book has 64 hexadecimal digits.")


@act(Article)
def publish(article: Article) -> Iterator[Wrong | Record]:
    """Write down an article, which answers in words or by a document."""
    if not article.words and article.document is None:
        yield Wrong("words", "请写答案，或写明在哪份文件里。", "Write the answer, or name the document that holds it.")


@act(Covered)
def cover(covered: Covered) -> Iterator[Wrong | Record]:
    """Write down that an article answers a question."""
    if live(Shelved).filter(article=covered.article).exists():
        yield Wrong("article", "这个条目已停用。", "This article is used no more.")


@act(Question)
def ask(question: Question) -> Iterator[Wrong | Record]:
    """Write down a question that customers ask, and every time it was heard so far."""
    words = words_of(question)
    if any(len(word) < SHORTEST for word in words):
        yield Wrong("words", "每个词至少两个字；一个字到处都有。", "Each word has at least two letters; a single one stands everywhere.")
        return
    seen: set[int] = set()
    for word in words:
        rows = SAID.objects.filter(role="customer", at__lte=question.at, text__icontains=word).only("id", "at", "conversation_id")
        for row in rows.order_by("id")[:MOST_FOUND]:
            if row.id not in seen:
                seen.add(row.id)
                yield Raised(question=question, conversation_id=row.conversation_id, said_id=row.id, at=row.at)


def words_of(question: Question) -> tuple[str, ...]:
    """Return the words by which a question is heard, in plain form."""
    return tuple(plain(word) for word in question.words.split())
