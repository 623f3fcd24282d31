"""What we do with documents (成文信息): each act holds a record against what cannot be before it is written.

What happened is written down even where it should not have: an author who approved his own words stands here, and a check finds him.
"""

from collections.abc import Iterator

from django.conf import settings
from django.utils.timezone import localdate

from lingting import catalog
from lingting.inspection.normalise import plain
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.values import Wrong
from lingting.records.write import act, live
from lingting.registers.documents import filing, linting, queries  # noqa: F401  # filing binds the acts on kept records and knowledge
from lingting.registers.documents.choices import Basis, Keeping, Origin, Sort
from lingting.registers.documents.keeping import SAID
from lingting.registers.documents.models import (
    Alone,
    Approved,
    Checked,
    Document,
    Fulfilled,
    Inventory,
    Normalised,
    Phrase,
    Provided,
    Required,
    Retired,
    Revision,
    Unneeded,
    Used,
    Withdrawn,
)


@act(Document)
def begin(document: Document) -> Iterator[Wrong | Record]:
    """Write down a document; one from outside names who issues it."""
    if document.origin == Origin.EXTERNAL and not document.issuer:
        yield Wrong("issuer", "外来文件请写明发布者。", "Of a document from outside, say who issues it.")
    if document.sort == Sort.LAW and document.origin == Origin.INTERNAL:
        yield Wrong("origin", "法规不是我们写的；来源请选“外来”。", "Laws are not ours; let the origin be outside.")


@act(Revision)
def revise(revision: Revision) -> Iterator[Wrong | Record]:
    """Write down a new wording, with what looks wrong in it, which other documents it nearly repeats, and its plain form."""
    if live(Retired).filter(document=revision.document).exists():
        yield Wrong("document", "这份文件已停用；需要时请登记新的文件。", "This document was retired; enter a new one.")
    if revision.number and live(Revision).filter(document=revision.document, number=revision.number).exists():
        yield Wrong("number", f"版本“{revision.number}”已经登记过了。", f"Revision “{revision.number}” was entered already.")
    if revision.at < revision.document.at:
        yield Wrong("at", "不会早于文件开始的时间。", "That cannot be before the document began.")
    if revision.words:
        neat = plain(revision.words)
        if neat != revision.words.lower():
            yield Normalised(revision=revision, words=neat, at=revision.at)
        yield from linting.lint(revision)


@act(Approved)
def approve(approved: Approved) -> Iterator[Wrong | Record]:
    """Write down that a revision was found adequate: not while it waits for repair, or for a decision on its double."""
    moment = Moment(approved.at)
    if approved.at < approved.revision.at:
        yield Wrong("at", "批准不会早于写成的时间。", "It cannot have been approved before it was written.")
    if flaws := queries.open_flaws(moment).filter(revision=approved.revision).count():
        yield Wrong(
            "revision",
            f"还有 {flaws} 处可疑的地方没有处理；请先改正，或说明无误。",
            f"{flaws} places in it look wrong; mend them first, or say why they are right.",
        )
    if queries.open_duplicates(moment).filter(revision=approved.revision).exists():
        yield Wrong(
            "revision",
            "它与另一份文件近乎相同；请先决定合并、替代还是保留。",
            "It is nearly the same as another document; first decide to merge, supersede or justify.",
        )


@act(Alone)
def let_approve_alone(alone: Alone) -> Iterator[Wrong | Record]:
    """Write down that the author may approve alone; a decision on one's own document is somebody else's."""
    yield from _review(alone.review, alone)
    if alone.document.owner_id is not None and alone.document.owner_id == alone.decided_by_id:
        yield Wrong("decided_by", "这要由别人决定，不能由文件负责人自己决定。", "Somebody else decides this, not the document's owner.")


@act(Withdrawn)
def withdraw(withdrawn: Withdrawn) -> Iterator[Wrong | Record]:
    """Write down that a revision was taken out of use."""
    if withdrawn.at < withdrawn.revision.at:
        yield Wrong("at", "不会早于写成的时间。", "That cannot be before it was written.")


