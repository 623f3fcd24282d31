"""The 34 instruments: what they are, how they were shown to be fit, and which of them were not."""

import os
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from demo.data import read
from demo.registers.sheet import Sheets, time
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.pack import standard_pack
from lingting.site.options import packs

BEGIN, STUDY, APPROVAL = "06-01 08:00", "06-12 14:00", "06-01 08:30"
JUDGE = {"risk": "medium", "metrology": "calibration", "interval": 365, "least_kappa": "0.6"}
DUTIES = {"verify": "期间核查", "control": "标识与借用", "store": "存放与防护", "use": "按说明使用", "maintain": "清洁与保养"}
SCALE = "12 6 4; 2 9 5; 3 2 11"
"""What Q2 and the panel said of 54 conversations on 27 July, in three grades: kappa 0.41 (PN-50)."""

Held = dict[str, str]


def put(sheets: Sheets) -> None:
    """Put down devices, detectors, inspectors, questionnaires, the recogniser and the prompt, each with its plan and its first calibration."""
    held = read("registers/instruments")
    _gold(sheets)
    for code, device in held["devices"].items():
        _device(sheets, code, device)
    sheets.put("instruments.instrument", held["late"]["at"], sort="device", **{name: value for name, value in held["late"].items() if name != "at"})
    sheets.put("instruments.tagged", held["late"]["at"], instrument="NM-02", shows="limited", until="2026-12-31")
    for code, detector in held["detectors"].items():
        _judging(
            sheets, code, name=detector["name"], sort="rule", norm=detector["norm"], counts=detector["counts"], languages=detector.get("languages", "zh en")
        )
    for code, counts in held["inspectors"].items():
        _inspector(sheets, code, counts)
    for code, other in held["others"].items():
        _judging(sheets, code, name=other["name"], sort=other["sort"], use=other["use"], counts=other.get("counts"))
    _found_unfit(sheets)


def _gold(sheets: Sheets) -> None:
    for code, at in (("GS-2026-06", "06-10"), ("GS-2026-07", "07-17")):
        sheets.put("instruments.gold", at, code=code, version="1", source="六位坐席的对话，去掉姓名电话", digest=_digest(code))
        for number in range(1, 13):
            first, second = "有" if number % 3 else "无", "有" if number % 3 or number == 6 else "无"
            sheets.put(
                "instruments.labelled", at, gold=code, key=f"{code}-{number:03d}", first_by="Q1", first=first, second_by="SV1", second=second,
                settled_by="Q3", settled=first,
            )  # fmt: skip


def _device(sheets: Sheets, code: str, held: Held) -> None:
    done = date.fromisoformat(held["done"])
    sheets.put(
        "instruments.instrument",
        done - timedelta(days=30),
        code=code,
        name=held["name"],
        sort="device",
        use=held["use"],
        place=held["place"],
        serial=f"QZ-{code}",
    )
    for duty, how in DUTIES.items():
        sheets.put("instruments.duty", done, instrument=code, duty=duty, how=how, who="仓管" if held["place"] != "LL-H" else "行政")
    why = {"why": "强检周期由法规定为一年"} if int(held["interval"]) > 182 and held["risk"] == "high" else {}
    sheets.put(
        "instruments.plan", done - timedelta(days=30), instrument=code, risk=held["risk"], metrology=held["metrology"], interval=held["interval"],
        limit=held["limit"], unit=held["unit"], **why,
    )  # fmt: skip
    _certified(sheets, code, held, done=f"{done}", due=held["due"], found="0.04", left="0.04", occasion="interval")
    sheets.put("instruments.tagged", done, instrument=code, shows="fit", until=held["due"])


def _certified(
    sheets: Sheets, code: str, held: Held, *, done: str, due: str | None, found: str, left: str, occasion: str, fit: tuple[bool, bool] = (True, True)
) -> str:
    """Put down a calibration by the laboratory with its certificate, typed in by one and compared by another; return how it is referred to."""
    way = "verification" if held["metrology"] in {"verification", "compulsory"} else "calibration"
    at = time(f"{done[:10]} 09:00")
    certificate = sheets.put(
        "instruments.certificate", at, instrument=code, clerk="QM", named=f"HZ-{done[2:10].replace('-', '')}-{code}", form="pdf", digest=_digest(code, done),
        laboratory="衡准计量", standard="二等标准", item=held["name"], performed=done[:10], statement="pass" if fit[0] else "fail",
    )  # fmt: skip
    sheets.put("instruments.rechecked", at, certificate=certificate, person="SV3", agrees=True)
    return sheets.put(
        "instruments.calibrated", at, instrument=code, certificate=certificate, way=way, occasion=occasion, external=True, unit=held["unit"],
        found_error=found, left_error=left, limit=held["limit"], uncertainty="0.02", decision="simple", found_fit=fit[0], left_fit=fit[1], due=due,
    )  # fmt: skip


