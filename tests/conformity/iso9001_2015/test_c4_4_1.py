"""4.4.1 Processes: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red
from tests.conformity.papers import who  # noqa: F401  # a fixture

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


@pytest.fixture
def process(put: Put, who: Callable[[str], Record]) -> Callable[..., Record]:  # noqa: F811
    """Determine a process with everything; what is given replaces a part of its description."""

    def determine(code: str = "PC-01", *, indicator: bool = True, output: str = "核对过的运单", **given: object) -> Record:
        row = put("processes.process", code=code, name="热线受理", at="2026-06-01")
        whole = {"owner": who("SV1"), "inputs": "顾客来电", "criteria": "首问负责", "risks": "RK-01", "at": "2026-06-01", **given}
        put("processes.described", process=row, **whole)
        if output:
            put("processes.output", process=row, what=output, at="2026-06-01")
        if indicator:
            put("processes.indicator", process=row, code=f"K-{code}", name="接起率", target="≥ 95", every=31, at="2026-06-01")
        return row

    return determine


@turns_red("4.4.1-C1")
def test_a_process_without_owner_or_indicator_is_not_described(process: Callable[..., Record], stands: Stands) -> None:
    process("PC-01", owner=None)
    process("PC-02", indicator=False)
    process("PC-03", output="")
    assert stands("4.4.1-C1") == ("nonconforms", 3, 3)


@stays_green("4.4.1-C1")
def test_the_newest_description_counts_and_a_process_that_ended_does_not(
    process: Callable[..., Record],
    put: Put,
    who: Callable[[str], Record],  # noqa: F811
    stands: Stands,
) -> None:
    late = process("PC-01", owner=None)
    put("processes.described", process=late, owner=who("SV2"), inputs="来电", criteria="首问负责", at="2026-07-01")
    put("processes.ended", process=process("PC-02", criteria=""), reason="并入热线", at="2026-07-01")
    assert stands("4.4.1-C1") == ("conforms", 0, 1)
    assert stands("4.4.1-C1", "2026-06-15 09:00") == ("nonconforms", 2, 2), "as it stood before"


@turns_red("4.4.1-C2")
def test_an_output_that_only_an_ended_process_receives_is_left_hanging(process: Callable[..., Record], put: Put, stands: Stands) -> None:
    first, second = process("PC-01"), process("PC-02", output="")
    put("processes.receiver", output=put("processes.output", process=first, what="派单", at="2026-06-02"), process=second, at="2026-06-02")
    put("processes.ended", process=second, reason="外包", at="2026-07-01")
    assert stands("4.4.1-C2") == ("nonconforms", 2, 2)


@stays_green("4.4.1-C2")
def test_a_step_handed_on_within_the_process_and_a_receiver_outside_close_the_interface(process: Callable[..., Record], put: Put, stands: Stands) -> None:
    row = process(output="")
    step = put("processes.output", process=row, what="登记单", step="登记", at="2026-06-02")
    put("processes.receiver", output=step, process=row, at="2026-06-02")
    put("processes.receiver", output=put("processes.output", process=row, what="回单", at="2026-06-02"), outside="收货人", at="2026-06-02")
    assert stands("4.4.1-C2") == ("conforms", 0, 2)


@turns_red("4.4.1-C3")
def test_an_indicator_without_data_for_a_period_fails(process: Callable[..., Record], stands: Stands) -> None:
    process()
    assert stands("4.4.1-C3") == ("nonconforms", 1, 1)


@stays_green("4.4.1-C3")
def test_a_value_of_the_last_day_of_the_period_is_data_and_a_young_indicator_is_not_asked(process: Callable[..., Record], put: Put, stands: Stands) -> None:
    process()
    put("processes.value", indicator="K-PC-01", value="96.5", at="2026-07-31 10:00")
    assert stands("4.4.1-C3") == ("conforms", 0, 1)
    assert stands("4.4.1-C3", "2026-06-20 09:00") == ("no-evidence", 0, 0)


@turns_red("4.4.1-C4")
def test_a_process_that_names_no_risk_fails(process: Callable[..., Record], stands: Stands) -> None:
    process(risks="")
    assert stands("4.4.1-C4") == ("nonconforms", 1, 1)


@stays_green("4.4.1-C4")
def test_an_opportunity_is_enough(process: Callable[..., Record], stands: Stands) -> None:
    process(risks="OP-01")
    assert stands("4.4.1-C4") == ("conforms", 0, 1)
