"""Documents and kept records: lint on entry, what cannot be written down, lists as of earlier moments, what is heard in conversations."""

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.conformity.papers import ZONE, paper, series, talk, when, who  # noqa: F401  # fixtures

from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.pack import standard_pack
from lingting.inspection.transcript import Channel, Role
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.message import Envelope, Message, Person
from lingting.records.kind import kinds
from lingting.records.write import Refused
from lingting.registers.documents import queries
from lingting.registers.documents.knowledge import Compared, Raised
from lingting.registers.documents.models import Duplicate, Flaw, Normalised, Required, Used
from lingting.site.options import packs

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Who = Callable[[str], Record]
NOW = Moment(when("2026-08-31 09:00"))
RULES = "".join(f"第 {place} 步，坐席核对第 {place} 项信息，并向顾客复述一遍，得到确认以后再继续。\n" for place in range(1, 21))


def refused(put: Put, label: str, **given: object) -> list[str]:
    with pytest.raises(Refused) as error:
        put(label, **given)
    return [one.column for one in error.value.wrong]


def test_a_near_copy_of_another_document_and_its_lost_heading_are_found_on_entry(paper: Put) -> None:  # noqa: F811
    paper("DOC-011", sort="instruction", words=f"4.9.1 信息核对\n{RULES}")
    paper("DOC-019", sort="instruction", words=f"信息核对\n{RULES}", approver="")
    paper("DOC-020", words="冷库钥匙由班长保管，借用须登记。")
    [pair] = queries.open_duplicates(NOW)
    assert (pair.revision.document.code, pair.other.document.code) == ("DOC-019", "DOC-011")
    assert pair.likeness > 950
    [flaw] = queries.open_flaws(NOW)
    assert (flaw.slip, flaw.revision.document.code, flaw.against) == ("no-number", "DOC-019", "4.9.1 信息核对")


def test_what_looks_wrong_waits_for_repair_and_cannot_be_approved(paper: Put, put: Put, who: Who) -> None:  # noqa: F811
    paper("DOC-011", words=RULES)
    copy = paper("DOC-019", words=RULES.replace("复述一遍", "不复述一遍", 1), approver="")
    given = {"revision": copy, "approver": who("QM"), "at": "2026-06-10 09:00"}
    assert refused(put, "documents.approved", **given) == ["revision", "revision"]
    put("documents.mended", flaw=Flaw.objects.get(), right=False, note="v2 改正", at="2026-06-02 09:00")
    assert refused(put, "documents.approved", **given) == ["revision"]
    put("documents.resolved", duplicate=Duplicate.objects.get(), outcome="justify", reason="夜班另用", at="2026-06-02 09:00")
    put("documents.approved", **given)
    assert not queries.open_duplicates(NOW)
    assert not queries.open_flaws(NOW)
    assert queries.open_flaws(Moment(when("2026-06-01 12:00"))).count() == 1, "as it stood before"


def test_two_documents_on_the_same_matter_are_no_copies_and_a_retired_one_is_past(paper: Put, put: Put) -> None:  # noqa: F811
    first = paper("DOC-011", words=RULES)
    put("documents.retired", document=first.document, reason="改用 DOC-012", at="2026-06-02")
    paper("DOC-012", words=RULES, at="2026-06-03 09:00")
    paper("DOC-013", words="第 1 步，司机核对车牌和封条。\n第 2 步，仓管在单上签名并拍照存档，出门前再看一次温度。", at="2026-06-03 09:00")
    assert not Duplicate.objects.exists()


def test_a_number_changed_from_one_revision_to_the_next_is_meant_when_the_change_says_so(paper: Put) -> None:  # noqa: F811
    paper(number="v1.0", words=f"{RULES}超过 48 小时没有答复的，由主管回电。")
    paper(number="v1.1", words=f"{RULES}超过 24 小时没有答复的，由主管回电。", change="48 小时改为 24 小时", at="2026-06-02 09:00")
    assert not Flaw.objects.exists()
    paper(number="v1.2", words=f"{RULES}超过 12 小时没有答复的，由主管回电。", at="2026-06-03 09:00", approver="")
    assert [flaw.slip for flaw in Flaw.objects.all()] == ["number"]


