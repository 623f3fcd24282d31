"""Who did it: a form fills in whoever is signed in, says so, and lets it be changed; an account that is nobody fills in nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from lingting.access.models import Account
from lingting.records.kind import kinds
from lingting.registers.orders.models import Released
from lingting.web.pages import forms

pytestmark = pytest.mark.django_db
Put = Callable[..., Any]
FORM = "/registers/orders/released/new"
MINE, NOBODY = "已填上您自己", "您的账户没有对应到人员台账里的人"
OTHERS = {"parties.referred.by", "people.suggested.person", "designs.change.asked_by", "people.decided.approver"}
"""People columns called “… by” that name somebody else than who writes it down, or that may stay empty so that nobody is named."""


@pytest.fixture
def agent(put: Put, cast: Callable[[str], Account], at_time: Callable[[str], datetime]) -> Any:
    """李客服 is A01 in the register of people; 韩静 works beside them."""
    at_time("2026-08-31 09:00")
    me = put("people.person", code="A01", name="李客服", at="2026-05-01")
    put("people.person", code="A02", name="韩静", at="2026-05-01")
    account = cast("agent")
    account.person = me.code
    account.save()
    return me


def chosen(page: str, name: str) -> list[str]:
    """Return what is selected in the field of this name."""
    field = page.split(f'<select id="{name}"')[1].split("</select>", maxsplit=1)[0]
    return [one.partition('value="')[2].partition('"')[0] for one in field.split("<option")[1:] if " selected" in one.partition(">")[0]]


def test_the_form_fills_in_who_is_signed_in_and_says_so(agent: Any, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("agent")
    page = client.get(FORM).content.decode()
    assert chosen(page, "person") == [str(agent.pk)]
    assert MINE in page
    client.cookies["lingting_language"] = "en"
    assert "You are filled in; if somebody else did it, choose them." in client.get(FORM).content.decode()


def test_another_who_did_it_is_written_down_as_chosen(agent: Any, put: Put, order: Callable[..., Any], signed_in: Callable[[str], Client]) -> None:
    """韩静 released it, 李客服 writes it down: by the book it is 李客服's entry, by the record 韩静's release."""
    other = put("people.person", code="A03", name="韩敏", at="2026-05-01")
    given = {"order": order().pk, "person": other.pk, "what": "8 托", "at": "2026-08-30T09:00"}
    columns = {column.name for column in kinds()["orders.released"].columns}
    answer = signed_in("agent").post(FORM, {name: value for name, value in given.items() if name in columns | {"at"}})
    assert answer.status_code == 302, answer.content.decode()
    assert Released.objects.get().person == other


def test_what_was_emptied_stays_empty_when_the_form_comes_back(agent: Any, signed_in: Callable[[str], Client]) -> None:
    """Near miss: nobody is put back into a field that somebody emptied."""
    answer = signed_in("agent").post(FORM, {"order": "", "person": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert chosen(page, "person") in ([], [""])
    assert MINE not in page


def test_a_name_in_the_address_goes_before_ones_own(agent: Any, put: Put, signed_in: Callable[[str], Client]) -> None:
    other = put("people.person", code="A03", name="韩敏", at="2026-05-01")
    page = signed_in("agent").get(f"{FORM}?person={other.pk}").content.decode()
    assert chosen(page, "person") == [str(other.pk)]
    assert MINE not in page


def test_an_account_that_is_nobody_is_told_to_choose(agent: Any, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("supervisor").get(FORM).content.decode()
    assert chosen(page, "person") in ([], [""])
    assert NOBODY in page


def test_where_there_are_too_many_to_choose_from_the_code_is_filled_in(agent: Any, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "TO_CHOOSE_FROM", 1)
    page = signed_in("agent").get(FORM).content.decode()
    assert 'name="person" value="A01"' in page
    assert MINE in page


def test_whoever_suggests_something_without_a_name_is_not_named_by_the_form(agent: Any, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("agent").get("/registers/people/suggested/new").content.decode()
    assert chosen(page, "person") in ([], [""])
    assert MINE not in page


def test_the_steps_of_a_complaint_fill_in_who_takes_it(
    agent: Any, put: Put, customer: Any, signed_in: Callable[[str], Client], cast: Callable[[str], Account]
) -> None:
    row = put("complaints.complaint", code="CP-1", party=customer, what="送错了", origin="phone", at="2026-08-30 09:00")
    page = signed_in("agent").get(f"/complaints/{row.pk}?step=taken").content.decode()
    assert chosen(page, "person") == [str(agent.pk)]


def test_every_column_that_says_by_whom_is_filled_in_or_named_here_and_each_refers_to_people() -> None:
    doers = {f"{kind.label}.{one.name}": one for kind in kinds().values() for one in kind.columns if one.text.doer}
    assert all(one.shape == "reference" and one.target._meta.label_lower == "people.person" for one in doers.values())
    people = {
        f"{kind.label}.{one.name}": one.text.en.lower().split()
        for kind in kinds().values()
        for one in kind.columns
        if one.shape == "reference" and one.target._meta.label_lower in {"people.person", "parties.party"}
    }
    said = {name for name, words in people.items() if "by" in words}
    assert said - set(doers) == OTHERS
    assert len(doers) > 60, "and there are such"
