"""Being entangled (被纠缠): a long contact in which the customer makes the same demand again and tells nothing new; a supervisor may take over (S-STAFF-16)."""

from collections.abc import Sequence

from lingting.inspection.facts import Fact, facts, same
from lingting.inspection.finding import Finding
from lingting.inspection.normalise import plain
from lingting.inspection.transcript import Role, Turn

LONG = 12
"""Turns of both sides from which a contact is long; a house default, shown as ours."""

NOTHING_NEW = 4
"""Of the customer's last turns so many tell nothing new, and one of them makes its point again; a house default, shown as ours."""

REPEATED = "point.repeated"


def entangled(turns: Sequence[Turn], findings: Sequence[Finding]) -> Finding | None:
    """Return the words in which the customer last made the same demand, where the contact is long and they tell nothing new."""
    theirs = [place for place, turn in enumerate(turns) if turn.role is Role.CUSTOMER]
    last = theirs[-NOTHING_NEW:]
    again = next((one for one in reversed(findings) if one.norm == REPEATED and one.span.turn in last), None)
    if again is None or len(turns) < LONG or len(last) < NOTHING_NEW:
        return None
    known: list[Fact] = [one for place in theirs[:-NOTHING_NEW] for one in facts(plain(turns[place].text))]
    new = (one for place in last for one in facts(plain(turns[place].text)))
    return None if any(not any(same(one, before) for before in known) for one in new) else again
