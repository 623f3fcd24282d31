"""Signals (异常信号): which figures of an indicator left their usual course, by its control chart."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from lingting.catalog.load import period
from lingting.conformity.check import Listed, Sample
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction
from lingting.registers.direction.models import Value
from lingting.statistics.charts import xmr_chart
from lingting.statistics.runs import WESTERN_ELECTRIC, signals

FEWEST = 8
"""Figures without which a chart says nothing; a house default."""

LOOKED_INTO_WITHIN = period("conformity.looked-into-within", timedelta(days=14))
"""How soon somebody looks why; a house default."""


def signalling(moment: Moment) -> list[Value]:
    """Return the figures at which the chart of their indicator speaks; a chart is drawn in code, for no database can."""
    found = []
    for _, rows in groupby(direction.values(moment), key=lambda row: row.indicator_id):
        figures = list({row.until: row for row in rows}.values())
        found += [figures[place] for place in spoken([float(row.value) for row in figures])]
    return found


def spoken(figures: Sequence[float]) -> list[int]:
    """Return the places at which a chart of single values speaks: first those beyond its limits, then the runs among the others.

    A figure far off moves the centre, and all the others would seem to lie on one side of it: it is left out before runs are looked for.

    >>> spoken([90, 91, 90, 89, 90, 91, 89, 90, 91, 90, 60])
    [10]
    """
    whole = xmr_chart(figures) if len(figures) >= FEWEST else None
    if whole is None:
        return []
    outside = set(whole[0].outside)
    usual = [place for place in range(len(figures)) if place not in outside]
    rest = xmr_chart([figures[place] for place in usual]) if len(usual) >= FEWEST else None
    runs = signals(rest[0].distances, WESTERN_ELECTRIC).values() if rest else ()
    return sorted(outside | {usual[place] for places in runs for place in places})


def sample(moment: Moment) -> Sample:
    """Return the figures that signalled, and those of them that nobody looked into in time."""
    handled = set(direction.handled(moment).values_list("value", flat=True))
    due = [row for row in signalling(moment) if row.pk in handled or row.at <= moment.at - LOOKED_INTO_WITHIN]
    return Sample(Listed(tuple(due)), Listed(tuple(row for row in due if row.pk not in handled)))
