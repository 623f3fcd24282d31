"""External providers: lists that only ask a question, what cannot be, how a provider stands as of earlier days, and its scorecard."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from tests.conformity.iso9001_2015.conftest import criteria, evaluate, four_sets, person, plan, process, provider, rate
from tests.conftest import LATER, ZONE

from lingting.conformity import providers
from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.write import Refused, write
from lingting.registers.conversations.models import Conversation, Heard
from lingting.registers.parties.models import Party
from lingting.registers.suppliers import queries

__all__ = ["criteria", "evaluate", "four_sets", "person", "plan", "process", "provider", "rate"]

pytestmark = pytest.mark.django_db
Make = Callable[..., Record]
NOW = Moment(datetime(2026, 8, 31, 9, tzinfo=ZONE))


def day(words: str) -> Moment:
    return Moment(datetime.fromisoformat(words).replace(tzinfo=ZONE))


def refused(label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[f"suppliers.{label}"], {"at": "2026-07-01", **given}, by=1, now=LATER, zone=ZONE)
    return {one.column for one in raised.value.wrong}


@pytest.fixture
def on_time(put: Make, provider: Make) -> Record:
    carrier = provider("PV-02", name="岑驰冷链", cases="b", sort="carrier")
    return put("suppliers.yardstick", provider=carrier, indicator="on-time", target=95, every="month", at="2026-06-01 10:00")


JULY = {"start": "2026-07-01", "until": "2026-07-31", "at": "2026-08-03"}


def test_98_5_percent_reported_and_88_2_counted_diverge(on_time: Record, put: Make) -> None:
    put("suppliers.declared", yardstick=on_time, share="98.5 %", **JULY)
    assert queries.diverging(NOW).count() == 0, "nothing to compare it with yet"
    put("suppliers.measured", yardstick=on_time, n=212, met=187, source="运单签收时间", **JULY)
    assert queries.diverging(NOW).count() == 1
    assert queries.diverging(day("2026-08-02 09:00")).count() == 0


@pytest.mark.parametrize(
    ("share", "n", "met", "why"),
    [
        ("98.5", 5, 4, "80 % of 5 cases may be chance"),
        ("93", 1000, 885, "4.5 points apart is within what is allowed, though no chance"),
        ("88", 212, 187, "the same figure"),
    ],
)
def test_a_difference_that_chance_or_rounding_explains_is_no_divergence(on_time: Record, put: Make, share: str, n: int, met: int, why: str) -> None:
    put("suppliers.declared", yardstick=on_time, share=share, **JULY)
    put("suppliers.measured", yardstick=on_time, n=n, met=met, source="运单签收时间", **JULY)
    assert queries.diverging(NOW).count() == 0, why


def test_the_same_controls_for_a_high_and_a_low_impact_are_asked_about(provider: Make, rate: Make, plan: Make) -> None:
    high, low = provider("PV-01", name="远汀干线", sort="carrier"), provider("PV-03", name="雁回港联", cases="b", sort="carrier")
    rate(high)
    rate(low, "low")
    plan(high)
    second = plan(low)
    assert queries.alike(NOW).count() == 2
    plan(low, justification="与干线同一份合同", review="2026-12-31", at="2026-06-02")
    assert [row.provider for row in queries.alike(NOW)] == [high], "who gave a reason is not asked again"
    assert second.pk not in {row.pk for row in queries.alike(NOW)}


def test_the_same_controls_within_a_grade_or_in_other_kinds_are_not(provider: Make, rate: Make, plan: Make) -> None:
    for code, level, controls in (("PV-01", "high", "inspection"), ("PV-02", "high", "inspection"), ("PV-03", "low", "test")):
        row = provider(code, name=code, cases="b", sort="carrier")
        rate(row, level)
        plan(row, on_output=controls)
    assert queries.alike(NOW).count() == 0


def test_a_new_version_of_criteria_lists_whom_to_evaluate_again(provider: Make, evaluate: Make, criteria: Make, four_sets: dict[str, Record]) -> None:
    evaluate(row := provider(), four_sets["evaluation"])
    assert queries.outdated(NOW).count() == 0
    newer = criteria("evaluation", "2", at="2026-07-01")
    assert list(queries.outdated(NOW)) == [row]
    evaluate(row, newer, at="2026-07-02 10:00")
    assert queries.outdated(NOW).count() == 0


def test_a_provider_stands_as_of_each_day(provider: Make, evaluate: Make, four_sets: dict[str, Record], put: Make) -> None:
    row = provider()
    evaluate(row, four_sets["evaluation"], at="2026-06-10 10:00", next_due="2026-07-31")
    evaluate(row, four_sets["re-evaluation"], at="2026-08-10 10:00", score=60, result="suspended")
    put("suppliers.ceased", provider=row, reason="不再合作", at="2026-08-20")
    stood = [queries.stands(row, day(f"{words} 12:00")) for words in ("2026-06-05", "2026-06-15", "2026-08-01", "2026-08-11", "2026-08-21")]
    assert stood == ["unevaluated", "approved", "expired", "suspended", "ceased"]


def test_a_suspended_provider_that_goes_on_invoicing_is_listed(provider: Make, evaluate: Make, four_sets: dict[str, Record], put: Make) -> None:
    evaluate(row := provider(), four_sets["evaluation"], score=50, result="suspended", at="2026-07-10 10:00")
    put("suppliers.named", sort="invoice", name=row.name, at="2026-07-10 09:00")
    assert queries.used_while_suspended(NOW).count() == 0, "what was invoiced before is no use after"
    put("suppliers.named", sort="invoice", name=row.name, at="2026-08-01")
    assert list(queries.used_while_suspended(NOW)) == [row]


def test_a_register_of_products_alone_is_asked_whether_it_is_too_narrow(provider: Make, process: Record, put: Make) -> None:
    first = put("suppliers.provision", provider=provider(), process=process, type="product", what="包装箱", at="2026-06-02")
    assert list(queries.products_only(NOW)) == [first]
    put("suppliers.provision", provider=first.provider, process=process, type="service", what="夜间热线", at="2026-06-02")
    assert queries.products_only(NOW).count() == 0


def test_requirements_a_verification_and_a_live_result_belong_to_every_provider(on_time: Record, put: Make) -> None:
    carrier = on_time.provider
    put("suppliers.measured", yardstick=on_time, n=10, met=10, source="运单", **JULY)
    put("suppliers.planned", provider=carrier, on="output", control="inspection", what="抽查", due="2026-09-30", at="2026-06-02")
    assert list(queries.unsupported(NOW)) == [carrier], "no requirements were sent"
    agreement = put("suppliers.agreement", provider=carrier, code="AG-02", title="冷链合同", covers="provision", personal_data=False, at="2026-06-02")
    put("suppliers.sent", agreement=agreement, way="邮件", at="2026-06-03")
    assert queries.unsupported(NOW).count() == 0
    assert list(queries.unsupported(day("2026-11-15 09:00"))) == [carrier], "by then the result is no longer live"


def test_what_customers_said_in_public_is_listed_apart_and_erased_with_them(provider: Make, customer: Party, put: Make) -> None:
    words = {"provider": provider(), "harm": "complaint", "why": "司机是其员工", "party": customer, "at": "2026-07-05"}
    loud = put("suppliers.attributed", complaint="CP-1", public=True, words="评论区都在说", **words)
    quiet = put("suppliers.attributed", complaint="CP-2", **words)
    assert list(queries.public(NOW)) == [loud]
    assert {row.pk for row in queries.about([customer.id])} == {loud.pk, quiet.pk}


def test_an_action_is_proved_by_another_after_it_was_carried_out(provider: Make, person: Make, put: Make) -> None:
    owner, other = person(), person("IA", "石砚")
    action = put("suppliers.action", provider=provider(), what="装车前预冷", owner=owner, due="2026-07-31", at="2026-07-01")
    assert refused("proved", action=action, effective="yes", evidence="温度合格", judged_by=owner) == {"judged_by", "action"}
    put("suppliers.done", action=action, what="已预冷", at="2026-07-20")
    assert queries.unproved(NOW).count() == 1
    put("suppliers.proved", action=action, effective="yes", evidence="8 月无超温", judged_by=other, at="2026-08-20")
    assert queries.unproved(NOW).count() == 0


def test_what_cannot_be_is_refused(provider: Make, process: Record, four_sets: dict[str, Record], on_time: Record, person: Make, put: Make) -> None:
    desk = provider()
    low = {"on_customers": "low", "why_customers": "小", "on_law": "low", "why_law": "小"}
    assert refused("rated", provider=desk, **low) == {"on_customers", "justification"}
    judged = {"provider": desk, "evidence": "6 月", "next_due": "2027-01-01", "score": 61, "result": "approved"}
    assert refused("evaluated", criteria=four_sets["evaluation"], **judged) == {"result"}
    assert refused("evaluated", criteria=four_sets["monitoring"], **{**judged, "score": 101, "next_due": "2026-07-01"}) == {"criteria", "score", "next_due"}
    assert refused("criteria", code="X", use="evaluation", version="9", limit=0) == {"limit"}
    assert refused("provision", provider=desk, process=process, type="process", what="接听") == {"reason", "decided_by"}
    assert refused("identified", process=process, outside=True, review="2026-06-30") == {"what", "review"}
    assert refused("yardstick", provider=desk, indicator="kept", target=101, every="month", criteria=four_sets["evaluation"]) == {"target", "criteria"}
    assert refused("plan", provider=desk, how="每月", justification="影响小") == {"review"}
    assert refused("plan", provider=desk, how="每月", review="2026-06-30") == {"review"}
    assert refused("planned", provider=desk, on="output", control="test", what="抽查", due="2026-06-30", every=0) == {"due", "every"}
    assert refused("attributed", provider=desk, harm="late", why="晚", at="2026-05-01") == {"at", "complaint"}
    evaluation = put("suppliers.evaluated", criteria=four_sets["evaluation"], at="2026-06-20", **{**judged, "score": 70})
    assert refused("action", provider=on_time.provider, what="改", owner=person(), due="2026-06-30", evaluated=evaluation) == {"due", "evaluated"}
    assert refused("ceased", provider=desk, reason="x", at="2026-05-01") == {"at"}


def test_periods_neither_overlap_nor_end_in_the_future(on_time: Record, put: Make) -> None:
    put("suppliers.measured", yardstick=on_time, n=10, met=10, source="运单", **JULY)
    again = {"yardstick": on_time, "source": "运单", "start": "2026-07-31", "at": "2026-08-20"}
    assert refused("measured", **again, until="2026-08-19", n=1, met=2) == {"start", "met"}
    assert refused("measured", **again, until="2026-08-31", n=-1, met=0) == {"start", "until", "n"}
    assert refused("declared", yardstick=on_time, start="2026-06-30", until="2026-06-01", share=101) == {"until", "share"}


def test_what_is_put_into_words_comes_first_and_what_does_not_apply_has_a_reason(provider: Make, put: Make) -> None:
    row = provider()
    both = {"provider": row, "code": "AG-9", "title": "合同", "covers": "provision", "not_applicable": "provision", "personal_data": False}
    assert refused("agreement", **both) == {"not_applicable", "why_not"}
    agreement = put("suppliers.agreement", **{**both, "not_applicable": ""}, at="2026-07-02")
    assert refused("sent", agreement=agreement, way="邮件") == {"at"}
    planned = put("suppliers.planned", provider=row, on="output", control="test", what="抽查", due="2026-07-30", at="2026-07-02")
    assert refused("verified", planned=planned, met=True, result="好") == {"at"}


def test_nothing_new_is_done_about_a_provider_that_was_let_go(provider: Make, four_sets: dict[str, Record], process: Record, put: Make) -> None:
    put("suppliers.ceased", provider=(row := provider()), reason="到期", at="2026-06-30")
    assert "provider" in refused("plan", provider=row, how="每月")
    assert "provider" in refused("provision", provider=row, process=process, type="product", what="箱")
    judged = {"score": 80, "result": "approved", "evidence": "e", "next_due": "2027-01-01"}
    assert "provider" in refused("evaluated", provider=row, criteria=four_sets["evaluation"], **judged)


def test_a_scorecard_shows_figures_with_what_they_rest_on(
    on_time: Record, rate: Make, plan: Make, evaluate: Make, four_sets: dict[str, Record], put: Make
) -> None:
    carrier = on_time.provider
    rate(carrier)
    plan(carrier)
    evaluate(carrier, four_sets["evaluation"], score=61, result="conditional", at="2026-07-10 10:00")
    put("suppliers.measured", yardstick=on_time, n=100, met=96, source="运单", start="2026-06-01", until="2026-06-30", at="2026-07-02")
    put("suppliers.measured", yardstick=on_time, n=212, met=187, source="运单", **JULY)
    put("suppliers.declared", yardstick=on_time, share="98.5", **JULY)
    put("suppliers.attributed", provider=carrier, harm="late", complaint="CP-1", why="晚到", public=True, at="2026-07-05")
    put("suppliers.planned", provider=carrier, on="output", control="inspection", what="抽查", due="2026-09-30", at="2026-06-02")
    put("suppliers.desk", provider=carrier, source="table", prefix="NL-", at="2026-06-01 10:00")
    calls = [Conversation(source="table", key=f"NL-{number}", channel="phone", at=datetime(2026, 7, 1, 23, number, tzinfo=ZONE)) for number in range(4)]
    book.write(*calls, Heard(conversation=calls[0], pack="p", turns=2, at=datetime(2026, 7, 2, tzinfo=ZONE)), act="test")
    card = providers.scorecard(carrier, NOW)
    june, july = card.trend[on_time]
    assert (card.stands, card.grade, card.score, card.limit) == ("conditional", "high", 61, 70)
    assert (june.met, june.n, june.declared, june.diverges) == (96, 100, None, False)
    assert (july.met, july.n, july.target, july.declared, july.diverges) == (187, 212, 0.95, 0.985, True)
    assert july.interval is not None
    assert 0.88 < july.interval.high < 0.95
    assert (card.inspected.met, card.inspected.n, card.promises.n, card.promises.interval) == (1, 4, 0, None)
    assert (card.attributed["late"], card.in_public, len(card.ahead), card.overdue) == (1, 1, 1, ())


def test_a_day_begins_at_midnight_of_the_organisation(provider: Make, put: Make) -> None:
    """到 8 月 31 日为止：临澜的 9 月 1 日零点一过就逾期，那时格林尼治还是 8 月 31 日。"""
    put("suppliers.planned", provider=provider(), on="output", control="test", what="抽查", due="2026-08-31", at="2026-06-02")
    assert queries.overdue(Moment(datetime(2026, 8, 31, 15, 59, tzinfo=UTC))).count() == 0
    assert queries.overdue(Moment(datetime(2026, 8, 31, 16, 0, tzinfo=UTC))).count() == 1
