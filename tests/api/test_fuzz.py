"""The API under questions that nobody thought of: whatever is sent, the answer is one that the description names."""

import json
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, settings

from lingting.access.models import Account, Token
from lingting.api.routes import api
from lingting.site.clock import now

schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))


@pytest.fixture
def program(cast: Callable[[str], Account]) -> Client:
    """A supervisor's program with its key."""
    return Client(headers={"authorization": f"Bearer {Token.issue(cast('supervisor'), label='fuzz', now=now())}"}, raise_request_exception=False)


@schema.parametrize()
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_question_makes_the_server_fail(case: schemathesis.Case, program: Client) -> None:
    path = case.path.format(**{name: quote(str(value), safe="") for name, value in (case.path_parameters or {}).items()})
    body = case.body if isinstance(case.body, dict | list | str | int | float | bool | None) else None
    query = urlencode({name: str(value) for name, value in (case.query or {}).items()}, errors="replace")
    answer = program.generic(case.method, path, json.dumps(body), content_type="application/json", QUERY_STRING=query)
    assert answer.status_code in {200, 201, 400, 401, 403, 404, 405, 409, 415, 422}, (case.method, path, query, body)
