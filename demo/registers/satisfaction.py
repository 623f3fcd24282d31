"""Surveys of customers' satisfaction, what customers answered, how low scores were spoken about; and who was told from which product sheet."""

from datetime import date, timedelta
from math import sqrt

from demo.build import conversations
from demo.data import at, draws, read
from demo.registers.sheet import Sheets

MONTHS = ((6, 30), (7, 31), (8, 30))
"""Each month of the story with its last day."""

LOW = 2
"""The highest score of five that is spoken about."""


def put(sheets: Sheets) -> None:
    """Put down two surveys, one of which does not say how many answers it takes (9.1.2), and what came of the other."""
    method = {"population": "来过电的顾客", "sampling": "每月每位顾客一次", "questions": "这次服务您满意吗（一到五分）", "frequency": "每月"}
    sheets.put("surveys.survey", "06-01 09:00", code="SV-01", name="通话后调查", instrument="csat", mode="短信", response=40, **method)
    sheets.put("surveys.survey", "06-01 09:10", code="SV-02", name="季度满意度调查", instrument="nps", mode="邮件", **{**method, "frequency": "每季"})
    for month, last in MONTHS:
        _month(sheets, month, last)
    conclusions = "满意度稳定；晚点和没有回电是不满的主因"
    sheets.put("surveys.reviewed", "08-20 15:00", sources="surveys complaints conversations praise", conclusions=conclusions)
    _told(sheets)


def _told(sheets: Sheets) -> None:
    """Put down the eleven conversations in which the sheet without its service was told from (PN-01)."""
    for one in conversations():
        if one.planted and one.planted.get("pn") == "PN-01":
            party = read("firm/customers").get(one.customer, {}).get("organisation", "")
            said = (one.said[-1].until or one.said[-1].at).replace(microsecond=0)
            sheets.put("offerings.told", said, version="INFO-014 @ 2026-06-05T09:10+08:00", party=party, conversation=one.key, topics="what limits")


def _month(sheets: Sheets, month: int, last: int) -> None:
    scores = []
    for number, held in enumerate(read("firm/customers").values()):
        party, when = held["organisation"], at(date(2026, month, 1 + number % 25), 600 + number * 7)
        if month > MONTHS[0][0]:
            when += timedelta(days=month - MONTHS[0][0])  # a month and a day apart: nobody is asked twice within thirty days
        sheets.put("surveys.invited", when, survey="SV-01", party=party)
        draw = draws("survey", month, number)
        score = draw.choices((5, 4, 3, 2, 1), (34, 40, 17, 6, 3))[0]
        if draw.random() > 0.6:  # who does not answer
            continue
        scores.append(score)
        sheets.put("surveys.scored", when + timedelta(hours=3), survey="SV-01", party=party, score=score)
        if score <= LOW:
            given = f"SV-01 @ {(when + timedelta(hours=3)).isoformat()}"
            sheets.put("surveys.followedup", when + timedelta(hours=26), scored=given, way="电话", words="已听取原因并道歉")
    mean = sum(scores) / len(scores)
    half = 1.96 * sqrt(sum((one - mean) ** 2 for one in scores) / (len(scores) - 1) / len(scores))
    sheets.put(
        "surveys.result", at(date(2026, month, last), 1020), survey="SV-01", since=date(2026, month, 1), until=date(2026, month, last),
        score=f"{mean:.2f}", answers=len(scores), low=f"{mean - half:.2f}", high=f"{mean + half:.2f}", response=f"{100 * len(scores) / 30:.1f}",
    )  # fmt: skip
