"""The audit workspace: freeze, give the dice, draw, ask, find – and a pack that is intact on the auditor's own machine."""

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client

from lingting.access.models import Account
from lingting.conformity.check import CHECKS
from lingting.ledger.models import Record
from lingting.registers.audits.models import Asked, Drawn, Finding, Packed, Population, Replied
from lingting.registers.parties.models import Party
from lingting.site.clock import now

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
SignIn = Callable[[str], Client]


@pytest.fixture
def audit(put: Put, customer: Party) -> Record:
    """An audit of property that nothing was drawn for yet; three items are in our hands."""
    lead = put("people.person", code="IA", name="孙内审", at="2026-05-01")
    for number in range(3):
        put("property.item", code=f"PR-{number}", party=customer, what=f"第 {number} 件，林女士的", category="cargo", at="2026-06-02")
    return put("audits.audit", code="AU-1", scope="顾客财产", criteria="ISO 9001:2015", lead=lead, due="2099-07-22", at="2026-06-01")


def page(client: Client, audit: Record, **asked: object) -> str:
    return client.get(f"/audits/{audit.pk}", asked).content.decode()


def frozen(client: Client, audit: Record) -> Population:
    client.post(f"/audits/{audit.pk}/population/{audit.pk}", {"words": "全部顾客财产", "source": "property.item"})
    return Population.objects.get()


def test_the_auditor_freezes_a_population_gives_the_dice_and_sees_what_was_drawn(audit: Record, signed_in: SignIn) -> None:
    """外审员：冻结全部顾客财产。掷出 3 5 1 6，抽两件。"""
    client = signed_in("external_auditor")
    assert "冻结一个总体" in page(client, audit)
    population = frozen(client, audit)
    assert (population.size, len(population.digest)) == (3, 64)
    assert "给种子，抽样" in page(client, audit)
    for _ in range(2):
        assert client.post(f"/audits/{audit.pk}/drawn/{population.pk}", {"seed": "3 5 1 6", "n": "2"}).status_code == 302
    one, two = Drawn.objects.all()
    assert one.numbers == two.numbers, "anybody draws the same"
    words = page(client, audit)
    assert words.count("林女士的") == 4
    assert "第 2 次，都留着" in words


def test_a_sample_without_a_seed_or_out_of_nothing_is_refused_and_what_was_typed_stays(audit: Record, signed_in: SignIn) -> None:
    client = signed_in("external_auditor")
    refused = client.post(f"/audits/{audit.pk}/population/{audit.pk}", {"words": "全部船", "source": "property.ship"})
    assert refused.status_code == 422
    assert "全部船" in refused.content.decode()
    assert "没有这种记录或清单" in refused.content.decode()
    population = frozen(client, audit)
    refused = client.post(f"/audits/{audit.pk}/drawn/{population.pk}", {"seed": "", "n": "500"})
    assert (refused.status_code, Drawn.objects.count()) == (422, 0)
    assert 'value="500"' in refused.content.decode()


def test_what_can_be_drawn_from_is_suggested_as_far_as_the_reader_may_see_it(audit: Record, signed_in: SignIn) -> None:
    words = page(signed_in("external_auditor"), audit, step="population")
    assert '<option value="property.item:held">顾客财产 · 在我们手里</option>' in words
    assert '<option value="promises.promise">承诺</option>' in words
    assert "people.spoken" not in words


def test_a_step_about_something_of_another_audit_is_not_found(audit: Record, put: Put, signed_in: SignIn) -> None:
    client = signed_in("quality_manager")
    population = frozen(client, audit)
    other = put("audits.audit", code="AU-2", scope="热线", criteria="ISO 9001:2015", lead=audit.lead, due="2099-07-22", at="2026-06-01")
    for path in (f"{other.pk}/drawn/{population.pk}", f"{audit.pk}/drawn/{audit.pk}", f"{audit.pk}/mood/{audit.pk}", f"1/population/{audit.pk}"):
        assert client.post(f"/audits/{path}", {"seed": "1", "n": "1"}).status_code == 404, path


