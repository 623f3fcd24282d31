"""Surveys: nobody is asked too often, nobody rates himself, few answers are few."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import LATER, ZONE

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.write import Refused, write
from lingting.registers.parties.models import Party
from lingting.registers.surveys import queries

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
NOW = Moment(datetime(2026, 8, 31, 9, tzinfo=ZONE))


def refused(label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[label], given, by=1, now=LATER, zone=ZONE)
    return {one.column for one in raised.value.wrong}


@pytest.fixture
def survey(put: Put) -> Record:
    return put("surveys.survey", code="SV-1", name="热线满意度", instrument="csat", at="2026-06-01")


def test_a_customer_is_left_alone_for_a_month_whatever_the_survey(survey: Record, put: Put, customer: Party) -> None:
    put("surveys.invited", survey=survey, party=customer, at="2026-07-01 09:00")
    other = put("surveys.survey", code="SV-2", name="推荐意愿", instrument="nps", at="2026-06-01")
    assert refused("surveys.invited", survey=other, party=customer, at="2026-07-31 08:59") == {"party"}
    assert put("surveys.invited", survey=other, party=customer, at="2026-07-31 09:00").id


def test_nobody_rates_himself_and_a_score_lies_on_its_scale(survey: Record, put: Put, customer: Party) -> None:
    one, other = (put("people.person", code=code, name=code, at="2026-06-01") for code in ("A01", "A02"))
    assert refused("surveys.scored", survey=survey, party=customer, score=5, rated=one, rater=one) == {"rater"}
    assert refused("surveys.scored", survey=survey, party=customer, score=0) == {"score"}
    assert put("surveys.scored", survey=survey, party=customer, score=5, rated=one, rater=other, at="2026-07-01").score == 5


def test_the_response_is_who_answered_of_those_who_were_asked(survey: Record, put: Put, customer: Party) -> None:
    put("surveys.invited", survey=survey, party=customer, at="2026-06-01 09:00")
    put("surveys.scored", survey=survey, party=customer, score=2, at="2026-06-02 09:00")
    put("surveys.invited", survey=survey, party=customer, at="2026-07-15 09:00")
    assert queries.responses(NOW) == {"SV-1": (2, 1)}
    assert queries.counts(NOW, "SV-1") == {2: 1}


def test_a_result_of_few_answers_is_thin(survey: Record, put: Put) -> None:
    whole = {"survey": survey, "since": "2026-07-01", "until": "2026-07-31", "score": "4.6", "low": "4.2", "high": "4.9"}
    put("surveys.result", **whole, answers=29, response="40", at="2026-08-01")
    put("surveys.result", **whole, answers=30, response="9.9", at="2026-08-02")
    put("surveys.result", **whole, answers=30, response="10", at="2026-08-03")
    assert queries.thin(NOW).count() == 2
    assert refused("surveys.result", **{**whole, "low": "4.7", "until": "2026-06-30"}, answers=0) == {"score", "until", "answers"}


def test_a_follow_up_comes_after_the_score_and_an_erasure_reaches_both(survey: Record, put: Put, customer: Party) -> None:
    low = put("surveys.scored", survey=survey, party=customer, score=1, words="太慢", at="2026-07-01 09:00")
    assert refused("surveys.followedup", scored=low, way="电话", words="嗯", at="2026-06-30") == {"at"}
    put("surveys.followedup", scored=low, way="电话", words="司机迟到", at="2026-07-02")
    assert [row._meta.model_name for row in queries.about([customer.id])] == ["scored", "followedup"]
