"""How groups of conversations fare: the worst end first, whether all are served alike, and a team's pulse beside how it listened."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from lingting.ledger.models import Record
from lingting.registers.conversations.models import Found, Said
from lingting.registers.parties.models import Party
from lingting.statistics.parts import Part
from lingting.web.groups import compare, within, worst

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
Talk = Callable[..., list[Said]]
PAGE = "/registers/conversations/figures"
BAD = {2: "interruption.overlap"}


def part(whole: int, hits: int, *, since: int = 0) -> Part:
    numbers = range(since, since + whole)
    return Part(frozenset(numbers), frozenset(numbers[:hits]))


def both(*parts: Part) -> Part:
    return Part(frozenset().union(*(one.whole for one in parts)), frozenset().union(*(one.part for one in parts)))


def test_a_difference_is_told_only_beyond_chance_and_the_more_groups_the_wider() -> None:
    """Twelve of forty against three of forty is a difference between two groups; with ten groups of which one is like that, it is not."""
    bad, good = part(40, 12), part(40, 3, since=100)
    member = dict.fromkeys(bad.whole, "a") | dict.fromkeys(good.whole, "b")
    assert [(one.group, one.differs) for one in compare(both(bad, good), member)] == [("a", "more"), ("b", "less")]
    slight = part(40, 9)
    others = [part(40, 4, since=100 * number) for number in range(1, 3)]
    member = dict.fromkeys(slight.whole, "a") | {number: f"g{place}" for place, one in enumerate(others) for number in one.whole}
    assert {one.differs for one in compare(both(slight, *others), member)} == {""}
    assert compare(part(4, 4), dict.fromkeys(range(4), "few"))[0].apart is None
    assert compare(part(3, 3), {0: "-"}) == [], "whose group is not known stands in none"


def test_the_worst_end_goes_by_the_lower_end_of_the_interval_so_that_a_few_prove_nothing() -> None:
    found = both(part(100, 40), part(5, 3, since=200), part(50, 0, since=300), part(4, 4, since=400))
    member = {number: "many" if number < 100 else "five" if number < 300 else "none" if number < 400 else "four" for number in found.whole}
    rows = worst(found, {"queue": member}, 5)
    assert [(by, one.group) for by, one in rows] == [("queue", "many"), ("queue", "five")], "none has nothing grave, and four are too few"
    assert within(found, member, "five") == part(5, 3, since=200)


def counts(client: Client, query: str, name: str) -> dict[str, tuple[int, int]]:
    """Return how each group fares as the page shows it, each number followed to as many records."""
    page = client.get(PAGE + query).content.decode().partition('id="alike"')[2].partition("</section>")[0]
    found: dict[str, dict[str, int]] = {}
    for side, by, group, count in re.findall(rf'<a class="n" href="{PAGE}/{name}/(\w+)\?by=(\w+)&amp;of=([^"]+)">(\d+)</a>', page):
        assert f'<data class="total" value="{count}">' in client.get(f"{PAGE}/{name}/{side}?by={by}&of={group}").content.decode()
        found.setdefault(group, {})[side] = int(count)
    return {group: (sides["part"], sides["whole"]) for group, sides in found.items()}


@pytest.fixture
def talks(converse: Talk, put: Put, customer: Party, at_time: Callable[[str], datetime]) -> None:
    """Five calls, one of them badly held, and two chats, one of them in English; the customer was gold until the 18th."""
    at_time("2026-07-30T12:00")
    put("parties.tier", party=customer, tier="gold", criteria="年货量", until="2026-06-18", at="2026-06-01")
    for number in range(5):
        converse(f"p{number}", "客：货到哪了？", "我：您先听我说完。", at=f"2026-06-17 10:0{number}", found=BAD if not number else None, queue="热线")
    converse("c1", "客：货到哪了？", "我：今天到。", at="2026-06-19 10:00", channel="chat", queue="在线")
    converse("c2", "客：Where is it?", "我：Here.", at="2026-06-19 10:00", channel="chat", language="en", queue="在线")


def test_outcomes_are_compared_by_channel_language_tier_and_shift_and_by_nothing_else(talks: None, put: Put, signed_in: Callable[[str], Client]) -> None:
    place = put("surroundings.place", code="HALL", name="大厅", kind="hotline", at="2026-05-01")
    person = put("people.person", code="A01", name="李客服", at="2026-05-01")
    put("surroundings.shift", person=person, place=place, queue="热线", start="2026-06-17 09:00", until="2026-06-17 10:02", at="2026-06-01")
    client = signed_in("supervisor")
    assert counts(client, "", "amiss") == {"phone": (1, 5), "chat": (0, 2)}
    assert counts(client, "?by=language", "amiss") == {"zh": (1, 6), "en": (0, 1)}
    assert counts(client, "?by=tier", "amiss") == {"gold": (1, 5)}, "two days later the tier had run out: none is no group"
    assert sorted(counts(client, "?by=shift", "amiss").values()) == [(1, 2)], "only what began while it lasted, of the queue it is for"
    assert counts(client, "?by=speaker", "amiss") == {"phone": (1, 5), "chat": (0, 2)}, "people are not compared"
    page = client.get(PAGE).content.decode()
    assert "太少，不比" in page, "two chats"
    for wrong in ("amiss/whole?by=speaker&of=-", "amiss/whole?by=name&of=a", "amiss/whole", "amiss/neither?by=channel&of=phone", "wording/whole?of=谁"):
        assert client.get(f"{PAGE}/{wrong}").status_code == 404, wrong
    assert 'class="total" value="0"' in client.get(f"{PAGE}/amiss/whole?by=tier&of=platinum").content.decode(), "there is no such tier"


def test_people_stand_in_the_supervisors_own_view_and_everybody_sees_themselves(talks: None, put: Put, signed_in: Callable[[str], Client]) -> None:
    put("people.person", code="A01", name="李客服", at="2026-05-01")
    ends = {
        role: signed_in(role).get(PAGE).content.decode().partition('id="worst"')[2].partition("</section>")[0] for role in ("supervisor", "quality_manager")
    }
    assert ["坐席 李客服" in ends[role] for role in ends] == [True, False]
    assert "队列 热线" in ends["quality_manager"]
    assert signed_in("supervisor").get(f"{PAGE}/amiss/part?by=speaker&of=李客服").content.decode().count('class="total" value="1"') == 1
    manager = signed_in("quality_manager").get(f"{PAGE}/amiss/part?by=speaker&of=李客服").content.decode()
    assert 'class="total" value="0"' in manager
    agent = signed_in("agent")
    assert "坐席 李客服" not in agent.get(PAGE).content.decode()
    account = agent.get("/today").wsgi_request.user
    account.person = "A01"
    account.save()
    assert "坐席 李客服" in agent.get(PAGE).content.decode()


def test_what_whoever_spoke_sees_first_is_counted_a_day_later(converse: Talk, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]) -> None:
    converse("p", "客：货到哪了？", "我：您先听我说完。", at="2026-06-17 10:00", found=BAD)
    assert Found.objects.get().severity == "major"
    at_time("2026-06-17T20:00")
    assert counts(signed_in("supervisor"), "", "amiss") == {"phone": (0, 1)}
    at_time("2026-06-18T11:00")
    assert counts(signed_in("supervisor"), "", "amiss") == {"phone": (1, 1)}


def test_of_another_queue_no_group_is_counted(talks: None, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("supervisor")
    account = client.get("/today").wsgi_request.user
    account.queues = "在线"
    account.save()
    assert counts(client, "", "amiss") == {"chat": (0, 2)}


def test_a_teams_pulse_stands_beside_how_its_queue_listened_that_month_and_below_five_answers_nothing(
    converse: Talk, put: Put, signed_in: Callable[[str], Client], at_time: Callable[[str], datetime]
) -> None:
    """Five of 热线 answered in June, four of 在线: the one is shown, the other is not. A conversation in July is another month's."""
    at_time("2026-07-30T12:00")
    place = put("surroundings.place", code="HALL", name="大厅", kind="hotline", at="2026-05-01")
    for team, answers in (("热线", 5), ("在线", 4)):
        pulse = put("surroundings.pulse", code=f"PU-{answers}", place=place, team=team, at="2026-06-20 08:00")
        for number in range(answers):
            put("surroundings.beat", pulse=pulse, fair=4, calm=2 + 3 * (number < 2), bearable=3, at="2026-06-21 08:00")
        put("surroundings.shut", pulse=pulse, at="2026-06-25 08:00")
    dropped = ("客：一问单号，二问发票。", "我：单号是七。")
    converse("less", *dropped, at="2026-06-17 10:00", queue="热线", found={2: "issue.dropped"})
    converse("well", "客：货到哪了？", "我：您是问八号那批。", at="2026-06-18 10:00", queue="热线", found={2: "restatement.given"})
    converse("july", *dropped, at="2026-07-02 10:00", queue="热线", found={2: "issue.dropped"})
    client = signed_in("supervisor")
    section = client.get(PAGE).content.decode().partition('id="teams"')[2].partition("</section>")[0]
    assert "热线 2026-06" in section
    assert "在线" not in section
    links = re.findall(r'<a class="n" href="([^"]+)">(\d+)</a>', section)
    assert [count for _, count in links] == ["5", "1", "2"]
    for path, count in links:
        assert f'value="{count}"' in client.get(path.replace("&amp;", "&")).content.decode(), path
    assert "40.0" in section, "two of five are calm"
    assert 'id="teams"' not in signed_in("agent").get(PAGE).content.decode(), "whoever does not read the register of surroundings"
    assert signed_in("agent").get(f"{PAGE}/team/whole?of=热线&month=2026-06").status_code == 404
