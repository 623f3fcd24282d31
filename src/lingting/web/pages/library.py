"""文件与记录 Documents and records: what is maintained beside what is retained, near copies and flaws, superseded words in use, what leaves next (SC-18)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET
from markupsafe import Markup, escape

from lingting.access.queues import seen
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.values import fixed
from lingting.registers.documents import keeping
from lingting.registers.documents import queries as documents
from lingting.registers.documents.models import Acknowledged, Approved, Checked, Duplicate, Flaw
from lingting.registers.documents.retained import Batch, Held, Released, Retention
from lingting.web.evidence import HIDDEN, out_of_sight
from lingting.web.pages.around import newest_of
from lingting.web.pages.page import Request, page, render

FAULTS = {
    "none": ("▲", "没有现行版本", "No revision in force", "nonconforms"),
    "unidentified": ("▲", "缺版本号、作者或批准", "Number, author or approval missing", "nonconforms"),
    "unreachable": ("▲", "有岗位看不到现行版本", "A post cannot open it", "nonconforms"),
    "self_approved": ("△", "自编自批", "Approved by its author alone", "at-risk"),
    "unread": ("△", "生效一周没有人阅知", "In force a week, read by nobody", "at-risk"),
    "untracked": ("△", "没有查新", "Not looked up at its source", "at-risk"),
    "unasked": ("◌", "没有写明谁需要", "Nobody wrote down who needs it", "no-evidence"),
    "": ("●", "没有发现问题", "Nothing found wrong", "conforms"),
}
"""What can be wrong with a document that is maintained, the worst first."""

SHOWN = 20
LONGEST = 4_000
"""Letters of a text that are set beside another."""


@require_GET
@page("documents.read")
def library(request: Request) -> HttpResponse:
    """Show the library."""
    moment = request.moment
    kept = _kept(moment)
    return render(
        request, "library.html", maintained=_maintained(moment), faults=FAULTS, kept=kept, waits=_waits(moment), choices=_choices(),
        duplicates=_duplicates(moment), flaws=_flaws(moment), obsolete=_obsolete(request), missing=documents.missing(moment).count(),
        counts={name: getattr(documents, name)(moment).count() for name in ("open_duplicates", "open_flaws", "obsolete_uses")}, fixed=fixed,
        lost=list(keeping.lost(moment).select_related("batch__series", "conversation").order_by("-at")[:SHOWN]), hidden=_hidden(request),
        day_of=localdate(moment.at),
    )  # fmt: skip


def _choices() -> dict[str, Any]:
    columns = ("document.sort", "document.origin", "flaw.slip", "retention.way")
    return {column: kinds()[f"documents.{kind}"].column(column).text.choices for kind, column in (name.split(".") for name in columns)}


def _maintained(moment: Moment) -> list[dict[str, Any]]:
    """Return the documents that are maintained with what is known of each, those with something wrong first."""
    in_force = {one.document_id: one for one in documents.in_force(moment).select_related("author")}
    current = {one.document_id: one for one in documents.current(moment)}
    approvals = newest_of(Approved.objects.as_of(moment).select_related("approver").order_by("at", "id"), "revision_id")
    needs = Counter(documents.needs(moment).values_list("document_id", flat=True))
    unreachable = Counter(documents.unreachable(moment).values_list("document_id", flat=True))
    read = Counter(Acknowledged.objects.as_of(moment).filter(understood=True).values_list("revision_id", flat=True))
    checked = newest_of(Checked.objects.as_of(moment).order_by("at", "id"), "document_id")
    faults = _faults(moment, unreachable)
    rows = []
    for row in documents.documents(moment).select_related("owner"):
        revision = in_force.get(row.pk)
        fault = faults.get(row.pk, "none" if revision is None else "" if needs[row.pk] else "unasked")
        rows.append(
            {
                "row": row, "revision": revision, "draft": current.get(row.pk), "fault": fault, "approved": approvals.get(revision.pk) if revision else None,
                "needs": needs[row.pk], "unreachable": unreachable[row.pk], "read": read[revision.pk] if revision else 0, "checked": checked.get(row.pk),
            }
        )  # fmt: skip
    order = list(FAULTS)
    return sorted(rows, key=lambda one: (order.index(one["fault"]), one["row"].code))


def _faults(moment: Moment, unreachable: Iterable[int]) -> dict[int, str]:
    """Return what is wrong with each document; of several, the worst."""
    found: dict[int, str] = dict.fromkeys(documents.untracked(moment).values_list("pk", flat=True), "untracked")
    for name in ("unread", "self_approved"):
        found |= dict.fromkeys(getattr(documents, name)(moment).values_list("document_id", flat=True), name)
    found |= dict.fromkeys(unreachable, "unreachable")
    return found | dict.fromkeys(documents.unidentified(moment).values_list("document_id", flat=True), "unidentified")


def _kept(moment: Moment) -> list[dict[str, Any]]:
    """Return the kinds of record that are retained: the rule, how many batches lie there, how many are past their time; those without a rule first."""
    rules = newest_of(Retention.objects.as_of(moment).order_by("at", "id"), "series_id")
    here: Any = keeping.batches(moment)
    batches = Counter(here.filter(day=None).values_list("series_id", flat=True))
    past = Counter(keeping.to_dispose(moment).values_list("series_id", flat=True))
    rows = [{"row": row, "rule": rules.get(row.pk), "batches": batches[row.pk], "past": past[row.pk]} for row in keeping.kept_series(moment).order_by("code")]
    return sorted(rows, key=lambda one: (one["rule"] is not None, -one["past"]))


def _waits(moment: Moment) -> dict[str, Any]:
    """Return the batches that leave next, and the holds that keep some from leaving."""
    lifted = set(Released.objects.as_of(moment).values_list("held_id", flat=True))
    holds = [one for one in Held.objects.as_of(moment).select_related("batch__series", "decided_by").order_by("review") if one.pk not in lifted]
    stay = {one.batch_id for one in holds}
    here: Any = keeping.batches(moment)
    rows: list[Batch] = list(here.filter(day=None).select_related("series").order_by("until", "id")[: SHOWN + len(stay)])
    rules = newest_of(Retention.objects.as_of(moment).order_by("at", "id"), "series_id")
    return {"next": [row for row in rows if row.pk not in stay][:SHOWN], "holds": holds, "rules": rules}


def _duplicates(moment: Moment) -> list[dict[str, Any]]:
    """Return the near copies nobody decided about, both texts with the places marked in which they differ."""
    rows: list[Duplicate] = list(documents.open_duplicates(moment).select_related("revision__document", "other__document").order_by("-likeness", "id")[:SHOWN])
    revisions = {number for row in rows for number in (row.revision_id, row.other_id)}
    flaws: list[Flaw] = list(Flaw.objects.as_of(moment).filter(revision__in=revisions))
    return [
        {
            "row": row, "one": _marked(row.revision.words, _quotes(flaws, row.revision_id, row.other_id)),
            "other": _marked(row.other.words, _quotes(flaws, row.other_id, row.revision_id)),
        }
        for row in rows
    ]  # fmt: skip


def _quotes(flaws: Sequence[Flaw], revision: int, other: int) -> list[str]:
    own = [one.quote for one in flaws if one.revision_id == revision]
    return [words for words in own + [one.against for one in flaws if one.revision_id == other] if words]


def _marked(text: str, quotes: Sequence[str]) -> Markup:
    """Return a text with the places marked that differ; a long one is cut."""
    cut = text[:LONGEST] + ("…" if len(text) > LONGEST else "")
    if not quotes:
        return escape(cut)
    pattern = re.compile("|".join(re.escape(one) for one in sorted(set(quotes), key=len, reverse=True)))
    parts, last = [], 0
    for found in pattern.finditer(cut):
        parts += [escape(cut[last : found.start()]), Markup("<mark>{}</mark>").format(found.group())]
        last = found.end()
    return Markup("").join([*parts, escape(cut[last:])])


def _flaws(moment: Moment) -> list[Flaw]:
    return list(documents.open_flaws(moment).select_related("revision__document", "other__document").order_by("-at", "id")[:SHOWN])


def _obsolete(request: Request) -> list[tuple[Any, str]]:
    """Return the uses of an obsolete revision with the words that were said; of a queue that the reader may not see, none."""
    rows = documents.obsolete_uses(request.moment).select_related("revision__document", "conversation", "said").order_by("-at")[:SHOWN]
    return [(row, HIDDEN if out_of_sight(row, request.user) else (row.said.text if row.said is not None else "") or row.words) for row in rows]


def _hidden(request: Request) -> int:
    """Return how many uses of an obsolete revision lie in queues that the reader may not see."""
    rows = documents.obsolete_uses(request.moment).exclude(conversation=None)
    return rows.count() - seen(rows, request.user, "conversation__queue").count()
