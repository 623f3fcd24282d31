"""The 58 pieces of customer property, the 38 complaints, and the typhoon's notices."""

from datetime import date, datetime, timedelta
from functools import cache

from demo.build import Conversation, conversations
from demo.data import at, draws, moment, read
from demo.registers.ordering import customer
from demo.registers.sheet import Sheets, time

ITEMS, COMPLAINTS = 58, 38
SORTS = (("cargo", "暂存货物"), ("document", "随货单据原件"), ("device", "温度记录仪"), ("packaging", "周转箱"), ("data", "收货人姓名电话"))
UNTOLD = {21: ("C11", "cargo", "货架 12 组"), 34: ("C03", "document", "报关单原件"), 41: ("C02", "device", "随货温度记录仪")}
"""Whose owners nobody told how it is kept (PN-04)."""

CRATE = 29
"""The crate of C08, damaged on 22 July (PN-05)."""

SCRATCHED = 12
"""Damage that was there at intake already, and written down then (DC-15)."""

LATE = (6, 11, 16, 22, 24, 35)
"""Complaints of standard customers acknowledged after a day (PN-75)."""


def put(sheets: Sheets) -> None:
    """Put down property, complaints and notices."""
    for number in range(1, ITEMS + 1):
        _item(sheets, number)
    for number in range(1, COMPLAINTS + 1):
        _complaint(sheets, number)
    _typhoon(sheets)


