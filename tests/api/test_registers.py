"""The registers for programs: what they hold, writing with every mistake named, reading as of a day, striking out."""

import json
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from lingting.access.models import Account, Token
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(cast: Callable[[str], Account], at_time: Callable[[str], datetime]) -> Callable[[str], Client]:
    now = at_time("2026-08-31T09:00")
    return lambda role: Client(headers={"authorization": f"Bearer {Token.issue(cast(role), label='test', now=now)}"})


def post(client: Client, path: str, **body: object) -> tuple[int, dict]:
    answer = client.post(f"/api/v1/registers/{path}", json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json()


def test_a_record_is_written_read_as_of_a_day_and_struck_out(program: Callable[[str], Client], customer: Party) -> None:
    client = program("agent")
    columns = {"code": "PR-1", "party": customer.id, "category": "cargo", "what": "货架", "place": "YH-Y", "custodian": "仓管"}
    status, row = post(client, "property/item", at="2026-07-01 09:00", columns=columns)
    assert (status, row["name"], row["columns"]["weight"]) == (201, "PR-1 · 货架", None)
    assert [one["id"] for one in client.get("/api/v1/registers/property/item?chosen=untold").json()["rows"]] == [row["id"]]
    assert client.get("/api/v1/registers/property/item?at=2026-06-30").json()["rows"] == []
    assert post(client, f"property/item/{row['id']}/striking", reason="登记错了")[0] == 200
    assert client.get(f"/api/v1/registers/property/item/{row['id']}").status_code == 404
    assert client.get(f"/api/v1/registers/property/item/{row['id']}?at=2026-07-02").status_code == 200


def test_every_mistake_is_named_in_both_languages_and_nothing_is_written(program: Callable[[str], Client], customer: Party) -> None:
    status, said = post(program("agent"), "property/item", columns={"code": "PR-1", "party": "nobody", "category": "cargo", "what": "货架", "weight": "1 t"})
    assert (status, {one["column"] for one in said["wrong"]}) == (422, {"party", "weight"})
    assert all(one["zh"] and one["en"] for one in said["wrong"])
    assert program("agent").get("/api/v1/registers/property/item").json()["rows"] == []


def test_a_column_that_a_kind_does_not_have_is_refused_by_name(program: Callable[[str], Client]) -> None:
    status, said = post(program("agent"), "property/item", columns={"colour": "red"})
    assert (status, said["detail"]) == (400, "This kind has no column colour.")


def test_what_the_registers_hold_is_told_of_those_that_one_may_see(program: Callable[[str], Client]) -> None:
    seen = {role: {one["name"] for one in program(role).get("/api/v1/registers").json()} for role in ("agent", "quality_manager", "trainee")}
    assert "suppliers" in seen["quality_manager"] - seen["agent"]
    assert seen["trainee"] == {"documents"}


def test_a_list_or_kind_that_does_not_exist_is_said_to_be_none(program: Callable[[str], Client]) -> None:
    client = program("agent")
    assert client.get("/api/v1/registers/property/item?chosen=lost").status_code == 400
    assert client.get("/api/v1/registers/property/thing").status_code == 404
    assert client.get("/api/v1/registers/nothing/item").status_code == 404
