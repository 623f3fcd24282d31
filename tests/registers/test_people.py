"""People: thanked in time, heard with reasons, coached before they are judged, asked without names."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import LATER, ZONE

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.write import Refused, write
from lingting.registers.conversations.models import Conversation
from lingting.registers.people import queries
from lingting.registers.people.models import Dismissed

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
END = Moment(datetime(2026, 8, 31, 9, tzinfo=ZONE))


def on(words: str) -> Moment:
    return Moment(datetime.fromisoformat(words).replace(tzinfo=ZONE))


def refused(label: str, **given: object) -> dict[str, str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[label], given, by=1, now=LATER, zone=ZONE)
    return {one.column: one.zh for one in raised.value.wrong}


@pytest.fixture
def cast_of(put: Put) -> dict[str, Record]:
    return {code: put("people.person", code=code, name=f"某{code}", site="LL-H", at="2026-05-01 09:00") for code in ("A02", "T2", "SV2")}


@pytest.fixture
def effort(cast_of: dict[str, Record], put: Put) -> Record:
    return put("people.effort", person="A02", sort="calm", what="被骂仍把地址核完", evidence="CV-0458", at="2026-06-27 10:00")


def test_an_effort_is_unthanked_after_seven_days_and_not_on_the_seventh(effort: Record, put: Put) -> None:
    assert list(queries.unthanked(on("2026-07-04 10:00"))) == []
    assert list(queries.unthanked(on("2026-07-04 10:01"))) == [effort]
    put("people.thanked", effort=effort, by="SV2", way="moral", words="辛苦了，您做得对", at="2026-07-05 09:00")
    assert not queries.unthanked(END).exists()
    assert queries.unthanked(on("2026-07-04 12:00")).count() == 1


def test_nobody_thanks_themselves_or_beforehand(effort: Record) -> None:
    assert set(refused("people.thanked", effort=effort.id, by="A02", way="moral", words="好", at="2026-06-26 09:00")) == {"by", "at"}


def test_a_site_that_thanks_in_one_way_only_can_be_seen(effort: Record, put: Put) -> None:
    """Twice is not often enough to say so; three times in one way is, and a second way ends it."""
    seen = []
    for way in ("moral", "moral", "moral", "growth"):
        put("people.thanked", effort=effort, by="SV2", way=way, words="谢谢", at="2026-06-28 09:00")
        [one] = queries.recognitions(END)
        seen.append((one.site, one.thanks, one.ways, one.one_way))
    assert seen == [
        ("LL-H", 1, ("moral",), False), ("LL-H", 2, ("moral",), False), ("LL-H", 3, ("moral",), True), ("LL-H", 4, ("moral", "growth"), False),
    ]  # fmt: skip
    assert queries.thanks_at(END, "LL-H").count() == 4
    assert queries.thanks_at(END, "elsewhere").count() == 0


@pytest.fixture
def idea(cast_of: dict[str, Record], put: Put) -> Record:
    return put("people.suggested", code="SG-07", person="T2", words="建议把回电时间写进工单。", at="2026-07-01 09:00")


def reply(put: Put, words: str, **more: object) -> Record:
    return put("people.replied", suggested="SG-07", by="SV2", words=words, **{"decision": "declined", "at": "2026-07-03 09:00", **more})


def test_we_thought_of_that_long_ago_is_a_finding_on_who_said_it(idea: Record, put: Put) -> None:
    row = reply(put, "这个我们早就考虑过。")
    assert [one.by.code for one in queries.dismissive(END)] == ["SV2"]
    [found] = Dismissed.objects.all()
    assert (found.norm, found.quote, found.replied_id) == ("idea.dismissed", "这个我们早就考虑过", row.id)


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("考虑过：当时试了两周，结果在纪要第三页，您看看还能怎么改。", {}),
        ("这个我们早就考虑过。", {"earlier": "SG-01"}),
        ("好主意，下周起写进工单。", {"decision": "adopted"}),
        ("您考虑好了由谁来填吗？我想先听您说。", {"decision": "later"}),
    ],
)
def test_a_reply_with_a_reason_or_the_earlier_decision_is_no_dismissal(idea: Record, put: Put, words: str, more: dict[str, str]) -> None:
    put("people.suggested", code="SG-01", words="工单里写回电时间", at="2026-06-01 09:00")
    reply(put, words, **more)
    assert not queries.dismissive(END).exists()


def test_an_idea_waits_fourteen_days_for_its_answer_and_a_repetition_is_answered_with_the_first(idea: Record, put: Put) -> None:
    again = put("people.suggested", code="SG-09", words="工单里能不能写上回电时间", same="SG-07", at="2026-07-02 09:00")
    assert not queries.unanswered(on("2026-07-15 09:00")).exists()
    assert list(queries.unanswered(on("2026-07-15 09:01"))) == [idea]
    assert list(queries.duplicates(END)) == [again]
    reply(put, "好，下周起。", decision="adopted")
    assert not queries.unanswered(END).exists()
    assert set(refused("people.suggested", code="SG-10", words="又一次", same="SG-09")) == {"same"}
    put("people.adopted", suggested=idea, what="工单加了一栏，罗星提的", at="2026-07-10 09:00")
    assert list(queries.adopted(END)) == [idea]


def test_nobody_answers_their_own_idea(idea: Record) -> None:
    assert set(refused("people.replied", suggested="SG-07", by="T2", decision="declined", words="不行", earlier="SG-07")) == {"by", "earlier"}


def test_a_label_is_no_concern_and_what_was_seen_is(cast_of: dict[str, Record], put: Put) -> None:
    assert "害群之马" in refused("people.concern", person="A02", what="他就是害群之马员工", instrument="DT-03")["what"]
    row = put("people.concern", person="A02", what="三周里七次没有复述号码", instrument="DT-03", at="2026-07-01 09:00")
    assert not queries.silent_concerns(on("2026-07-08 09:00")).exists()
    assert list(queries.silent_concerns(on("2026-07-08 09:01"))) == [row]
    put("people.taken", concern=row, step="review", words="八月再看：一次", at="2026-07-08 10:00")
    assert list(queries.unsupported(END)) == [row]
    put("people.taken", concern=row, step="reply", words="夜班后记不清", at="2026-07-08 11:00")
    put("people.taken", concern=row, step="support", words="换到白班，每天一练", at="2026-07-08 12:00")
    assert not queries.silent_concerns(END).exists()
    assert not queries.unsupported(END).exists()


def test_expectations_are_agreed_and_looked_at_every_month(cast_of: dict[str, Record], put: Put) -> None:
    others = {cast_of["T2"], cast_of["SV2"]}
    words = put("people.expected", person="A02", words="六项问全", goal="想带新人", at="2026-07-01 09:00")
    assert set(queries.without_expectations(on("2026-07-02 09:00"))) == {cast_of["A02"], *others}, "not agreed yet"
    put("people.agreed", expected=words, at="2026-07-01 10:00")
    assert set(queries.without_expectations(on("2026-07-31 09:00"))) == others
    assert set(queries.without_expectations(on("2026-08-01 09:01"))) == {cast_of["A02"], *others}
    put("people.reviewed", expected=words, note="已带一次", at="2026-08-01 10:00")
    assert set(queries.without_expectations(END)) == others


def test_a_new_inspection_comes_after_coaching_and_passes_only_on_the_line(cast_of: dict[str, Record], put: Put) -> None:
    low = {"person": "A02", "line": "80", "cause": "skill", "evidence": "CV-0517", "at": "2026-07-01 09:00"}
    assert set(refused("people.low", **low, score="80")) == {"score"}
    assert set(refused("people.low", **{**low, "evidence": "他是个老油条"}, score="61")) == {"evidence"}
    row = put("people.low", **low, score="79.9")
    assert set(refused("people.retested", low=row.id, score="85", passed="是", at="2026-07-05 09:00")) == {"low"}
    assert set(refused("people.coached", low=row.id, what="听自己的录音", by="A02", at="2026-07-02 09:00")) == {"by"}
    system = put("people.low", **{**low, "cause": "系统"}, score="70")
    assert set(refused("people.coached", low=system.id, what="练开场", by="SV2", at="2026-07-02 09:00")) == {"low"}
    put("people.coached", low=row, what="一起听三通", by="SV2", at="2026-07-02 09:00")
    assert set(refused("people.retested", low=row.id, score="79", passed="是", at="2026-07-05 09:00")) == {"passed"}


def test_nobody_signs_themselves_off_and_evidence_that_is_renewed_says_until_when(cast_of: dict[str, Record], put: Put) -> None:
    put("people.role", code="R-1", name="坐席", duties="受理", at="2026-05-01 09:00")
    put("people.required", code="RQ-1", role="R-1", what="复述核对", months=12, at="2026-05-01 09:00")
    assert set(refused("people.cleared", person="T2", role="R-1", by="T2", note="好")) == {"by"}
    shown = {"person": "T2", "required": "RQ-1", "ground": "test", "evidence": "92 分", "at": "2026-06-01 09:00"}
    assert set(refused("people.shown", **shown)) == {"until"}
    assert set(refused("people.shown", **shown, until="2026-05-31")) == {"until"}
    put("people.shown", **shown, until="2026-06-01")


def test_the_holder_of_a_role_is_no_deputy_of_it_and_who_left_takes_none_up(cast_of: dict[str, Record], put: Put) -> None:
    put("people.role", code="R-1", name="坐席", duties="受理", key="是", at="2026-05-01 09:00")
    put("people.appointed", person="A02", role="R-1", at="2026-05-02 09:00")
    assert set(refused("people.deputed", role="R-1", person="A02", at="2026-06-01 09:00")) == {"person"}
    put("people.left", person="T2", at="2026-06-01 09:00")
    assert set(refused("people.appointed", person="T2", role="R-1", at="2026-06-02 09:00")) == {"person"}
    assert set(refused("people.left", person="T2", at="2026-06-02 09:00")) == {"person"}, "nobody leaves twice"


def test_a_key_role_whose_holder_is_away_is_covered_only_by_a_deputy_who_is_there(cast_of: dict[str, Record], put: Put) -> None:
    put("people.role", code="R-1", name="主管", duties="排班", key="是", at="2026-05-01 09:00")
    put("people.appointed", person="SV2", role="R-1", at="2026-05-02 09:00")
    away = put("people.absent", person="SV2", start="2026-07-01", until="2026-07-03", at="2026-06-30 09:00")
    day = on("2026-07-02 09:00")
    assert list(queries.uncovered(day)) == [away]
    put("people.deputed", role="R-1", person="A02", at="2026-06-30 09:00")
    assert not queries.uncovered(day).exists()
    put("people.absent", person="A02", start="2026-07-02", until="2026-07-02", at="2026-06-30 10:00")
    assert list(queries.uncovered(day)) == [away]
    assert set(refused("people.absent", person="A02", start="2026-07-02", until="2026-07-01")) == {"until"}


def test_people_left_standing_and_plans_past_their_day_are_listed(cast_of: dict[str, Record], put: Put) -> None:
    plan = put("people.planned", person="A02", what="复述", aim="不漏项", due="2026-07-05", at="2026-06-01 09:00")
    assert not queries.plans_late(on("2026-07-05 23:00")).exists()
    assert list(queries.plans_late(on("2026-07-06 09:00"))) == [plan]
    assert list(queries.without_care(END)) == [cast_of["A02"]]
    put("people.planned", person="A02", what="听懂情绪", aim="先安抚再处理", due="2026-12-05", care="是", at="2026-06-02 09:00")
    assert not queries.without_care(END).exists()
    assert set(queries.idle(on("2026-11-01 09:00"))) == set(cast_of.values())
    put("people.trained", planned=plan, hours="1.5", trainer="江寻", at="2026-07-04 09:00")
    assert cast_of["A02"] not in queries.idle(on("2026-11-01 09:00"))


ITEMS = dict.fromkeys(("treatment", "encouragement", "pay", "effort", "future", "climate"), "否")


def test_a_survey_is_shown_from_five_answers_and_staff_are_told_what_changed(cast_of: dict[str, Record], put: Put) -> None:
    survey = put("people.survey", code="SV-7", team="早班", at="2026-07-01 09:00")
    for answer in range(5):
        put("people.answer", survey=survey, **{**ITEMS, "effort": "是" if answer else "否"})
        assert not queries.answers_shown(END).exists()
    put("people.shut", survey=survey, at="2026-07-08 09:00")
    [result] = queries.results(END)
    assert (result["answers"], result["effort_share"], result["pay_share"]) == (5, 0.8, 0)
    assert set(refused("people.answer", survey=survey.id, **ITEMS)) == {"survey"}
    assert list(queries.unreturned(END)) == [survey]
    put("people.changed", survey=survey, what="努力看得见：每周公布谁帮了谁", owner="SV2", due="2026-08-01", at="2026-07-20 09:00")
    assert not queries.unreturned(END).exists()


def test_a_survey_of_four_is_never_shown(put: Put) -> None:
    survey = put("people.survey", code="SV-7", team="早班", at="2026-07-01 09:00")
    for _ in range(4):
        put("people.answer", survey=survey, **ITEMS)
    put("people.shut", survey=survey, at="2026-07-08 09:00")
    assert not queries.answers_shown(END).exists()
    assert not queries.results(END).exists()
    assert list(kinds()["people.answer"].as_of(END)) == []


def test_staffing_needs_its_inputs_or_is_called_a_guess(put: Put) -> None:
    hour = {"queue": "热线", "start": "2026-07-20 10:00", "until": "2026-07-20 11:00"}
    assert set(refused("people.staffing", **hour, model="erlang-c", calls="200")) == {"handling", "share", "within"}
    assert set(refused("people.staffing", **hour, model="erlang-c", calls="200", handling="180", share="100", within="20")) == {"share"}
    assert set(refused("people.staffing", **hour, model="guess")) == {"guess"}
    assert set(refused("people.staffing", **{**hour, "until": "2026-07-20 10:00"}, model="guess", guess=3)) == {"until"}
    row = put("people.staffing", **hour, model="erlang-c", calls="200", handling="180", share="80", within="20")
    assert row.needed.people == 14, "the published value for 10 erlangs, 80 % within 20 s"
    assert list(queries.guessed(Moment(LATER))) == []


def test_a_tone_is_rated_by_somebody_else_who_listened(cast_of: dict[str, Record], put: Put) -> None:
    """语调只由人评，一到五分；自己不评自己。"""
    talk = Conversation(source="test", key="CV-1", channel="phone", at=datetime(2026, 7, 1, 9, tzinfo=ZONE))
    book.write(talk, act="test")
    given = {"conversation": talk, "person": cast_of["A02"], "judged_by": cast_of["SV2"], "why": "接起就笑着问好", "at": "2026-07-01 10:00"}
    put("people.toned", score=5, **given)
    assert set(refused("people.toned", score=6, **{**given, "judged_by": cast_of["T2"]})) == {"score"}
    assert set(refused("people.toned", score=4, **{**given, "judged_by": cast_of["A02"]})) == {"judged_by"}


def test_each_side_of_a_conversation_is_rated_once_by_the_same_person(cast_of: dict[str, Record], put: Put) -> None:
    """语调、清楚各评一次；同一面再评要先作废；另一位可以另评。留空就是语调。"""
    talk = Conversation(source="test", key="CV-1", channel="phone", at=datetime(2026, 7, 1, 9, tzinfo=ZONE))
    book.write(talk, act="test")
    given = {"conversation": talk, "person": cast_of["A02"], "judged_by": cast_of["SV2"], "why": "说得明白", "score": 4, "at": "2026-07-01 10:00"}
    put("people.toned", **given)
    put("people.toned", **given, side="clear")
    assert set(refused("people.toned", **given, side="tone")) == {"side"}
    assert set(refused("people.toned", **given, side="clear")) == {"side"}
    put("people.toned", **{**given, "judged_by": cast_of["T2"]}, side="clear")