def test_the_auditor_asks_for_more_and_the_answer_arrives_on_the_same_page(audit: Record, signed_in: SignIn) -> None:
    auditor, quality = signed_in("external_auditor"), signed_in("quality_manager")
    auditor.post(f"/audits/{audit.pk}/asked/{audit.pk}", {"code": "R-1", "what": "PR-1 的称重单", "owner": audit.lead_id, "due": "2026-06-30"})
    asked = Asked.objects.get()
    assert "过期没有答复" in page(quality, audit)
    assert "PR-1 的称重单" in quality.get("/audits").content.decode()
    assert auditor.post(f"/audits/{audit.pk}/replied/{asked.pk}", {"what": "我自己答"}).status_code == 403, "who asks does not answer"
    quality.post(f"/audits/{audit.pk}/replied/{asked.pk}", {"what": "见附件"})
    assert Replied.objects.get().asked == asked
    assert "见附件" in page(auditor, audit)


def test_a_finding_corrected_late_is_shown_as_late_and_one_in_time_is_not(audit: Record, put: Put, signed_in: SignIn) -> None:
    client = signed_in("external_auditor")
    for code, day in (("F-1", "2026-07-30"), ("F-2", "2026-08-02")):
        finding = put("audits.finding", code=code, audit=audit, clause="8.5.3", statement="没有称重", grade="minor", due="2026-08-01", at="2026-07-20 11:00")
        put("audits.corrected", finding=finding, what="称了", at=day)
    assert page(client, audit).count("▲ 晚了") == 1
    put("audits.finding", code="F-3", audit=audit, clause="8.5.3", statement="没有页码", grade="opportunity", at="2026-07-20 11:00")
    assert "过期没有整改" not in page(client, audit)


def unpacked(client: Client, audit: Record, folder: Path, **given: str) -> bytes:
    answer = client.post(f"/audits/{audit.pk}/pack", given)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    with ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(folder)
    return answer.content


def test_the_pack_is_intact_elsewhere_holds_no_personal_word_and_the_book_says_that_it_left(audit: Record, signed_in: SignIn, tmp_path: Path) -> None:
    client = signed_in("external_auditor")
    population = frozen(client, audit)
    client.post(f"/audits/{audit.pk}/drawn/{population.pk}", {"seed": "3 5 1 6", "n": "2"})
    content = unpacked(client, audit, tmp_path)
    done = subprocess.run([sys.executable, "-I", "-S", tmp_path / "verify.py"], capture_output=True, env={"PYTHONUTF8": "1"}, check=False)
    assert done.returncode == 0, done.stdout.decode()
    assert "林女士" not in "".join(path.read_text(encoding="utf-8-sig") for path in tmp_path.rglob("*") if path.is_file())
    packed = Packed.objects.get()
    assert (packed.digest, packed.personal) == (sha256(content).hexdigest(), False)
    assert packed.digest in page(client, audit)


def test_only_who_may_disclose_takes_personal_words_out(audit: Record, signed_in: SignIn, tmp_path: Path) -> None:
    population = frozen(signed_in("external_auditor"), audit)
    signed_in("external_auditor").post(f"/audits/{audit.pk}/drawn/{population.pk}", {"seed": "1", "n": "3"})
    for role in ("external_auditor", "internal_auditor"):
        assert signed_in(role).post(f"/audits/{audit.pk}/pack", {"personal": "yes"}).status_code == 403
        assert 'name="personal"' not in page(signed_in(role), audit)
    unpacked(signed_in("quality_manager"), audit, tmp_path, personal="yes")
    assert "林女士" in (tmp_path / "records.jsonl").read_text(encoding="utf-8")
    assert Packed.objects.get().personal
    assert signed_in("agent").post(f"/audits/{audit.pk}/pack").status_code == 403


def test_words_of_a_queue_out_of_sight_leave_only_as_digests(
    audit: Record, talk: Callable[..., Record], cast: Callable[[str], Account], signed_in: SignIn, tmp_path: Path
) -> None:
    row = talk()
    client = signed_in("quality_manager")
    client.post(f"/audits/{audit.pk}/population/{audit.pk}", {"words": "全部对话", "source": "conversations.conversation"})
    client.post(f"/audits/{audit.pk}/drawn/{Population.objects.get().pk}", {"seed": "1", "n": "1"})
    account = cast("quality_manager")
    account.queues = "别的队列"
    account.save()
    unpacked(client, audit, tmp_path, personal="yes")
    words = (tmp_path / "records.jsonl").read_text(encoding="utf-8")
    line = next(line for line in words.splitlines() if f'"id": {row.pk},' in line)
    assert '"public"' not in line
    assert f"{row.pk},conversations.conversation,all columns" in (tmp_path / "withheld.csv").read_text(encoding="utf-8-sig")


