"""Taking over (接手) at the desk: a conversation in work goes to a supervisor with all that was said, noted and looked up, so that nothing is told twice."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from lingting.access.models import Account
from lingting.access.own import oneself
from lingting.records.write import enter
from lingting.registers.conversations.models import Conversation, Handed, InWork
from lingting.web import calling, desk


def take(row: InWork, account: Account, *, at: datetime) -> bool:
    """Let somebody go on with a conversation in work; not while they have one of their own, and not with their own.

    The draft goes along as it is. Whoever called for help has it herewith. It is written down as a hand-over once the conversation is closed.
    """
    if row.account_id == account.pk or desk.in_work(account) is not None:
        return False
    work = desk.read(row)
    work.handed.append(desk.Handover(len(work.turns), row.account_id, row.account.name, at.isoformat()))
    if called := calling.standing_call(row):
        calling.come(called, account, at=at)
    with transaction.atomic():
        # The account is the draft's primary key: it begins anew under the other one.
        row.delete()
        row.account = account
        desk.keep(row, work)
    return True


def taken_from(account: Account) -> list[tuple[str, datetime]]:
    """Return who goes on with conversations that somebody had in work, and since when: they are told, and their time is not counted against them."""
    found = []
    for row in InWork.objects.exclude(account=account).filter(words__contains='"giver"').select_related("account"):
        found += [(row.account.name, datetime.fromisoformat(one.at)) for one in desk.read(row).handed if one.giver == account.pk]
    return found


def write_down(conversation: Conversation, work: desk.Work, account: Account) -> None:
    """Write down the hand-overs of a conversation that was closed: who gave it, who took it, and the customer's last words before."""
    holders = [*(one.giver for one in work.handed), account.pk]
    people = {one.pk: oneself(one) for one in Account.objects.filter(pk__in=holders)}
    for place, one in enumerate(work.handed):
        before = next((text for role, text, _ in reversed(work.turns[: one.turns]) if role == "customer"), "")
        enter(
            Handed(
                conversation=conversation, giver=people.get(one.giver), receiver=people.get(holders[place + 1]), why=Handed.Why.TAKEOVER,
                words=before or None, at=datetime.fromisoformat(one.at),
            ),
            by=account.pk,
        )  # fmt: skip


def speakers(work: desk.Work, last: str) -> Mapping[int, str]:
    """Return who of us spoke in each turn (from 1): whoever had the conversation then, and `last` since."""
    named: dict[int, str] = {}
    people = {one.pk: oneself(one) for one in Account.objects.filter(pk__in=[one.giver for one in work.handed])}
    for one in work.handed:
        me = people.get(one.giver)
        for turn in range(1, one.turns + 1):
            named.setdefault(turn, (me.name if me and me.name else one.name))
    return {turn: named.get(turn, last) for turn in range(1, len(work.turns) + 1)}
