"""The rounds: what the clock makes due is done once, however often they are made, and one that fails keeps no other from being made."""

import fcntl
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.contrib.sessions.models import Session
from tests.fakes.answering_server import answering_server

from lingting.access.models import Account, Token
from lingting.cli.rounds import rounds as command
from lingting.conformity.models import Assessed, Week
from lingting.ledger import book, triggers
from lingting.ledger.models import Block
from lingting.ledger.moment import Moment
from lingting.registers.channels import queries as channels
from lingting.registers.channels.models import Probed
from lingting.registers.documents.retained import Verified
from lingting.site import rounds, worker

pytestmark = pytest.mark.django_db
Put = Callable[..., Any]


@pytest.fixture
def clock(at_time: Callable[[str], datetime], settings: Any, tmp_path: Any) -> Callable[[str], datetime]:
    """Set the clock, in a home of its own."""
    settings.HOME = tmp_path
    triggers.install()
    return at_time


def made(now: datetime, *only: str) -> dict[str, int]:
    return {one.name: done for one, done in rounds.make(now, only=only)}


def test_what_is_due_is_done_once_and_again_when_its_time_has_come(clock: Callable[[str], datetime], talk: Callable[..., Any]) -> None:
    """A conversation in June; nobody made a round since. Made again at once, nothing is due but the sealing of what the first wrote."""
    talk()
    now = clock("2026-07-06 03:00")
    first = made(now)
    assert (first["verify"], first["weeks"] > 0, first["seal"] > 0) == (1, True, True)
    assert Week.objects.exists()
    assert Assessed.objects.exists()
    before = (book.settled(), Block.objects.count())
    assert not any(made(now).values())
    assert (book.settled(), Block.objects.count()) == before
    assert made(clock("2026-07-12 03:00"))["verify"] == 0, "six days later"
    assert made(clock("2026-07-13 04:00"))["verify"] == 1, "a week later"
    assert [row.broken for row in Verified.objects.all()] == [0, 0]


def test_a_verdict_that_time_alone_has_changed_is_written_down(clock: Callable[[str], datetime], put: Put) -> None:
    """Nobody writes anything; a channel that was tried in June was not tried for a month by August."""
    channel = put("channels.channel", code="CH-1", name="网站", form="site", serves="ask complain", at="2026-06-01")
    put("channels.probed", channel=channel, works=True, at="2026-06-20")
    made(clock("2026-07-01 03:00"), "assess")
    fine = Assessed.objects.filter(check_id="8.2.1-C2").latest("id").failing
    made(clock("2026-08-01 03:00"), "assess")
    assert (fine, Assessed.objects.filter(check_id="8.2.1-C2").latest("id").failing) == (0, 1)


def test_channels_are_tried_where_that_is_set_up_and_nowhere_else(clock: Callable[[str], datetime], put: Put, settings: Any) -> None:
    now = clock("2026-08-31 03:00")
    with answering_server({}, status=503) as (address, heard):
        put("channels.channel", code="CH-1", name="网站", form="site", serves="ask", address=address, at="2026-06-01")
        settings.LINGTING = {**settings.LINGTING, "ADDRESSES": ("127.0.0.1",)}
        assert made(now, "probe") == {"probe": 0}
        assert heard == []
        settings.LINGTING = {**settings.LINGTING, "PROBES": True}
        assert (made(now, "probe"), made(now, "probe")) == ({"probe": 1}, {"probe": 0})
        assert len(heard) == 1
    row = Probed.objects.get()
    assert "503" in row.what
    assert channels.dead(Moment(now)).count() == 1


def test_sessions_and_tokens_past_their_time_are_deleted_and_others_are_kept(clock: Callable[[str], datetime], cast: Callable[[str], Account]) -> None:
    now = clock("2026-08-31 03:00")
    account = cast("quality_manager")
    for name, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=name, session_data="", expire_date=now + timedelta(days=days))
        Token.issue(account, label=name, now=now, until=now + timedelta(days=days))
    Token.issue(account, label="forever", now=now)
    assert made(now, "forget") == {"forget": 2}
    assert [one.session_key for one in Session.objects.all()] == ["new"]
    assert [one.label for one in Token.objects.order_by("label")] == ["forever", "new"]


def test_one_round_that_fails_keeps_no_other_from_being_made(clock: Callable[[str], datetime], put: Put, settings: Any) -> None:
    """The lists of addresses are nonsense, so that no channel can be tried; the book is sealed all the same."""
    put("channels.channel", code="CH-1", name="网站", form="site", serves="ask", address="https://qizhou.example", at="2026-06-01")
    settings.LINGTING = {**settings.LINGTING, "PROBES": True, "ADDRESSES": (7,)}
    done = []
    with pytest.raises(ExceptionGroup) as raised:
        done += [one.name for one, _ in rounds.make(clock("2026-08-31 03:00"), only=("probe", "seal"))]
    assert len(raised.value.exceptions) == 1
    assert Block.objects.exists()


def test_two_do_not_make_the_rounds_at_once(clock: Callable[[str], datetime], tmp_path: Any) -> None:
    now = clock("2026-08-31 03:00")
    with (tmp_path / "rounds.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(rounds.Busy):
            made(now)
        assert "being made already" in CliRunner().invoke(command).output
    assert "seal" in made(now, "seal")


def test_the_command_says_what_was_done_and_what_waits_for_people(clock: Callable[[str], datetime], put: Put, customer: Any) -> None:
    clock("2026-08-31 03:00")
    put("complaints.complaint", code="CP-1", party=customer, what="送错了", origin="phone", at="2026-08-01 09:00")
    told = CliRunner().invoke(command)
    assert told.exit_code == 0, told.output
    assert "核验账本和每个结论 Verify the book and every verdict: 1" in told.output
    assert "1 件投诉未关闭 · 1 complaint open" in told.output
    again = CliRunner().invoke(command, ["--quiet"])
    assert (again.exit_code, again.output) == (0, "")


def test_the_command_names_its_rounds_and_refuses_others() -> None:
    listed = CliRunner().invoke(command, ["--list"]).output
    assert [line.split()[0] for line in listed.splitlines()] == [one.name for one in rounds.ROUNDS]
    assert "There is no round sweep" in CliRunner().invoke(command, ["--only", "sweep"]).output


def test_the_worker_makes_none_where_the_clock_stands_still(clock: Callable[[str], datetime]) -> None:
    clock("2026-08-31 03:00")
    assert worker.make_rounds() is None