def _judging(
    sheets: Sheets, code: str, *, name: str, sort: str, norm: str = "", use: str = "听每一次对话", counts: str | None, languages: str = "zh en"
) -> None:
    """Put down something that judges or asks: its plan, version, approval, first use and, where it can be compared, its study."""
    sheets.put("instruments.instrument", BEGIN, code=code, name=name, sort=sort, use=use, norm=norm)
    sheets.put("instruments.scope", BEGIN, instrument=code, quantity=name, channels="phone chat mail form portal survey face-to-face", languages=languages)
    precision = {"least_precision": "0.85"} if counts else {}
    sheets.put("instruments.plan", BEGIN, instrument=code, **JUDGE, **precision)
    version = sheets.put(
        "instruments.version", BEGIN, instrument=code, author="AD", edition="1.1", digest=_digest(code, "1.1"), what="首个版本",
        **dict(zip(("engine", "norm_version"), _heard_by(norm), strict=True)),
    )  # fmt: skip
    _approved(sheets, version, code, "1.1", APPROVAL)
    if counts:
        sheets.put(
            "instruments.studied", STUDY, instrument=code, version=version, gold="GS-2026-06", leader="Q3", reference="gold", weights="nominal", counts=counts
        )
    else:
        sheets.put(
            "instruments.calibrated", STUDY, instrument=code, version=version, calibrator="Q3", way="check", occasion="first", found_fit=True, left_fit=True,
            due="2027-06-11", note="试用二十份，结果与人工一致",
        )  # fmt: skip


@cache
def _pack() -> dict[str, tuple[str, int]]:
    firm = read("firm/firm")
    pack = standard_pack(organisation=firm["environment"]["ORGANISATION"], calendar=WorkCalendar(ZoneInfo(firm["zone"])), kept=packs(os.environ))
    return {norm.id: (listener.instrument, norm.version) for norm, listener in zip(pack.norms, pack.listeners, strict=True)}


def _heard_by(norm: str) -> tuple[str, int]:
    """By which engine the product listens for a norm, in which version: what a finding names as its instrument."""
    return _pack()[norm] if norm else ("", 1)


def _approved(sheets: Sheets, version: str, code: str, edition: str, at: str) -> None:
    sheets.put("instruments.approved", at, version=version, approver="QM", digest=_digest(code, edition), why="试听样本后同意")
    sheets.put("instruments.deployed", at, version=version, digest=_digest(code, edition))


def _inspector(sheets: Sheets, code: str, counts: str) -> None:
    sheets.put("instruments.instrument", BEGIN, code=f"IN-{code}", name=f"质检员 {code}", sort="inspector", use="按规范评对话", person=code)
    sheets.put("instruments.plan", BEGIN, instrument=f"IN-{code}", **JUDGE)
    leader = "QM" if code == "Q3" else "Q3"
    sheets.put("instruments.studied", "06-15 10:00", instrument=f"IN-{code}", leader=leader, reference="panel", weights="linear", counts=counts)


def _found_unfit(sheets: Sheets) -> None:
    """Put down what turned out unfit: the weighbridge, a logger, a detector's new version, an inspector."""
    held = read("registers/instruments")["devices"]
    _certified(sheets, "WB-01", held["WB-01"], done="2026-07-15", due="2027-07-14", found="0.42", left="0.03", occasion="doubt", fit=(False, True))  # PN-47
    sheets.put("instruments.tagged", "07-15 11:00", instrument="WB-01", shows="fit", until="2027-07-14")
    _certified(sheets, "TL-04", held["TL-04"], done="2026-07-20", due="2027-01-17", found="0.1", left="0.1", occasion="change")  # PN-48
    _certified(sheets, "TL-04", held["TL-04"], done="2026-08-12", due=None, found="-1.6", left="-1.6", occasion="doubt", fit=(False, False))
    sheets.put("instruments.tagged", "08-12 10:00", instrument="TL-04", shows="stopped")
    new = sheets.put(  # PN-49
        "instruments.version", "07-06 08:00", instrument="DT-04", author="AD", edition="1.2", digest=_digest("DT-04", "1.2"), engine="rules/next",
        norm_version=_heard_by("interruption.overlap")[1] + 1, what="重叠时间由 0.6 秒改为 0.4 秒",
    )  # fmt: skip
    _approved(sheets, new, "DT-04", "1.2", "07-06 08:30")
    sheets.put(
        "instruments.studied", "07-20 10:00", instrument="DT-04", version=new, gold="GS-2026-07", leader="Q3", reference="gold", weights="nominal",
        counts="16 7; 4 73",
    )  # fmt: skip
    sheets.put("instruments.studied", "07-27 10:00", instrument="IN-Q2", leader="Q3", reference="panel", weights="linear", counts=SCALE)  # PN-50


def _digest(*parts: str) -> str:
    return sha256("/".join(parts).encode()).hexdigest()