def test_a_sense_turned_round_is_pointed_out_even_if_a_change_was_declared(paper: Put) -> None:  # noqa: F811
    paper(number="v1.0", words=f"{RULES}没有确认的，不得放货。")
    paper(number="v1.1", words=f"{RULES}没有确认的，可以放货。", change="改写", at="2026-06-02 09:00", approver="")
    assert [flaw.slip for flaw in Flaw.objects.all()] == ["reversed"]


def test_a_clause_document_without_number_title_or_layer_waits_for_repair(paper: Put) -> None:  # noqa: F811
    paper("DOC-030", sort="clause", words="一、要求\n二、检查\n三、不符合", approver="")
    assert sorted(flaw.slip for flaw in queries.open_flaws(NOW)) == ["layer", "no-number", "no-title"]
    paper("DOC-031", sort="instruction", words="先看单号，再看封条，最后签字。")
    assert queries.open_flaws(NOW).count() == 3, "only a clause document has four layers"


def test_garbled_words_stand_as_they_came_and_in_plain_form(paper: Put) -> None:  # noqa: F811
    revision = paper(words="請您稍等 ＶＩＰ 客戶")
    assert revision.words == "請您稍等 ＶＩＰ 客戶"
    assert Normalised.objects.get().words == "请您稍等 vip 客户"
    paper("DOC-2", words="请您稍等。")
    assert Normalised.objects.count() == 1, "what is plain already has no second form"


def test_documents_from_outside_name_their_issuer_and_laws_are_not_ours(put: Put) -> None:
    assert refused(put, "documents.document", code="E-1", name="民法典", origin="external", at="2026-06-01") == ["issuer"]
    assert refused(put, "documents.document", code="E-1", name="民法典", sort="law", at="2026-06-01") == ["origin"]


def test_maintain_is_said_of_documents_and_retain_of_records(put: Put, paper: Put, series: Put) -> None:  # noqa: F811
    put("documents.inventory", edition="iso9001:2015", at="2026-06-01")
    document, kept = paper().document, series()
    assert refused(put, "documents.fulfilled", required="5.2.2/1", series=kept, at="2026-06-02") == ["document"]
    assert refused(put, "documents.fulfilled", required="8.5.6/1", document=document, at="2026-06-02") == ["series"]
    assert refused(put, "documents.fulfilled", required="8.5.6/1", at="2026-06-02") == ["document"]
    assert refused(put, "documents.required", code="X", basis="standard", keeping="retain", what="会议纪要", clause="7.4", at="2026-06-02") == ["clause"]


def test_drawn_up_twice_nothing_is_listed_twice(put: Put) -> None:
    for day in ("2026-06-01", "2026-07-01"):
        put("documents.inventory", edition="iso9001:2015", at=day)
    assert Required.objects.count() == 28


def test_what_cannot_have_happened_to_a_document_is_refused(put: Put, paper: Put, who: Who) -> None:  # noqa: F811
    revision = paper()
    other = paper("DOC-2")
    document, early = revision.document, "2026-05-01 09:00"
    assert refused(put, "documents.revision", document=document, number="v1", at="2026-06-02") == ["number"]
    assert refused(put, "documents.revision", document=document, number="v9", at=early) == ["at"]
    assert refused(put, "documents.approved", revision=revision, approver=who("QM"), at=early) == ["at"]
    assert refused(put, "documents.withdrawn", revision=revision, reason="错", at=early) == ["at"]
    assert refused(put, "documents.retired", document=document, reason="错", at=early) == ["at"]
    assert refused(put, "documents.alone", document=document, reason="小", decided_by=who("QM"), review="2026-06-01", at="2026-06-02") == ["review"]
    assert refused(put, "documents.checked", document=document, version="1", current=True, next="2026-12-31", at="2026-06-02") == ["document"]
    assert refused(put, "documents.phrase", revision=revision, words="的", at="2026-06-02") == ["words"]
    need = put("documents.needed", document=document, post="坐席", at="2026-06-02")
    assert refused(put, "documents.provided", needed=need, revision=other, way="纸", at="2026-06-02") == ["revision"]
    put("documents.retired", document=document, reason="改用别的", at="2026-06-03")
    assert refused(put, "documents.revision", document=document, number="v2", at="2026-06-04") == ["document"]


