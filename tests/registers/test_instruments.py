"""The register of instruments: what is refused, what follows by itself, and what was told by an instrument that turned out unfit."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests import instruments as house
from tests.conftest import LATER, ZONE

from lingting.records.kind import kinds
from lingting.records.write import Refused, write
from lingting.registers.instruments import queries
from lingting.registers.instruments.models import Calibrated, Quarantined, Studied, Unfit
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Any]


def refused(kind: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[kind], given, by=1, now=LATER, zone=ZONE)
    return {one.column for one in raised.value.wrong}


@pytest.fixture
def bridge(put: Put) -> Any:
    """A weighbridge, in date from May to the end of June."""
    one = house.scale(put)
    house.calibrated(put, one, "2026-05-02 09:00", "2026-06-30")
    return one


def unfit(put: Put, bridge: Any) -> Unfit:
    """Find the weighbridge 0.42 % off on 15 July and adjust it."""
    house.calibrated(put, bridge, "2026-07-15 09:00", "2026-12-31", found_error="0.42", left_error="0.02", limit="0.1", unit="%", found_fit=False)
    return Unfit.objects.get()


def test_found_out_of_tolerance_every_weighing_since_the_last_good_calibration_is_in_doubt(put: Put, bridge: Any, customer: Party) -> None:
    """检定 06-30 到期；07 月还在称；07-15 发现 +0.42 %（允许 ±0.10 %）。"""
    before = house.weighed(put, bridge, "2026-05-01 12:00")
    june = [house.weighed(put, bridge, f"2026-06-{day:02} 10:00", party=customer) for day in (1, 15, 30)]
    july = [house.weighed(put, bridge, f"2026-07-{day:02} 10:00") for day in (1, 14)]
    found = unfit(put, bridge)
    moment = house.as_of("2026-07-16")
    assert found.since == house.at("2026-05-02 09:00")
    assert set(queries.uses_in_doubt(found, moment)) == {*june, *july}
    assert set(queries.unfit_uses(moment)) == {before, *july}, "in use before its first calibration, and past its date; 06-30 itself was in date"
    assert list(queries.customers_in_doubt(found, moment)) == [customer.id]
    assert set(queries.suspect_uses(moment)) == {*june, *july}


def test_a_look_back_is_not_finished_before_every_result_is_disposed_of_and_everybody_told(put: Put, bridge: Any, customer: Party) -> None:
    one, other = (house.weighed(put, bridge, f"2026-06-{day:02}", party=customer) for day in (1, 2))
    found, manager = unfit(put, bridge), house.person(put, "QM")
    finish = {"unfit": found, "person": manager, "effect": "2 车", "at": "2026-07-20"}
    put("instruments.disposed", unfit=found, used=one, how="accept", why="在容差内", at="2026-07-16")
    assert refused("instruments.closed", **finish) == {"unfit"}
    put("instruments.disposed", unfit=found, used=other, how="notify", why="多收 53 元", at="2026-07-16")
    assert refused("instruments.closed", **finish) == {"unfit"}, "the customer does not know yet"
    put("instruments.told", unfit=found, party=customer, way="电话", words="称重有误，退还差额", at="2026-07-17")
    put("instruments.closed", **finish)
    assert not queries.open_lookbacks(house.as_of("2026-07-21")).exists()
    assert queries.open_lookbacks(house.as_of("2026-07-19")).get() == found, "as of the day before it was under way"


def test_what_becomes_of_a_result_is_decided_once_and_only_if_it_is_in_doubt(put: Put, bridge: Any) -> None:
    early, late = house.weighed(put, bridge, "2026-05-01"), house.weighed(put, bridge, "2026-06-02")
    found = unfit(put, bridge)
    assert refused("instruments.disposed", unfit=found, used=early, how="accept", why="x", at="2026-07-16") == {"used"}
    assert refused("instruments.disposed", unfit=found, how="accept", why="x", at="2026-07-16") == {"used"}
    assert refused("instruments.disposed", unfit=found, used=late, how="remeasure", why="复称", at="2026-07-16") == {"value"}
    put("instruments.disposed", unfit=found, used=late, how="remeasure", value="12.4", why="复称", at="2026-07-16")
    assert refused("instruments.disposed", unfit=found, used=late, how="accept", why="x", at="2026-07-17") == {"used"}


def test_a_logger_that_read_low_from_a_day_on_puts_only_that_time_in_doubt_and_one_shipment_was_too_warm(put: Put) -> None:
    """TL-04 自 07-20 起偏低 1.6 °C：5 票中 1 票超过 8 °C 实为 22 分钟（上限 15）；另一票 9 分钟，不算。"""
    logger = house.scale(put, "TL-04")
    house.calibrated(put, logger, "2026-05-02", "2026-10-01")
    warm = {"value": "0", "unit": "min", "upper": "15"}
    early = house.weighed(put, logger, "2026-07-19", **warm)
    shipments = [house.weighed(put, logger, f"2026-07-{day}", **warm) for day in range(21, 26)]
    given = {"instrument": logger, "cause": "tolerance", "since": "2026-07-20", "at": "2026-07-28"}
    assert refused("instruments.unfit", **given) == {"why"}
    found = put("instruments.unfit", **given, why="与参照记录仪逐日比对，07-20 起偏低 1.6 °C")
    moment = house.as_of("2026-08-01")
    assert set(queries.uses_in_doubt(found, moment)) == set(shipments)
    assert early not in queries.suspect_uses(moment)
    for shipment, minutes in zip(shipments, (22, 9, 15, 0, 0), strict=True):
        put("instruments.disposed", unfit=found, used=shipment, how="remeasure", value=minutes, why="按参照记录仪重算", at="2026-07-30")
    assert [one.used for one in queries.nonconforming(moment)] == [shipments[0]], "15 minutes are allowed, and 9 are less"
    assert list(queries.quarantined(moment)) == [logger]


def test_an_instrument_in_quarantine_is_not_used_before_a_good_calibration_and_a_release(put: Put, bridge: Any) -> None:
    lock = put("instruments.quarantined", instrument=bridge, why="摔过", at="2026-06-10")
    manager = house.person(put, "QM")
    assert refused("instruments.used", instrument=bridge, what="一车", at="2026-06-11") == {"instrument"}
    assert refused("instruments.quarantined", instrument=bridge, why="又一次", at="2026-06-11") == {"instrument"}
    assert refused("instruments.released", quarantined=lock, person=manager, why="看着没事", at="2026-06-12") == {"quarantined"}
    house.calibrated(put, bridge, "2026-06-12", "2026-06-30")
    put("instruments.released", quarantined=lock, person=manager, why="核查合格", at="2026-06-13")
    house.weighed(put, bridge, "2026-06-14")
    put("instruments.retired", instrument=bridge, why="报废", at="2026-06-20")
    assert refused("instruments.used", instrument=bridge, what="一车", at="2026-06-21") == {"instrument"}


def test_figures_that_contradict_what_is_said_of_fitness_are_refused(put: Put) -> None:
    device = house.scale(put)
    given = {"instrument": device, "way": "check", "occasion": "first", "limit": "0.1", "due": "2026-07-01", "at": "2026-06-01"}
    both = {"found_fit": True, "left_fit": True}
    assert refused("instruments.calibrated", **given, **both, found_error="0.42", left_error="0.02") == {"found_fit"}
    assert refused("instruments.calibrated", **given, **both, found_error="0.09", uncertainty="0.02", decision="guarded") == {"found_fit"}
    assert refused("instruments.calibrated", **given, **both, found_error="0.01", decision="guarded") == {"uncertainty"}
    assert refused("instruments.calibrated", **{**given, "due": "2027-06-01"}, **both) == {"due"}, "longer than the plan allows"
    assert refused("instruments.calibrated", **{**given, "due": ""}, **both) == {"due"}
    put("instruments.calibrated", **given, **both, found_error="-0.1", left_error="0.02")


def test_longer_than_usual_for_the_risk_needs_a_reason_and_only_devices_are_verified_by_law(put: Put) -> None:
    device, rule = house.scale(put), house.detector(put)
    assert refused("instruments.plan", instrument=device, risk="high", metrology="calibration", interval=183) == {"why"}
    assert refused("instruments.plan", instrument=rule, risk="low", metrology="compulsory", interval=100) == {"metrology"}
    put("instruments.plan", instrument=device, risk="high", metrology="calibration", interval=183, why="三年没有漂移", at="2026-06-01")


def test_nobody_calibrates_approves_or_compares_himself(put: Put) -> None:
    one, other = house.person(put, "P-1"), house.person(put, "P-2")
    inspector = put("instruments.instrument", code="Q1", name="质检一", sort="inspector", use="评分", person=one, at="2026-06-01")
    assert refused("instruments.studied", instrument=inspector, leader=one, reference="panel", counts=house.AGREED) == {"leader"}
    assert refused("instruments.used", instrument=inspector, person=one, what="自己的来电") == {"person"}
    assert refused("instruments.instrument", code="Q9", name="谁", sort="inspector", use="评分") == {"person"}
    rule = house.detector(put)
    made = put("instruments.version", instrument=rule, author=one, edition="1", digest="a", engine="rules/1", norm_version=1, what="初版", at="2026-06-01")
    assert refused("instruments.approved", version=made, approver=one, digest="a", why="好") == {"approver"}
    put("instruments.approved", version=made, approver=other, digest="a", why="好", at="2026-06-02")
    paper = {"instrument": rule, "named": "1", "form": "pdf", "digest": "b" * 64, "performed": "2026-06-01", "at": "2026-06-02"}
    assert refused("instruments.certificate", **paper) == {"clerk"}
    typed = put("instruments.certificate", **paper, clerk=one)
    assert refused("instruments.rechecked", certificate=typed, person=one, agrees=True) == {"person"}


def test_an_inspector_below_the_floor_is_quarantined_and_his_ratings_are_in_doubt_but_not_his_practice(put: Put) -> None:
    """Q2 加权 kappa 0.41（下限 0.60）：06-15 以来的评分都可疑；练习的不算。"""
    inspector = put("instruments.instrument", code="Q2", name="Q2", sort="inspector", use="评分", person=house.person(put, "P-2"), at="2026-06-01")
    put("instruments.studied", instrument=inspector, reference="panel", counts="20 1 0; 1 18 1; 0 1 20", weights="linear", at="2026-06-15")
    rated = [house.weighed(put, inspector, f"2026-07-{day:02}") for day in (1, 2, 3)]
    house.weighed(put, inspector, "2026-07-04", practice=True)
    house.weighed(put, inspector, "2026-06-10")
    study = put("instruments.studied", instrument=inspector, reference="panel", counts="10 4 3; 5 8 3; 2 5 9", weights="linear", at="2026-07-27")
    assert study.kappa < 6000
    assert study.ac1 is not None
    found = Unfit.objects.get()
    assert (found.cause, found.since) == ("kappa", house.at("2026-06-15"))
    assert set(queries.suspect_uses(house.as_of("2026-07-28"))) == set(rated)
    assert Quarantined.objects.get().instrument == inspector


def test_findings_of_an_uncalibrated_version_are_indications_and_each_is_accepted_or_withdrawn(put: Put) -> None:
    """DT-04 v1.2 07-06 上线未校准；07-20 对照标准样本：精确率 0.70 [0.49–0.84]，低于 0.85。"""
    rule, manager = house.detector(put), house.person(put, "QM")
    put("instruments.plan", instrument=rule, risk="high", metrology="check", interval=182, least_precision="0.85", at="2026-06-01")
    house.studied(put, rule, house.version(put, rule, 1, "2026-06-01"), "2026-06-02")
    new = house.version(put, rule, 2, "2026-07-06")
    good = house.heard("2026-07-01", number=1)
    doubtful = [house.heard("2026-07-06", number=2), house.heard("2026-07-19", number=2)]
    study = house.studied(put, rule, new, "2026-07-20", counts="16 7; 4 73")
    moment = house.as_of("2026-07-21")
    assert (study.precision, study.precision_low, study.precision_high) == (6957, 4913, 8440)
    assert set(queries.indications(moment)) == set(doubtful)
    assert set(queries.suspect_findings(moment)) == set(doubtful)
    assert list(queries.counted(moment)) == [good]
    found = Unfit.objects.get()
    assert found.cause == "precision"
    keep, take = (put("instruments.disposed", unfit=found, found=one, how=how, why="人工复听", at="2026-07-21")
                  for one, how in zip(doubtful, ("accept", "withdraw"), strict=True))  # fmt: skip
    assert list(queries.untold(moment)) == [take]
    put("instruments.told", unfit=found, disposed=take, way="当面", words="这条撤回，分数恢复", at="2026-07-21")
    assert list(queries.withdrawn(moment)) == [doubtful[1]]
    put("instruments.closed", unfit=found, person=manager, effect="1 条撤回", at="2026-07-22")
    assert keep.how == "accept"
    house.heard("2026-07-22", number=1)
    assert queries.counted(house.as_of("2026-07-23")).count() == 2, "the version before is as good as it was"


def test_every_finding_stands_with_the_version_that_made_it_and_how_that_was_certified_then(put: Put) -> None:
    rule = house.detector(put)
    made = house.version(put, rule, 1, "2026-06-01")
    house.studied(put, rule, made, "2026-06-10", due="2026-06-30")
    for day, number in (("2026-06-02", 1), ("2026-06-30", 1), ("2026-07-01", 1), ("2026-07-01", 2)):
        house.heard(day, number=number)
    rows = queries.with_status(house.as_of("2026-08-01")).order_by("at", "id").values_list("version", "certified_until", "fit")
    until = date(2026, 6, 30)
    assert list(rows) == [("1.1", None, False), ("1.1", until, True), ("1.1", until, False), (None, None, False)]


def test_a_detector_is_fit_before_and_after_a_quarantine_but_not_within_it_nor_is_another_version_touched(put: Put) -> None:
    """07-10 停用 1 版，07-12 放行；2 版一直可用。"""
    rule, manager = house.detector(put), house.person(put, "QM")
    first, second = (house.version(put, rule, number, "2026-06-01") for number in (1, 2))
    for made in (first, second):
        house.studied(put, rule, made, "2026-06-02", due="2026-08-31")
    lock = put("instruments.quarantined", instrument=rule, version=first, why="误报多", at="2026-07-10")
    house.studied(put, rule, first, "2026-07-11", due="2026-08-31")
    put("instruments.released", quarantined=lock, person=manager, why="重新校准合格", at="2026-07-12")
    before, within, after = (house.heard(day, number=1) for day in ("2026-07-09", "2026-07-11 12:00", "2026-07-13"))
    other = house.heard("2026-07-11 13:00", number=2)
    moment = house.as_of("2026-07-20")
    assert list(queries.indications(moment)) == [within]
    assert set(queries.counted(moment)) == {before, after, other}
    assert set(queries.unfit_findings(house.as_of("2026-07-11 14:00"))) == {within}


def test_what_a_dispute_or_a_judgement_struck_counts_no_more_but_a_dispute_taken_back_changes_nothing(put: Put) -> None:
    """A03 disputes three findings: one is upheld, one rejected, one taken back; a fourth was judged wrong."""
    rule, _, _, _ = house.detector(put), house.person(put, "A03"), house.person(put, "Q1"), house.person(put, "Q2")
    house.studied(put, rule, house.version(put, rule, 1, "2026-06-01"), "2026-06-02", due="2026-08-31")
    upheld, rejected, dropped, wrong, right = (house.heard(f"2026-07-0{day}", number=1) for day in (1, 2, 3, 4, 5))
    disputes = [
        put("conversations.disputed", found=one, person="A03", reason="context", words="断章取义", at="2026-07-10") for one in (upheld, rejected, dropped)
    ]
    for dispute, holds in zip(disputes[:2], ("是", "否"), strict=True):
        put("conversations.settled", disputed=dispute, person="Q2", upheld=holds, words="听过前后文", at="2026-07-11")
    put("conversations.dropped", disputed=disputes[2], at="2026-07-11")
    put("conversations.judged", found=wrong, person="Q1", correct="否", note="附和", at="2026-07-11")
    put("conversations.judged", found=right, person="Q1", correct="是", at="2026-07-11")
    assert set(queries.counted(house.as_of("2026-07-20"))) == {rejected, dropped, right}
    assert set(queries.counted(house.as_of("2026-07-10 12:00"))) == {upheld, rejected, dropped, wrong, right}, "before anything was decided"


def test_a_study_of_too_few_cases_shows_its_interval_and_no_fitness(put: Put) -> None:
    rule = house.detector(put)
    made = house.version(put, rule, 1, "2026-06-01")
    study = house.studied(put, rule, made, "2026-06-02", counts="4 0; 0 96")
    assert (study.precision, study.precision_low) == (10000, 5101)
    assert not Calibrated.objects.exists()
    assert list(queries.uncalibrated(house.as_of("2026-06-03"))) == [rule]


def test_a_detector_that_misses_much_but_is_right_in_what_it_says_is_fit_unless_its_plan_asks_for_kappa(put: Put) -> None:
    rule = house.detector(put)
    made = house.version(put, rule, 1, "2026-06-01")
    house.studied(put, rule, made, "2026-06-02", counts="8 1; 12 79")
    assert queries.stands(rule, house.as_of("2026-06-03")) == "unplanned"
    assert Calibrated.objects.get().left_fit
    put("instruments.plan", instrument=rule, risk="high", metrology="check", interval=182, least_kappa="0.6", at="2026-06-04")
    house.studied(put, rule, made, "2026-06-05", counts="8 1; 12 79")
    assert queries.stands(rule, house.as_of("2026-06-06")) == "quarantined"


def test_several_raters_and_a_rare_case_are_told_by_more_than_kappa(put: Put) -> None:
    inspector = put("instruments.instrument", code="Q3", name="Q3", sort="inspector", use="评分", person=house.person(put, "P-3"), at="2026-06-01")
    put("instruments.studied", instrument=inspector, reference="panel", ratings="好 好 好; 差 差 好; 好 好 好; 差 差 差", at="2026-06-02")
    several = Studied.objects.get()
    assert (several.fleiss, several.alpha, several.items) == (6571, 6857, 4)
    rare = put("instruments.studied", instrument=inspector, reference="itself", counts="1 5; 4 90", at="2026-06-03")
    assert (rare.agreed, rare.kappa < 2000, rare.ac1 > 8900) == (9100, True, True)
    assert refused("instruments.studied", instrument=inspector, reference="panel", counts="1 2 3; 4 5") == {"counts"}
    assert refused("instruments.studied", instrument=inspector, reference="panel", ratings="好; 差") == {"ratings"}
    assert refused("instruments.studied", instrument=inspector, reference="gold", counts=house.AGREED) == {"gold"}


def test_outside_what_a_detector_is_meant_for_its_findings_are_no_findings(put: Put) -> None:
    """DT-12 只管中文语音，却跑在英文聊天上；口音重、识别把握低的话不算吐字不清。"""
    rule = house.detector(put)
    made = house.version(put, rule, 1, "2026-06-01")
    house.studied(put, rule, made, "2026-06-02")
    put("instruments.scope", instrument=rule, quantity="插话", channels="phone", languages="zh", confidence=60, at="2026-07-01")
    before = house.heard("2026-06-20", channel="chat", language="en")
    inside = [house.heard("2026-07-02", language="zh-CN"), house.heard("2026-07-02", language=""), house.heard("2026-07-02", confidence=0.6)]
    outside = [house.heard("2026-07-03", channel="chat", language="en"), house.heard("2026-07-03", language="en"), house.heard("2026-07-03", confidence=0.59)]
    moment = house.as_of("2026-07-04")
    assert set(queries.out_of_scope(moment)) == set(outside)
    assert set(queries.counted(moment)) == {before, *inside}


def test_use_out_of_scope_is_logged_and_not_scored(put: Put, bridge: Any) -> None:
    put("instruments.scope", instrument=bridge, quantity="质量", unit="t", low="0.2", high="60", at="2026-05-02")
    given = {"instrument": bridge, "what": "一车", "value": "61", "unit": "t", "at": "2026-06-01"}
    assert refused("instruments.used", **given) == {"scored"}
    logged = put("instruments.used", **given, scored=False)
    put("instruments.used", **{**given, "value": "60"})
    assert list(queries.logged(house.as_of("2026-06-02"))) == [logged]


def test_calls_in_a_noisy_hall_are_left_out_of_pace_and_of_nothing_else(put: Put) -> None:
    """06-23 下午大厅噪声超限：来电不参与语速测量。"""
    meter = house.scale(put, "NM-01")
    reading = house.weighed(put, meter, "2026-06-23 14:00", value="68", unit="dB", upper="65")
    pace, other = house.heard("2026-06-23 14:05", "pace.fast"), house.heard("2026-06-23 14:05", "slot.read-back")
    put("instruments.excluded", conversation=pace.conversation, reading=reading, norms="pace.fast pace.slow", why="大厅噪声超限", at="2026-06-24")
    put("instruments.excluded", conversation=other.conversation, reading=reading, norms="pace.fast pace.slow", why="大厅噪声超限", at="2026-06-24")
    moment = house.as_of("2026-06-25")
    assert list(queries.excluded(moment)) == [pace]
    assert list(queries.over_limit(moment)) == [reading]


def test_an_instrument_stands_in_its_worst_list_as_of_any_day(put: Put, bridge: Any) -> None:
    days = ("2026-05-03", "2026-06-01", "2026-06-30", "2026-07-01")
    assert [queries.stands(bridge, house.as_of(day)) for day in days] == ["fit", "due_soon", "due_soon", "overdue"]
    other = put("instruments.instrument", code="NM-02", name="噪声计", sort="device", use="边界", at="2026-06-01")
    assert queries.stands(other, house.as_of("2026-06-02")) == "unplanned"
    put("instruments.plan", instrument=other, risk="high", metrology="compulsory", interval=182, at="2026-06-02")
    assert queries.stands(other, house.as_of("2026-06-03")) == "unlawful"
    put("instruments.quarantined", instrument=other, why="没有检定", at="2026-06-04")
    assert queries.stands(other, house.as_of("2026-06-05")) == "quarantined"


def test_the_five_duties_are_all_seen_to_or_the_instrument_is_neglected(put: Put, bridge: Any) -> None:
    for duty in ("verify", "control", "store", "use"):
        put("instruments.duty", instrument=bridge, duty=duty, how="按规程", who="计量员", at="2026-06-01")
    assert list(queries.neglected(house.as_of("2026-06-02"))) == [bridge]
    put("instruments.duty", instrument=bridge, duty="maintain", how="每月清灰", who="计量员", at="2026-06-01")
    assert not queries.neglected(house.as_of("2026-06-02")).exists()


def test_drift_on_a_control_shows_until_a_later_check_is_within_limits(put: Put, bridge: Any) -> None:
    given = {"instrument": bridge, "control": "20 kg 砝码", "low": "19.98", "high": "20.02"}
    put("instruments.checked", **given, value="20.02", at="2026-06-01")
    off = put("instruments.checked", **given, value="20.03", at="2026-06-08")
    assert list(queries.drifting(house.as_of("2026-06-09"))) == [off]
    put("instruments.checked", **given, value="20", at="2026-06-15")
    assert not queries.drifting(house.as_of("2026-06-16")).exists()
    put("instruments.maintained", instrument=bridge, what="清灰", who="计量员", again="2026-06-20", at="2026-06-15")
    assert list(queries.unmaintained(house.as_of("2026-06-21"))) == [bridge]
    assert not queries.unmaintained(house.as_of("2026-06-20")).exists()


def test_a_quarantined_version_is_not_put_to_use_and_a_study_needs_to_say_which(put: Put) -> None:
    rule, other = house.detector(put), house.detector(put, "slot.asked")
    made = house.version(put, rule, 1, "2026-06-01")
    put("instruments.quarantined", instrument=rule, version=made, why="误报", at="2026-06-02")
    assert refused("instruments.deployed", version=made, digest="a", at="2026-06-03") == {"version"}
    assert refused("instruments.studied", instrument=rule, reference="panel", counts=house.AGREED) == {"version"}
    assert refused("instruments.studied", instrument=other, version=made, reference="panel", counts=house.AGREED) == {"version"}


def test_who_is_forgotten_is_found_here_too(put: Put, bridge: Any, customer: Party) -> None:
    used = house.weighed(put, bridge, "2026-06-01", party=customer)
    found = unfit(put, bridge)
    told = put("instruments.told", unfit=found, party=customer, way="电话", words="林女士，称重有误", at="2026-07-16")
    assert queries.about([customer.id]) == [used, told]
