"""The API: tokens, permissions, pages of rows, acts, and refusals that say what to do."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.conftest import CAST

from lingting import spine
from lingting.access.models import Account, Token
from lingting.access.roles import may, roles
from lingting.api.routes import api
from lingting.registers.parties.models import Party
from lingting.registers.promises.models import Promise
from lingting.site import worker

pytestmark = pytest.mark.django_db
OPERATIONS = [
    (method, "/api/v1" + path, one.view_func)
    for _, router in api._routers
    for path, view in router.path_operations.items()
    for one in view.operations
    for method in one.methods
]


@pytest.fixture
def caller(cast: Callable[[str], Account], at_time: Callable) -> Callable[[str], Client]:
    """Return a program that holds a token of a role."""
    now = at_time("2026-07-21T12:00")

    def call(role: str) -> Client:
        return Client(headers={"authorization": f"Bearer {Token.issue(cast(role), label='test', now=now)}"})

    return call


def talk(number: int) -> dict[str, object]:
    minute = f"2026-07-20T10:{number:02}"
    return {
        "id": f"ZX-{number}", "channel": "chat", "customer": {"name": "林女士", "phone": "19900000327"},
        "messages": [
            {"id": "1", "at": f"{minute}:00+08:00", "role": "customer", "text": "在吗"},
            {"id": "2", "at": f"{minute}:20+08:00", "role": "agent", "text": "您好，栖舟货运云，请问有什么可以帮您？我今天下午五点前给您回电话。"},
        ],
    }  # fmt: skip


def send(client: Client, *talks: object) -> dict[str, object]:
    return client.post("/api/v1/conversations", json.dumps({"conversations": talks}), content_type="application/json").json()


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=lambda value: value if isinstance(value, str) else "")
def test_every_operation_lets_in_exactly_those_who_have_its_permission(method: str, path: str, operation: Callable, caller: Callable[[str], Client]) -> None:
    address = path.replace("{number}", "8.2.1" if "clauses" in path else "1").replace("{name}", "property").replace("{kind}", "item")
    permission = operation.permission if isinstance(operation.permission, str) else operation.permission(name="property", kind="item")
    body = {"columns": {}, "reason": "x", "note": "x", "due": "2026-09-01T00:00:00Z", "category": "society", "organisation": "x", "conversations": []}
    for role in CAST:
        answer = caller(role).generic(method, address, json.dumps(body), content_type="application/json")
        allowed = may(Account(role=role, is_active=True), permission)
        assert (answer.status_code != 403) == allowed, (role, answer.status_code)
        assert answer.status_code < 500
    assert permission in roles().permissions


@pytest.mark.parametrize("words", ["", "Bearer", "Bearer lt_guess", "Basic bGludG8="])
def test_without_a_token_that_we_gave_out_nothing_is_said(words: str, db: None) -> None:
    answer = Client(headers={"authorization": words} if words else {}).get("/api/v1/conversations")
    assert answer.status_code == 401


def test_a_token_that_has_run_out_opens_nothing(cast: Callable, at_time: Callable) -> None:
    now = at_time("2026-07-21T12:00")
    words = Token.issue(cast("supervisor"), label="old", now=now - timedelta(days=9), until=now)
    assert Client(headers={"authorization": f"Bearer {words}"}).get("/api/v1/promises").status_code == 401


def test_the_session_of_a_browser_opens_no_operation(signed_in: Callable[[str], Client]) -> None:
    assert signed_in("supervisor").get("/api/v1/promises").status_code == 401


def test_what_is_sent_in_is_written_once_and_listened_to(caller: Callable[[str], Client], at_time: Callable) -> None:
    client = caller("supervisor")
    assert send(client, talk(1))["messages"] == 2
    assert send(client, talk(1)) == {"conversations": 0, "messages": 0, "known": 2, "mistakes": []}
    spine.work(pack=worker.pack(), now=at_time("2026-07-21T12:00"))
    whole = client.get(f"/api/v1/conversations/{client.get('/api/v1/conversations').json()['rows'][0]['id']}").json()
    assert whole["turns"][0]["text"] == "在吗"
    assert {finding["norm"] for finding in whole["findings"]} == {"promise.made"}
    overdue = client.get("/api/v1/promises?fate=overdue").json()["rows"]
    assert [row["deadline"] for row in overdue] == ["2026-07-20T09:00:00Z"]


def test_a_bad_conversation_is_named_and_the_others_are_taken(caller: Callable[[str], Client]) -> None:
    answer = send(caller("supervisor"), {"id": "x"}, talk(1), 7)
    assert answer["conversations"] == 1
    assert [one["place"] for one in answer["mistakes"]] == ["conversations[0]", "conversations[2]"]
    assert all(one["remedy"] for one in answer["mistakes"])


def test_a_list_is_walked_to_its_end_without_a_row_twice_or_missed(caller: Callable[[str], Client]) -> None:
    client = caller("supervisor")
    send(client, *(talk(number) for number in range(7)))
    seen, after = [], ""
    while True:
        page = client.get("/api/v1/conversations", {"size": 3, "after": after}).json()
        seen += [row["key"] for row in page["rows"]]
        after = page["following"]
        if not after:
            break
    assert seen == [f"ZX-{number}" for number in reversed(range(7))]


@pytest.mark.parametrize("query", ["size=0", "size=501", "after=zz", "at=yesterday", "channel=pigeon"])
def test_a_bad_question_is_answered_with_what_to_write(query: str, caller: Callable[[str], Client]) -> None:
    answer = caller("supervisor").get(f"/api/v1/conversations?{query}")
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_a_promise_is_settled_once(caller: Callable[[str], Client], at_time: Callable) -> None:
    client = caller("supervisor")
    send(client, talk(1))
    spine.work(pack=worker.pack(), now=at_time("2026-07-21T12:00"))
    path = f"/api/v1/promises/{Promise.objects.get().id}"
    assert client.post(f"{path}/keeping", {"note": ""}, content_type="application/json").status_code == 422
    assert client.post(f"{path}/keeping", {"note": "已回电"}, content_type="application/json").status_code == 200
    assert client.post(f"{path}/withdrawal", {"note": "不想"}, content_type="application/json").status_code == 409


def test_a_party_needs_a_name(caller: Callable[[str], Client]) -> None:
    client = caller("supervisor")
    assert client.post("/api/v1/parties", {"category": "society"}, content_type="application/json").status_code == 400
    assert client.post("/api/v1/parties", {"organisation": "环保志愿队", "category": "society"}, content_type="application/json").status_code == 201
    assert Party.objects.get().organisation == "环保志愿队"


def test_the_description_is_openapi_3_1_and_names_as_of(caller: Callable[[str], Client]) -> None:
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    assert schema["openapi"].startswith("3.1")
    for path, operations in schema["paths"].items():
        if "get" in operations:
            assert "at" in {one["name"] for one in operations["get"].get("parameters", [])}, path
