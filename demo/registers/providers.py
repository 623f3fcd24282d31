"""The ten external providers: how they were chosen, what is counted of them, how they are controlled."""

from datetime import date

from demo.data import read
from demo.orders import shipments
from demo.registers.sheet import Sheets

BEFORE, BEGIN, END = "05-20 10:00", "06-01 09:00", "08-31 08:00"
COVERS = "provision approval competence interaction monitoring premises"
CARRIERS = {"PV-01": 92, "PV-02": 95, "PV-05": 90}
"""Whose shipments we count ourselves, with the share that must be on time."""


def put(sheets: Sheets) -> None:
    """Put down the providers with everything that is known of them."""
    held = read("registers/providers")
    _criteria(sheets, held)
    for code, provider in read("firm/providers").items():
        if code in held["sorts"]:
            _provider(sheets, held, code, provider)
    _counted(sheets, held)
    _looked_at(sheets, held)
    for invoice in held["invoices"]:
        sheets.put("suppliers.named", invoice["at"], sort="invoice", **{name: value for name, value in invoice.items() if name != "at"})
    sheets.put("suppliers.desk", BEGIN, provider="PV-06", source="night")
    for code, person in read("firm/people").items():
        if "provider" in person:
            sheets.put("suppliers.posted", f"{person['since']} 12:00", provider=person["provider"], person=code, duty="夜间接听")


def _criteria(sheets: Sheets, held: dict[str, list[dict[str, object]]]) -> None:
    for criteria in held["criteria"]:
        sheets.put("suppliers.criteria", "2026-01-05", **criteria, version="1")
        for ability in held["abilities"]:
            sheets.put("suppliers.criterion", "2026-01-05", criteria=criteria["code"], **ability)


def _provider(sheets: Sheets, held: dict[str, dict[str, object]], code: str, known: dict[str, object]) -> None:
    cases, impact = " ".join(known["kind"]), str(known["impact"])  # type: ignore[arg-type]  # they are letters
    since = BEGIN if code == "PV-06" else BEFORE
    sheets.put("suppliers.provider", since, code=code, name=known["zh"], cases=cases, sort=held["sorts"][code], what=known["what"])
    process, outside = held["process"][code], "c" in cases
    reason = {"reason": "夜里和专门的事由专门的人做更稳妥", "decided_by": "QM"} if outside else {}
    sheets.put("suppliers.provision", since, provider=code, process=process, type="process" if outside else "service", what=known["what"], **reason)
    law = "low" if impact == "low" else "medium"
    why = held["why"][impact]
    sheets.put(
        "suppliers.rated",
        since,
        provider=code,
        on_customers=impact,
        why_customers=why,
        on_law=law,
        why_law="接触运单上的姓名电话" if law != "low" else "不接触个人信息",
    )
    if code in held["evaluated"]:
        known_then: dict[str, object] = held["evaluated"][code]  # type: ignore[assignment]  # it is one
        sheets.put("suppliers.evaluated", "05-21 10:00", provider=code, criteria="CR-E1", result="approved", evidence="上一年运单与投诉", **known_then)
    sheets.put("suppliers.plan", since, provider=code, **held["plans"][code])  # type: ignore[arg-type]  # it is one
    if code in held["assured"]:
        sheets.put("suppliers.assured", "06-10", provider=code, subjects=held["assured"][code], effective="yes", evidence="现场看了记录，抽查五份")
    limits = {"personal_data": True, "data_limits": "只为送货和联系使用，三个月后删除"} if law != "low" else {"personal_data": False}
    agreed = sheets.put("suppliers.agreement", since, code=f"AG-{code[3:]}", provider=code, title=f"{known['what']}服务合同", covers=COVERS, **limits)
    sheets.put("suppliers.reviewed", since, agreement=agreed, adequate=True, note="六类信息齐全")
    sheets.put("suppliers.sent", "06-01 12:00", agreement=agreed, way="合同")


def _counted(sheets: Sheets, held: dict[str, dict[str, dict[str, object]]]) -> None:
    """Put down our own counts: of the carriers by their shipments, of the others as they were counted."""
    period = {"start": date(2026, 6, 1), "until": date(2026, 8, 30)}
    for code, target in CARRIERS.items():
        theirs = [shipment for shipment in shipments() if shipment.provider == code]
        met = sum(not shipment.late for shipment in theirs)
        yardstick = sheets.put("suppliers.yardstick", BEGIN, provider=code, indicator="on-time", target=target, every="quarter", criteria="CR-M1")
        measured = sheets.put("suppliers.measured", END, yardstick=yardstick, **period, n=len(theirs), met=met, source="签收时间")
        if met * 100 < target * len(theirs):
            sheets.put("suppliers.action", END, provider=code, what="与承运方对时效会，逐票找晚点原因", owner="SV3", due="2026-09-15", measured=measured)
        if code == held["reported"]["provider"]:
            sheets.put("suppliers.declared", END, yardstick=yardstick, **period, share=held["reported"]["share"])
    for code, watched in held["watched"].items():
        yardstick = sheets.put("suppliers.yardstick", BEGIN, provider=code, indicator=watched["indicator"], target=watched["target"], every="quarter")
        sheets.put("suppliers.measured", END, yardstick=yardstick, **period, n=watched["n"], met=watched["met"], source=watched["source"])


def _looked_at(sheets: Sheets, held: dict[str, object]) -> None:
    for one in held["verifications"]:  # type: ignore[attr-defined]  # it is a list
        planned = sheets.put("suppliers.planned", BEGIN, **{name: value for name, value in one.items() if name != "result"})
        if "result" in one:
            sheets.put("suppliers.verified", f"{one['due']} 16:00", planned=planned, met=True, result=one["result"])
    again: dict[str, object] = dict(held["again"])  # type: ignore[call-overload]  # it is one
    sheets.put("suppliers.evaluated", again.pop("at"), criteria="CR-R1", evidence="六月准时率、两起温度投诉", **again)
    for process, outside in (("P-06", False), ("P-07", False), ("P-09", False), ("P-10", False)):
        sheets.put("suppliers.identified", BEGIN, process=process, outside=outside, review="2026-12-31")
    for process, what in (
        ("P-01", "夜间热线、语音识别"),
        ("P-02", "地图、保险"),
        ("P-03", "运力"),
        ("P-04", "冷藏运力"),
        ("P-05", "派送"),
        ("P-08", "检定校准"),
    ):
        sheets.put("suppliers.identified", BEGIN, process=process, outside=True, what=what, review="2026-12-31")
