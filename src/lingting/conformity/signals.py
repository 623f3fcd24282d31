"""Signals (异常信号): which figures of an indicator left their usual course, by its control chart."""

from datetime import timedelta
from itertools import groupby

from lingting.conformity.check import Listed, Sample
from lingting.ledger.moment import Moment
from lingting.registers.direction import queries as direction
from lingting.registers.direction.models import Value
from lingting.statistics.charts import xmr_chart
from lingting.statistics.runs import WESTERN_ELECTRIC, signals

FEWEST = 8
"""Figures without which a chart says nothing; a house default."""

LOOKED_INTO_WITHIN = timedelta(days=14)
"""How soon somebody looks why; a house default."""


def signalling(moment: Moment) -> list[Value]:
    """Return the figures at which the chart of their indicator speaks; a chart is drawn in code, for no database can."""
    found = []
    for _, rows in groupby(direction.values(moment), key=lambda row: row.indicator_id):
        figures = list({row.until: row for row in rows}.values())
        charts = xmr_chart([float(row.value) for row in figures]) if len(figures) >= FEWEST else None
        if charts:
            places = sorted({place for spoken in signals(charts[0].distances, WESTERN_ELECTRIC).values() for place in spoken})
            found += [figures[place] for place in places]
    return found


def sample(moment: Moment) -> Sample:
    """Return the figures that signalled, and those of them that nobody looked into in time."""
    handled = set(direction.handled(moment).values_list("value", flat=True))
    due = [row for row in signalling(moment) if row.pk in handled or row.at <= moment.at - LOOKED_INTO_WITHIN]
    return Sample(Listed(tuple(due)), Listed(tuple(row for row in due if row.pk not in handled)))
