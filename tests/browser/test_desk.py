"""The agent's desk in a real browser: a call is taken with the keyboard alone, and once more without any script."""

import pytest
from playwright.sync_api import Browser
from tests.browser.firm import Person

pytestmark = pytest.mark.browser

OPENING = "您好，栖舟货运云"
ASKED = (
    ("请问联系电话是多少？", "19900000321。"), ("联系人怎么称呼？", "周敏。"), ("货物名称是什么？", "冷冻鱼。"), ("装货地址在哪里？", "云港三号库。"),
    ("送货地址在哪里？", "泠州南门仓。"),
)  # fmt: skip
"""What is asked, and what the customer says."""

PROMISE, DUE = "车号晚点回您。", "2026-08-31T15:00"


def rings(agent: Person) -> list[str]:
    """Return how many quarters of each slot are lit."""
    return [one.get_attribute("aria-label") or "" for one in agent.main.locator(".rings [aria-label]").all()]


def test_a_call_is_taken_with_the_keyboard_and_its_conversation_shows_what_was_promised(site: str, browser: Browser) -> None:
    """空着按 Enter 放入到期的话，再按记下；五个槽位逐个亮起；读回、确认；含糊的承诺先定时间才能收尾。"""
    agent = Person(browser, site, "agent")
    agent.door("对话", "坐席台")
    keys, field = agent.page.keyboard, agent.page.locator("#text")

    def says(words: str) -> None:
        keys.type(words)
        keys.press("Enter")
        agent.main.locator(".talk li").filter(has_text=words).last.wait_for()

    field.focus()
    keys.press("Enter")
    assert field.input_value().startswith(OPENING)
    with agent.page.expect_navigation():
        keys.press("Enter")
    for _ in range(2):  # from the form that was answered: who speaks, then the field
        keys.press("Tab")
    assert agent.page.evaluate("document.activeElement.id") == "text"
    says("你好，我要发货。")
    for asked, answered in ASKED:
        says(asked)
        says(answered)
    assert rings(agent) == ["2/4"] * 5
    keys.press("Enter")
    assert "再次与您确认" in field.input_value()
    keys.press("Enter")
    agent.main.locator(".rings [aria-label='3/4']").first.wait_for()
    says("对的。")
    assert rings(agent) == ["4/4"] * 5
    agent.picture("desk-slots", "#rail")
    says(PROMISE)
    agent.sees("需要一个时间")
    agent.main.get_by_role("heading", name="槽位").click()
    keys.press("2")
    assert agent.page.evaluate("document.activeElement.id") == "slot-2"
    keys.press("F9")
    assert agent.page.evaluate("document.activeElement.id") == "help-words"
    agent.fill({"和客户说好的时间": DUE})
    agent.main.get_by_label("和客户说好的时间").focus()
    with agent.page.expect_navigation():
        keys.press("Enter")
    agent.main.get_by_label("要点").fill("要发一车冷冻鱼")
    with agent.page.expect_navigation():
        keys.press("Enter")
    agent.sees("冷冻鱼", "晚点回您", "到 2026-08-31 周一 15:00")
    agent.leave()


def test_the_same_call_is_taken_without_a_script(site: str, browser: Browser) -> None:
    """脚本关掉：每一轮是一次提交；到期的话用链接放进来；槽位一样亮起，没有时间的承诺一样收不了尾。"""
    agent = Person(browser, site, "agent", scripts=False)
    agent.door("对话", "坐席台")

    def says(who: str, words: str) -> None:
        agent.fill({"谁在说": who, "说了什么": words})
        agent.press("记下这一轮")

    agent.follow("用这句")
    assert agent.main.get_by_label("说了什么").input_value().startswith(OPENING)
    agent.press("记下这一轮")
    says("客户", "你好，我要发货。")
    for asked, answered in ASKED:
        says("坐席", asked)
        says("客户", answered)
    assert rings(agent) == ["2/4"] * 5
    agent.follow("用这句")
    agent.press("记下这一轮")
    says("客户", "对的。")
    assert rings(agent) == ["4/4"] * 5
    says("坐席", PROMISE)
    agent.fill({"要点": "要发一车冷冻鱼"})
    agent.press("确认收尾，记入账本")
    agent.sees("还有承诺没有时间")
    agent.fill({"和客户说好的时间": DUE})
    agent.press("记下时间")
    agent.fill({"要点": "要发一车冷冻鱼"})
    agent.press("确认收尾，记入账本")
    agent.sees("冷冻鱼", "晚点回您", "到 2026-08-31 周一 15:00")
    agent.leave()


def test_a_call_for_help_reaches_an_open_wall_and_what_is_being_read_there_stays(site: str, browser: Browser) -> None:
    """客：再不来我就去你们公司闹！ – 主管的预警墙开着，不用刷新；点开看原话的时候不动，收起以后才更新。"""
    supervisor, agent = Person(browser, site, "supervisor"), Person(browser, site, "agent")
    supervisor.page.clock.install()
    supervisor.door("对话", "预警墙")
    assert not supervisor.main.locator("ol.wall").get_by_text("求助还没有人应").count()

    def later() -> None:
        with supervisor.page.expect_response("**/wall"):
            supervisor.page.clock.run_for(15_000)

    agent.door("对话", "坐席台")
    agent.fill({"谁在说": "客户", "说了什么": "再不来我就去你们公司闹！"})
    agent.press("记下这一轮")
    agent.press("请主管来")
    later()
    called = supervisor.main.locator("ol.wall li", has_text="求助还没有人应").first
    called.wait_for()
    called.locator("summary").click()
    agent.says("客户", "快一点！")
    supervisor.page.clock.run_for(60_000)
    assert not called.get_by_text("快一点！").count()
    called.locator("summary").click()
    supervisor.main.locator("h1").click()
    later()
    called.get_by_text("快一点！").first.wait_for(state="attached")
    agent.main.locator(".discard summary").click()
    agent.main.get_by_label("我知道找不回来").check()
    agent.press("丢掉")
    agent.leave()
    supervisor.leave()
