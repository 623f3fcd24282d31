"""您说了，我们改了 You said, we did: what somebody said, what became of it, and whether they were told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from lingting.access.roles import may
from lingting.ledger.models import RecordQuerySet
from lingting.registers.improvements import queries as improvements
from lingting.registers.improvements.models import Answered, Chosen, Compared, Finished, Nonconformity, Opportunity, Told
from lingting.registers.parties import identity
from lingting.registers.parties.models import Party
from lingting.web import prepared
from lingting.web.evidence import out_of_sight
from lingting.web.pages.around import newest_of
from lingting.web.pages.page import Request


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whose complaint brought a nonconformity to light: their words, where these stand, and what they were told."""

    party: Party
    words: str
    at: datetime
    address: str
    complaint: int | None
    told: Answered | None


def voices(request: Request, row: Nonconformity) -> list[Voice]:
    """Return who complained of what a nonconformity is, of those whose words the reader may see."""
    judged = improvements.weighed(request.moment).filter(nonconformity=row)
    rows = judged.select_related("complaint__party", "complaint__found__conversation", "found__conversation__party", "found__said").order_by("at", "id")
    told = {one.party_id: one for one in improvements.answers(request.moment).filter(nonconformity=row).order_by("at", "id")}
    return [voice for one in rows if (voice := _voice(request, one, told))]


def _voice(request: Request, judged: Any, told: Mapping[int, Answered]) -> Voice | None:
    found, complaint = judged.found or (judged.complaint and judged.complaint.found), judged.complaint
    party = complaint.party if complaint else found.conversation.party
    if party is None or (found and out_of_sight(found, request.user)):
        return None
    if complaint is not None:
        words, at, address = complaint.what or "▒▒", complaint.at, reverse("complaint", args=[complaint.pk])
    else:
        words, at, address = found.quote or "▒▒", found.at, reverse("conversation", args=[found.conversation_id]) + f"#found-{found.pk}"
    return Voice(party, words, at, address, complaint.pk if complaint else None, told.get(party.pk))


def words(request: Request, *, party: Party, at: datetime | None, said: str, changed: str, proved: bool) -> str:
    """Return the prepared words by which somebody is told what was changed because of what they said, `at` a time if it is known."""
    zh, day = request.language == "zh-hans", prepared.said_at(at, zh=request.language == "zh-hans", clock=False) if at else ""
    again = ("我们又看过一遍：有效。" if zh else "We looked again: it works. ") if proved else ""
    facts = {
        "customer": party.name or party.organisation or ("顾客" if zh else "customer"), "who": request.user.name, "what": said.rstrip("。."),
        "said": f"{day}您说" if zh else f"On {day} you said" if day else "You said", "changed": changed.rstrip("。."), "proved": again,
    }  # fmt: skip
    return (prepared.CHANGED.zh if zh else prepared.CHANGED.en).format(**facts)


@dataclass(frozen=True, slots=True)
class Asked:
    """Something better that somebody asked for: whether it is taken up, what was done, what was measured before and after, what they were told."""

    row: Opportunity
    chosen: Chosen | None
    finished: Finished | None
    compared: Compared | None
    told: Told | None
    words: str

    @property
    def next(self) -> str:
        """Return the kind of record that comes next, or nothing."""
        if self.chosen is None:
            return "chosen"
        if self.told is not None:
            return ""
        return "told" if self.finished or not self.chosen.taken else "finished"


def asked(request: Request, party: Party) -> list[Asked]:
    """Return the improvements that somebody asked for, the newest first, each with how far it came."""
    if not may(request.user, "improvements.read"):
        return []
    rows = list(
        improvements.opportunities(request.moment).filter(party__in=identity.same(party.pk, request.moment)).select_related("found").order_by("-at", "-id")
    )
    return list(_asked(request, party, rows)) if rows else []


def _asked(request: Request, party: Party, rows: list[Opportunity]) -> Iterator[Asked]:
    def newest(model: Any, *related: str) -> dict[int, Any]:
        found = model.objects.as_of(request.moment).filter(opportunity__in=rows).select_related(*related).order_by("at", "id")
        return newest_of(found, "opportunity_id")

    chosen, finished, compared, told = newest(Chosen), newest(Finished), newest(Compared, "indicator"), newest(Told)
    for row in rows:
        done = finished.get(row.pk)
        said = words(request, party=party, at=row.found.at if row.found else None, said=row.what or "▒▒", changed=done.what, proved=False) if done else ""
        yield Asked(row, chosen.get(row.pk), done, compared.get(row.pk), told.get(row.pk), said)


def told_of(request: Request, **of: object) -> RecordQuerySet[Answered]:
    """Return what somebody was told after their complaint was put right: of one party, or of one complaint."""
    return improvements.answers(request.moment).filter(**of).select_related("nonconformity", "complaint").order_by("-at", "-id")
