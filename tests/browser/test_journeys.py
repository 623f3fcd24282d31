"""Eight journeys through the fictional firm, in a real browser on the real server: each done as a person does it, from the first screen to the last."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import served_firm
from tests.browser.firm import Person

pytestmark = [pytest.mark.browser, pytest.mark.firm]


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the firm's home and yield its address; what one journey writes stands in the next."""
    yield from served_firm(tmp_path_factory)


@pytest.fixture
def sign_in(firm: str, browser: Browser) -> Callable[..., Person]:
    """Return somebody who signed in by a name, reading Chinese or English."""
    people: list[Person] = []

    def sign(name: str, *, english: bool = False) -> Person:
        people.append(Person(browser, firm, name, english=english))
        return people[-1]

    yield sign
    for one in people:
        one.page.context.close()


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
def test_j4_a_changed_address_takes_effect_once_the_customer_acknowledged_it(sign_in: Callable[..., Person], *, english: bool) -> None:
    """客户来电改收货地址：登记更改，写明前后，告知客户，客户逐行确认，然后才生效。"""
    agent = sign_in("agent", english=english)
    t, code, order = agent.t, *(("CHG-902", "ORD-0512") if english else ("CHG-901", "ORD-0511"))
    agent.door(t("个案与承诺", "Cases & promises"), t("订单更改", "Order changes"))
    agent.follow(t("登记更改", "Enter a change"))
    agent.enter({t("编号", "Code"): code, t("订单", "Order"): order, t("谁提出", "Asked by"): t("顾客", "Customer"),
                 t("原因", "Why"): t("客户来电：门店搬了家", "The customer called: the shop has moved"),
                 t("紧急更改", "Emergency"): t("否", "no")})  # fmt: skip
    agent.follow(t("登记一行", "Enter a line"))
    agent.enter({t("项目", "Line"): t("收货地址", "Delivery address"), t("更改前", "Before"): t("岑州东市12号", "12 East Market, Cenzhou"),
                 t("更改后", "After"): t("岑州物流园8号门", "Gate 8, Logistics Park, Cenzhou")})  # fmt: skip
    agent.follow(code)
    agent.sees(t("客户确认之前不生效", "It does not take effect before the customer acknowledges it"))
    assert not agent.main.get_by_role("link", name=t("更改生效", "Change in effect"), exact=True).is_visible()
    agent.fill({t("方式", "Way"): t("短信", "text message")})
    agent.press(t("写入账本", "Write it down"))
    agent.main.get_by_label(t("确认", "Right"), exact=True).check()
    agent.fill({t("客户的话", "His words"): t("对，就送物流园八号门", "Yes, gate 8 it is"), t("怎么答复的", "In which way"): t("电话", "telephone")})
    agent.picture("j4-answer", "#step")
    agent.press(t("提交", "Submit"))
    agent.sees(t("更改生效", "Change in effect"))
    agent.press(t("写入账本", "Write it down"))
    agent.sees(t("已生效", "In effect"))
    agent.picture("j4-effective")
    agent.door(t("个案与承诺", "Cases & promises"), t("订单更改", "Order changes"))
    agent.follow(t("已生效", "In effect"))
    assert code in agent.row(code).inner_text()


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
def test_j8_a_provider_below_the_limit_gets_an_action_and_is_evaluated_again(sign_in: Callable[..., Person], *, english: bool) -> None:
    """岑驰冷链 7 月只得 61 分（及格 70），没有措施：定措施、做完、再评价。英文走朔风专线：再评价过期，补评价得 64 分。"""
    quality = sign_in("quality", english=english)
    t, code, name = quality.t, *(("PV-05", "朔风专线") if english else ("PV-02", "岑驰冷链"))
    quality.door(t("供方与测量", "Resources"), t("外部供方", "Providers"))
    quality.follow(f"{code} ")
    if english:
        quality.sees("Still used after its re-evaluation was due")
        quality.follow("Evaluate")
        quality.enter({"Criteria": "CR-R1", "Score": "64", "Result": "On conditions", "Evidence": "51 shipments, two damaged", "Next due": "2026-12-31"})
        quality.door("Resources", "Providers")
        quality.follow(f"{code} ")
    quality.sees(t("得分低于及格线，却没有针对它的措施", "64 / limit 70"))
    quality.picture("j8-below")
    quality.follow(t("定措施", "Take action"))
    what = t("每周对时效，晚点逐票写原因", "Weekly review of every late shipment")
    quality.enter({t("做什么", "What"): what, t("负责人", "Owner"): "秦越", t("期限", "Due"): "2026-09-30"})
    quality.door(t("供方与测量", "Resources"), t("外部供方", "Providers"))
    quality.follow(f"{code} ")
    assert not quality.main.get_by_text(t("却没有针对它的措施", "nothing was undertaken about that")).count()
    quality.picture("j8-action", "#actions")
    quality.follow(what)
    quality.follow(t("措施完成", "Action carried out"))
    quality.enter({t("做了什么", "What was done"): t("对了四周，晚点从每周六票降到一票", "Four weeks of reviews: from six late a week to one")})
    quality.door(t("供方与测量", "Resources"), t("外部供方", "Providers"))
    quality.follow(f"{code} ")
    quality.follow(t("评价", "Evaluate"))
    quality.enter({t("所用准则", "Criteria"): "CR-R1", t("得分", "Score"): "82", t("结论", "Result"): t("合格", "Approved"),
                   t("依据", "Evidence"): t("八月运单、温度曲线", "August shipments"), t("下次评价", "Next due"): "2027-02-28"})  # fmt: skip
    quality.door(t("供方与测量", "Resources"), t("外部供方", "Providers"))
    assert t("合格", "approved").lower() in quality.row(name).inner_text().lower()
    quality.follow(f"{code} ")
    quality.sees("82 / ", t("完成", "done"))
    quality.picture("j8-again")


