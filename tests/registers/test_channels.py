"""Channels: an outage is one incident, contradictions are found, changes are told to each customer once."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.conftest import LATER, ZONE

from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.kind import kinds
from lingting.records.write import Refused, write
from lingting.registers.channels import actions, queries
from lingting.registers.channels.models import Channel, Concerned, Probed
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]


def at(words: str) -> Moment:
    return Moment(datetime.fromisoformat(words).replace(tzinfo=ZONE))


NOW = at("2026-08-31 09:00")


def refused(label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as raised:
        write(kinds()[label], given, by=1, now=LATER, zone=ZONE)
    return {one.column for one in raised.value.wrong}


@pytest.fixture
def channel(put: Put) -> Callable[..., Record]:
    def open_one(code: str, form: str) -> Record:
        return put("channels.channel", code=code, name=code, form=form, serves="ask complain", at="2026-06-01")

    return open_one


def test_a_mailbox_that_bounces_for_a_week_is_one_incident(channel: Callable[..., Record], put: Put) -> None:
    """06-22 … 06-29 每天退信；之后又通。"""
    box = channel("CH-1", "mail")
    for day, works in (("06-21", True), ("06-22", False), ("06-25", False), ("06-29", False), ("06-30", True)):
        put("channels.probed", channel=box, works=works, what="" if works else "退信", at=f"2026-{day} 09:00")
    assert [f"{row.at.astimezone(ZONE):%m-%d}" for row in queries.outages(NOW)] == ["06-22"]
    assert (queries.dead(at("2026-06-26 09:00")).count(), queries.dead(NOW).count()) == (1, 0)
    assert queries.untried(NOW).count() == 1, "the last probe is two months old"


def test_one_fact_told_two_ways_is_a_contradiction_and_two_facts_are_none(channel: Callable[..., Record], put: Put) -> None:
    site, phone = channel("CH-1", "site"), channel("CH-2", "phone")
    cold = put("offerings.offering", code="OF-1", name="冷链", at="2026-06-01")
    put("channels.stated", channel=site, fact="索赔期限", value="7 天", at="2026-06-05")
    put("channels.stated", channel=phone, fact="索赔期限", value="3 天", offering=cold, at="2026-06-06")
    put("channels.stated", channel=phone, fact="答复时间", value="3 天", at="2026-06-06")
    assert queries.contradictions(NOW).count() == 0, "one is of cold chain only"
    script = put("channels.stated", channel=phone, fact="索赔期限", value="3 天", at="2026-06-07")
    assert [row.id for row in queries.contradictions(NOW)] == [script.id]
    put("channels.stated", channel=phone, fact="索赔期限", value="7 天", at="2026-07-01")
    assert queries.contradictions(NOW).count() == 0
    assert queries.contradictions(at("2026-06-30 09:00")).count() == 1


def test_a_closed_channel_is_neither_tried_nor_counted(channel: Callable[..., Record], put: Put) -> None:
    fax = channel("CH-9", "print")
    put("channels.probed", channel=fax, works=True, at="2026-08-20")
    put("channels.closed", channel=fax, reason="没有人用", at="2026-08-21")
    assert (queries.working(NOW).count(), queries.working(at("2026-08-20 12:00")).count()) == (0, 1)
    assert refused("channels.probed", channel=fax, works=True, at="2026-08-22") == {"channel"}


def test_what_did_not_work_is_said(channel: Callable[..., Record]) -> None:
    assert refused("channels.probed", channel=channel("CH-1", "mail"), works=True, current=False, at="2026-05-31") == {"what", "at"}


def test_a_change_is_told_to_each_customer_once_and_not_before_it_was_decided(put: Put, customer: Party) -> None:
    change = put("channels.change", code="CN-1", what="加收附加费", effective="2026-07-01", at="2026-06-20")
    row = put("channels.concerned", change=change, party=customer, at="2026-06-20")
    assert refused("channels.concerned", change=change, party=customer) == {"party"}
    assert refused("channels.told", concerned=row, way="邮件", at="2026-06-19") == {"at"}
    told = put("channels.told", concerned=row, way="邮件", at="2026-06-21")
    assert refused("channels.read", told=told, at="2026-06-20") == {"at"}


def test_a_channel_is_tried_when_its_time_has_come_and_not_again_before(channel: Callable[..., Record], put: Put) -> None:
    """The page answers, the box is full, and whether somebody answers the telephone a person has to find out; tried again within the day, nothing is."""
    for code, form in (("CH-1", "site"), ("CH-2", "mail"), ("CH-3", "phone")):
        channel(code, form)
    put("channels.closed", channel=channel("CH-4", "site"), reason="没有人用", at="2026-08-01")

    def knock(one: Channel) -> tuple[bool, str] | None:
        return {"site": (True, "应答 200"), "mail": (False, "552 满了")}.get(one.form)

    made = actions.try_out(knock, at=NOW.at)
    assert [(row.channel.code, row.works, row.what) for row in made] == [("CH-1", True, "应答 200"), ("CH-2", False, "552 满了")]
    assert actions.try_out(knock, at=at("2026-08-31 20:00").at) == []
    assert [row.code for row in queries.untried(NOW)] == ["CH-3"]
    assert len(actions.try_out(knock, at=at("2026-09-01 09:00").at)) == 2
    assert queries.outages(at("2026-09-02 09:00")).count() == 1, "still one incident"


def test_a_trial_that_only_knocks_leaves_what_a_person_saw_of_the_words(channel: Callable[..., Record], put: Put) -> None:
    """A person saw last year's price on the page: that it answers makes the price no newer. Near miss: nobody ever looked at the other."""
    old, new = channel("CH-1", "site"), channel("CH-2", "site")
    put("channels.probed", channel=old, works=True, current=False, what="价格是去年的", at="2026-08-20")
    actions.try_out(lambda _: (True, "应答 200"), at=NOW.at)
    assert [row.pk for row in queries.outdated(NOW)] == [old.pk]
    assert Probed.objects.get(channel=new).current


def test_whom_a_change_concerns_is_reckoned_and_his_notice_is_drafted_in_the_same_act(put: Put, customer: Party, offering: Record) -> None:
    """冷链干线的订单加收附加费：算出一位顾客和他的两份订单，通知拟好了；没有写范围的变更照旧由人登记。"""
    for code, more in (("ORD-1", {"offering": offering}), ("ORD-2", {"offering": offering}), ("ORD-3", {})):
        put("orders.order", code=code, party=customer, what="8 托", at="2026-06-10 09:00", **more)
    given = {"what": "加收燃油附加费", "effective": "2026-07-01 00:00", "at": "2026-06-20 09:00", "offering": offering}
    change = put("channels.change", code="CN-1", since="2026-06-01", **given)
    put("channels.change", code="CN-2", **given)
    [row] = Concerned.objects.all()
    assert (row.change_id, row.party_id, row.why, row.entry_id) == (change.id, customer.id, "ORD-1、ORD-2", change.entry_id)
    assert "自 2026-07-01 00:00 起，加收燃油附加费" in row.notice
    assert list(queries.to_tell(NOW)) == [row]
    assert queries.about([customer.id]) == [row]
    put("channels.told", concerned=row, way="邮件", at="2026-06-21")
    assert not queries.to_tell(NOW).exists()
