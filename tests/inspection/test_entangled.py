"""Being entangled: long, the same demand again, and nothing new."""

from datetime import datetime

from lingting.inspection.entangled import entangled
from lingting.inspection.finding import Finding, Kind, Span
from lingting.inspection.samples import dialogue
from lingting.inspection.transcript import Turn

BEGUN = datetime.fromisoformat("2026-03-11T14:30:00+08:00")
DEMAND = "客户: 我就要退全部的运费。\n客服: 按规定只能退一半。\n"


def heard(text: str) -> tuple[tuple[Turn, ...], list[Finding]]:
    """Return the turns, and that the last of the customer's makes the point again."""
    turns, _ = dialogue(text, BEGUN)
    last = max(place for place, turn in enumerate(turns) if turn.role == "customer")
    return turns, [Finding("point.repeated", 2, "rules/1", Kind.FACT, Span(last, 0, 4), turns[last].text[:4], {})]


def test_the_same_demand_over_and_over_in_a_long_contact_entangles() -> None:
    turns, findings = heard(DEMAND * 6)
    assert entangled(turns, findings) is findings[0]


def test_a_short_contact_and_one_in_which_something_new_is_told_do_not() -> None:
    """Five rounds are too few; in the other the customer's last words name the order for the first time."""
    assert entangled(*heard(DEMAND * 5)) is None
    assert entangled(*heard(DEMAND * 5 + "客户: 单号是88204157，我就要退全部的运费。\n客服: 好。")) is None


def test_a_long_contact_without_the_same_demand_does_not() -> None:
    turns, _ = dialogue("客户: 还有一件事。\n客服: 您说。\n" * 6, BEGUN)
    assert entangled(turns, []) is None
