"""Trying a channel without a person: what knocks at ours alone, writes to nobody, and leaves to people what only they can tell."""

import socket

import pytest
from tests.fakes.answering_server import answering_server
from tests.fakes.mail_server import mail_server

from lingting.channels.probe.tried import tried

OURS = ("127.0.0.1", "qizhou.example")


@pytest.mark.parametrize(("status", "works"), [(200, True), (302, True), (404, False), (503, False)])
def test_a_page_works_when_it_answers_without_a_mistake(status: int, works: object) -> None:
    with answering_server({}, status=status) as (address, heard):
        seen = tried("site", address, ours=OURS, mail=None)
    assert seen is not None
    assert (seen.works, len(heard)) == (works, 1)
    assert str(status) in seen.zh
    assert str(status) in seen.en


def test_a_page_that_nobody_serves_is_dead() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    seen = tried("site", f"http://127.0.0.1:{port}/", ours=OURS, mail=None)
    assert seen is not None
    assert not seen.works


@pytest.mark.parametrize("ours", [(), ("else.example",), ("7.0.0.1",)])
def test_nobody_elses_page_is_fetched(ours: tuple[str, ...]) -> None:
    """Near miss: the same page, and the host is not one of ours."""
    with answering_server({}) as (address, heard):
        assert tried("site", address, ours=ours, mail=None) is None
    assert heard == []


def test_a_mail_box_is_asked_for_and_nothing_is_sent() -> None:
    with mail_server("kf@qizhou.example") as (server, heard):
        there, full = (tried("mail", address, ours=OURS, mail=server) for address in ("kf@qizhou.example", "mailto:ts@qizhou.example"))
    assert there is not None
    assert full is not None
    assert (there.works, full.works) == (True, False)
    assert "552 mailbox full" in full.en
    assert not [words for words in heard if words.upper().startswith("DATA")]


def test_where_no_mail_server_is_named_or_the_box_is_anothers_a_person_tries() -> None:
    with mail_server("kf@else.example") as (server, heard):
        assert tried("mail", "kf@qizhou.example", ours=OURS, mail=None) is None
        assert tried("mail", "kf@else.example", ours=OURS, mail=server) is None
    assert heard == []


@pytest.mark.parametrize("number", ["400-820-6666", "+86 21 6543 2100 转 8", "12315", "(021) 65432100"])
def test_a_number_that_is_written_right_is_for_a_person_to_call(number: str) -> None:
    assert tried("phone", number, ours=OURS, mail=None) is None


@pytest.mark.parametrize("number", ["", "12", "见网站", "4008206666400820666640082066"])
def test_a_number_that_nobody_can_dial_is_dead(number: str) -> None:
    seen = tried("phone", number, ours=OURS, mail=None)
    assert seen is not None
    assert not seen.works


@pytest.mark.parametrize(("form", "address"), [("meeting", "前台"), ("print", ""), ("chat", "公众号“栖舟”"), ("site", "ftp://qizhou.example/")])
def test_what_has_no_address_a_machine_could_knock_at_is_for_a_person(form: str, address: str) -> None:
    assert tried(form, address, ours=OURS, mail=("127.0.0.1", 1)) is None
