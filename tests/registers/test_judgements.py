"""Judgements and disputes: what is wrong counts nowhere, a second pair of eyes decides, and everybody sees first what was found in their own words."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from tests import instruments as house
from tests.conftest import LATER, ZONE

from lingting.access.models import Account
from lingting.access.own import held_back, oneself, open_to, too_early
from lingting.conformity import assess
from lingting.inspection.calibration import Certificate, Rate, Standing, reviewed, with_reviewed
from lingting.ledger import book
from lingting.records.kind import kinds
from lingting.records.write import Known, Refused, strike, write
from lingting.registers.conversations import queries
from lingting.registers.conversations.models import Found, Heard
from lingting.registers.instruments import queries as instruments
from lingting.registers.instruments.models import Told, Unfit

pytestmark = pytest.mark.django_db
Put = Callable[..., Any]


def refused(label: str, **given: object) -> dict[str, str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[label], given, by=1, now=LATER, zone=ZONE)
    return {one.column: one.zh for one in raised.value.wrong}


@pytest.fixture
def found(db: None) -> Found:
    """Agent A03 says 您先听我说, and it is heard as an interruption."""
    return house.heard("2026-07-10 10:00")


@pytest.fixture
def people(put: Put) -> dict[str, Any]:
    return {code: house.person(put, code) for code in ("A03", "A04", "Q1", "Q2")}


def standing(day: str) -> list[Found]:
    return list(queries.findings(house.as_of(day)))


def test_a_finding_judged_wrong_counts_no_more_and_one_judged_right_does(put: Put, found: Found, people: dict[str, Any]) -> None:
    other = house.heard("2026-07-10 11:00")
    put("conversations.judged", found=found, person=people["Q1"], correct="否", note="附和声", at="2026-07-20")
    put("conversations.judged", found=other, person=people["Q1"], correct="是", at="2026-07-20")
    assert standing("2026-07-21") == [other]
    assert set(standing("2026-07-19")) == {found, other}, "as of the day before, it counted"
    assert queries.reviewed(house.as_of("2026-07-21"), found.norm, found.norm_version, found.instrument) == (1, 1)


def test_the_newest_judgement_holds(put: Put, found: Found, people: dict[str, Any]) -> None:
    put("conversations.judged", found=found, person=people["Q1"], correct="否", at="2026-07-20")
    put("conversations.judged", found=found, person=people["Q2"], correct="是", at="2026-07-21")
    assert standing("2026-07-20 12:00") == []
    assert standing("2026-07-22") == [found]


def test_a_judgement_that_was_struck_out_judges_nothing(put: Put, found: Found, people: dict[str, Any]) -> None:
    judged = put("conversations.judged", found=found, person=people["Q1"], correct="否", at="2026-07-20")
    strike(judged, reason="点错了", at=house.at("2026-07-21"), by=1)
    assert standing("2026-07-22") == [found]


def test_nobody_judges_what_was_found_in_their_own_words(found: Found, people: dict[str, Any]) -> None:
    assert "自己说的话" in refused("conversations.judged", found=found, person=people["A03"], correct="否")["person"]


def test_the_check_that_counts_it_follows_at_once(put: Put, found: Found, people: dict[str, Any]) -> None:
    critical = house.heard("2026-07-11 10:00")
    row = Found(
        conversation=critical.conversation, said=critical.said, at=critical.at, start=1, end=2, norm="arguing.retort", norm_version=1, instrument="rules/1",
        kind="breach", severity="critical", quote="先",
    )  # fmt: skip
    book.write(row, Heard(conversation=critical.conversation, pack="x", turns=1, at=critical.at), act="test")
    now = house.at("2026-07-20 09:00")
    assess.catch_up(now)
    assert assess.standings(house.as_of("2026-07-20 09:00"), now=now)["8.5.1-C1"].verdict.failing == 1
    put("conversations.judged", found=row, person=people["Q1"], correct="否", at="2026-07-20 08:00")
    assess.catch_up(now)
    assert assess.standings(house.as_of("2026-07-20 09:00"), now=now)["8.5.1-C1"].verdict.failing == 0


def raised(put: Put, found: Found, person: Any, at: str = "2026-07-20 10:00") -> Any:
    return put("conversations.disputed", found=found, person=person, reason="context", words="顾客停了下来", at=at)


def test_an_upheld_dispute_takes_the_finding_out_and_a_rejected_one_leaves_it(put: Put, found: Found, people: dict[str, Any]) -> None:
    other = house.heard("2026-07-10 11:00")
    for one, upheld in ((found, "是"), (other, "否")):
        put("conversations.settled", disputed=raised(put, one, people["A03"]), person=people["Q1"], upheld=upheld, words="重听", at="2026-07-21 10:00")
    assert standing("2026-07-22") == [other]
    assert queries.reviewed(house.as_of("2026-07-22"), found.norm, found.norm_version, found.instrument) == (1, 1)
    assert "裁定" in refused("conversations.judged", found=other, person=people["Q2"], correct="否")["found"]
    assert "申诉过" in refused("conversations.disputed", found=other, person=people["A03"], reason="unsaid", words="再说一次")["found"]


def test_only_whoever_said_the_words_disputes_them(found: Found, people: dict[str, Any]) -> None:
    assert "person" in refused("conversations.disputed", found=found, person=people["A04"], reason="unsaid", words="不是这样")


def test_neither_who_raised_it_nor_who_judged_it_decides_and_both_are_named(put: Put, found: Found, people: dict[str, Any]) -> None:
    put("conversations.judged", found=found, person=people["Q1"], correct="是", at="2026-07-19")
    dispute = raised(put, found, people["A03"])
    given = {"disputed": dispute, "upheld": "否", "words": "听过了"}
    assert refused("conversations.settled", person=people["Q1"], **given)["person"].startswith("Q1复核过")
    assert refused("conversations.settled", person=people["A03"], **given)["person"].startswith("A03提出了")
    put("conversations.settled", person=people["Q2"], at="2026-07-21", **given)
    assert "disputed" in refused("conversations.settled", person=people["Q2"], **given), "it is decided once"


def test_a_dispute_taken_back_is_decided_by_nobody_and_may_be_raised_anew(put: Put, found: Found, people: dict[str, Any]) -> None:
    dispute = raised(put, found, people["A03"])
    put("conversations.dropped", disputed=dispute, at="2026-07-20 11:00")
    assert "disputed" in refused("conversations.settled", disputed=dispute, person=people["Q1"], upheld="是", words="x")
    again = raised(put, found, people["A03"], at="2026-07-20 12:00")
    assert list(queries.unsettled(house.as_of("2026-07-21"))) == [again]


def test_five_working_days_run_by_the_calendar(put: Put, found: Found, people: dict[str, Any]) -> None:
    """Raised on Friday the 17th at ten, due on Friday the 24th at ten: two of the days between are no working days."""
    dispute = raised(put, found, people["A03"], at="2026-07-17 10:00")
    assert queries.settle_by(dispute.at) == house.at("2026-07-24 10:00")
    assert not queries.unsettled_late(house.as_of("2026-07-24 10:00")).exists()
    assert list(queries.unsettled_late(house.as_of("2026-07-24 10:01"))) == [dispute]
    assert queries.stands(dispute, house.as_of("2026-07-25")) == "unsettled_late"
    late = put("conversations.settled", disputed=dispute, person=people["Q1"], upheld="否", words="重听", at="2026-07-27")
    assert list(queries.settled_late(house.as_of("2026-07-28"))) == [late]
    assert queries.stands(dispute, house.as_of("2026-07-28")) == "rejected"


def test_whoever_spoke_is_told_at_once_when_a_look_back_withdraws_and_nobody_when_it_accepts(put: Put, people: dict[str, Any]) -> None:
    rule = house.detector(put)
    put("instruments.plan", instrument=rule, risk="high", metrology="check", interval=182, least_precision="0.85", at="2026-06-01")
    house.studied(put, rule, house.version(put, rule, 1, "2026-06-01"), "2026-06-02")
    new = house.version(put, rule, 2, "2026-07-06")
    kept, taken = house.heard("2026-07-07", number=2), house.heard("2026-07-08", number=2)
    house.studied(put, rule, new, "2026-07-20", counts="16 7; 4 73")
    for one, how in ((kept, "accept"), (taken, "withdraw")):
        put("instruments.disposed", unfit=Unfit.objects.get(), found=one, how=how, why="重听", at="2026-07-21")
    told = Told.objects.get()
    assert (told.person, told.disposed.found) == (people["A03"], taken)
    moment = house.as_of("2026-07-22")
    assert not instruments.untold(moment).exists()
    assert set(queries.findings(moment)) == {kept}
    assert "撤回" in refused("conversations.judged", found=taken, person=people["Q1"], correct="否")["found"]


@pytest.fixture
def clock(at_time: Callable[[str], datetime]) -> Callable[[str], datetime]:
    return at_time


def test_whoever_spoke_sees_it_first_and_others_a_day_later(put: Put, found: Found, people: dict[str, Any], clock: Callable[[str], datetime]) -> None:
    assert people["A03"].code == "A03"
    agent = Account(role="agent", person="A03", is_active=True)
    supervisor, auditor = Account(role="supervisor", is_active=True), Account(role="external_auditor", is_active=True)
    rows = Found.objects.all()
    now = clock("2026-07-11 09:00")
    assert [list(open_to(rows, one, now)) for one in (agent, auditor, supervisor)] == [[found], [found], []]
    assert too_early(found, supervisor, now)
    assert not too_early(found, agent, now)
    later = clock("2026-07-11 10:01")
    assert not held_back(rows, supervisor, later).exists()
    assert not too_early(found, supervisor, later)


def test_promises_and_what_customers_say_are_work_and_wait_for_nobody(found: Found, clock: Callable[[str], datetime]) -> None:
    promise = house.heard("2026-07-10 10:05", norm="promise.made", kind="promise")
    supervisor = Account(role="supervisor", is_active=True)
    assert list(open_to(Found.objects.all(), supervisor, clock("2026-07-10 12:00"))) == [promise]


def test_what_was_written_down_today_is_young_however_long_ago_it_was_said(found: Found, settings: Any) -> None:
    settings.LINGTING = {**settings.LINGTING, "CLOCK": None}
    assert too_early(found, Account(role="supervisor", is_active=True), LATER), "nothing was sealed a day ago"


def test_an_account_without_a_person_is_nobody(people: dict[str, Any]) -> None:
    assert oneself(Account(role="agent")) is None
    assert oneself(Account(role="agent", person="A03")) == people["A03"]
    assert oneself(Account(role="agent", person="A99")) is None


def test_a_finding_is_named_by_its_conversation_and_norm_where_there_is_one(found: Found) -> None:
    key = found.conversation.key
    assert Known().named(Found, f"{key} # turn.interrupted") == found
    assert Known().named(Found, f"{key} # promise.made") is None


def test_labels_move_a_detectors_precision_and_leave_its_recall() -> None:
    told = Standing(1.0, 0.68, 1.0, 0.375, 0.0, 0.75, 8, date(2027, 5, 29))
    after = with_reviewed(told, 0, 3)
    assert after is not None
    assert (after.precision, after.recall, after.n, after.indication) == (0.5, 0.375, 11, True)
    assert with_reviewed(told, 0, 0) == told
    assert with_reviewed(None, 0, 0) is None


def test_the_next_calibration_counts_what_people_reviewed() -> None:
    """Three found in the gold set, all right; three since, all wrong: half of what it says is right."""
    rate = Rate(0.4, None)
    told = Certificate(
        "macro.without-facts", 2, "rules/1", "g", 95, (3, 0, 5, 1781), 0, Rate(1.0, None), rate, rate, 1.0, date(2026, 8, 1), date(2027, 1, 30),
    )  # fmt: skip
    after = reviewed(told, 0, 3)
    assert (after.turns, after.precision.value, after.recall) == ((3, 3, 5, 1781), 0.5, rate)
    assert after.precision.interval is not None
    assert 0.5 in after.precision.interval
    assert reviewed(told, 0, 0) == told
