"""8.5.6 Control of changes (更改控制): what changes in operation can answer."""

from lingting.conformity.check import Sample, check
from lingting.ledger.moment import Moment
from lingting.registers.processes import controlling


@check("8.5.6-C1", reads=("processes.change", "processes.effected", "processes.reviewed", "processes.authorised", "processes.measure"))
def changes_are_reviewed_and_authorised_first(moment: Moment) -> Sample:
    """总体：已生效的有意更改（话术、规则、模型、路由等）。不通过：生效前没有评审或授权，或没有写必要措施。

    Population: intended changes in effect (scripts, rules, models, routing). Failing: not reviewed or not authorised before, or no necessary measure named.
    """
    return Sample(controlling.changes(moment), controlling.uncontrolled(moment))


@check("8.5.6-C2", reads=("processes.change", "processes.effected"))
def changes_can_be_undone(moment: Moment) -> Sample:
    """总体：已生效的有意更改。不通过：没有写怎样回退。

    Population: intended changes in effect. Failing: nobody said how it can be undone.
    """
    return Sample(controlling.changes(moment), controlling.irreversible(moment))
