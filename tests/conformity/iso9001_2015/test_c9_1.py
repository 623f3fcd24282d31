"""9.1.1, 9.1.3 Figures and analyses: what turns each check red, and what only looks as if it should."""

from collections.abc import Callable

import pytest
from tests.conformity.marks import stays_green, turns_red

from lingting.ledger.models import Record

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Stands = Callable[..., tuple[str, int, int]]


WHOLE = {"definition": "按时兑现/到期", "method": "账本", "every": "month", "threshold": 90}


@pytest.fixture
def indicator(put: Put, boss: Record) -> Callable[..., Record]:
    def watch(code: str = "KPI-1", **given: object) -> Record:
        whole = {"name": "准时率", "topic": "conformity", "better": "higher", "owner": boss, "at": "2026-06-01", **WHOLE}
        return put("direction.indicator", code=code, **{**whole, **given})

    return watch


@turns_red("9.1.1-C1")
def test_an_indicator_without_a_threshold_fails(indicator: Callable[..., Record], stands: Stands) -> None:
    indicator(threshold=None)
    assert stands("9.1.1-C1") == ("nonconforms", 1, 1)


@stays_green("9.1.1-C1")
def test_a_threshold_of_zero_is_one(indicator: Callable[..., Record], stands: Stands) -> None:
    indicator(threshold=0)
    assert stands("9.1.1-C1") == ("conforms", 0, 1)


@turns_red("9.1.1-C2")
def test_a_month_without_its_figure_fails(indicator: Callable[..., Record], put: Put, stands: Stands) -> None:
    """六月的数值有，七月的没有。"""
    put("direction.value", indicator=indicator(), start="2026-06-01", until="2026-06-30", value=93, n=80, at="2026-07-02")
    assert stands("9.1.1-C2") == ("nonconforms", 1, 2)


@stays_green("9.1.1-C2")
def test_the_month_that_ended_this_week_is_not_due_yet(indicator: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("direction.value", indicator=indicator(), start="2026-06-01", until="2026-06-30", value=93, n=80, at="2026-07-02")
    assert stands("9.1.1-C2", "2026-08-06 09:00") == ("conforms", 0, 1)


@pytest.fixture
def course(indicator: Callable[..., Record], put: Put) -> Callable[..., Record]:
    """Ten quiet days, and an eleventh."""

    def run(last: str) -> Record:
        row = indicator(every="day")
        for day, value in enumerate([90, 91, 90, 89, 90, 91, 89, 90, 91, 90, last], start=1):
            put_ = put("direction.value", indicator=row, start=f"2026-07-{day:02}", until=f"2026-07-{day:02}", value=value, n=50, at=f"2026-07-{day:02} 20:00")
        return put_

    return run


@turns_red("9.1.1-C3")
def test_a_figure_beyond_its_limits_that_nobody_looked_into_fails(course: Callable[..., Record], stands: Stands) -> None:
    course("60")
    assert stands("9.1.1-C3") == ("nonconforms", 1, 1)


@stays_green("9.1.1-C3")
def test_a_false_alarm_that_somebody_looked_into_was_handled(course: Callable[..., Record], put: Put, stands: Stands) -> None:
    put("direction.handled", value=course("60"), source="common", why="样本太小", follows="不做什么", at="2026-07-12")
    assert stands("9.1.1-C3") == ("conforms", 0, 1)


def test_an_ordinary_day_is_no_signal(course: Callable[..., Record], stands: Stands) -> None:
    course("91")
    assert stands("9.1.1-C3") == ("no-evidence", 0, 0)


SEVEN = "conformity satisfaction performance planning risks providers improvement"


@pytest.fixture
def analysis(put: Put) -> Callable[..., Record]:
    def conclude(code: str = "AN-1", topics: str = SEVEN, until: str = "2026-06-30") -> Record:
        return put("direction.analysis", code=code, topics=topics, start="2026-04-01", until=until, data="全部", conclusion="平稳", at="2026-07-05")

    return conclude


@turns_red("9.1.3-C1")
def test_providers_left_out_of_the_analyses_fail(analysis: Callable[..., Record], stands: Stands) -> None:
    analysis(topics=SEVEN.replace(" providers", ""))
    analysis("AN-2", "providers", "2026-05-30")
    assert stands("9.1.3-C1") == ("nonconforms", 1, 7), "that of providers is more than a quarter old"


@stays_green("9.1.3-C1")
def test_two_analyses_may_share_the_seven_aspects(analysis: Callable[..., Record], stands: Stands) -> None:
    analysis(topics=SEVEN.replace(" providers", ""))
    analysis("AN-2", "providers", "2026-05-31")
    assert stands("9.1.3-C1") == ("conforms", 0, 7)


@turns_red("9.1.3-C2")
def test_figures_without_a_decision_fail(analysis: Callable[..., Record], stands: Stands) -> None:
    analysis()
    assert stands("9.1.3-C2") == ("nonconforms", 1, 1)
    assert stands("9.1.3-C2", "2026-08-01 09:00")[2] == 0, "a month is left to decide"


@stays_green("9.1.3-C2")
def test_that_nothing_is_needed_is_a_decision(analysis: Callable[..., Record], put: Put, boss: Record, stands: Stands) -> None:
    put("direction.decision", analysis=analysis(), what="不需要措施：在界限之内", decided_by=boss, at="2026-07-06")
    assert stands("9.1.3-C2") == ("conforms", 0, 1)
