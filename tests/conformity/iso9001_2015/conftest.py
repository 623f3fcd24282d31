"""Providers and what they need, for the checks of 8.1 and 8.4."""

from collections.abc import Callable

import pytest

from lingting.ledger.models import Record

Put = Callable[..., Record]


@pytest.fixture
def provider(put: Put) -> Callable[..., Record]:
    """A provider that began on 06-01."""

    def take_on(code: str = "PV-06", **given: object) -> Record:
        whole = {"name": "夜岚呼叫", "cases": "b c", "sort": "desk", "what": "夜间热线", "at": "2026-06-01 09:00"}
        return put("suppliers.provider", code=code, **{**whole, **given})

    return take_on


@pytest.fixture
def criteria(put: Put) -> Callable[..., Record]:
    """A version of a set of criteria with one criterion."""

    def fix(use: str = "evaluation", version: str = "1", *, price: bool = False, **given: object) -> Record:
        row = put("suppliers.criteria", code=f"CR-{use}-{version}", use=use, version=version, **{"limit": 70, "at": "2026-01-01", **given})
        ability = {"ability": "按约定时间送达", "threshold": "准时率不低于 95%", "source": "运单", "weight": 100}
        put("suppliers.criterion", criteria=row, price=price, at=row.at, **ability)
        return row

    return fix


@pytest.fixture
def four_sets(criteria: Callable[..., Record]) -> dict[str, Record]:
    """All four sets of criteria in their first version."""
    return {use: criteria(use) for use in ("evaluation", "selection", "monitoring", "re-evaluation")}


@pytest.fixture
def evaluate(put: Put) -> Callable[..., Record]:
    """An evaluation that approved a provider."""

    def judge(provider: Record, criteria: Record, **given: object) -> Record:
        whole = {"score": 82, "result": "approved", "evidence": "6 月运单 212 票", "next_due": "2027-06-01", "at": "2026-06-01 10:00"}
        return put("suppliers.evaluated", provider=provider, criteria=criteria, **{**whole, **given})

    return judge


@pytest.fixture
def rate(put: Put) -> Callable[..., Record]:
    """A rating of a provider's impact."""

    def weigh(provider: Record, level: str = "high", **given: object) -> Record:
        whole = {"on_customers": level, "why_customers": "直接面对顾客", "on_law": "low", "why_law": "不接触个人信息", "at": "2026-06-01 10:00"}
        return put("suppliers.rated", provider=provider, **{**whole, **given})

    return weigh


@pytest.fixture
def plan(put: Put) -> Callable[..., Record]:
    """A control plan that is enough for any grade."""

    def control(provider: Record, **given: object) -> Record:
        whole = {"on_provider": "audit indicators", "on_output": "inspection statistics", "how": "每月", "at": "2026-06-01 10:00"}
        return put("suppliers.plan", provider=provider, **{**whole, **given})

    return control


@pytest.fixture
def process(put: Put) -> Record:
    return put("processes.process", code="PC-04", name="热线接听", at="2026-05-01")


@pytest.fixture
def person(put: Put) -> Callable[..., Record]:
    def hire(code: str = "QM", name: str = "温如") -> Record:
        return put("people.person", code=code, name=name, at="2026-05-01")

    return hire


@pytest.fixture
def boss(put: Put) -> Record:
    """Top management, who decides."""
    return put("people.person", code="GM", name="顾望", at="2026-01-01")
