"""What a house sets for itself (本组织的规定): limits, periods, templates, choices, calendar and norms, as data in the folder that LINGTING_HOUSE names."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from lingting.catalog.model import Catalog, Check, Clause, Measure, Part, Text, Words

_PERIOD = re.compile(r"(?P<count>\d+) (?P<unit>min|h|d)")
_UNITS = {"min": "minutes", "h": "hours", "d": "days"}


def length(words: str) -> timedelta:
    """Return the length of a period as people write it; ValueError if they wrote it otherwise.

    >>> length("90 min"), length("2 h"), length("15 d")
    (datetime.timedelta(seconds=5400), datetime.timedelta(seconds=7200), datetime.timedelta(days=15))
    """
    found = _PERIOD.fullmatch(words)
    if not found:
        raise ValueError("write a period as 90 min, 2 h or 15 d")
    return timedelta(**{_UNITS[found["unit"]]: int(found["count"])})


def _period(words: str) -> str:
    length(words)
    return words


Period = Annotated[str, AfterValidator(_period)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]*$")]
"""A word of the program for something that people choose."""


class House(Part):
    """The house's own numbers and words; what it leaves out stays as it comes with Lingting.

    Args:
        limits: by the id of a check of the catalog, the limit that the house sets; only where the limit is the organisation's to set.
        periods: by its name (`complaints.acknowledge`), how long something may take.
        templates: by its name (`information.service`), what must be there for something to be complete.
        choices: by a column that takes several (`offerings.version.topics`), what else can be chosen there, each with its words.
        calendar: weekdays, opens, closes, closed, open, holidays.
        without: the norms that this house does not listen for.
    """

    limits: Mapping[str, Annotated[float, Field(ge=0)]] = {}
    periods: Mapping[str, Period] = {}
    templates: Mapping[str, tuple[Key, ...]] = {}
    choices: Mapping[str, Mapping[Key, Text]] = {}
    calendar: Mapping[str, Any] = {}
    without: tuple[Words, ...] = ()

    @cached_property
    def version(self) -> str:
        """Return a digest of everything that is counted by; empty where the house sets nothing. A verdict counted by other numbers is another instrument's."""
        counted = self.model_dump(mode="json", include={"limits", "periods", "templates"}, exclude_defaults=True)
        return hashlib.sha256(json.dumps(counted, sort_keys=True).encode()).hexdigest()[:16] if counted else ""


NOTHING = House()

PERIODS: dict[str, timedelta] = {}
"""Every period that a house may set, with how long it is by default; each is declared where it is used."""

TEMPLATES: dict[str, tuple[str, ...]] = {}
"""Every template that a house may set, with what it holds by default."""


def limits_in(house: House, catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Yield the limits that a house may not or cannot set: the check's id, what is wrong, what to do."""
    for id, limit in house.limits.items():
        check = catalog.checks.get(id)
        if check is None:
            yield id, f"There is no check {id}.", "docs/clauses.md names them all."
        elif check.measure.set_by != "organisation":
            yield id, f"The limit of {id} is not the organisation's to set: it is set by the {check.measure.set_by}.", "Leave it out."
        elif check.measure.kind == "ratio" and limit > 1:
            yield id, f"The limit of {id} is a share: {limit} is more than all.", "Write a number from 0 to 1."
        elif check.measure.default is None and check.measure.quantile is None:
            yield id, f"{id} has no limit.", "Leave it out."


def limited(catalog: Catalog, house: House) -> Catalog:
    """Return the catalog with the limits that a house sets, marked as its own."""
    if not house.limits:
        return catalog
    return Catalog.model_construct(edition=catalog.edition, clauses=tuple(_clause(clause, house) for clause in catalog.clauses))


def _clause(clause: Clause, house: House) -> Clause:
    if not any(check.id in house.limits for check in clause.checks):
        return clause
    return clause.model_copy(update={"checks": tuple(_check(check, house) for check in clause.checks)})


def _check(check: Check, house: House) -> Check:
    if check.id not in house.limits:
        return check
    return check.model_copy(update={"evidence": check.evidence.model_copy(update={"measure": _measure(check.measure, house.limits[check.id])})})


def _measure(measure: Measure, limit: float) -> Measure:
    """Set a measure's limit: of a time within which so many must be done, the share of those; else the number itself."""
    name = "quantile" if measure.quantile is not None else "default"
    return measure.model_copy(update={name: limit, "own": True})