def test_j3_a_typhoon_from_its_activation_to_the_review_after_it(sign_in: Callable[..., Person]) -> None:
    """台风纸鸢：两家从没通知到，补告知；新的一次警报从启动、预览、告知、结束走到复盘。"""
    supervisor = sign_in("supervisor")
    supervisor.door("客户与相关方", "应急")
    supervisor.follow("ACT-01")
    supervisor.sees("秋山茶行", "过了时限，没有告知", "告知其余 2 位", "两家没有通知到，一家晚了，一家先来问")
    supervisor.picture("j3-typhoon")
    supervisor.fill({"可能的情况（必填）": "7 月 9 日到 11 日封港，您的货晚了两天", "采取的措施（必填）": "已按次序补发；这次没有及时告知，是我们的错"})
    supervisor.press("预览（按客户）")
    supervisor.press("记下已告知这 2 位")
    supervisor.sees("名单上的人都已经得知")
    supervisor.door("客户与相关方", "应急")
    supervisor.row("SC-01 台风封港").get_by_role("link", name="启动", exact=True).first.click()
    supervisor.fill({"编号": "ACT-02", "可能的情况": "9 月 1 日台风外围，雁回港可能封港", "危及哪些顾客要求（必填）": "当天进港的货不能按时装船",
                     "最迟告知时间": "2026-08-31T10:00", "从什么时候起的订单": "2026-08-30T00:00"})  # fmt: skip
    supervisor.press("启动，算出受影响的顾客")
    supervisor.sees("进行中", "鹿见医药")
    supervisor.fill({"采取的措施（必填）": "车辆改走朔屏，预计晚一天；变化随时告诉您", "您可以选择": "等一天，或改走陆路"})
    supervisor.press("预览（按客户）")
    supervisor.sees("每位顾客将读到")
    supervisor.picture("j3-preview", ".say")
    supervisor.main.get_by_role("button", name=re.compile("^记下已告知这")).click()
    supervisor.sees("名单上的人都已经得知", "及时、完整、主动")
    supervisor.press("结束")
    supervisor.fill({"哪里好": "每一家都在一小时内得知", "哪里不好": "陆路的价格没有写", "要改什么": "模板加上改走陆路的价格"})
    supervisor.press("记下复盘")
    supervisor.sees("已结束", "模板加上改走陆路的价格")


def test_j6_harm_is_told_to_its_owner_before_our_own_papers_begin(sign_in: Callable[..., Person]) -> None:
    """展架木箱 7 月碰坏，货主四天后自己问起才知道；这一次碰坏一件，先告诉货主，再走内部手续。"""
    agent = sign_in("agent")
    agent.door("客户与相关方", "顾客财产")
    agent.follow("PR-029")
    agent.sees("货主先知道了", "4 天 18 小时")
    agent.picture("j6-before")
    agent.door("客户与相关方", "顾客财产")
    agent.follow("PR-021")
    agent.follow("损坏或丢失：先告诉客户")
    agent.main.get_by_label("损坏", exact=True).check()
    agent.fill({"看到的情况": "叉车碰到第三组的立柱，弯了两厘米"})
    agent.press("备好给货主的话")
    agent.sees("告诉货主的话")
    agent.fill({"用什么方式告诉的": "电话", "货主是先从我们这里得知的吗": "是"})
    agent.press("已告诉货主，记下")
    agent.sees("先告诉了货主，没有超过")
    agent.picture("j6-first")