def test_an_owner_cannot_let_himself_approve_alone(put: Put, who: Who) -> None:  # noqa: F811
    document = put("documents.document", code="D-1", name="备忘", owner=who("A01"), at="2026-06-01")
    assert refused(put, "documents.alone", document=document, reason="小", decided_by=who("A01"), review="2026-12-31", at="2026-06-02") == ["decided_by"]


def test_what_cannot_have_happened_to_kept_records_is_refused(put: Put, series: Put, who: Who, talk: Put) -> None:  # noqa: F811
    kept = series()
    assert refused(put, "documents.retention", series=kept, days=0, way="erase", ground="x", at="2026-06-01") == ["days"]
    assert refused(put, "documents.batch", series=kept, code="B", what="x", until="2030-01-01", at="2026-06-01") == ["series"]
    put("documents.retention", series=kept, days=30, way="erase", ground="合同", at="2026-06-01")
    assert refused(put, "documents.batch", series=kept, code="B", what="x", until="2026-06-30", at="2026-06-01") == ["until"]
    batch = put("documents.batch", series=kept, code="B", what="x", until="2026-07-01", at="2026-06-01")
    assert refused(put, "documents.lost", batch=batch, what="x", at="2026-05-01") == ["at"]
    assert refused(put, "documents.held", batch=batch, reason="x", decided_by=who("QM"), review="2026-06-01", at="2026-06-02") == ["review"]
    put("documents.disposed", batch=batch, way="erase", person=who("AD"), at="2026-07-02")
    assert refused(put, "documents.disposed", batch=batch, way="erase", person=who("AD"), at="2026-07-03") == ["batch"]
    assert refused(put, "documents.held", batch=batch, reason="x", decided_by=who("QM"), review="2026-12-31", at="2026-07-03") == ["batch"]
    assert refused(put, "documents.sampled", series=kept, what="x", produced="2026-07-01", at="2026-07-02") == ["produced"]
    assert refused(put, "documents.outcome", conversation=talk().id, what="x", at="2026-07-21") == ["concerns"]
    assert refused(put, "documents.verified", entries=1, broken=-1, head="zz", at="2026-07-21") == ["broken", "head"]


def test_nobody_grants_himself_access_and_a_grant_is_for_one_thing(put: Put, series: Put, who: Who) -> None:  # noqa: F811
    given = {"person": who("Q1"), "purpose": "质检", "until": "2026-12-31", "at": "2026-06-01"}
    assert refused(put, "documents.granted", series=series(), granted_by=who("Q1"), **given) == ["granted_by"]
    assert refused(put, "documents.granted", granted_by=who("QM"), **given) == ["document"]
    assert refused(put, "documents.granted", series="RS-01", granted_by=who("QM"), **{**given, "until": "2026-05-31"}) == ["until"]
    assert refused(put, "documents.accessed", person=who("Q1"), what="录音", reason="抽检", at="2026-06-02") == ["document"]


def test_a_revision_stands_in_the_worst_of_its_lists(paper: Put, put: Put) -> None:  # noqa: F811
    kind = kinds()["documents.revision"]
    first, second = paper(number="v1"), paper(number="v2", at="2026-07-01 09:00", effective="2026-07-01", approver="A01")
    assert kind.stands(first, Moment(when("2026-06-15 09:00"))) == "in_force"
    assert (kind.stands(first, NOW), kind.stands(second, NOW)) == ("superseded", "self_approved")
    assert kind.stands(paper(number="v3", effective=None, approver=""), NOW) == "drafts"


