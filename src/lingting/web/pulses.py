"""A team's pulse (脉搏) beside how well it listened in the same month: side by side, never about one person, and nothing below five answers."""

from dataclasses import dataclass

from django.utils.timezone import localtime

from lingting.access.queues import seen
from lingting.registers.surroundings import queries as surroundings
from lingting.registers.surroundings.models import Pulse
from lingting.statistics.parts import Part
from lingting.web import groups
from lingting.web.counted import Share, once
from lingting.web.pages.page import Request

ITEMS = ("fair", "calm", "bearable")
GOOD = 4
"""From this answer of 5 on an item is well; a house default."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A pulse that may be shown, and the conversations of the team's queue in its month: of which a level is known, and listened to less than attentively."""

    pulse: Pulse
    month: str
    items: tuple[Share, ...]
    heard: Part

    @property
    def answers(self) -> int:
        """Return how many answered."""
        return self.items[0].n


def beside(request: Request) -> list[Beside]:
    """Return the pulses that may be shown, the newest first (S-714-10); a team is the queue of the same name."""
    counted: dict[int, list[tuple[int, ...]]] = {}
    for pulse, *scores in surroundings.beats_shown(request.moment).order_by().values_list("pulse", *ITEMS):
        counted.setdefault(pulse, []).append(tuple(scores))
    rows = Pulse.objects.filter(pk__in=list(counted)).order_by("-at", "-id")
    shown = seen(rows, request.user, "team") if request.user.queues.strip() else rows
    return [
        Beside(
            row, month_of(row),
            tuple(Share(name, sum(one[place] >= GOOD for one in counted[row.pk]), len(counted[row.pk])) for place, name in enumerate(ITEMS)),
            heard(request, row.team, month_of(row)),
        )
        for row in shown
    ]  # fmt: skip


def month_of(pulse: Pulse) -> str:
    """Return the month of a pulse."""
    return f"{localtime(pulse.at):%Y-%m}"


def heard(request: Request, team: str, month: str) -> Part:
    """Return the conversations of a team's queue in a month, as far as the reader may see them."""
    found = groups.within(groups.outcome(request, "less"), groups.member(request, "queue"), team)
    months = once(request, "months", lambda: groups.by_month(request.moment))
    return groups.within(found, months, month)
