"""What is known in a conversation: who talks about which shipment, in the words people use for days, numbers and places."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from demo.data import moment, read
from demo.orders import Shipment, Standing, standing

DIGITS = "零一二三四五六七八九"
DRIVERS = ("卢", "阮", "贾", "祝", "樊", "褚", "卓", "尹", "蓝", "邹", "谭", "佘")
DRIVERS_EN = ("Lu", "Ruan", "Jia", "Zhu", "Fan", "Chu", "Zhuo", "Yin", "Lan", "Zou", "Tan", "She")
RECEIVERS = ("周师傅", "李姐", "库管老田", "前台小何", "孟仓管", "阿珍", "老魏", "曹主管", "门店小鲁", "仓库小项")
WEEK = ("一", "二", "三", "四", "五", "六", "日")
SPELLED = {"A01": "Lin Zhixia", "A02": "Zhou Yian", "A03": "Shen Ruochuan", "A04": "He Tinglan", "A05": "Xu Nanqiao", "A06": "Lu Jingxing",
           "A07": "Tang Xiaoman", "A08": "Cheng Yining", "A09": "Su Wangshu", "A10": "Gu Yuanzhou", "A11": "Ye Qinghe", "A12": "Fang Siqi",
           "N1": "Yelan One", "N2": "Yelan Two", "N3": "Yelan Three"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class By:
    """A time promised: the words, and when it is up."""

    words: str
    short: str
    english: str
    due: datetime


def promised(draw: Random, now: datetime) -> By:
    """A time by which something is promised: soon, today or tomorrow, always ahead and before the demo's clock."""
    today = now.replace(minute=0, second=0, microsecond=0)
    tomorrow = today + timedelta(days=1)
    later = [
        By("今天下午五点前", "五点前", "by five this afternoon", today.replace(hour=17)),
        By("今天下午六点前", "六点前", "by six today", today.replace(hour=18)),
        By("今天中午十二点前", "十二点前", "by noon today", today.replace(hour=12)),
        By("明天上午十点前", "明天十点前", "by ten tomorrow morning", tomorrow.replace(hour=10)),
        By("明天中午十二点前", "明天中午前", "by noon tomorrow", tomorrow.replace(hour=12)),
        By("明天下午三点前", "明天三点前", "by three tomorrow afternoon", tomorrow.replace(hour=15)),
        By("半小时内", "半小时内", "within half an hour", now + timedelta(minutes=30)),
        By("一小时内", "一小时内", "within an hour", now + timedelta(hours=1)),
        By("两小时内", "两小时内", "within two hours", now + timedelta(hours=2)),
    ]
    clock = moment(read("firm/firm")["clock"])
    fair = [by for by in later if now + timedelta(minutes=25) <= by.due < clock - timedelta(minutes=30) and 8 <= by.due.hour <= 20]
    return draw.choice(fair or later[-3:])


def spoken_day(day: date, now: datetime, draw: Random) -> str:
    """How an agent names a day ahead."""
    ahead = (day - now.date()).days
    if ahead <= 0:
        return draw.choice(("今天下午", "今天傍晚")) if now.hour < 15 else "今天晚上"
    if ahead == 1:
        return draw.choice(("明天", "明天上午", "明天下午", "明天中午前"))
    if ahead == 2:
        return draw.choice(("后天", "后天上午", "后天下午"))
    return f"{day.month}月{day.day}号"


def past_day(at: datetime, now: datetime, draw: Random) -> str:
    """How one names a moment that has passed."""
    ago = (now.date() - at.date()).days
    part = "凌晨" if at.hour < 6 else "早上" if at.hour < 9 else "上午" if at.hour < 12 else "中午" if at.hour < 14 else "下午" if at.hour < 18 else "晚上"
    name = {0: "今天", 1: "昨天", 2: "前天"}.get(ago, f"{at.day}号" if at.month == now.month else f"{at.month}月{at.day}号")
    hour = at.hour if at.hour <= 12 else at.hour - 12
    return draw.choice((f"{name}{part}", f"{name}{part}{hour}点", f"{name}{part}{hour}点多"))


def digits(number: str, draw: Random) -> str:
    """How a number is read out on the phone: in figures, in groups, or figure by figure."""
    plain = number.removeprefix("QZ")
    said = "".join(DIGITS[int(sign)] for sign in plain).replace("一", draw.choice(("幺", "一")))
    grouped = f"{plain[:3]} {plain[3:7]} {plain[7:]}" if len(plain) == 11 else plain
    head = "QZ" if number.startswith("QZ") else ""
    return draw.choice((number, number, head + grouped, said if not head else number))


