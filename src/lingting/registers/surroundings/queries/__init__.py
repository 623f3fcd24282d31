"""What is true of surroundings (运行环境) as of a moment."""

from lingting.registers.surroundings.queries.load import (
    beats_shown,
    incidents,
    incidents_due,
    overloaded,
    relieved,
    results,
    unrelieved,
    unresolved,
)
from lingting.registers.surroundings.queries.places import halls, incomplete, physical_only, undetermined, unprovided
from lingting.registers.surroundings.queries.readings import applying, disturbed, judged, noisy, out_of_limit, unmeasured, untreated
from lingting.registers.surroundings.queries.rosters import (
    broken_rules,
    overdriven,
    restless,
    shifts,
    trips,
    understaffed,
    unreachable,
)

__all__ = [
    "applying",
    "beats_shown",
    "broken_rules",
    "disturbed",
    "halls",
    "incidents",
    "incidents_due",
    "incomplete",
    "judged",
    "noisy",
    "out_of_limit",
    "overdriven",
    "overloaded",
    "physical_only",
    "relieved",
    "restless",
    "results",
    "shifts",
    "trips",
    "understaffed",
    "undetermined",
    "unmeasured",
    "unprovided",
    "unreachable",
    "unrelieved",
    "unresolved",
    "untreated",
]  # fmt: skip
