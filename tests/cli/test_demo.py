"""What the demonstration keeps: a finished home is opened again, one that was not finished or is of an earlier firm is put aside."""

from pathlib import Path

import pytest

from lingting.cli import demo
from lingting.cli.registers import in_order
from lingting.records.kind import kinds


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note what would be brought in instead of doing so."""
    noted: list[Path] = []
    monkeypatch.setattr(demo, "_set_up", lambda: None)
    monkeypatch.setattr(demo, "_accounts", lambda *_, **__: None)
    monkeypatch.setattr(demo, "_passes", lambda: None)
    monkeypatch.setattr(demo, "bring_in_firm", lambda files, _: noted.append(files.parent) or files.parent.mkdir(exist_ok=True) or [])
    return noted


def test_a_prepared_home_is_opened_at_once(brought: list[Path], tmp_path: Path) -> None:
    for _ in range(2):
        demo.prepare(tmp_path / "demo", "x")
    assert brought == [tmp_path / "demo"]


@pytest.mark.parametrize("mark", [None, "an earlier firm"])
def test_a_home_that_was_not_finished_or_is_of_an_earlier_firm_is_put_aside(mark: str | None, brought: list[Path], tmp_path: Path) -> None:
    home = tmp_path / "demo"
    home.mkdir()
    (home / "lingting.sqlite3").write_text("before")
    if mark:
        (home / demo.PREPARED).write_text(mark)
    demo.prepare(home, "x")
    assert brought == [home]
    assert (tmp_path / "demo-before" / "lingting.sqlite3").read_text() == "before"
    assert not (home / "lingting.sqlite3").exists()


def test_registers_come_after_those_to_whose_records_they_refer() -> None:
    place = {register.name: number for number, register in enumerate(in_order())}
    referring = [
        (register.name, column.target._meta.app_label)
        for register in in_order() for kind in register.kinds for column in kind.columns
        if column.shape == "reference" and column.target._meta.label_lower in kinds()
    ]  # fmt: skip
    assert len(referring) > 100
    assert all(place[target] <= place[name] for name, target in referring if target in place)
