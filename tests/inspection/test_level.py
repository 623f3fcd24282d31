"""The level of listening, and the customer's mood: what the findings of a conversation amount to, and what they do not."""

from dataclasses import dataclass

import pytest

from lingting.catalog import read_norms
from lingting.inspection.level import AGAINST, EMPATHY, RESTATED, UNANSWERED, Level, level_of
from lingting.inspection.mood import MOODS, STANCES, mood_of


@dataclass(frozen=True)
class Heard:
    """A finding that knows its norm alone."""

    norm: str


def heard(*norms: str) -> list[Heard]:
    return [Heard(norm) for norm in norms]


@pytest.mark.parametrize(
    ("norms", "level"),
    [
        (("question.ignored", "slot.re-asked", RESTATED), Level.IGNORING),
        (("slot.re-asked", "issue.dropped", RESTATED), Level.PRETENDING),
        (("issue.dropped", RESTATED, EMPATHY), Level.SELECTIVE),
        ((RESTATED,), Level.ATTENTIVE),
        ((RESTATED, EMPATHY, UNANSWERED), Level.ATTENTIVE),
        ((RESTATED, EMPATHY), Level.EMPATHIC),
    ],
)
def test_the_lowest_thing_heard_decides_the_level(norms: tuple[str, ...], level: Level) -> None:
    assert level_of(heard(*norms)).level is level


@pytest.mark.parametrize("norms", [(), (EMPATHY,), ("promise.made", "farewell.given")])
def test_without_a_restatement_or_a_fault_nothing_decides(norms: tuple[str, ...]) -> None:
    """To feel with somebody is not yet to have listened to all they said: unknown, never green."""
    judged = level_of(heard(*norms))
    assert judged.level is None
    assert judged.decisive == ()


def test_a_level_names_the_words_that_decide_it() -> None:
    assert [one.norm for one in level_of(heard("promise.made", RESTATED, EMPATHY)).decisive] == [RESTATED, EMPATHY]


def test_a_turn_lies_as_low_as_its_strongest_feeling_and_of_two_the_lower() -> None:
    assert mood_of(heard("feeling.anxiety", "feeling.anger")) == (-2, Heard("feeling.anger"))
    assert mood_of(heard("feeling.joy", "feeling.anger")) == (-2, Heard("feeling.anger"))
    assert mood_of(heard("feeling.relief")) == (1, Heard("feeling.relief"))


def test_a_turn_without_a_feeling_has_no_mood_rather_than_a_middling_one() -> None:
    assert mood_of(heard("promise.made", "feedback.problem")) is None


def test_levels_moods_and_stances_speak_of_norms_that_there_are() -> None:
    norms = {norm.id for norm in read_norms()}
    named = {*MOODS, *STANCES, RESTATED, EMPATHY, UNANSWERED, *(norm for some in AGAINST.values() for norm in some)}
    assert named <= norms
