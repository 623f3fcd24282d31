"""Growth: the lessons, for everybody who works here, in both languages."""

from collections.abc import Callable

import pytest
from django.test import Client

from lingting.catalog import lesson

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_trainee_reads_every_lesson_in_both_languages(language: str, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("trainee")
    client.cookies["lingting_language"] = language
    front = client.get("/growth").content.decode()
    for one in lesson.read():
        assert f'href="/growth/{one.id}"' in front
        answer = client.get(f"/growth/{one.id}")
        assert answer.status_code == 200
        page = answer.content.decode()
        good = one.pairs[0].good.zh if language == "zh-hans" else one.pairs[0].good.en
        assert good.replace("'", "&#39;") in page


def test_figures_without_a_source_are_shown_as_claims(signed_in: Callable[[str], Client]) -> None:
    page = signed_in("agent").get("/growth/figures-without-source").content.decode()
    assert page.count('<span class="source">说法，没有出处</span>') == 3
    assert "没有出处" not in signed_in("agent").get("/growth/breathe").content.decode()


def test_a_lesson_names_the_requirements_it_teaches(signed_in: Callable[[str], Client]) -> None:
    assert "S-SVC-13" in signed_in("agent").get("/growth/always-right").content.decode()


def test_a_lesson_that_is_none_is_not_found(signed_in: Callable[[str], Client]) -> None:
    assert signed_in("agent").get("/growth/singing").status_code == 404


def test_the_door_of_growth_leads_to_the_lessons(signed_in: Callable[[str], Client]) -> None:
    page = signed_in("trainee").get("/growth").content.decode()
    assert 'href="/growth" aria-current="page"' in page