def test_a_new_revision_that_a_post_needs_and_nobody_read_is_listed_after_a_week(paper: Put, put: Put, who: Who) -> None:  # noqa: F811
    revision = paper()
    put("documents.needed", document=revision.document, post="坐席", at="2026-06-01 10:00")
    assert not queries.unread(Moment(when("2026-06-07 09:00")))
    assert list(queries.unread(Moment(when("2026-06-08 09:00")))) == [revision]
    put("documents.acknowledged", revision=revision, person=who("A01"), understood=False, at="2026-06-09 09:00")
    assert list(queries.unread(NOW)) == [revision], "read and not clear is not read"
    assert queries.misunderstood(NOW).count() == 1
    put("documents.acknowledged", revision=revision, person=who("A02"), understood=True, at="2026-06-10 09:00")
    assert not queries.unread(NOW)


def message(key: str, role: Role, text: str, at: str) -> Message:
    return Message(Envelope(source="desk", key="CV-1", channel=Channel.PHONE, customer=Person(name="林女士")), key=key, role=role, text=text, at=when(at))


def test_the_ear_notes_which_revision_is_quoted_and_which_question_is_asked_each_once(paper: Put, put: Put) -> None:  # noqa: F811
    from lingting import spine

    calendar = WorkCalendar(zone=ZONE)
    pack = standard_pack(organisation="栖舟货运云", calendar=calendar, kept=packs(os.environ))
    put("documents.phrase", revision=paper(), words="48小时", at="2026-06-02")
    put("documents.question", code="Q-3", title="怎样赔", words="怎么赔 赔多少", at="2026-06-02")
    said = [
        message("1", Role.CUSTOMER, "箱子破了怎么赔，你们说48小时", "2026-07-20 10:00"),
        message("2", Role.AGENT, "我们会在４８小时内答复，怎么赔由理赔员告诉您。", "2026-07-20 10:01"),
    ]
    spine.receive(said[:1], calendar=calendar)
    spine.work(pack=pack, now=when("2026-07-20 10:00") + timedelta(seconds=30))
    assert (Used.objects.count(), Raised.objects.count()) == (0, 1)
    spine.receive(said, calendar=calendar)
    spine.work(pack=pack, now=when("2026-07-20 10:02"))
    [use] = Used.objects.all()
    assert (use.words, use.said.text[:3]) == ("48小时", "我们会")
    assert Raised.objects.count() == 1, "heard again, nothing is written twice"


def test_a_customers_quoted_answers_are_reached_by_an_erasure(put: Put, talk: Put, customer: Record, who: Who) -> None:  # noqa: F811
    article = put("documents.article", code="KB-1", title="怎样赔", words="三日内", owner=who("SV1"), valid="2026-12-31", at="2026-06-01")
    theirs = put("documents.compared", article=article, conversation=talk(party=customer).id, quote="林女士您三日内", agrees=True, at="2026-07-21")
    put("documents.compared", article=article, quote="三日内", agrees=True, at="2026-07-21")
    assert queries.about([customer.id]) == [theirs]
    assert Compared.PERSONAL == ("quote",)


def test_an_article_answers_in_words_or_by_a_document_and_one_put_away_covers_nothing(put: Put, who: Who) -> None:  # noqa: F811
    assert refused(put, "documents.article", code="KB-1", title="怎样赔", at="2026-06-01") == ["words"]
    article = put("documents.article", code="KB-1", title="怎样赔", words="三日内", at="2026-06-01")
    put("documents.shelved", article=article, reason="过时", at="2026-06-02")
    question = put("documents.question", code="Q-1", title="怎样赔", at="2026-06-01")
    assert refused(put, "documents.covered", question=question, article=article, at="2026-06-03") == ["article"]
    assert refused(put, "documents.question", code="Q-2", title="赔", words="赔", at="2026-06-01") == ["words"]
