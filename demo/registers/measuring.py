"""What was measured and judged with the instruments, what came into doubt by it, and what became of each result."""

import math
from datetime import date, timedelta

from demo.data import at, draws, read
from demo.orders import Shipment, shipments
from demo.registers.sheet import Sheets, time

WEIGHINGS = 1120
PORT = ("C03", "C04", "C05", "C07", "C11", "C14", "C20", "C22", "C25")
"""Whose trucks passed the weighbridge until the middle of July."""

SCALES = {"临澜": "FS-01", "雁回港": "FS-01", "岑州": "PS-02", "桐溪里": "PS-01"}
LOGGERS = {
    "TL-01": ("CZ-C", "岑州冷库"), "TL-02": ("CZ-C2", "冷藏车二号"), "TL-03": ("CZ-C3", "冷藏车三号"), "TL-04": ("CZ-C4", "冷藏车四号"),
    "TL-05": ("CZ-C5", "冷藏车五号"), "TL-06": ("CZ-C6", "冷藏车六号"),
}  # fmt: skip
"""Where each temperature logger reads."""

FELL = "07-20 09:00"
"""Since when logger 4 reads too low."""

JUNE, JULY = 84, 37
"""Weighings on the weighbridge while it was in date, and after its verification had ended (PN-47)."""


def put(sheets: Sheets) -> None:
    """Put down weighings, temperatures, what detectors and inspectors judged, and the look-backs."""
    _weighings(sheets)
    _hourly(sheets)
    _logger(sheets)
    _detector(sheets)
    _inspector(sheets)
    _out_of_scope(sheets)


