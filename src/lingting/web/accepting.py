"""采纳 Accepting: how far people accept what proposing detectors propose, detector by detector, and the judgements behind each number (S-LISTEN-18)."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse

from lingting.access.queues import seen
from lingting.catalog import read_norms
from lingting.catalog.model import Text
from lingting.registers.instruments import acceptance
from lingting.registers.instruments.models import Quarantined
from lingting.web.counted import Share
from lingting.web.pages.around import opened
from lingting.web.pages.page import Request

QUEUE = "found__conversation__queue"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A proposing detector: what it is called, how many of its proposals were accepted, and the quarantine in which it stands, if any."""

    norm: str
    version: int
    instrument: str
    name: Text
    share: Share
    lock: Quarantined | None


def section(request: Request) -> dict[str, Any]:
    """Return the proposing detectors, each with its share accepted of the judgements that the reader may see; what stops one counts all of them."""
    still = dict(acceptance.stops(request.moment))
    names = {one.id: Text(zh=one.zh, en=one.en) for one in read_norms()}
    rows = []
    for one in acceptance.acceptance(request.moment):
        norm, version, instrument = one.heard
        judged = seen(acceptance.judged(request.moment, one.heard), request.user, QUEUE)
        share = Share(norm, judged.filter(correct=True).count(), judged.count())
        rows.append(Accepted(norm, version, instrument, names.get(norm, Text(zh=norm, en=norm)), share, still.get(one.heard)))
    return {"proposing": rows, "floor": acceptance.FLOOR, "enough_judged": acceptance.FEWEST}


def listed(request: Request, side: str, back: tuple[str, str]) -> HttpResponse:
    """List the judgements of a detector's proposals, or those that accept: `?of=meaning.implied&version=2&by=rules/1`."""
    norm, version, instrument = (request.GET.get(name, "") for name in ("of", "version", "by"))
    if norm not in acceptance.PROPOSING or not version.isdecimal() or len(version) > 4:  # noqa: PLR2004  # a norm's version
        raise Http404
    rows = seen(acceptance.judged(request.moment, (norm, int(version), instrument)), request.user, QUEUE)
    title = ("认可的提示", "Proposals that were accepted") if side == "part" else ("由人判过的提示", "Proposals that people judged")
    return opened(request, rows.filter(correct=True) if side == "part" else rows, title=title, back=back)
