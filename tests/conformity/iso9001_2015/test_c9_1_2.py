"""9.1.2 Customer satisfaction: methods, results, reviews and low scores – what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
METHOD = {"population": "上周来电的顾客", "sampling": "随机 10%", "questions": "您满意吗？", "frequency": "每周", "response": "20"}


@pytest.fixture
def survey(put: Put) -> Callable[..., Record]:
    def design(code: str = "SV-1", **given: object) -> Record:
        return put("surveys.survey", **{"code": code, "name": "热线满意度", "instrument": "csat", "at": "2026-06-01", **METHOD, **given})

    return design


@turns_red("9.1.2-C1")
def test_a_survey_that_does_not_say_how_customers_are_drawn_has_no_method(survey: Callable[..., Record], stands: Stands) -> None:
    survey(sampling="")
    assert stands("9.1.2-C1") == ("nonconforms", 1, 1)


@stays_green("9.1.2-C1")
def test_a_survey_that_expects_few_answers_still_says_so(survey: Callable[..., Record], stands: Stands) -> None:
    survey(response="0.5")
    assert stands("9.1.2-C1") == ("conforms", 0, 1)


@turns_red("9.1.2-C2")
def test_a_bare_average_is_no_result(survey: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("surveys.result", survey=survey(), since="2026-07-01", until="2026-07-31", score="4.6", answers=40, at="2026-08-01")
    assert stands("9.1.2-C2") == ("nonconforms", 1, 1)


@stays_green("9.1.2-C2")
def test_a_result_of_few_answers_with_its_wide_interval_is_one(survey: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("surveys.result", survey=survey(), since="2026-07-01", until="2026-07-31", score="4.6", answers=3, low="1.2", high="5", at="2026-08-01")
    assert stands("9.1.2-C2") == ("conforms", 0, 1)


@turns_red("9.1.2-C3")
def test_looking_at_surveys_alone_is_no_review(put: Put, stands: Stands) -> None:
    put("surveys.reviewed", sources="surveys complaints", conclusions="满意度上升", at="2026-08-01")
    assert stands("9.1.2-C3") == ("no-evidence", 0, 0)


@stays_green("9.1.2-C3")
def test_three_sources_within_the_year_are_a_review(put: Put, stands: Stands) -> None:
    put("surveys.reviewed", sources="投诉、会话中的情绪、流失", conclusions="派送是主要原因", at="2026-08-01")
    assert stands("9.1.2-C3") == ("conforms", 0, 1)
    assert stands("9.1.2-C3", "2027-08-02 09:00") == ("no-evidence", 0, 0), "a year later it is old"


@turns_red("9.1.2-C4")
def test_low_scores_that_nobody_asks_about_fail(survey: Callable[..., Record], put: Put, customer: Party, stands: Stands) -> None:
    one = survey()
    for hour in range(4):
        put("surveys.scored", survey=one, party=customer, score=2, at=f"2026-07-01 1{hour}:00")
    assert stands("9.1.2-C4") == ("nonconforms", 4, 4)


@stays_green("9.1.2-C4")
def test_a_low_score_asked_about_on_the_second_day_and_a_middling_one_do_not(survey: Callable[..., Record], put: Put, customer: Party, stands: Stands) -> None:
    low = put("surveys.scored", survey=survey(instrument="nps"), party=customer, score=6, at="2026-07-01 10:00")
    put("surveys.scored", survey=low.survey, party=customer, score=7, at="2026-07-01 11:00")
    put("surveys.followedup", scored=low, way="电话", words="司机迟到", at="2026-07-03 10:00")
    assert stands("9.1.2-C4") == ("insufficient-data", 0, 1)