@act(Retired)
def retire(retired: Retired) -> Iterator[Wrong | Record]:
    """Write down that a document is needed no longer."""
    if retired.at < retired.document.at:
        yield Wrong("at", "不会早于文件开始的时间。", "That cannot be before the document began.")


@act(Provided)
def provide(provided: Provided) -> Iterator[Wrong | Record]:
    """Write down that a post can open a document: this one, not another."""
    if provided.revision is not None and provided.revision.document_id != provided.needed.document_id:
        yield Wrong("revision", "这是另一份文件的版本。", "This revision belongs to another document.")


@act(Phrase)
def tell(phrase: Phrase) -> Iterator[Wrong | Record]:
    """Write down the words that give a revision away, and every use of it that was heard so far."""
    if len(phrase.words.strip()) < 2:  # noqa: PLR2004  # a single letter stands everywhere
        yield Wrong("words", "请至少写两个字；一个字到处都有。", "Give at least two letters; a single one stands everywhere.")
        return
    rows = SAID.objects.filter(role="agent", at__gte=phrase.revision.at, at__lte=phrase.at, text__icontains=phrase.words)
    for row in rows.only("id", "at", "conversation_id").order_by("id")[: linting.MOST_FOUND]:
        yield Used(revision=phrase.revision, conversation_id=row.conversation_id, said_id=row.id, words=phrase.words, at=row.at)


@act(Checked)
def look_up(checked: Checked) -> Iterator[Wrong | Record]:
    """Write down that the source of an external document was looked at."""
    if checked.document.origin != Origin.EXTERNAL:
        yield Wrong("document", "只有外来文件需要查新。", "Only documents from outside are looked up.")
    yield from _review(checked.next, checked, column="next")


@act(Inventory)
def draw_up(inventory: Inventory) -> Iterator[Wrong | Record]:
    """Write down what the standard names, item by item, as far as it is not on the list."""
    known = set(live(Required).values_list("code", flat=True))
    for clause in catalog.read().clauses:
        for place, item in enumerate(clause.documented_information, 1):
            code = f"{clause.number}/{place}"
            if code not in known:
                yield Required(
                    code=code, basis=Basis.STANDARD, keeping=item.action, what=f"{item.zh} {item.en}", clause=clause.number, at=inventory.at
                )  # fmt: skip


@act(Required)
def require(required: Required) -> Iterator[Wrong | Record]:
    """Write down what must be there; what the standard names is in the standard."""
    if required.basis == Basis.STANDARD:
        clauses = {clause.number for clause in catalog.read().clauses if clause.documented_information}
        if required.clause not in clauses:
            yield Wrong(
                "clause", "标准的这一条没有点名成文信息；自定的请选“本机构”。", "The standard names nothing there; of our own choice say the organisation."
            )


@act(Fulfilled)
def fulfil(fulfilled: Fulfilled) -> Iterator[Wrong | Record]:
    """Write down what is behind a requirement: documents are maintained, records are retained."""
    if (fulfilled.document is None) == (fulfilled.series is None):
        yield Wrong("document", "请写一份文件，或者一种记录。", "Name one document, or one series of records.")
    elif fulfilled.required.keeping == Keeping.MAINTAIN and fulfilled.document is None:
        yield Wrong("document", "要求“保持”的是文件，不是记录。", "What is to be maintained is a document, not a record.")
    elif fulfilled.required.keeping == Keeping.RETAIN and fulfilled.series is None:
        yield Wrong("series", "要求“保留”的是记录，不是文件。", "What is to be retained are records, not a document.")


@act(Unneeded)
def exclude(unneeded: Unneeded) -> Iterator[Wrong | Record]:
    """Write down that something the standard names does not apply."""
    yield from _review(unneeded.review, unneeded)


def _review(day: object, row: Record, column: str = "review") -> Iterator[Wrong]:
    if day < localdate(row.at, settings.LINGTING["ZONE"]):  # type: ignore[operator]  # a day
        yield Wrong(column, "复核日期不能早于登记的那一天。", "The review cannot be before the day it is written down.")
