"""A second fictional firm, a bank branch, brought in by the same doors: by configuration alone what was planted is found, what only looks like it is not."""

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from demo.branch import talks
from demo.branch.data import HERE, read
from tests.homes import environment, with_packs

from lingting.catalog import load
from lingting.inspection.calendar import WorkCalendar, work_calendar

ROOT = Path(__file__).parents[1]
LONGEST = 300
"""Seconds that another process may need to prepare the home."""

FACTS = read("facts")
ZONE = ZoneInfo("Asia/Shanghai")


def named(row: dict[str, Any]) -> str:
    return f"{row['fact']} {row.get('list') or row['finding']}"


def run(command: list[str], env: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-m", *command], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(command)}: {done.stderr[-2000:]}")
    return done.stdout


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what the branch's home says of itself; whoever comes first prepares it, others wait for that."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "branch-home"
    try:
        shared.mkdir()
    except FileExistsError:
        for _ in range(LONGEST):
            if (shared / "told.json").exists():
                break
            time.sleep(1)
    else:
        with_packs(shared / "branch")
        env = environment(shared)
        run(["lingting.cli", "demo", "--firm", "branch", "--no-serve"], env)
        (shared / "told.tmp").write_text(run(["demo.branch.ask", str(shared / "branch")], env), encoding="utf-8")
        (shared / "told.tmp").rename(shared / "told.json")
    found: dict[str, Any] = json.loads((shared / "told.json").read_text(encoding="utf-8"))
    return found


def standing_there(row: dict[str, Any], told: dict[str, Any]) -> list[str]:
    return list(told["lists"][row["list"]] if "list" in row else told["findings"].get(row["finding"], []))


def test_fifteen_facts_and_eight_decoys_are_written_down() -> None:
    assert sorted({row["fact"] for row in FACTS["planted"]}) == [f"BN-{number:02d}" for number in range(1, 16)]
    assert [row["fact"] for row in FACTS["decoys"]] == [f"BD-{number:02d}" for number in range(1, 9)]


@pytest.mark.parametrize("row", FACTS["planted"], ids=named)
def test_what_was_planted_is_found_and_nothing_beside_it(row: dict[str, Any], told: dict[str, Any]) -> None:
    assert sorted(standing_there(row, told)) == sorted(row["objects"])


@pytest.mark.parametrize("row", FACTS["decoys"], ids=named)
def test_what_only_looks_like_it_is_there_and_is_not_found(row: dict[str, Any], told: dict[str, Any]) -> None:
    assert set(row["objects"]) <= set(told["present"])
    assert not set(standing_there(row, told)) & set(row["objects"])


def test_every_setting_that_a_fact_rests_on_stands_in_the_house() -> None:
    house = yaml.safe_load((HERE / "house" / "house.yaml").read_text(encoding="utf-8"))
    for row in (*FACTS["planted"], *FACTS["decoys"]):
        kind, _, name = row.get("by", "").partition(".")
        if row.get("by", "").startswith("norms/"):
            assert (HERE / "house" / f"{row['by']}.yaml").exists(), row
        elif kind:
            assert kind in house, row
            assert not name or name in house[kind], row


def test_the_promises_kept_on_time_are_kept(told: dict[str, Any]) -> None:
    """BD-04 was kept ten minutes before closing; BN-02 was kept as well, but late."""
    assert {"LX-BD04", "LX-BN02a", "LX-BN02b"} <= set(told["kept"])
    assert len(set(told["kept"]) - set(told["lists"]["promises:broken"])) >= 5


def test_only_the_branch_s_own_calendar_breaks_the_promise_of_the_next_working_day() -> None:
    """Friday, “下个工作日”: elsewhere that is Monday the 15th, in a branch that is open on Saturdays it is the 13th."""
    house, errors = load.house(HERE / "house")
    assert errors == ()
    friday = date(2026, 6, 12)
    assert WorkCalendar(ZONE).workday_after(friday, 1) == date(2026, 6, 15)
    assert work_calendar(ZONE, house.calendar).workday_after(friday, 1) == date(2026, 6, 13)


def test_every_call_is_opened_as_the_branch_asks_and_no_norm_of_shipping_is_heard(told: dict[str, Any]) -> None:
    assert "opening.complete" not in told["findings"], "the house's wording takes the place of ours, which also asks for pleasure"
    assert not set(told["findings"]) & {"tracking.complete", "tracking.number-asked"}


def test_the_branch_s_limit_is_the_one_that_counts(told: dict[str, Any]) -> None:
    _, _, limit = told["checks"]["8.2.1-C5"]
    assert limit == 1.0


CLAUSES = ("8.2.1", "8.4.1", "8.4.2", "7.1.4", "7.1.5.2", "4.2", "4.4.2", "7.2", "10.2.1")


@pytest.mark.parametrize("number", CLAUSES)
def test_the_clauses_that_facts_were_planted_in_do_not_conform(number: str, told: dict[str, Any]) -> None:
    assert told["clauses"][number] == "nonconforms"


def test_one_activity_after_delivery_that_nobody_arranged_is_a_gap(told: dict[str, Any]) -> None:
    """理财到期提醒没有人负责：一处缺口，还不是不符合。"""
    assert told["clauses"]["8.5.5"] == "at-risk"


def test_the_conversations_are_the_same_every_time_and_in_all_ways_and_both_languages() -> None:
    rows = list(talks.conversations())
    assert rows == list(talks.conversations())
    assert 90 <= len(rows) <= 150
    assert {row["channel"] for row in rows} == {"phone", "face-to-face", "chat", "mail"}
    assert sum(row["language"] == "en" for row in rows) >= 5
    words = [tuple(message["text"] for message in row["messages"]) for row in rows]
    assert len(set(words)) == len(words), "nobody says the same thing in the same words"


def test_nothing_of_the_branch_is_known_to_the_product() -> None:
    firm, people = read("firm"), read("people")
    names = {firm["organisation"]["zh"], "榆湾", "yuwan", "Yuwan", *(held["name"] for held in people.values() if held["role"] != "administrator")}
    for path in (ROOT / "src").rglob("*"):
        if path.suffix in {".py", ".yaml", ".html", ".css", ".js"}:
            text = path.read_text(encoding="utf-8")
            assert not [name for name in names if name in text], path
