"""4.4.2 Documented information of the processes: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conformity.papers import paper, series, talk, when, who  # noqa: F401  # fixtures

from lingting.conformity import assess
from lingting.conformity.check import CHECKS
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.registers.conversations.models import Conversation
from lingting.registers.documents import queries as documents
from lingting.registers.processes import queries as processes

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]
Paper = Callable[..., Record]


@pytest.fixture
def process(put: Put) -> Record:
    return put("processes.process", code="PC-09", name="退运处理", at="2026-06-01")


@pytest.fixture
def verified(put: Put) -> Callable[..., Record]:
    def verify(at: str = "2026-08-30 03:00", **given: object) -> Record:
        return put("documents.verified", at=at, **{"entries": 5000, "broken": 0, **given})

    return verify


@turns_red("4.4.2-C1")
def test_a_process_that_runs_without_document_and_without_reason_fails(process: Record, put: Put, paper: Paper, stands: Stands) -> None:  # noqa: F811
    """退运处理没有文件；草稿不算文件。"""
    draft = paper("DOC-2", effective=None, approver="")
    put("processes.need", process=process, keeping="maintain", document=draft.document, reason="步骤多", at="2026-06-02")
    assert stands("4.4.2-C1") == ("nonconforms", 1, 1)


@stays_green("4.4.2-C1")
def test_a_decision_that_none_is_needed_counts_until_its_review(
    process: Record,
    put: Put,
    who: Callable[[str], Record],  # noqa: F811
    stands: Stands,
) -> None:
    put("processes.without", process=process, reason="一个人一步做完", decided_by=who("QM"), review="2026-08-31", at="2026-06-02")
    assert stands("4.4.2-C1") == ("conforms", 0, 1)
    assert stands("4.4.2-C1", "2026-09-01 09:00") == ("nonconforms", 1, 1), "nobody looked at it again"


@turns_red("4.4.2-C2")
def test_a_weekly_check_planned_thirteen_times_and_recorded_eleven_fails_twice(process: Record, put: Put, series: Put, stands: Stands) -> None:  # noqa: F811
    put("processes.need", process=process, keeping="retain", series=series(), reason="证明温度受控", at="2026-06-01")
    put("processes.schedule", process=process, code="TC", what="温度周检", first="2026-06-02 10:00", every=7, times=13, at="2026-06-01")
    for place in range(1, 12):
        run = f"TC-{place:02}"
        put("processes.performed", run=run, at="2026-08-28 09:00")
        put("processes.kept", run=run, series="RS-01", place=f"第 {place} 周", at="2026-08-28 09:00")
    assert stands("4.4.2-C2") == ("nonconforms", 2, 13)
    assert {run.code for run in processes.unrecorded(Moment(when("2026-08-31 09:00"))).order_by("code")} == {"TC-12", "TC-13"}


@stays_green("4.4.2-C2")
def test_a_run_that_is_not_due_and_a_need_that_was_dropped_fail_nobody(process: Record, put: Put, series: Put, stands: Stands) -> None:  # noqa: F811
    need = put("processes.need", process=process, keeping="retain", series=series(), reason="证明温度受控", at="2026-06-01")
    put("processes.schedule", process=process, code="TC", what="温度周检", first="2026-08-01 10:00", every=1, times=250, at="2026-06-01")
    for place in range(1, 31):
        put("processes.performed", run=f"TC-{place:02}", at="2026-08-30 09:00")
    put("processes.waived", need=need, reason="记录仪自动记", at="2026-08-30 10:00")
    assert stands("4.4.2-C2", "2026-08-30 11:00")[1:] == (0, 30)


@turns_red("4.4.2-C3")
def test_a_conversation_of_which_nobody_knows_what_came_fails_a_day_after_its_end(talk: Callable[..., Conversation], stands: Stands) -> None:  # noqa: F811
    talk()
    assert stands("4.4.2-C3") == ("nonconforms", 1, 1)
    assert stands("4.4.2-C3", "2026-07-21 09:00") == ("no-evidence", 0, 0), "within a day nothing can be said"


@stays_green("4.4.2-C3")
def test_a_conversation_that_concerns_nothing_and_says_why_is_complete(talk: Callable[..., Conversation], put: Put, stands: Stands) -> None:  # noqa: F811
    """可以不连订单，但要写原因。"""
    put("documents.outcome", conversation=talk().id, what="问营业时间", reason="一般咨询", at="2026-07-20 10:30")
    assert stands("4.4.2-C3")[1:] == (0, 1)


def test_a_recording_deleted_before_its_time_makes_its_conversation_incomplete(
    talk: Callable[..., Conversation],  # noqa: F811
    put: Put,
    series: Put,  # noqa: F811
    stands: Stands,
) -> None:
    """保存三年的录音，07-30 被删除。"""
    call = talk()
    put("documents.outcome", conversation=call.id, what="改址", concerns="ORD-0093", at="2026-07-20 10:30")
    batch = put("documents.batch", series=series(days=1095), code="RB-07", what="7 月录音", until="2029-08-01", at="2026-07-20 12:00")
    assert stands("4.4.2-C3")[1:] == (0, 1)
    put("documents.lost", batch=batch, conversation=call.id, what="被误删", at="2026-07-30 08:00")
    assert stands("4.4.2-C3")[1:] == (1, 1)
    assert stands("7.5.3.2-C2") == ("nonconforms", 1, 1)


def test_counted_in_pieces_conversations_come_out_as_counted_whole(talk: Callable[..., Conversation], put: Put) -> None:  # noqa: F811
    now = when("2026-08-31 09:00")
    calls = [talk(f"2026-07-{day} 10:00") for day in range(10, 20)]
    assess.catch_up(now)
    put("documents.outcome", conversation=calls[3].id, what="问营业时间", reason="一般咨询", at="2026-07-20 10:30")
    assess.catch_up(now)
    [kept] = [standing for id, standing in assess.standings(Moment(now), now=now).items() if id == "4.4.2-C3"]
    whole = assess.ask(CHECKS["4.4.2-C3"], Moment(now)).verdict
    assert (kept.verdict.state, kept.verdict.failing, kept.verdict.scope) == (whole.state, whole.failing, whole.scope)
    assert (whole.failing, whole.scope) == (9, 10)


@turns_red("4.4.2-C4", "7.5.3.1-C2", "10.2.2-C2", "8.7.2-C2")
def test_a_record_of_nonconformity_that_was_altered_is_found_by_all(verified: Put, stands: Stands) -> None:
    verified(broken=1, kinds="improvements.nonconformity", first="record 842: the record's personal columns were changed")
    for id in ("4.4.2-C4", "7.5.3.1-C2", "10.2.2-C2", "8.7.2-C2"):
        assert stands(id) == ("nonconforms", 1, 1)


@stays_green("10.2.2-C2", "8.7.2-C2")
def test_a_broken_conversation_is_not_a_broken_nonconformity(verified: Put, stands: Stands) -> None:
    verified(broken=1, kinds="conversations.said")
    assert stands("4.4.2-C4") == ("nonconforms", 1, 1)
    assert stands("10.2.2-C2") == stands("8.7.2-C2") == ("conforms", 0, 1)
    verified("2026-08-30 04:00", broken=1, kinds="*")
    assert stands("8.7.2-C2") == ("nonconforms", 1, 1), "where it cannot be told, it may be"


@stays_green("4.4.2-C4", "7.5.3.1-C2")
def test_the_newest_verification_speaks_for_the_book_and_not_for_ever(verified: Put, stands: Stands) -> None:
    verified("2026-08-01 03:00", broken=2)
    verified("2026-08-30 03:00")
    assert stands("4.4.2-C4") == stands("7.5.3.1-C2") == ("conforms", 0, 1)
    assert stands("4.4.2-C4", "2026-10-15 09:00") == ("no-evidence", 0, 0)


@turns_red("4.4.2-C5")
def test_a_script_quoted_after_it_was_superseded_is_found(put: Put, paper: Paper, talk: Callable[..., Conversation], stands: Stands) -> None:  # noqa: F811
    """v1.0 说“48小时”，07-13 起换成 v1.1；此后还有人说。"""
    old = paper(number="v1.0", words="我们会在48小时内答复您。")
    paper(number="v1.1", at="2026-07-10 09:00", effective="2026-07-13", change="48小时改为24小时", words="我们会在24小时内答复您。")
    talk("2026-07-12 15:00", "我们会在48小时内答复您。")
    talk("2026-07-14 15:00", "我们会在 48小时 内答复您。")
    put("documents.phrase", revision=old, words="48小时", at="2026-07-20 09:00")
    assert stands("4.4.2-C5") == ("nonconforms", 1, 2)
    assert [use.conversation.at.day for use in documents.obsolete_uses(Moment(when("2026-08-31 09:00")))] == [14]


@stays_green("4.4.2-C5")
def test_what_customers_say_and_what_we_said_on_its_last_day_is_not_obsolete(
    put: Put,
    paper: Paper,  # noqa: F811
    talk: Callable[..., Conversation],  # noqa: F811
    stands: Stands,
) -> None:
    old = paper(number="v1.0")
    paper(number="v1.1", at="2026-07-10 09:00", effective="2026-07-13")
    paper(number="v1.2", at="2026-07-10 10:00", effective="2026-07-14", approver="")
    talk("2026-07-12 23:30", "我们会在48小时内答复您。")
    talk("2026-07-15 10:00", theirs="你们上次说48小时")
    put("documents.phrase", revision=old, words="48小时", at="2026-07-20 09:00")
    assert stands("4.4.2-C5") == ("conforms", 0, 1)


def test_a_revision_that_was_never_approved_supersedes_nothing(put: Put, paper: Paper, stands: Stands) -> None:  # noqa: F811
    old = paper(number="v1.0")
    paper(number="v1.1", at="2026-07-10 09:00", effective="2026-07-13", approver="")
    put("documents.used", revision=old, place="3 号台", at="2026-07-20 09:00")
    assert stands("4.4.2-C5") == ("conforms", 0, 1)
    put("documents.withdrawn", revision=old, reason="有误", at="2026-07-21 09:00")
    put("documents.used", revision=old, place="5 号台", at="2026-07-22 09:00")
    assert stands("4.4.2-C5") == ("nonconforms", 1, 2)
