"""What a house sets for itself: its own numbers, words and norms take the place of ours, and a mistake is named with its file and line."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lingting.catalog import load
from lingting.conformity import assess
from lingting.inspection.calendar import WorkCalendar
from lingting.inspection.pack import pack
from lingting.inspection.samples import failures
from lingting.records.kind import kinds, registers

NORM = """
id: fee.waived
version: 1
requirement: iso9001:2015/8.2.1/b
zh: 不许诺免收手续费
en: No fee is waived without asking
why: {zh: 免收要由主管决定。, en: The supervisor decides.}
known_problems: {zh: 反问听不出。, en: Rhetorical questions are missed.}
detector: rule
kind: breach
severity: minor
axis: 王
source: house
settings: {find: waived, conditions: {waived: {by: agent, any: ["$waives"]}}}
flags: ["客服: 手续费⟦给您免了⟧。", "客服: 这笔⟦给您免了⟧。", "客服: 年费⟦不收您的⟧。", "客服: 下次也⟦给您免了⟧。", "客服: 我⟦给您免了⟧。"]
passes: ["客服: 手续费两元。", "客户: 给您免了？", "客服: 免收要主管同意。", "客服: 您好。", "客服: 好的。"]
"""
READ = (load.own, load.ours, load.read, load.read_words, load.read_norms, assess.limits, registers, kinds)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Set up a house with this `house.yaml`; what others had read is forgotten before and after."""

    def set_up(words: str = "") -> Path:
        if words:
            (tmp_path / "house.yaml").write_text(words, encoding="utf-8")
        monkeypatch.setenv("LINGTING_HOUSE", str(tmp_path))
        forget()
        return tmp_path

    def forget() -> None:
        for one in READ:
            one.cache_clear()

    yield set_up
    monkeypatch.undo()
    forget()


def test_without_a_folder_everything_is_as_it_comes_with_lingting() -> None:
    assert load.own() is None
    assert load.ours().version == ""
    assert load.period("property.tell-within", timedelta(hours=4)) == timedelta(hours=4)


def test_the_example_of_the_page_is_one(house: Callable[[str], Path]) -> None:
    folder = house((load.HERE / "house.example.yaml").read_text(encoding="utf-8"))
    found, errors = load.house(folder)
    assert errors == ()
    assert found.without == ("practice.explained",)
    assert "risk" in kinds()["offerings.version"].column("topics").text.choices, "a register that is read knows the house's choices"


def test_a_limit_of_the_house_is_counted_by_and_shown_as_its_own(house: Callable[[str], Path]) -> None:
    before = load.read().checks["8.2.1-C5"].measure
    assert not before.own
    house("limits: {8.2.1-C5: 0.9}")
    measure = load.read().checks["8.2.1-C5"].measure
    assert (measure.default, measure.own) == (0.9, True)
    assert assess.limits()["8.2.1-C5"] == (False, 0.9)
    assert not load.read().checks["8.2.1-C4"].measure.own, "the others stay"


def test_the_share_within_a_time_is_what_a_limit_of_a_timed_check_sets(house: Callable[[str], Path]) -> None:
    house("limits: {8.2.1-C3: 0.9}")
    measure = load.read().checks["8.2.1-C3"].measure
    assert (measure.default, measure.quantile) == (1, 0.9), "still one working day"
    assert assess.limits()["8.2.1-C3"] == (False, 0.9)


@pytest.mark.parametrize(
    ("words", "line", "said"),
    [
        ("limits:\n  9.9.9-C1: 1", 2, "There is no check 9.9.9-C1."),
        ("limits:\n  7.1.5.2-C1: 0.5", 2, "not the organisation's to set"),
        ("limits:\n  8.2.1-C5: 7", 2, "more than all"),
        ("periods:\n  property.tell-within: soon", 2, "90 min, 2 h or 15 d"),
        ("without:\n  - nobody.knows", 2, "There is no norm nobody.knows"),
        ("limit: {}", 1, "limit"),
    ],
)
def test_a_mistake_is_named_with_its_line(words: str, line: int, said: str, house: Callable[[str], Path]) -> None:
    folder = house(words)
    _, errors = load.house(folder)
    [error] = errors
    assert (error.path, error.line) == (str(folder / "house.yaml"), line)
    assert said in error.message
    with pytest.raises(load.BadCatalog, match=r"house\.yaml"):
        load.read()


@pytest.mark.parametrize("words", ["periods: {property.forget-within: 2 h}", "templates: {information.none: [what]}", "choices: {property.item.code: {}}"])
def test_a_name_that_nothing_asks_for_stops_the_start(words: str, house: Callable[[str], Path]) -> None:
    house(words)
    with pytest.raises(load.BadCatalog, match="There is no"):
        registers()


def test_a_period_that_something_asks_for_is_taken(house: Callable[[str], Path]) -> None:
    house("periods: {property.tell-within: 90 min}")
    assert registers()
    assert load.period("property.tell-within", timedelta(hours=4)) == timedelta(minutes=90)


def test_a_norm_of_the_house_is_heard_with_its_words_and_one_is_left_out(house: Callable[[str], Path]) -> None:
    count = len(load.read_norms())
    folder = house("without: [practice.explained]")
    for name, words in (("norms/fee.waived.yaml", NORM), ("words/fees.yaml", 'waives: ["给您免了", "不收您的"]')):
        (folder / name).parent.mkdir()
        (folder / name).write_text(words, encoding="utf-8")
    norms = {norm.id: norm for norm in load.read_norms()}
    assert len(norms) == count
    assert "practice.explained" not in norms
    ready = pack([norms["fee.waived"]], calendar=WorkCalendar(ZoneInfo("Asia/Shanghai")))
    assert list(failures(norms["fee.waived"], ready)) == []


def test_a_norm_of_the_house_takes_the_place_of_the_one_of_its_name(house: Callable[[str], Path]) -> None:
    places = [norm.id for norm in load.read_norms()]
    folder = house()
    (folder / "norms").mkdir()
    words = NORM.replace("fee.waived", "farewell.given").replace("$waives", "给您免了|不收您的")
    (folder / "norms" / "farewell.given.yaml").write_text(words, encoding="utf-8")
    norms = {norm.id: norm for norm in load.read_norms()}
    assert list(norms) == places
    assert norms["farewell.given"].zh == "不许诺免收手续费"


def test_verdicts_counted_by_other_numbers_are_another_instruments(house: Callable[[str], Path]) -> None:
    house("calendar: {closes: '17:00'}")
    plain = load.ours().version
    assert plain == "", "a calendar sets due times when words are heard; it does not count"
    house("periods: {property.tell-within: 2 h}")
    assert load.ours().version != ""
