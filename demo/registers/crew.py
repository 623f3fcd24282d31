"""What the people of the firm showed, learned and worked: competence, training, rosters and trips."""

from datetime import date, timedelta

from demo.build import conversations
from demo.data import at, read
from demo.registers.people import ROLES
from demo.registers.sheet import Sheets

TRAININGS = 14
NIGHTS = [date(2026, 7, day) for day in range(8, 14)]
"""The nights in a row in which A07 stood in during the typhoon (PN-54)."""


def put(sheets: Sheets) -> None:
    """Put down competence, training, rosters and driving."""
    _competence(sheets)
    _training(sheets)
    _rosters(sheets)
    _driving(sheets)
    _profiles(sheets)


def _competence(sheets: Sheets) -> None:
    for code, held in read("firm/people").items():
        if held["role"] in ROLES:
            begun = max(held["since"], "2026-06-01")
            sheets.put("people.shown", f"{begun} 10:00", person=code, required=f"RQ-{held['role']}", ground="test", evidence="考核 90 分以上")
            if held["role"] == "agent":
                sheets.put("people.cleared", f"{begun} 11:00", person=code, role="R-agent", by="SV1", note="旁听十通后放行")
        begun = max(held["since"], "2026-06-01")
        sheets.put("people.acknowledged", f"{begun} 12:00", person=code, subject="awareness", version="1")
        sheets.put("direction.acknowledged", f"{begun} 12:30", policy="QP-1", person=code)


def _training(sheets: Sheets) -> None:
    """Put down fourteen trainings, each held on time and judged by what it changed."""
    people = [f"A{number:02d}" for number in range(1, 13)] + ["T1", "T2"]
    for number, person in enumerate(people):
        due = date(2026, 6, 22) + timedelta(days=number * 3)
        planned = sheets.put("people.planned", "06-16 09:00", person=person, what="倾听与复述", aim="漏听不超过百分之二", due=due)
        trained = sheets.put("people.trained", f"{due} 14:00", planned=planned, hours=4, trainer="Q3")
        sheets.put("people.evaluated", f"{due + timedelta(days=20)} 15:00", trained=trained, way="inspection", effective=True, evidence="抽听十通，复述齐全")


def _rosters(sheets: Sheets) -> None:
    """Put down day shifts of the hall; A07 stands in six nights and comes back after nine hours (PN-54)."""
    sheets.put("surroundings.place", "06-01 07:00", code="LL-H", name="临澜热线大厅")
    for number in range(1, 13):
        person = f"A{number:02d}"
        for day in range(91):
            on = date(2026, 6, 1) + timedelta(days=day)
            if (on.toordinal() + number) % 7 in {5, 6} or (person == "A07" and date(2026, 7, 6) <= on <= date(2026, 7, 16)):
                continue
            sheets.put("surroundings.shift", "06-01 07:30", person=person, place="LL-H", start=at(on, 540), until=at(on, 1020), stretch=90)
    for on in NIGHTS:
        sheets.put("surroundings.shift", at(on, 1200), person="A07", place="LL-H", queue="夜间热线", start=at(on, 1320), until=at(on, 1320 + 480), stretch=90)
    sheets.put(
        "surroundings.shift",
        at(date(2026, 7, 15), 600),
        person="A07",
        place="LL-H",
        start=at(date(2026, 7, 15), 780),
        until=at(date(2026, 7, 15), 1320),
        stretch=90,
    )
    sheets.put(
        "surroundings.shift",
        at(date(2026, 7, 16), 420),
        person="A07",
        place="LL-H",
        start=at(date(2026, 7, 16), 420),
        until=at(date(2026, 7, 16), 900),
        stretch=90,
    )


def _driving(sheets: Sheets) -> None:
    """Put down trips to the north: three of truck 朔-08 without rest, the longest 5 h 20 on 11 August, for a promise that only this kept (PN-56)."""
    long = {date(2026, 7, 21): 260, date(2026, 8, 4): 275, date(2026, 8, 11): 320}
    [promised] = [one for one in conversations() if one.planted and one.planted.get("pn") == "PN-56"]
    for number in range(12):
        on = date(2026, 6, 2) + timedelta(days=number * 7)
        minutes, first = long.get(on), long.get(on, 200)
        kept = first == max(long.values())
        begin = 630 if kept else 360
        vehicle = "朔-08" if minutes or number % 2 else "朔-03"
        trip = sheets.put("surroundings.trip", at(on, begin), code=f"TR-{number + 1:02d}", provider="PV-05", vehicle=vehicle, driver="司机")
        sheets.put("surroundings.drive", at(on, begin + first), trip=trip, start=at(on, begin), until=at(on, begin + first))
        if kept:
            planned = promised.said[0].at + timedelta(minutes=40)
            sheets.put("surroundings.route", planned, promise=promised.key, provider="PV-05", departs=at(on, begin), driving=first)
        else:
            sheets.put("surroundings.drive", at(on, 390 + first + 120), trip=trip, start=at(on, 390 + first), until=at(on, 390 + first + 120))


def _profiles(sheets: Sheets) -> None:
    """Put down what surroundings each process needs; the hotline's names physical factors alone (PN-57)."""
    factors = ("fairness", "calm", "hostility", "stress", "exhaustion", "feelings", "temperature", "heat", "humidity", "light", "air", "hygiene", "noise")
    human = set(factors[:6])
    sheets.put("surroundings.limit", "06-01 07:10", place="LL-H", factor="noise", highest=60, rhythm="day", origin="house", source="大厅约定")
    for number in range(1, 11):
        code = f"P-{number:02d}"
        hotline = code == "P-01"
        profile = sheets.put("surroundings.profile", f"06-01 07:{number + 10}", process=code, place="LL-H", service=hotline)
        for factor in factors:
            applies = factor not in human and factor == "noise" if hotline else factor in {"fairness", "stress"}
            text = {"need": "按约定"} if applies else {"reason": "这里不涉及"}
            sheets.put("surroundings.condition", f"06-01 08:{number + 10}", profile=profile, factor=factor, applies=applies, **text)
    for day in range(91):
        on = date(2026, 6, 1) + timedelta(days=day)
        loud = date(2026, 6, 23) <= on <= date(2026, 6, 25)
        reading = sheets.put("surroundings.reading", at(on, 900), place="LL-H", factor="noise", value=66 if loud else 52 + day % 5, instrument="NM-01")
        if loud:
            sheets.put("surroundings.remedied", at(on, 960), reading=reading, what="隔壁施工，已请其改到晚上")
