"""`python -m demo.branch.ask HOME`: asks the branch's home what every list holds, what was found, which promises broke, and how checks stand, as JSON."""

import json
import os
import sys
from collections import defaultdict
from typing import Any

from demo.ask import known
from demo.branch.data import clock


def ask() -> dict[str, Any]:
    """What is true in the home that the settings name."""
    from lingting import catalog
    from lingting.conformity import assess
    from lingting.ledger.moment import Moment
    from lingting.records.kind import kinds, registers
    from lingting.registers.conversations import queries as conversations
    from lingting.registers.conversations.models import Conversation
    from lingting.registers.documents import queries as documents
    from lingting.registers.promises import queries as promises

    moment = Moment(clock())
    standing = assess.in_full(moment)
    found = defaultdict[str, list[str]](list)
    for norm, key in conversations.findings(moment).order_by("conversation__at").values_list("norm", "conversation__key"):
        found[norm].append(key)
    lists = {
        f"{kind.label}:{name}": [known(row) for row in kind.listed(name, moment).order_by("at", "id")]
        for register in registers().values()
        for kind in register.kinds
        for name in kind.text.lists
    }
    lists["promises:broken"] = [row.conversation.key for row in promises.broken(moment).select_related("conversation")]
    lists["documents.conversations:obsolete_uses"] = [row.conversation.key for row in documents.obsolete_uses(moment).select_related("conversation")]
    present = [known(row) for kind in kinds().values() if kind.has_code for row in kind.as_of(moment)]
    return {
        "lists": lists,
        "findings": found,
        "kept": [row.conversation.key for row in promises.kept(moment).select_related("conversation")],
        "present": [*present, *Conversation.objects.values_list("key", flat=True)],
        "checks": {id: (one.verdict.state.value, one.verdict.failing, one.verdict.limit) for id, one in standing.items()},
        "clauses": {leaf.number: assess.clause(leaf.number, standing)[0].value for leaf in catalog.read().leaves()},
    }


def main() -> None:
    """Print what is true."""
    from lingting.cli.demo import environment
    from lingting.cli.main import set_up_django

    os.environ["LINGTING_HOME"] = sys.argv[1]
    os.environ.update(environment("branch"))
    set_up_django()
    print(json.dumps(ask(), ensure_ascii=False))


if __name__ == "__main__":
    main()