def _item(sheets: Sheets, number: int) -> None:
    code, when = f"PR-{number:03d}", at(date(2026, 6, 1) + timedelta(days=number * 90 // 58), 560 + number % 9 * 40)
    category, what = SORTS[number % 5]
    owner = f"C{number % 30 + 1:02d}"
    if number in UNTOLD:
        owner, category, what = UNTOLD[number]
    if number == CRATE:
        owner, category, what = "C08", "packaging", "展架木箱 3 号"
    condition = "右下角有旧划痕，已拍照" if number == SCRATCHED else "完好"
    sheets.put(
        "property.item", when, code=code, party=customer(owner), category=category, what=what, place=("YH-Y", "CZ-C", "TX-D")[number % 3], custodian="仓管",
        condition=condition,
    )  # fmt: skip
    if number not in UNTOLD:
        sheets.put("property.told", when + timedelta(minutes=30), item=code, way="短信", words="存放在有监控的库内，专人保管，凭单领取")
    if category == "data":
        sheets.put("property.held", when + timedelta(minutes=1), item=code, ground="履行合同所必需", purpose="送货联系", until="2026-12-31")
    elif number % 3 == 0 and number != CRATE and number not in UNTOLD and number < 50:  # what came late is still here
        sheets.put("property.returned", when + timedelta(days=6), item=code, to="收货人", condition=condition, disposed=False)
    if number == CRATE:
        harmed = sheets.put("property.harmed", "07-22 15:30", item=code, harm="damaged", what="叉车碰坏侧板")
        sheets.put("property.reported", "07-27 10:05", harmed=harmed, way="电话", words="客户来电问起才告知", first_from_us=False)
    if number in {7, 16}:
        harmed = sheets.put("property.harmed", when + timedelta(days=2), item=code, harm="damaged", what="外箱压痕")
        sheets.put(
            "property.reported", when + timedelta(days=2, hours=1), harmed=harmed, way="电话", words="外箱有压痕，内物完好，照片已发", first_from_us=True
        )


def _complaint(sheets: Sheets, number: int) -> None:
    held = read("registers/complaints")
    code = f"CP-{number:03d}"
    given = held["planned"].get(code, {})
    told = voiced()[code]
    when = registered(told[0])
    owner = told[0].customer
    what = given.get("what") or held["matters"][told[0].situation]
    tier = read("firm/customers")[owner]["tier"]
    offering = given.get("offering", "OF-01")
    sheets.put(
        "complaints.complaint", when, code=code, party=customer(owner), what=what, form=told[0].channel, remedy="说明原因并按约送到", tier=tier,
        offering=offering, **({"order": given["order"]} if "order" in given else {}),
    )  # fmt: skip
    for one in told:
        sheets.put("complaints.captured", max(when, registered(one)) + timedelta(minutes=1), conversation=one.key, complaint=code)
    hours = 26 if number in LATE else 1.2 if tier == "vip" else 3
    sheets.put("complaints.acknowledged", when + timedelta(hours=hours), complaint=code, way="电话", words="已登记，三天内答复您")
    sheets.put("complaints.assessed", when + timedelta(hours=hours + 1), complaint=code, severity=given.get("severity", "ordinary"), safety=False)
    if given.get("withdrawn"):
        sheets.put("complaints.withdrawn", when + timedelta(hours=20), complaint=code, words="里面的货没事，不用处理了", confirmed=True)
        _closed(sheets, code, when + timedelta(hours=21), reason="withdrawn", concern=what)
        return
    if when > time("08-25 00:00"):
        return
    sheets.put(
        "complaints.investigated",
        when + timedelta(hours=hours + 6),
        complaint=code,
        person="SV2",
        what="看了运单、录音和交接记录",
        cause="product",
        gap="delivery",
        mode="" if offering == "OF-02" else "MO-01",
    )
    for attempt in given.get("recoveries", ()):
        sheets.put("complaints.recovery", attempt, complaint=code, what="重新送货", worked=False)
    if given.get("open"):
        return
    if not given.get("unanswered"):
        sheets.put(
            "complaints.answered", when + timedelta(hours=hours + 24), complaint=code, decision="accepted", way="电话", words="是我们的差错，已按您的要求处理"
        )
        sheets.put("complaints.reacted", when + timedelta(hours=hours + 25), complaint=code, content=True, words="可以，谢谢")
    _closed(sheets, code, when + timedelta(hours=hours + 48), reason=given.get("reason", "settled"), concern=what)


@cache
def voiced() -> dict[str, list[Conversation]]:
    """The conversations in which each complaint was voiced, in the order of time; one came by mail and by telephone (DC-16)."""
    found: dict[str, list[Conversation]] = {}
    for one in conversations():
        if one.complaint.startswith("CP-"):
            found.setdefault(one.complaint, []).append(one)
    return found


def registered(one: Conversation) -> datetime:
    """When the agent wrote down what was complained of."""
    return (one.said[0].at + timedelta(minutes=12)).replace(second=0, microsecond=0)


def _closed(sheets: Sheets, code: str, when: datetime, *, reason: str, concern: str) -> None:
    good = reason != "unreasonable"
    sheets.put(
        "complaints.closed", when, complaint=code, reason=reason, understood=good, complete=good, solved=good, rated=good, concern=concern,
        need="按约送到，有变化先告诉他",
    )  # fmt: skip


def _typhoon(sheets: Sheets) -> None:
    """Put down whom the closed port concerned, when each heard of it and what was said (PN-08, PN-09)."""
    storm = read("firm/threads")["typhoon"]
    begun = moment(storm["activated"])
    activated = sheets.put(
        "contingencies.activated", begun, code="ACT-01", scenario="SC-01", issue="雁回港 7 月 9 日 6 时起封港", endangers="46 票货停在港内",
        deadline=begun + timedelta(minutes=60),
    )  # fmt: skip
    for number, code in enumerate(storm["customers"]):
        affected = sheets.put("contingencies.affected", begun, activated=activated, party=customer(code), why="货在港内或当天进港")
        if code in storm["never"]:
            continue
        when = begun + timedelta(minutes=5 + number * 2 + draws("notice", code).randrange(2))
        if code in storm["late"]:
            when = time("07-09 07:05")
        if code in storm["called"]:
            sheets.put("contingencies.asked", "07-09 05:58", affected=affected, way="电话", words="港口是不是封了")
            when = time("07-09 06:05")
        measure = {} if code in storm["no_measure"] else {"measure": "复航后优先装船，可改走公路，费用我们承担差额的一半"}
        sheets.put("contingencies.informed", when, affected=affected, way="短信", issue="雁回港因台风封港，您的货物会晚到", **measure)
    sheets.put("contingencies.ended", storm["reopened"][:16].replace("T", " "), activated=activated)
    sheets.put(
        "contingencies.reviewed",
        "07-14 15:00",
        activated=activated,
        well="十八家按时得知",
        badly="两家没有通知到，一家晚了，一家先来问",
        changes="名单由系统生成，逐家核对",
    )
