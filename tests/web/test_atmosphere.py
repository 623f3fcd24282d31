"""What customers say of the atmosphere stands beside what was read in the halls, month by month."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from lingting.ledger.models import Record
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
PAGE = "/registers/conversations/figures"


@pytest.fixture
def scores(put: Put, customer: Party, at_time: Callable[[str], object]) -> None:
    """A survey of the atmosphere with two good scores and a bad one in June; one that asks something else; a hall and a cold store with readings."""
    at_time("2026-07-15T12:00")
    asked = put("surveys.survey", code="SV-A", name="到访调查", instrument="csat", questions="大厅的气氛温馨吗（一到五分）", at="2026-06-01")
    other = put("surveys.survey", code="SV-B", name="通话后调查", instrument="csat", questions="您满意吗（一到五分）", at="2026-06-01")
    for survey, score, day in ((asked, 5, "06-10"), (asked, 4, "06-11"), (asked, 3, "06-12"), (other, 1, "06-12")):
        put("surveys.scored", survey=survey, party=customer, score=score, at=f"2026-{day} 09:00")
    process = put("processes.process", code="P-01", name="大厅服务", at="2026-05-01")
    meter = put("instruments.instrument", code="NM-1", name="噪声计", sort="device", use="量噪声", at="2026-05-01")
    for code, service in (("HALL", True), ("COLD", False)):
        place = put("surroundings.place", code=code, name=code, at="2026-05-01")
        put("surroundings.profile", process=process, place=place, service=service, at="2026-05-01")
        put("surroundings.limit", place=place, factor="noise", highest="60", rhythm="hour", origin="house", source="本机构", at="2026-05-02")
        for day, value in (("06-10", "70"), ("06-11", "60"), ("07-10", "70")):
            put("surroundings.reading", place=place, factor="noise", value=value, instrument=meter, at=f"2026-{day} 10:00")


def test_scores_of_the_atmosphere_stand_beside_the_readings_of_halls_alone(scores: None, signed_in: Callable[[str], Client]) -> None:
    """Another question, and a place where nobody deals with people, are none of it; on the limit is within it."""
    client = signed_in("supervisor")
    section = client.get(PAGE).content.decode().partition('id="atmosphere"')[2].partition("</section>")[0]
    rows = {row[:7]: re.findall(r'<a class="n" href="([^"]+)">(\d+)</a>', row) for row in section.split('<th scope="row">')[1:]}
    assert {month: [count for _, count in links] for month, links in rows.items()} == {"2026-07": ["0", "0", "1", "1"], "2026-06": ["2", "3", "1", "2"]}
    assert "COLD" not in section
    for path, count in (link for links in rows.values() for link in links):
        assert f'<data class="total" value="{count}">' in client.get(path.replace("&amp;", "&")).content.decode(), path
    for wrong in ("month=2026-13", "month=", "of=HALL&factor=noise"):
        assert client.get(f"{PAGE}/atmosphere/whole?{wrong}").status_code == 404


def test_who_does_not_read_both_registers_sees_neither(scores: None, signed_in: Callable[[str], Client]) -> None:
    agent = signed_in("agent")
    assert 'id="atmosphere"' not in agent.get(PAGE).content.decode()
    assert agent.get(f"{PAGE}/atmosphere/whole?month=2026-06").status_code == 404


def test_where_no_survey_asks_about_it_the_page_says_so(signed_in: Callable[[str], Client], at_time: Callable[[str], object]) -> None:
    at_time("2026-07-15T12:00")
    assert "还没有一项调查问到气氛" in signed_in("supervisor").get(PAGE).content.decode()