def test_the_auditor_sees_until_when_the_pass_holds_and_after_it_a_polite_refusal(audit: Record, cast: Callable[[str], Account], signed_in: SignIn) -> None:
    client, account = signed_in("external_auditor"), cast("external_auditor")
    account.until = now() + timedelta(days=3)
    account.save()
    assert "您的通行证到" in page(client, audit)
    account.until = now() - timedelta(minutes=1)
    account.save()
    assert client.get(f"/audits/{audit.pk}").status_code == 403


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "还没有审核"), ("en", "No audit was planned yet")])
def test_without_an_audit_the_page_says_which_clauses_to_audit_first(language: str, words: str, signed_in: SignIn) -> None:
    client = signed_in("quality_manager")
    client.post("/language", {"language": language})
    told = client.get("/audits").content.decode()
    assert words in told
    assert told.count('class="lines"') == 1
    assert "/registers/audits/audit/new?scope=" in told


def test_a_clause_that_was_audited_is_not_proposed_again(audit: Record, put: Put, signed_in: SignIn) -> None:
    client = signed_in("quality_manager")
    [first, *_] = [part.partition('"')[0] for part in client.get("/audits").content.decode().split('<li><a href="/clauses/')[1:]]
    put("audits.examined", audit=audit, clause=first, at=now().strftime("%Y-%m-%d"))
    assert f'<li><a href="/clauses/{first}"' not in client.get("/audits").content.decode()


def test_an_audit_struck_out_leads_to_its_record_and_an_unknown_one_nowhere(audit: Record, signed_in: SignIn) -> None:
    client = signed_in("quality_manager")
    client.post(f"/registers/audits/audit/{audit.pk}/striking", {"reason": "登记错了"})
    assert client.get("/audits/12345").status_code == 404
    assert not Finding.objects.exists()


def test_what_to_ask_of_an_audited_clause_stands_there_with_what_the_registers_answer(audit: Record, put: Put, signed_in: SignIn) -> None:
    """Clause 8.2.1 is audited: nobody told 林女士 how her three things are kept. The question is filled in, changed, and written down as changed."""
    client = signed_in("internal_auditor")
    assert "台账先答一遍" not in page(client, audit), "no clause is audited yet"
    put("audits.examined", audit=audit, clause="8.2.1", at="2026-06-02")
    words = page(client, audit)
    asked = words.split('id="questions"')[1].split("</section>")[0]
    assert "8.2.1-C8" in asked
    assert 'href="/checks/8.2.1-C8/failing">3</a>' in asked
    form = page(client, audit, step="question", about=audit.pk, check="8.2.1-C8")
    field = form.split('name="answer"')[1].split("</textarea>")[0]
    assert "总体 3，不通过 3" in field
    assert all(f"PR-{number}" in field for number in range(3))
    assert "林女士" not in field, "what is written down of an audit stays, and names are somebody's"
    assert "检查 8.2.1-C8" in form
    given = {"clause": "8.2.1", "question": "怎样告知保管方式？", "asked": "仓管", "answer": "口头说过，没有记", "evidence": "台账 3 件都没有"}
    assert client.post(f"/audits/{audit.pk}/question/{audit.pk}", given).status_code == 302
    assert "口头说过，没有记" in page(client, audit)


def test_a_question_that_only_a_person_can_answer_is_filled_in_without_an_answer(audit: Record, put: Put, signed_in: SignIn) -> None:
    """Near miss: there is no figure to show, and none is made up; nor for a check that there is not."""
    client = signed_in("internal_auditor")
    judged = next(id for id, check in CHECKS.items() if check.judged[0])
    put("audits.examined", audit=audit, clause=judged.rpartition("-")[0], at="2026-06-02")
    asked = page(client, audit).split('id="questions"')[1].split("</section>")[0]
    assert judged in asked
    form = page(client, audit, step="question", about=audit.pk, check=judged)
    assert 'name="answer"' in form
    assert "总体" not in form.split('name="answer"')[1].split("</textarea>")[0]
    assert page(client, audit, step="question", about=audit.pk, check="9.9.9-C9")
