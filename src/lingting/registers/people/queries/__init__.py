"""What is true of people (人员) as of a moment."""

from lingting.registers.people.queries.competence import (
    coached_late,
    idle,
    low_due,
    on_duty,
    plans_late,
    to_aware,
    to_evaluate,
    unaware,
    unevaluated,
    unfit,
    unmet,
    without_care,
)
from lingting.registers.people.queries.growth import (
    adopted,
    dismissive,
    duplicates,
    recognitions,
    silent_concerns,
    suggestions,
    unanswered,
    unsupported,
    unthanked,
    without_expectations,
)
from lingting.registers.people.queries.roles import (
    Entrustment,
    absences,
    active,
    appointed,
    beyond_authority,
    decided,
    duties,
    duties_unkept,
    enough,
    key_roles,
    left,
    uncovered,
    undeputised,
    unfilled,
)
from lingting.registers.people.queries.staffing import guessed, intervals, reckoned
from lingting.registers.people.queries.survey import FEWEST, answers_shown, results, unreturned

__all__ = [
    "FEWEST", "Entrustment", "absences", "active", "adopted", "answers_shown", "appointed", "beyond_authority", "coached_late", "decided", "dismissive", "duplicates",
    "duties", "duties_unkept", "enough", "guessed", "idle", "intervals", "key_roles", "left", "low_due", "on_duty", "plans_late", "recognitions", "reckoned",
    "results", "silent_concerns", "suggestions", "to_aware", "to_evaluate", "unanswered", "unaware", "uncovered", "undeputised", "unevaluated", "unfilled",
    "unfit", "unmet", "unreturned", "unsupported", "unthanked", "without_care", "without_expectations",
]  # fmt: skip
