"""Offerings: what is said about them in which form, what was told to whom, and how they fail."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import ZONE

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.write import Refused
from lingting.registers.conversations.models import Conversation
from lingting.registers.offerings import queries
from lingting.registers.promises.models import Promise

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
PRODUCT = "what limits price times exclusions"


def on(day: str) -> Moment:
    return Moment(datetime.fromisoformat(day).replace(tzinfo=ZONE))


def refused(put: Put, label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        put(label, **given)
    return {one.column for one in raised.value.wrong}


@pytest.fixture
def information(put: Put, offering: Record) -> Record:
    """A leaflet on the cold chain."""
    return put("offerings.information", code="INFO-014", name="冷链干线", offering=offering, audience="发货人", language="zh", owner="市场", at="2026-06-01")


@pytest.fixture
def publish(put: Put, information: Record) -> Callable[..., Record]:
    """Publish a version somewhere, saying how long claims may be made."""

    def at_place(number: str, form: str, value: str, *, at: str = "2026-06-05 09:00", topics: str = PRODUCT, **given: object) -> Record:
        version = put("offerings.version", number=number, topics=topics, at=at, **{"information": information, **given})
        published = put("offerings.published", version=version, form=form, place=form, at=at)
        put("offerings.stated", published=published, matter="索赔期限", value=value, at=at)
        return published

    return at_place


def test_site_and_script_that_name_different_claims_windows_contradict_each_other(publish: Callable[..., Record]) -> None:
    """官网 7 天，电话话术 3 天：两处都列出来，从第二处发布时起。"""
    publish("v3", "website", "7 天", at="2026-06-01 10:00")
    publish("s1", "phone", "3 天")
    assert sorted(one.value for one in queries.contradicting(on("2026-06-06"))) == ["3 天", "7 天"]
    assert not queries.contradicting(on("2026-06-04")).exists()


def test_a_blank_in_the_same_value_is_no_contradiction(publish: Callable[..., Record]) -> None:
    publish("v3", "website", "7 天")
    publish("s1", "phone", "7天")
    assert not queries.contradicting(on("2026-06-06")).exists()


def test_what_was_replaced_or_taken_down_contradicts_nothing_any_more(publish: Callable[..., Record], put: Put) -> None:
    publish("v3", "website", "7 天")
    old = publish("s1", "phone", "3 天")
    publish("s2", "phone", "7 天", at="2026-06-08 09:00")
    assert not queries.contradicting(on("2026-06-09")).exists()
    paper = publish("p1", "print", "5 天", at="2026-06-10 09:00")
    assert queries.contradicting(on("2026-06-11")).count() == 3
    put("offerings.takendown", published=paper, at="2026-06-12")
    assert not queries.contradicting(on("2026-06-13")).exists()
    assert old.pk not in queries.live(on("2026-06-13")).values_list("pk", flat=True)


def test_another_service_may_have_another_claims_window(publish: Callable[..., Record], put: Put) -> None:
    other = put("offerings.offering", code="OF-9", name="同城", at="2026-06-01")
    leaflet = put("offerings.information", code="INFO-9", name="同城", offering=other, audience="发货人", language="zh", owner="市场", at="2026-06-01")
    publish("v3", "website", "7 天")
    publish("v1", "portal", "1 天", information=leaflet)
    assert not queries.contradicting(on("2026-06-06")).exists()


def test_a_version_without_its_service_is_found_with_the_conversations_that_left_it_out(
    publish: Callable[..., Record], talk: Callable[..., Conversation], put: Put
) -> None:
    """INFO-014 v3 只有产品事实；11 次会话也一样，第 12 次讲到了服务。"""
    version = publish("v3", "website", "7 天").version
    for number in range(11):
        put("offerings.told", version=version, conversation=talk(f"CV-{number}"), topics=PRODUCT, at="2026-06-19")
    put("offerings.told", version=version, conversation=talk("CV-12"), topics="what after complaining", understood="unclear", at="2026-06-19")
    moment = on("2026-06-20")
    assert list(queries.product_only(moment)) == [version]
    assert queries.told_product_only(moment).count() == 11
    assert queries.not_understood(moment).count() == 1


def test_a_version_with_its_service_but_no_prices_is_incomplete_and_not_silent_on_the_service(publish: Callable[..., Record]) -> None:
    publish("v3", "website", "7 天", topics="what after complaining", valid_to="2026-06-10")
    assert not queries.product_only(on("2026-06-09")).exists()
    assert [query(on("2026-06-11")).count() for query in (queries.incomplete, queries.unapproved, queries.outdated)] == [1, 1, 1]
    assert not queries.outdated(on("2026-06-10 12:00")).exists()


def test_a_complaint_that_fits_no_mode_was_unforeseen(offering: Record, put: Put) -> None:
    """冷链干线没有失效方式，CP-021 对不上任何一种。"""
    assert list(queries.without_modes(on("2026-06-02"))) == [offering]
    mode = put("offerings.mode", code="FM-1", offering=offering, what="温度超限", consequence="变质", followup="换货", at="2026-06-03")
    put("offerings.failed", offering=offering, mode=mode, what="9 ℃", complaint="CP-020", at="2026-06-04")
    put("offerings.failed", offering=offering, what="封条被换", complaint="CP-021", at="2026-06-04")
    assert [one.complaint for one in queries.unforeseen(on("2026-06-05"))] == ["CP-021"]
    assert not queries.without_modes(on("2026-06-05")).exists()


def test_an_obligation_past_its_review_is_listed_until_it_is_looked_at_again(offering: Record, put: Put) -> None:
    owed = put("offerings.obligation", code="OB-1", offering=offering, sort="visit", basis="promised", what="回访", review="2026-06-30", at="2026-06-01")
    assert not queries.to_reconsider(on("2026-06-30 12:00")).exists()
    assert list(queries.to_reconsider(on("2026-07-01"))) == [owed]
    put("offerings.reconsidered", obligation=owed, why="投诉变化", review="2026-12-31", at="2026-07-02")
    assert not queries.to_reconsider(on("2026-07-03")).exists()


def test_what_is_no_longer_on_sale_is_asked_nothing(offering: Record, put: Put) -> None:
    assert queries.stands(offering, on("2026-06-02")) == "uninformed"
    put("offerings.ended", offering=offering, reason="停运", at="2026-06-03")
    assert queries.stands(offering, on("2026-06-04")) == "ended"


def test_rules_of_information(put: Put, information: Record, decider: Record, publish: Callable[..., Record]) -> None:
    version = put("offerings.version", information=information, number="v1", written_by=decider, at="2026-06-02")
    other = put("people.person", code="SV2", name="白露", at="2026-05-01")
    assert refused(put, "offerings.approved", version=version, person=decider, at="2026-06-03") == {"person"}, "nobody approves his own words"
    assert refused(put, "offerings.approved", version=version, person=other, at="2026-06-01") == {"at"}
    assert refused(put, "offerings.published", version=version, form="website", place="官网", at="2026-06-01") == {"at"}
    assert refused(put, "offerings.takendown", published=publish("v2", "website", "7 天"), at="2026-06-01") == {"at"}
    assert refused(put, "offerings.told", version=version, topics="what", at="2026-06-03") == {"party"}
    assert put("offerings.approved", version=version, person=other, at="2026-06-02").pk


def test_rules_of_offerings(put: Put, offering: Record, talk: Callable[..., Conversation]) -> None:
    project = put("designs.project", code="DP-1", name="冷链", owner="产品部", at="2026-05-01")
    assert refused(put, "offerings.offering", code="OF-4", name="冷链", origin="before", project=project) == {"origin"}
    assert refused(put, "offerings.statute", code="LAW-1", name="退货", sort="returns", source="法") == {"days"}
    assert refused(put, "offerings.statute", code="LAW-1", name="索赔", sort="claims", source="法", days=-1) == {"days"}
    assert refused(put, "offerings.lawreviewed", offering=offering, conclusion="无", who="法务", until="2026-06-01", at="2026-06-02") == {"until"}
    owed = {"offering": offering, "sort": "visit", "basis": "promised", "what": "回访"}
    assert refused(put, "offerings.obligation", code="OB-1", days=-1, **owed) == {"days"}
    again = put("offerings.obligation", code="OB-1", **owed, at="2026-06-01")
    assert refused(put, "offerings.reconsidered", obligation=again, why="到期", review="2026-06-01", at="2026-06-02") == {"review"}
    claim = put("offerings.claim", code="CL-1", offering=offering, sort="time", words="24 小时", at="2026-06-01")
    assert refused(put, "offerings.proven", claim=claim, evidence="试运行", holds=True, until="2026-06-01", at="2026-06-02") == {"until"}
    other = put("offerings.offering", code="OF-9", name="同城", at="2026-06-01")
    mode = put("offerings.mode", code="FM-1", offering=other, what="迟到", consequence="不满", followup="道歉", at="2026-06-01")
    assert refused(put, "offerings.failed", offering=offering, mode=mode, what="迟到") == {"mode"}


def test_a_promise_is_weighed_with_its_grounds(put: Put, talk: Callable[..., Conversation]) -> None:
    promise = Promise(conversation=(held := talk()), at=held.at, words="三天内到账")
    book.write(promise, act="test")
    assert refused(put, "offerings.weighed", promise=promise, within=True) == {"allowed"}
    assert refused(put, "offerings.weighed", promise=promise, within=False) == {"reason"}
    put("offerings.weighed", promise=promise, within=False, reason="没有授权")
    assert refused(put, "offerings.weighed", promise=promise, within=False, reason="再来一次") == {"promise"}
