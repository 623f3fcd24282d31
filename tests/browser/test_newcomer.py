"""A newcomer to the fictional firm: what is wrong is seen at a glance, and three clicks lead to the words."""

import pytest
from playwright.sync_api import Browser
from tests.browser.firm import Person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
def test_three_clicks_lead_from_the_first_page_to_the_spoken_words(firm: str, browser: Browser, *, english: bool) -> None:
    """第一页：十三条不符合；承诺没有按期兑现的有十四个；点数字、点其中一个、点“看原话”，就到那句话。"""
    quality = Person(browser, firm, "quality", english=english)
    t = quality.t
    quality.sees(t("13 条不符合", "13 do not conform"), t("如果审核员现在来", "If the auditor came now"))
    quality.picture("newcomer-today")
    quality.row(t("对顾客作出的承诺都按期兑现", "Promises made to customers are kept on time")).get_by_role("link", name="14", exact=True).click()
    quality.page.wait_for_url("**/failing**")
    quality.into("我明天中午十二点前给您答复")
    quality.follow(t("看原话", "see the words"))
    assert quality.main.locator("mark").filter(has_text="我明天中午十二点前给您答复").first.is_visible()
    quality.picture("newcomer-words", ".legend")
    quality.door(t("条款", "Clauses"), t("条款地图", "Clause map"))
    quality.sees("8.2.1", t("不符合", "Nonconforming"))
    quality.picture("newcomer-clauses")
    quality.leave()
