"""The clause map, the clause page and the navigation: what they show, to whom, and as of when."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from lingting.access.roles import roles
from lingting.conformity import weeks
from lingting.ledger import verify
from lingting.records.kind import registers
from lingting.registers.conversations.models import Found
from lingting.web.doors import DOORS
from lingting.web.pages import clause_map
from lingting.web.pages.clause_map import clause_of
from lingting.web.pages.today import EVERYBODY, WAITING, WORK

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def lived(hear: Callable[..., Found], at_time: Callable[[str], datetime]) -> datetime:
    """An organisation that has heard one complaint, two weeks ago."""
    hear("complaint.made", "2026-07-06 10:00", "又送错了")
    now = at_time("2026-07-22T12:00")
    weeks.catch_up(now, most=weeks.MOST)
    return now


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_every_screen_of_the_doors_has_an_address_and_a_permission() -> None:
    for door in DOORS:
        for screen in door.screens:
            assert reverse(screen.name)
            assert screen.permission in roles().permissions
    assert {one.text.door for one in registers().values()} <= {door.name for door in DOORS}


def test_the_open_door_shows_its_screens_and_another_does_not(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("quality_manager")
    inside, outside = read(client, "/improvements"), read(client, "/today")
    assert 'class="behind"' in inside
    assert 'href="/improvements" aria-current="page"' in inside
    assert 'href="/improvements" aria-current' not in outside
    assert 'href="/requirements"' not in outside
    assert 'aria-current="true">供方与测量' in read(client, "/registers/suppliers/provider")


def test_nobody_is_shown_a_door_or_a_screen_that_is_closed_to_them(signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("trainee"), "/today")
    assert ">成长</a>" in page
    assert ">设置</a>" not in page
    assert 'href="/clauses"' not in page


def test_a_week_of_the_slider_leads_to_its_end_without_a_script(lived: datetime, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("external_auditor")
    assert client.get("/clauses?week=0")["Location"] == "/clauses?at=2026-07-12"
    assert client.get("/clauses?week=2")["Location"] == "/clauses", "the last step is now"
    assert client.get("/clauses?week=²").status_code == 200
    page = read(client, "/clauses")
    assert 'max="2"' in page
    assert page.count("data-weeks=") == 65


def test_before_the_first_week_is_over_there_is_no_slider(signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("quality_manager"), "/clauses")
    assert 'type="range"' not in page
    assert "还差什么" in page, "a new installation is told what is missing"


def test_a_state_narrows_the_map_to_the_tiles_that_it_counts(lived: datetime, signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("quality_manager"), "/clauses?state=no-evidence")
    count = int(page.split('class="total" value="')[1].split('"')[0])
    assert page.count('<li class="tile no-evidence"') == count
    assert page.count('<li class="tile ') == count


def test_a_map_whose_book_lost_its_last_head_says_so(
    lived: datetime, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    client = signed_in("quality_manager")
    monkeypatch.setattr(clause_map, "heads", lambda: tmp_path / "heads.log")
    assert "完整性待核" not in read(client, "/clauses")
    monkeypatch.setattr(verify, "head_disturbed", lambda _: True)
    assert "完整性待核" in read(client, "/clauses")


def test_what_happened_in_a_week_is_what_was_not_there_the_week_before(lived: datetime, hear: Callable[..., Found], signed_in: Callable[[str], Client]) -> None:
    """上周多了一条投诉：只列它；范围内全部是两条。"""
    hear("complaint.made", "2026-07-14 10:00", "还是没送到")
    client = signed_in("quality_manager")
    page = read(client, "/clauses/8.2.1")
    check = next(id for id in ("8.2.1-C7", "8.2.1-C3", "8.2.1-H3", "8.2.1-C1") if f"/checks/{id}/scope" in page)
    whole, since = (read(client, f"/checks/{check}/scope?at=2026-07-19{more}") for more in ("", "&since=2026-07-12"))
    assert since.count("<tr>") <= whole.count("<tr>")
    assert "只列出 2026-07-12 以后新出现的" in since


def test_a_clause_shows_its_seven_parts(lived: datetime, signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in("quality_manager"), "/clauses/8.2.1")
    for anchor in ("required", "changed", "checked", "nonconformities", "evidence", "open", "history", "missing"):
        assert f'id="{anchor}"' in page, anchor


def test_what_waits_for_each_role_is_a_list_of_a_register() -> None:
    for name in {*EVERYBODY, *(name for names in WORK.values() for name in names)}:
        one = WAITING[name]
        register, _, kind = one.kind.partition(".")
        found = next(known for known in registers()[register].kinds if known.name == kind)
        assert one.list in found.text.lists, name
    assert set(WORK) <= set(roles().names)


@pytest.mark.parametrize("role", ["agent", "supervisor", "inspector", "quality_manager", "internal_auditor", "external_auditor", "trainee", "administrator"])
def test_today_opens_for_every_role_with_nothing_written_down(role: str, signed_in: Callable[[str], Client]) -> None:
    page = read(signed_in(role), "/today")
    assert "<h1>今日" in page
    assert 'class="bad"' not in page, "where nothing is amiss nothing is red"


def test_a_nonconformity_belongs_to_its_clause_and_not_to_one_whose_number_begins_alike() -> None:
    assert clause_of("iso9001:2015/8.2.1/b") == "8.2.1"
    assert clause_of("8.2.11") != "8.2.1"
