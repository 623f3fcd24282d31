"""What is true of documents (成文信息) as of a moment; of kept records in `keeping`, of knowledge in `knowing`."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate

from lingting.catalog.load import period
from lingting.ledger.asking import once
from lingting.ledger.models import Record, RecordQuerySet
from lingting.ledger.moment import Moment
from lingting.records.stands import Stands
from lingting.registers.documents import knowing
from lingting.registers.documents.choices import Basis, Origin
from lingting.registers.documents.keeping import (  # noqa: F401  # the lists of the register are looked for here
    accesses,
    batches,
    disposable,
    early,
    grants,
    held,
    kept_series,
    lapsed_holds,
    lost,
    overdue_series,
    retrievals,
    slow,
    taken_grants,
    to_dispose,
    unauthorised,
    unruled,
    unsound,
    verifications,
)
from lingting.registers.documents.knowing import (  # noqa: F401
    articles,
    comparisons,
    contradicting,
    frequent,
    outdated,
    uncovered,
)
from lingting.registers.documents.models import (
    Acknowledged,
    Alone,
    Approved,
    Blocked,
    Checked,
    Document,
    Duplicate,
    Flaw,
    Fulfilled,
    Mended,
    Needed,
    Phrase,
    Provided,
    Required,
    Resolved,
    Retired,
    Revision,
    Unneeded,
    Used,
    Withdrawn,
)

READ_WITHIN = period("documents.read-within", timedelta(days=7))
"""How soon somebody has read a new revision that a post needs; a house default, shown as ours."""


@once
def documents(moment: Moment) -> RecordQuerySet[Document]:
    """Return the documents that are maintained."""
    return Document.objects.as_of(moment).exclude(Exists(Retired.objects.as_of(moment).filter(document=OuterRef("pk"))))


@once
def issued(moment: Moment) -> RecordQuerySet[Revision]:
    """Return the revisions whose day has come and that were not withdrawn."""
    ended = Retired.objects.as_of(moment).filter(document=OuterRef("document"))
    withdrawn = Withdrawn.objects.as_of(moment).filter(revision=OuterRef("pk"))
    return Revision.objects.as_of(moment).filter(effective__lte=localdate(moment.at)).exclude(Exists(withdrawn)).exclude(Exists(ended))


@once
def approved(moment: Moment) -> RecordQuerySet[Revision]:
    """Return the issued revisions that were approved."""
    return issued(moment).filter(Exists(Approved.objects.as_of(moment).filter(revision=OuterRef("pk"))))


def _newer(rows: RecordQuerySet[Revision]) -> Exists:
    later = Q(effective__gt=OuterRef("effective")) | Q(effective=OuterRef("effective"), pk__gt=OuterRef("pk"))
    return Exists(rows.filter(later, document=OuterRef("document")))


@once
def current(moment: Moment) -> RecordQuerySet[Revision]:
    """Return the newest issued revision of each document, approved or not: what lies before people."""
    return issued(moment).exclude(_newer(issued(moment)))


@once
def in_force(moment: Moment) -> RecordQuerySet[Revision]:
    """Return the newest approved revision of each document."""
    return approved(moment).exclude(_newer(approved(moment)))


def superseded(moment: Moment) -> RecordQuerySet[Revision]:
    """Return the revisions that a newer one has replaced."""
    return approved(moment).filter(_newer(approved(moment)))


def drafts(moment: Moment) -> RecordQuerySet[Revision]:
    """Return the revisions that have no day yet, or whose day is still to come."""
    return Revision.objects.as_of(moment).exclude(effective__lte=localdate(moment.at))


def ours(moment: Moment) -> RecordQuerySet[Revision]:
    """Return the current revisions of our own documents."""
    return current(moment).filter(document__origin=Origin.INTERNAL)


def unidentified(moment: Moment) -> RecordQuerySet[Revision]:
    """Return the current revisions of our own documents that lack number, author or approval; code and day they have."""
    approval = Approved.objects.as_of(moment).filter(revision=OuterRef("pk"))
    return ours(moment).filter(Q(number="") | Q(author=None) | Q(document__code="") | ~Exists(approval))


def needing_another(moment: Moment) -> RecordQuerySet[Revision]:
    """Return the current revisions of our own that were approved, where no decision lets the author approve alone."""
    alone = Alone.objects.as_of(moment).filter(document=OuterRef("document"), review__gte=localdate(moment.at))
    return ours(moment).filter(Exists(Approved.objects.as_of(moment).filter(revision=OuterRef("pk")))).exclude(Exists(alone))


def self_approved(moment: Moment) -> RecordQuerySet[Revision]:
    """Return those that only their author approved, or whose author nobody knows."""
    another = Approved.objects.as_of(moment).filter(revision=OuterRef("pk")).exclude(approver=OuterRef("author"))
    return needing_another(moment).filter(Q(author=None) | ~Exists(another))


def needs(moment: Moment) -> RecordQuerySet[Needed]:
    """Return the posts that need a document that is maintained."""
    return Needed.objects.as_of(moment).filter(Exists(documents(moment).filter(pk=OuterRef("document"))))


def unreachable(moment: Moment) -> RecordQuerySet[Needed]:
    """Return the posts that cannot open the revision in force: none is, an older one or nothing was provided, or it was found blocked since."""
    force = in_force(moment)
    given = Provided.objects.as_of(moment).filter(Q(revision=None) | Q(revision__in=force.values("pk")), needed=OuterRef("pk")).order_by("-at")
    blocked = Blocked.objects.as_of(moment).filter(needed=OuterRef("pk"), at__gt=OuterRef("given_at"))
    rows = needs(moment).annotate(given_at=Subquery(given.values("at")[:1]))
    return rows.filter(Q(given_at=None) | Exists(blocked) | ~Exists(force.filter(document=OuterRef("document"))))


def unread(moment: Moment) -> RecordQuerySet[Revision]:
    """Return the revisions in force that a post needs and that nobody has read within a week."""
    needed = Needed.objects.as_of(moment).filter(document=OuterRef("document"))
    read = Acknowledged.objects.as_of(moment).filter(revision=OuterRef("pk"), understood=True)
    waited = in_force(moment).filter(effective__lte=localdate(moment.at - READ_WITHIN))
    return waited.filter(Exists(needed)).exclude(Exists(read))


def misunderstood(moment: Moment) -> RecordQuerySet[Acknowledged]:
    """Return the readings after which somebody said that it was not clear."""
    return Acknowledged.objects.as_of(moment).filter(understood=False)


def phrases(moment: Moment) -> RecordQuerySet[Phrase]:
    """Return the words by which revisions are heard."""
    return Phrase.objects.as_of(moment)


def uses(moment: Moment) -> RecordQuerySet[Used]:
    """Return where revisions were seen in use, each with the `day`, where the organisation is."""
    return Used.objects.as_of(moment).annotate(day=TruncDate("at", tzinfo=settings.LINGTING["ZONE"]))


def obsolete_uses(moment: Moment) -> RecordQuerySet[Used]:
    """Return the uses of a revision after a newer approved one had taken effect, or after it or its document was withdrawn, or before it was approved."""
    later = Revision.objects.as_of(moment).filter(document=OuterRef("revision__document"), effective__lte=OuterRef("day"))
    newer = Q(effective__gt=OuterRef("revision__effective")) | Q(effective=OuterRef("revision__effective"), pk__gt=OuterRef("revision"))
    adequate = Approved.objects.as_of(moment).filter(revision=OuterRef("pk"))
    withdrawn = Withdrawn.objects.as_of(moment).filter(revision=OuterRef("revision"), at__lte=OuterRef("at"))
    retired = Retired.objects.as_of(moment).filter(document=OuterRef("revision__document"), at__lte=OuterRef("at"))
    return uses(moment).filter(
        Exists(later.filter(newer).filter(Exists(adequate)))
        | Exists(withdrawn)
        | Exists(retired)
        | Q(revision__effective=None)
        | Q(revision__effective__gt=F("day"))
    )


def external(moment: Moment) -> RecordQuerySet[Document]:
    """Return the documents that come from outside."""
    return documents(moment).filter(origin=Origin.EXTERNAL)


def untracked(moment: Moment) -> RecordQuerySet[Document]:
    """Return the external documents without a version of ours, never looked up, due to be looked up, or found outdated with no newer version since."""
    checks = Checked.objects.as_of(moment).filter(document=OuterRef("pk")).order_by("-at", "-id")
    rows = external(moment).annotate(
        next_check=Subquery(checks.values("next")[:1]), was_current=Subquery(checks.values("current")[:1]), checked_at=Subquery(checks.values("at")[:1])
    )
    version = issued(moment).filter(document=OuterRef("pk")).exclude(number="")
    since = version.filter(at__gte=OuterRef("checked_at"))
    stale = Q(next_check=None) | Q(next_check__lt=localdate(moment.at)) | (Q(was_current=False) & ~Exists(since))
    return rows.filter(stale | ~Exists(version))


def named(moment: Moment) -> RecordQuerySet[Required]:
    """Return what the standard names, except what was decided not to apply."""
    unneeded = Unneeded.objects.as_of(moment).filter(required=OuterRef("pk"), review__gte=localdate(moment.at))
    return Required.objects.as_of(moment).filter(basis=Basis.STANDARD).exclude(Exists(unneeded))


def chosen(moment: Moment) -> RecordQuerySet[Required]:
    """Return what we decided to need beyond the standard."""
    return Required.objects.as_of(moment).filter(basis=Basis.ORGANISATION)


def missing(moment: Moment) -> RecordQuerySet[Required]:
    """Return what is required and has neither a document in force nor a series of records behind it."""
    force = in_force(moment).filter(document=OuterRef("document"))
    fulfilled = Fulfilled.objects.as_of(moment).filter(required=OuterRef("pk")).filter(Q(series__isnull=False) | Exists(force))
    unneeded = Unneeded.objects.as_of(moment).filter(required=OuterRef("pk"), review__gte=localdate(moment.at))
    return Required.objects.as_of(moment).exclude(Exists(fulfilled)).exclude(Exists(unneeded))


def open_duplicates(moment: Moment) -> RecordQuerySet[Duplicate]:
    """Return the near-duplicates about which nothing was decided, while both documents are maintained."""
    resolved = Resolved.objects.as_of(moment).filter(duplicate=OuterRef("pk"))
    ended = Retired.objects.as_of(moment).filter(Q(document=OuterRef("revision__document")) | Q(document=OuterRef("other__document")))
    return Duplicate.objects.as_of(moment).exclude(Exists(resolved)).exclude(Exists(ended))


def open_flaws(moment: Moment) -> RecordQuerySet[Flaw]:
    """Return the places that nobody has mended or shown to be right: the queue of what waits for repair."""
    return Flaw.objects.as_of(moment).exclude(Exists(Mended.objects.as_of(moment).filter(flaw=OuterRef("pk"))))


stands = Stands(("unidentified", unidentified), ("self_approved", self_approved), ("in_force", in_force), ("superseded", superseded), ("drafts", drafts))
"""How a revision stands, the worst first."""


def about(parties: Collection[int]) -> list[Record]:
    """Return everything that holds personal data of these parties: what an erasure must reach."""
    return knowing.answers(parties)
