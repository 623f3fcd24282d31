"""8.5.5 Post-delivery activities: recalls that are prepared, and those that are not."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def recall(put: Put) -> Callable[..., Record]:
    """A scenario judged relevant to the cold-chain offering, with a plan."""
    person = put("people.person", code="SV1", name="严松", at="2026-06-01")
    offering = put("offerings.offering", code="OF-1", name="冷链干线", at="2026-06-01")
    scenario = put("contingencies.scenario", code="SC-4", name="货物召回", at="2026-06-01")
    put("contingencies.decided", scenario=scenario, relevant=True, reason="药品", decider=person, review="2026-12-31", offering=offering, at="2026-06-01")

    def plan(**given: object) -> Record:
        whole = {"trigger": "厂家通知", "method": "拦截", "message": "请停用；上门取回", "affected": "该批次收货人", "endangers": "安全", "within": 60}
        return put("contingencies.planned", **{"scenario": scenario, "owner": person, "at": "2026-06-01", **whole, **given})

    return plan


@turns_red("8.5.5-C6")
def test_a_recall_plan_that_does_not_say_whom_to_notify_fails(recall: Callable[..., Record], stands: Stands) -> None:
    recall(affected="")
    assert stands("8.5.5-C6") == ("nonconforms", 1, 1)


@stays_green("8.5.5-C6")
def test_a_recall_plan_made_whole_since_does_not(recall: Callable[..., Record], stands: Stands) -> None:
    recall(affected="")
    recall(at="2026-06-02")
    assert stands("8.5.5-C6") == ("conforms", 0, 1)