def gathered(
    draw: Random,
    now: datetime,
    *,
    answered: datetime,
    customer: Mapping[str, Any],
    who: str,
    agent: tuple[str, Mapping[str, Any]],
    shipment: Shipment,
    written: bool,
) -> tuple[dict[str, str], Standing, By]:
    """Return the facts of a conversation, what the records say of its shipment, and the time by which something is promised in it."""
    order, now_ = shipment.order, standing(shipment, now)
    places, by = read("firm/firm")["places"], promised(draw, answered)
    town = next((name for name in places if order.origin.startswith((name, places[name]["en"]))), "临澜")
    hour, number = now.hour, shipment.number
    at_driver = draw.randrange(len(DRIVERS))
    name, phone = agent[1]["name"], customer.get("phone", "19900000999")
    family = who[:1]
    facts = {
        "greet": "早上好" if hour < 9 else "上午好" if hour < 12 else "中午好" if hour < 13 else "下午好" if hour < 18 else "晚上好",
        "greet_en": "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening",
        "agent": name, "agent_family": name[0], "agent_short": f"小{name[0]}", "agent_en": SPELLED[agent[0]],
        "org": customer.get("organisation", ""), "who": who, "polite": who, "family": family,
        "name": draw.choice(read("firm/names")["full"].get(family, [who])),
        "polite_own": f"{name[0]}女士" if agent[0] in {"A01", "A05", "A07", "A08", "A09", "A11"} else f"{name[0]}先生",
        "goods": order.goods, "goods_en": read("firm/names")["goods"].get(order.goods, "goods"), "pieces": str(order.pieces), "kg": str(order.kilograms),
        "from": order.origin,
        "from_city": town, "to": order.to, "address": order.address, "price": str(order.price), "days": str((order.due - order.ready.date()).days),
        "number": number, "number_said": number if written else digits(number, draw), "number_head": number[:-4], "tail": number[-4:],
        "tail_wrong": number[:-1] + str((int(number[-1]) + 3) % 10),
        "phone": phone, "phone_said": phone if written else digits(phone, draw), "phone_tail": phone[-4:],
        "email": customer.get("email", "mail@nobody.example"),
        "mail": read("firm/firm")["mail"], "place": now_.place if now_.place in places else town, "eta": spoken_day(now_.eta, now, draw),
        "departed": past_day(order.ready, now, draw) if order.ready <= now else spoken_day(order.ready.date(), now, draw),
        "delivered_said": past_day(shipment.delivered, now, draw) if shipment.delivered <= now else "",
        "receiver": draw.choice(RECEIVERS), "driver": DRIVERS[at_driver], "driver_en": DRIVERS_EN[at_driver],
        "plate": f"临A·{draw.randrange(10000, 99999)}", "hub": shipment.steps[-3].place,
        "new_address": f"{order.to}{draw.choice(('望江路', '听涛街', '北仓路', '新丰巷', '同庆路', '石榴街'))}{draw.randrange(40, 180)}号",
        "by": by.words, "by_short": by.short, "by_en": by.english, "dept": "调度", "result": "", "cp": "CP-000", "small": str(draw.randrange(2, 9)),
        "mmdd": f"{now:%m%d}", "sign": f"\n{name}\n栖舟货运云", "claims": "签收后七天内" if written else "签收后三天内",
        "truck": "",
        "authority_matter": "",
        "by_pick": ("明天" if hour > 12 else "今天")
        + draw.choice(("下午两点到四点", "下午三点到五点") if hour <= 12 else ("上午九点到十一点", "下午两点到四点")),
        "place_en": places.get(now_.place, places[town])["en"], "from_en": places[town]["en"], "to_en": places[order.to]["en"],
        "eta_en": _english(now_.eta, now), "departed_en": _english(order.ready.date(), now),
    }  # fmt: skip
    facts["truck"] = draw.choice(("车定好了，{driver}师傅，车牌{plate}", "调度确认了，{driver}师傅开车，车牌{plate}")).format_map(facts)
    return facts, now_, by


def _english(day: date, now: datetime) -> str:
    apart = (day - now.date()).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(apart, f"on {day.day} {day:%B}")