def _weighings(sheets: Sheets) -> None:
    first = [at(date(2026, 6, 1) + timedelta(days=number * 29 // (JUNE - 1)), 480 + number * 7 % 500) for number in range(JUNE)]
    late = [at(date(2026, 7, 1) + timedelta(days=number * 13 // (JULY - 1)), 490 + number * 11 % 480) for number in range(JULY)]
    pool = [shipment for shipment in shipments() if shipment.order.customer in PORT]
    for number, when in enumerate((*first, *late)):
        _weighed(sheets, "WB-01", pool[number % len(pool)], when, leg="毛重")
    clock = time(read("firm/firm")["clock"])
    ready = [shipment for shipment in shipments() if shipment.order.ready < clock]
    left = WEIGHINGS - JUNE - JULY - len(ready)
    for number in range(left):
        when = at(date(2026, 7, 16) + timedelta(days=number * 45 // (left - 1)), 480 + number * 7 % 500)
        _weighed(sheets, "WB-01", pool[(number + 50) % len(pool)], when, leg="毛重")
    for shipment in ready:
        scale = next((code for place, code in SCALES.items() if shipment.order.origin.startswith(place)), "FS-01")
        _weighed(sheets, scale, shipment, shipment.order.ready - timedelta(minutes=15), leg="净重")


def _weighed(sheets: Sheets, scale: str, shipment: Shipment, when: object, *, leg: str) -> None:
    tare = 8200 if leg == "毛重" else 0
    customer = read("firm/customers")[shipment.order.customer]["organisation"]
    sheets.put(
        "instruments.used",
        when,
        instrument=scale,
        party=customer,
        what=f"{leg} {shipment.code}",
        value=shipment.order.kilograms + tare,
        unit="kg",
        scored=True,  # type: ignore[arg-type]  # it is a time
    )


def _logger(sheets: Sheets) -> None:
    """Put down minutes above 8 °C of cold shipments: five of C02 while logger 4 read too low (PN-48), nine minutes of another within the limit (DC-12)."""
    cold = [shipment for shipment in shipments() if shipment.provider == "PV-02"]
    after = [one for one in cold if one.order.customer == "C02" and date(2026, 7, 21) <= one.delivered.date() <= date(2026, 8, 11)][:5]
    for number, shipment in enumerate(one for one in cold if one not in after):
        minutes = 9 if number == 30 else draws("minutes", shipment.code).choice((0, 0, 0, 0, 2, 4))
        when = shipment.delivered - timedelta(minutes=5)
        if when < time("08-31 09:00"):
            _above(sheets, f"TL-0{(2, 3, 5, 6)[number % 4]}", shipment, when, minutes)
    doubt = "TL-04 @ 2026-08-12T09:00+08:00"
    for number, shipment in enumerate(after):
        used = _above(sheets, "TL-04", shipment, shipment.delivered - timedelta(minutes=5), 0)
        again = {"how": "remeasure", "value": 22 if number == 3 else number, "why": "按 -1.6 °C 修正后重算曲线"}
        sheets.put("instruments.disposed", "08-13 10:00", unfit=doubt, used=used, **again)
    sheets.put(
        "instruments.told",
        "08-13 16:00",
        unfit=doubt,
        party="鹿见医药",
        way="电话和邮件",
        words="五票温度曲线偏低 1.6 °C，其中一票超过 8 °C 22 分钟，请暂勿使用",
    )
    sheets.put("instruments.closed", "08-14 10:00", unfit=doubt, person="QM", effect="一票不合格已隔离；记录仪停用，跌落过的一律先校准再用")


def _hourly(sheets: Sheets) -> None:
    """Put down what the loggers read every hour, between 2 and 8 °C as agreed; number 4 reads 1.6 °C too low since it fell, until it is taken away (PN-48)."""
    fell, away, clock = time(FELL), time("08-12 09:00"), time(read("firm/firm")["clock"])
    for number, (code, (place, name)) in enumerate(LOGGERS.items()):
        sheets.put("surroundings.place", "06-01 07:00", code=place, name=name)
        sheets.put(
            "surroundings.limit", "06-01 07:20", place=place, factor="temperature", lowest=2, highest=8, rhythm="hour", origin="contract", source="冷链服务协议"
        )
        drawn, hour = draws("hourly", code), time("06-01 00:00")
        while hour < (away if code == "TL-04" else clock):
            local = hour.hour + hour.minute / 60
            warm = 5.3 + 0.9 * math.sin((local - 9) / 24 * math.tau) + 0.1 * (number % 3) + drawn.uniform(-0.5, 0.5)
            value = f"{warm - (1.6 if code == 'TL-04' and hour >= fell else 0):.1f}"
            sheets.put("surroundings.reading", hour, place=place, factor="temperature", value=value, instrument=code)
            hour += timedelta(hours=1)


def _above(sheets: Sheets, logger: str, shipment: Shipment, when: object, minutes: int) -> str:
    customer = read("firm/customers")[shipment.order.customer]["organisation"]
    return sheets.put(
        "instruments.used",
        when,
        instrument=logger,
        party=customer,
        what=f"8 °C 以上的分钟 {shipment.code}",
        value=minutes,
        unit="min",
        upper=15,
        scored=True,  # type: ignore[arg-type]  # it is a time
    )


def _detector(sheets: Sheets) -> None:
    """Put down what the new version of the interruption detector told before anybody had shown it to be fit: 16 confirmed, 7 withdrawn (PN-49)."""
    new = "DT-04 @ 2026-07-06T08:00+08:00"
    doubt = sheets.put(
        "instruments.unfit", "07-20 11:00", instrument="DT-04", version=new, cause="precision", since="2026-07-06T08:00+08:00", why="自启用起未确认"
    )
    agents = ["A03"] * 9 + ["A11"] * 5 + ["A12"] * 2 + ["A03"] * 3 + ["A11"] * 2 + ["A02", "A08"]
    for number, agent in enumerate(agents):
        day = date(2026, 7, 6) + timedelta(days=number * 13 // 22)
        used = sheets.put(
            "instruments.used", at(day, 560 + number * 17), instrument="DT-04", version=new, person=agent, what="打断（提示）", result="重叠 0.5 秒",
            channel="phone", language="zh", scored=True,
        )  # fmt: skip
        right = number < 16
        how, why = ("accept", "重听后确认") if right else ("withdraw", "附和声，不是打断；分数已改回")
        sheets.put("instruments.disposed", "07-20 12:00", unfit=doubt, used=used, how=how, why=why)
    for agent in ("A03", "A11", "A02", "A08"):
        sheets.put("instruments.told", "07-20 16:00", unfit=doubt, person=agent, way="当面", words="撤回的几处不算，分数已改回")
    sheets.put("instruments.closed", "07-20 17:00", unfit=doubt, person="QM", effect="改回 1.1 版；新版先研究后启用")


def _inspector(sheets: Sheets) -> None:
    """Put down the ratings of Q2 since the last good session (PN-50), and those of a practice, which do not count (DC-25)."""
    for number in range(41):
        day = date(2026, 6, 16) + timedelta(days=number)
        _rated(sheets, "IN-Q2", at(day, 600 + number * 3), number, practice=False)
        _rated(sheets, "IN-Q1", at(day, 620 + number * 3), number, practice=False)
    for number in range(10):
        _rated(sheets, "IN-Q2", at(date(2026, 6, 15), 840 + number * 6), number, practice=True)


def _rated(sheets: Sheets, inspector: str, when: object, number: int, *, practice: bool) -> None:
    agent = f"A{number % 12 + 1:02d}"
    sheets.put(
        "instruments.used", when, instrument=inspector, person=agent, what="一次对话的评分", value=80 + number % 15, practice=practice, scored=not practice
    )  # type: ignore[arg-type]  # it is a time


def _out_of_scope(sheets: Sheets) -> None:
    """Put down that the detector of feelings in Chinese met chats in English: logged, not scored (PN-51)."""
    version = "DT-12 @ 2026-06-01T08:00+08:00"
    for number in range(14):
        sheets.put(
            "instruments.used", at(date(2026, 6, 15) + timedelta(days=number * 5), 700 + number), instrument="DT-12", version=version,
            what="英文在线对话", channel="chat", language="en", scored=False,
        )  # fmt: skip