def test_j2_findings_of_an_unmeasured_detector_are_looked_at_again_and_seven_withdrawn(sign_in: Callable[..., Person]) -> None:
    """打断检测 1.2 版没有校准就启用：停用隔离、反向追溯 23 条、撤回 7 条、告知坐席，坐席自己看得到不再计入。"""
    quality = sign_in("quality")
    quality.door("供方与测量", "仪器与校准")
    quality.follow("DT-04 ")
    quality.sees("停用隔离", "起疑的测量 23", "接受 16", "撤回 7", "没有处置 0", "已结束")
    quality.picture("j2-lookback", "#lookback")
    quality.follow("撤回 7")
    assert quality.main.locator("table.register tbody tr").count() == 7
    agent = sign_in("agent")
    agent.sees("谢衡复核：不正确，不再计入")
    agent.picture("j2-told", ".notices")
    with agent.page.expect_navigation():
        agent.main.get_by_role("link", name="哎抱歉抱歉").press("Enter")
    agent.sees("说了什么", "哎抱歉抱歉")


def verified(folder: Path) -> int:
    """Run the verifier of an evidence pack as an auditor does: plain Python without a package, without a network."""
    return subprocess.run([sys.executable, "-I", "-S", folder / "verify.py"], capture_output=True, env={"PYTHONUTF8": "1"}, check=False).returncode


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
def test_j5_an_external_auditor_draws_traces_to_the_second_and_verifies_the_pack_offline(
    sign_in: Callable[..., Person], tmp_path: Path, *, english: bool
) -> None:
    """外审员：我自己掷骰子，从承诺里抽三条，追到说出口的那一秒；证据包带走，离线验证。"""
    quality = sign_in("quality", english=english)
    t, code = quality.t, "CB-2026-2" if english else "CB-2026-1"
    quality.door(t("条款", "Clauses"), t("审核", "Audits"))
    quality.follow(t("计划一次审核", "Plan an audit"))
    quality.enter({t("编号", "Code"): code, t("范围", "Scope"): t("顾客沟通", "Customer communication"), t("准则", "Criteria"): "ISO 9001:2015",
                   t("审核组长", "Lead auditor"): "石砚", t("计划完成", "To be finished by"): "2026-09-04"})  # fmt: skip
    quality.follow(t("登记审到的条款", "Enter a clause audited"))
    quality.fill({t("条款", "Clause"): "8.2.1"})
    quality.press(t("写下", "Write it down"))

    auditor = sign_in("auditor", english=english)
    auditor.door(t("条款", "Clauses"), t("审核", "Audits"))
    auditor.follow(code)
    auditor.sees(t("您的通行证到", "Your pass holds until"))
    assert not auditor.main.get_by_role("link", name=t("写下一条发现", "Write down a finding")).count(), "a visitor changes nothing of ours"
    auditor.fill({t("用一句话说", "In words"): t("全部承诺", "All promises"), t("记录种类或清单", "Kind of record or list"): "promises.promise"})
    auditor.press(t("冻结", "Freeze it"))
    auditor.fill({t("种子", "Seed"): "3 5 1 6", t("样本量", "Sample size"): "3"})
    auditor.press(t("抽样", "Draw the sample"))
    auditor.sees(t("种子", "Seed") + " 3 5 1 6", t("抽 3 条", "3 drawn"))
    auditor.picture("j5-sample", "#samples")
    workspace = auditor.page.url
    with auditor.page.expect_navigation():
        auditor.page.locator(".draw li a").first.click()
    auditor.follow(t("看原话", "see the words"))
    place = f"#{auditor.page.url.partition('#')[2]}"
    words = auditor.page.locator(place).locator("xpath=ancestor-or-self::li").first
    assert re.search(r"\d\d:\d\d", words.inner_text()), "the words stand with their time"
    auditor.picture("j5-second", place)

    auditor.page.goto(workspace)
    auditor.follow(t("请求更多", "Ask for more"))
    auditor.fill({t("编号", "Code"): f"R-{code}", t("要什么", "What"): t("这三条承诺的通知记录", "The notices of these three promises"),
                  t("谁提供", "Of whom"): "温如", t("最迟", "By"): "2026-09-02"})  # fmt: skip
    auditor.press(t("写下", "Write it down"))
    with auditor.page.expect_download() as download:
        auditor.main.get_by_role("button", name=t("做一个证据包", "Make an evidence pack")).click()
    with ZipFile(download.value.path()) as archive:
        archive.extractall(tmp_path)
    assert verified(tmp_path) == 0
    words = (tmp_path / "records.jsonl").read_text(encoding="utf-8")
    (tmp_path / "records.jsonl").write_text(words.replace('"seed": "3 5 1 6"', '"seed": "3 5 1 5"'), encoding="utf-8")
    assert verified(tmp_path) == 1
    auditor.page.reload()
    auditor.sees(t("不带个人信息", "without personal columns"))
    auditor.picture("j5-pack", "#pack")

    quality.door(t("条款", "Clauses"), t("审核", "Audits"))
    quality.sees(f"R-{code}")
    quality.follow(f"R-{code}")
    quality.follow(t("答复", "Reply"), "#requests")
    quality.fill({t("答复", "Reply"): t("见承诺台账的通知记录", "See the notices in the register of promises")})
    quality.press(t("写下", "Write it down"))
    quality.sees(t("见承诺台账的通知记录", "See the notices in the register of promises"))
