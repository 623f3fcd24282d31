"""Interested parties: grounds, categories, groups, tiers that move nothing but a queue, preferences kept, marks that end."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from tests.conftest import ZONE

from lingting.ledger import book
from lingting.ledger.models import Record
from lingting.ledger.moment import Moment
from lingting.records.write import Refused, strike
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Conversation, Said
from lingting.registers.parties import identity, queries
from lingting.registers.parties.models import Party

pytestmark = pytest.mark.django_db
Put = Callable[..., Record]
DAY = Moment(datetime(2026, 8, 31, 9, tzinfo=ZONE))


def wrong(put: Put, label: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as refused:
        put(label, **given)
    return {one.column for one in refused.value.wrong}


def call(party: Party, at: str, first: str = "agent", way: str = "out") -> Conversation:
    moment = datetime.fromisoformat(at).replace(tzinfo=ZONE)
    talk = Conversation(source="test", key=at + first + way, channel="phone", at=moment, party=party, meta=f'{{"direction": "{way}"}}')
    book.write(talk, Said(conversation=talk, key="1", role=first, text="您好", at=moment), act="test")
    return talk


def test_a_group_need_not_be_an_organisation(put: Put) -> None:
    group = put("parties.party", category="neighbour", organisation="桐溪里居民", at="2026-08-01")
    one = put("parties.party", category="neighbour", name="吴先生", at="2026-08-01")
    put("parties.based", party=group, tie="perceives", informal="yes", answer="已登记，七天内答复", at="2026-08-01")
    put("parties.member", group=group, party=one, at="2026-08-01")
    assert list(queries.ungrounded(DAY)) == [one]
    assert wrong(put, "parties.member", group=group, party=group) == {"party"}


def test_a_party_has_a_name_or_an_organisation(put: Put) -> None:
    assert wrong(put, "parties.party", category="neighbour") == {"organisation"}


def test_called_in_the_quiet_hour_is_found_and_just_before_it_or_by_the_customer_not(put: Put, customer: Party) -> None:
    """C09：中午 12 点到 14 点不要打电话。"""
    put("parties.preference", party=customer, about="quiet", words="中午勿电", quiet_from="12:00", quiet_until="14:00", at="2026-06-01")
    disturbing = call(customer, "2026-07-01 12:40")
    call(customer, "2026-07-01 11:59")
    call(customer, "2026-07-01 14:00")
    call(customer, "2026-07-01 12:41", first="customer")
    call(customer, "2026-07-01 12:42", way="in")
    call(customer, "2026-05-20 12:40")
    assert [said.conversation for said in queries.disturbed(conversations.our_calls(DAY, [customer.pk]), DAY)] == [disturbing]


def test_who_hangs_up_and_calls_again_in_the_quiet_hour_is_found_and_a_pause_in_a_call_is_none(put: Put, customer: Party) -> None:
    """顾客 12:05 打来，12:40 我们回电；另一通 12:05 打来，停了五分钟接着说。"""
    put("parties.preference", party=customer, about="quiet", words="中午勿电", quiet_from="12:00", quiet_until="14:00", at="2026-06-01")
    for day, minutes in ((1, 35), (2, 5)):
        talk = call(customer, f"2026-07-0{day} 12:05", way="in")
        later = talk.at + timedelta(minutes=minutes)
        book.write(Said(conversation=talk, key="2", role="agent", text="给您回电", at=later), act="test")
    [found] = queries.disturbed(conversations.our_calls(DAY, [customer.pk]), DAY)
    assert (found.text, found.at.day) == ("给您回电", 1)


def test_a_quiet_time_has_a_beginning_and_an_end(put: Put, customer: Party) -> None:
    assert wrong(put, "parties.preference", party=customer, about="quiet", words="勿电", quiet_from="noon", quiet_until="14:00") == {
        "quiet_from",
        "quiet_until",
    }
    assert wrong(put, "parties.preference", party=customer, about="quiet", words="勿电", quiet_from="22:00", quiet_until="06:00") == {"quiet_until"}


def test_a_tier_ends_and_belongs_to_customers(put: Put, customer: Party) -> None:
    put("parties.tier", party=customer, tier="vip", criteria="年货量 2,000 票以上", until="2026-07-31", at="2026-06-01")
    july, august = (Moment(datetime(2026, month, 15, tzinfo=ZONE)) for month in (7, 8))
    assert [queries.known(moment).annotate(**queries.tier_at(moment)).get(pk=customer.pk).tier for moment in (july, august)] == ["vip", None]
    neighbour = put("parties.party", category="neighbour", name="吴先生", at="2026-08-01")
    assert wrong(put, "parties.tier", party=neighbour, tier="vip", criteria="x", until="2027-01-01") == {"party"}


def test_nobody_is_called_a_fault_finder_on_one_occurrence_or_without_consent_or_for_ever(put: Put, customer: Party) -> None:
    given = {"party": customer, "sort": "fault-finding", "evidence": "7 月 1 日", "at": "2026-08-01"}
    assert wrong(put, "parties.difficulty", **given, until="2026-07-01") == {"further", "approved", "until"}
    mark = put("parties.difficulty", **given, further="7 月 9 日", approved="SV1", until="2026-10-01")
    put("parties.contested", difficulty=mark, words="我只是问价格", at="2026-08-02")
    assert list(queries.contested(DAY)) == [mark]
    put("parties.lifted", difficulty=mark, reason="申诉成立", at="2026-08-03")
    assert not queries.marked(DAY).exists()


def test_whose_support_we_need_is_not_left_alone_longer_than_agreed(put: Put) -> None:
    bank = put("parties.party", category="bank", organisation="雁回银行", at="2026-05-01")
    put("parties.supported", party=bank, wanted="授信", status="正常", every="30", at="2026-06-01")
    assert queries.silent(DAY).count() == 1
    put("parties.contacted", party=bank, way="拜访", words="季度沟通", at="2026-08-01 09:00")
    assert not queries.silent(DAY).exists(), "thirty days ago to the minute is within thirty days"


def test_an_influence_that_rose_is_looked_at_again(put: Put) -> None:
    union = put("parties.party", category="union", organisation="工会", at="2026-05-01")
    for at, influence in (("2026-06-01", "2"), ("2026-08-01", "4")):
        put("parties.influence", party=union, influence=influence, interest="3", review="2026-12-31", at=at)
    assert queries.risen(DAY).count() == 1
    put("parties.judged", party=union, relevant="yes", reason="影响变大", review="2027-01-01", at="2026-08-02")
    assert not queries.risen(DAY).exists()
    assert wrong(put, "parties.influence", party=union, influence="6", interest="3", review="2026-12-31") == {"influence"}


def test_a_latent_need_waits_until_something_was_offered(put: Put, customer: Party) -> None:
    latent = put("parties.latent", party=customer, words="可能需要冷链保险", at="2026-07-01")
    assert queries.latent_open(DAY).count() == 1
    put("parties.offered", latent=latent, what="冷链险方案", outcome="taken", at="2026-07-02")
    assert not queries.latent_open(DAY).exists()


def test_merged_entries_are_one_person_and_what_comes_in_anew_goes_to_the_one_kept(put: Put, customer: Party) -> None:
    """林女士 called from a number that was met as somebody else, who had been merged before with a mail address."""
    by_mail = put("parties.party", category="customer", name="林", at="2026-06-01")
    by_phone = put("parties.party", category="customer", name="女士", at="2026-06-02")
    stranger = put("parties.party", category="customer", name="别人", at="2026-06-02")
    put("parties.reached", party=by_mail, way="email", address="lin@tangli.example", at="2026-06-01")
    put("parties.reached", party=by_phone, way="phone", address="138 0000 1111", at="2026-06-02")
    addresses = [("email", "lin@tangli.example"), ("phone", "13800001111"), ("phone", "138 0000 1111")]
    assert set(queries.at_addresses(addresses).values()) == {by_mail, by_phone}
    first = put("parties.merged", party=by_phone, other=by_mail, reason="同一个号码回的邮件", at="2026-06-10")
    second = put("parties.merged", party=customer, other=by_phone, reason="她自己说的", at="2026-06-12")
    assert set(queries.at_addresses(addresses).values()) == {customer}
    assert queries.numbered(by_mail.id) == customer
    everybody = {customer.pk, by_mail.pk, by_phone.pk}
    assert all(identity.same(pk, DAY) == everybody for pk in everybody)
    assert identity.same(stranger.pk, DAY) == {stranger.pk}
    before = Moment(datetime(2026, 6, 11, tzinfo=ZONE))
    assert identity.same(customer.pk, before) == {customer.pk}, "as of the day before, they were two"
    strike(second, reason="认错了", at=datetime(2026, 6, 20, tzinfo=ZONE), by=1)
    assert set(queries.at_addresses(addresses).values()) == {by_phone}
    assert identity.kept(by_mail.pk, DAY) == by_phone.pk
    assert identity.kept(by_phone.pk, DAY) == by_phone.pk
    assert first.pk


def test_an_entry_goes_into_one_other_and_only_into_one_that_is_kept(put: Put, customer: Party) -> None:
    one, two = (put("parties.party", category="customer", name=name, at="2026-06-01") for name in ("林", "女士"))
    put("parties.merged", party=customer, other=one, reason="同一个人", at="2026-06-10")
    assert wrong(put, "parties.merged", party=two, other=one, reason="也像", at="2026-06-11") == {"other"}
    assert wrong(put, "parties.merged", party=one, other=two, reason="也像", at="2026-06-11") == {"party"}
    assert wrong(put, "parties.merged", party=one, other=customer, reason="反过来", at="2026-06-11") == {"party"}
    assert wrong(put, "parties.merged", party=two, other=two, reason="自己", at="2026-06-11") == {"other"}


def test_an_intermediary_is_no_end_customer_and_whoever_sends_may_receive(put: Put, customer: Party) -> None:
    """棠鲤生鲜 buys for others and sends; since July it receives, too. A neighbour has no place in a deal."""
    put("parties.dealing", party=customer, parts="intermediary consignor", at="2026-06-01")
    put("parties.dealing", party=customer, parts="intermediary consignor consignee", at="2026-07-01")
    other = put("parties.party", category="customer", name="林先生", at="2026-06-01")
    put("parties.dealing", party=other, parts="consignee end", at="2026-06-01")
    neighbour = put("parties.party", category="neighbour", name="吴先生", at="2026-08-01")
    assert [(row.party_id, row.parts) for row in queries.intermediaries(DAY)] == [(customer.pk, "intermediary consignor consignee")]
    assert [row.party_id for row in queries.end_customers(DAY)] == [other.pk]
    assert wrong(put, "parties.dealing", party=customer, parts="intermediary end") == {"parts"}
    assert wrong(put, "parties.dealing", party=neighbour, parts="end") == {"party"}
